"""From a pasted text to one piece for each partner, under the heading it stands below. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import html
from lxml.etree import ParserError

_LOOKS_LIKE_HTML: Final = re.compile(r"<\s*(?:table|ul|ol|li|p|div|br|tr|h[1-6])\b", re.IGNORECASE)
_BLOCKS: Final = frozenset("p div li tr h1 h2 h3 h4 h5 h6 dt dd caption ul ol table".split())
_CELLS: Final = frozenset(("td", "th"))
_BULLET: Final = re.compile(r"^\s*(?:[•·▪◦●○*■►✓➤»-]|[–—]|\d{1,3}[.)](?!\d))\s*")
_YEAR: Final = r"(?:1[89]|20)\d\d"
_ENDS: Final = re.compile(
    rf"(\([^()]{{2,60}}\)(?:[,\s–—-]*(?:з|від|since|seit|od)?\s*{_YEAR}(?:\s*(?:року|р\.|r\.))?)?)"
    r"\s*,\s+(?=[^\W\d_a-zа-яіїєґäöüßąćęłńóśźż]|м\.)"
)
"""Behind "(country)" and a year the next partner begins, with a capital letter."""
_COLON: Final = re.compile(r"^([^:]{3,120}):\s*(.*)$", re.DOTALL)
_MOST_LINES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said of one partner: the line it stands on, its words, the headings above it."""

    line: int
    text: str
    heading: str


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a list, in order; a line that ends with a colon is a heading."""
    found: list[Piece] = []
    heading = ""
    for number, line in enumerate(plain_text(text).splitlines()[:_MOST_LINES], 1):
        plain = " ".join(_BULLET.sub("", line.strip()).split(" "))
        told = _COLON.match(plain)
        if told and "http" not in told[1]:
            heading, plain = told[1].strip(), told[2]
        found += [Piece(number, part, heading) for part in _parts(plain)]
    return found


def plain_text(text: str) -> str:
    """A pasted page or table as lines; cells of one row are parted by a bar."""
    if not _LOOKS_LIKE_HTML.search(text):
        return text
    try:
        root = html.fromstring(text)
    except (ParserError, ValueError):
        return text
    return "".join(_told(root))


def _told(element: html.HtmlElement) -> Iterator[str]:
    name = element.tag if isinstance(element.tag, str) else "script"
    if name not in ("script", "style"):
        block = name in _BLOCKS or name == "br"
        yield "\n" if block else ""
        yield " ".join((element.text or "").split())
        for child in element:
            yield from _told(child)
        yield " | " if name in _CELLS else "\n" if block else ""
    tail = element.tail or ""
    yield " " * tail[:1].isspace() + " ".join(tail.split()) + " " * tail[-1:].isspace()


def _parts(line: str) -> Iterator[str]:
    """A line's partners: parted by semicolons, or by commas after "(country)" and a year."""
    for part in line.split(";"):
        for one in _ENDS.sub("\\1\n", part).split("\n"):
            plain = _BULLET.sub("", one).strip(" .|\t")
            if plain:
                yield plain
