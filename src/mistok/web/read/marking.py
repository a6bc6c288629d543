"""A text with its passages marked: pieces between borders, however passages nest and overlap. Pure.

Of a long text windows around its passages are shown, so that a page stays light.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

WHOLE: Final = 12_000
"""Letters of a text that is shown whole."""
AROUND: Final = 400
"""Letters shown before and after each passage of a longer one."""
NEAR: Final = 30
"""Letters within which a blank is looked for, so that no word is cut."""
FIRST: Final = 2_000
"""Letters of a longer one without any passage."""


@dataclass(frozen=True, slots=True)
class Span:
    """A passage: the number of its proposal, what it tells, and where it stands."""

    number: int
    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two borders: what all passages over them tell, and which begin here."""

    text: str
    kinds: str
    opens: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the text; `skipped` letters are left out before it."""

    skipped: int
    pieces: tuple[Piece, ...]


def windows(text: str, spans: Iterable[Span]) -> tuple[list[Window], int]:
    """The parts to show, and how many letters are left out after the last."""
    sound = sorted(
        (span for span in spans if 0 <= span.start < span.end <= len(text)),
        key=lambda span: (span.start, -span.end, span.number),
    )
    shown, told = [], 0
    for start, end in _parts(text, sound):
        inside = [span for span in sound if start <= span.start and span.end <= end]
        shown.append(Window(start - told, tuple(_pieces(text, start, end, inside))))
        told = end
    return shown, len(text) - told


def _parts(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    if len(text) <= WHOLE:
        return [(0, len(text))]
    if not spans:
        return [(0, _at_blank(text, FIRST))]
    parts: list[tuple[int, int]] = []
    for span in spans:
        start, end = _at_blank(text, span.start - AROUND), _at_blank(text, span.end + AROUND)
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return parts


def _at_blank(text: str, place: int) -> int:
    """The place itself, or the blank shortly before it: no word is cut where one stands near."""
    place = min(max(place, 0), len(text))
    low = max(place - NEAR, 0)
    blank = max(text.rfind(" ", low, place), text.rfind("\n", low, place))
    return blank + 1 if blank > 0 and 0 < place < len(text) else place


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterable[Piece]:
    borders = {start, end, *(span.start for span in spans), *(span.end for span in spans)}
    ordered = sorted(borders)
    for low, high in pairwise(ordered):
        over = [span for span in spans if span.start <= low and high <= span.end]
        yield Piece(
            text[low:high],
            " ".join(sorted({f"is-{span.what}" for span in over})),
            tuple(span for span in over if span.start == low),
        )
