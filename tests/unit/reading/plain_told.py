"""Plain sentences with the ties that they tell, read by the whole reader: a file a language.

A text stands on its line(s); the line that begins with `=` tells its ties ("A + B | kind event
date", apart by `;`; nothing where there is none). All were published on 16 April 2025.
"""

from functools import cache
from pathlib import Path

from places_cast import the_world

from mistok.reading.reader import Reader

PUBLISHED = "2025-04-16"
_DATA = Path(__file__).parents[2] / "data" / "reading"


@cache
def _reader() -> Reader:
    return Reader(the_world())


def cases(lang: str) -> list[tuple[str, frozenset[str]]]:
    found = []
    for block in (_DATA / f"plain_{lang}.txt").read_text(encoding="utf-8").split("\n\n"):
        text, told = block.strip().rsplit("\n", 1)
        ties = told.strip().removeprefix("=").split(";")
        found.append((text, frozenset(tie.strip() for tie in ties if tie.strip())))
    return found


def told(text: str) -> frozenset[str]:
    ties = _reader().read(text, published=PUBLISHED).ties
    return frozenset(
        f"{_pair(tie.a.name, tie.b.name)} | {tie.kind} {tie.event} {tie.date}".strip()
        for tie in ties
    )


def _pair(*names: str) -> str:
    return " + ".join(sorted(names))
