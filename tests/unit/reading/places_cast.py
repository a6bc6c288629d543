"""Places as they are read in the tests: one reader of the whole world, and short ways to ask it."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from mistok.kernel.dates import PartialDate
from mistok.reading.model import Mention, Sentence, Text
from mistok.reading.places import PlaceReader
from mistok.world import World, build

CHECKOUT = Path(__file__).parents[3]


@cache
def the_world() -> World:
    """The world of all packages, built only when it is stale."""
    return build(Path(os.environ.get("MISTOK_TEST_WORLD", CHECKOUT / "build" / "test-world")))


@cache
def the_reader() -> PlaceReader:
    return PlaceReader(the_world())


def page(text: str, lang: str, published: str = "", roles: Sequence[str] = ()) -> Text:
    """A text of which every line is a sentence, in a role of its own or in the body."""
    sentences = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        role = roles[number] if number < len(roles) else "body"
        if line.strip():
            sentences.append(Sentence(start, start + len(line), number, role))
        start += len(line) + 1
    return Text(text, lang, tuple(sentences), PartialDate.parse_or_none(published))


def mentions(text: str, lang: str, **how: object) -> tuple[Mention, ...]:
    return the_reader().mentions(page(text, lang, **how))


def told(text: str, lang: str, **how: object) -> list[str]:
    """Each mention in words: "Kharkiv region = Kharkiv Oblast, UA, region, name"."""
    return [
        f"{text[m.start : m.end]} = {m.party.name}, {m.party.country}, {m.party.level}, {m.role}"
        for m in mentions(text, lang, **how)
    ]


def names(text: str, lang: str, **how: object) -> list[str]:
    """The places (no countries) with their country and level, in order."""
    return [
        f"{m.party.name} {m.party.country} {m.party.level}"
        for m in mentions(text, lang, **how)
        if m.role in ("name", "adjective", "capital")
    ]
