"""The wartime guard: passages of a text that must not become visible to others (D7-08)."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from mistok.needs.scanning.finding import (
    addresses,
    coordinates,
    persons,
    phones,
    places_of_aid,
    plates,
    routes,
    transports,
    units,
)
from mistok.needs.scanning.findings import REASONS, Finding, Hit, Kind, Level
from mistok.needs.scanning.folding import Folded

_SEARCHES: tuple[Callable[[Folded], Iterable[Hit]], ...] = (
    coordinates.search,
    addresses.search,
    plates.search,
    phones.search,
    units.search,
    routes.search,
    transports.search,
    places_of_aid.search,
    persons.search,
)
_REFERENCE = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?"
    r"|(?:UA|ua)-\d{4}-\d{2}-\d{2}-\d{6}(?:-[a-z])?|UA\d{17}|DREAM-UA-[\w-]{6,30}"
    r"|(?:ISBN|EIN)[ #:-]{0,3}[\dX -]{9,17}|(?:https?://|www\.)[^\s<>\"]{1,300})(?!\w)"
)
"""Accounts, procurements, codes and addresses of pages: digits in them are no telephone."""

_OWN_DIGITS = 9
"""Digits of a number in its own country: what stands before them, +380 or 0, may differ."""

_SHORTEST = 5
"""Digits of the shortest local number."""

_STRONGER = (Kind.COORDINATES, Kind.PERSONAL_DATA)
"""Kinds that explain the digits of what would else be a telephone number."""


def scan(text: str, *, allowed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Find what is dangerous in a text, in the order of the text.

    `allowed` are numbers, mailboxes and addresses that the office itself gives to be called
    back: the same ones, however written, are not found. Takes time in proportion to the text.
    """
    folded = Folded(text)
    hits = _merged(hit for search in _SEARCHES for hit in search(folded))
    office = _Allowed(allowed)
    return tuple(
        _finding(folded, hit)
        for hit in _explained(folded, hits)
        if not office.covers(hit, folded.low)
    )


def has_danger(findings: Iterable[Finding]) -> bool:
    """Whether something must be removed, or confirmed by an approver with a reason."""
    return any(finding.level is Level.DANGER for finding in findings)


def _finding(folded: Folded, hit: Hit) -> Finding:
    reason = REASONS[hit.why]
    start, end = folded.span(hit.start, hit.end)
    excerpt = folded.original[start:end]
    shown = " ".join(excerpt.split())
    params = {"excerpt": shown if len(shown) <= 80 else f"{shown[:79]}…"}
    return Finding(reason.kind, reason.level, start, end, excerpt, hit.why, params)


def _merged(hits: Iterable[Hit]) -> list[Hit]:
    """Hits of one kind that overlap become one; a danger gives its reason to the whole."""
    kept: list[Hit] = []
    last: dict[Kind, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        reason = REASONS[hit.why]
        place = last.get(reason.kind)
        if place is None or kept[place].end <= hit.start:
            last[reason.kind] = len(kept)
            kept.append(hit)
            continue
        before = kept[place]
        stronger = hit if REASONS[before.why].level is not Level.DANGER else before
        kept[place] = Hit(stronger.why, before.start, max(before.end, hit.end))
    return kept


def _explained(folded: Folded, hits: list[Hit]) -> list[Hit]:
    """The hits without telephones whose digits are part of something else."""
    others = [found.span() for found in _REFERENCE.finditer(folded.text)]
    others += [hit[1:] for hit in hits if REASONS[hit.why].kind in _STRONGER]
    spans = _union(others)
    starts = [start for start, _ in spans]

    def inside(hit: Hit) -> bool:
        place = bisect_left(starts, hit.end) - 1
        return place >= 0 and spans[place][1] > hit.start

    return [hit for hit in hits if hit.why != "phone" or not inside(hit)]


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


class _Allowed:
    """What an office gives on purpose: its numbers by their digits, the rest by its words."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._words = [f" {_words(text)} " for text in allowed]
        self._digits = [digits for text in allowed if len(digits := _digits(text)) >= _SHORTEST]

    def covers(self, hit: Hit, low: str) -> bool:
        """Whether a hit is one of these: a number may be written with fewer digits before it."""
        passage = low[hit.start : hit.end]
        kind = REASONS[hit.why].kind
        if kind is Kind.PHONE:
            own = _digits(passage)[-_OWN_DIGITS:]
            return len(own) >= _SHORTEST and any(digits.endswith(own) for digits in self._digits)
        if kind is Kind.STREET_ADDRESS or hit.why in ("mail", "private_mail"):
            return any(f" {_words(passage)} " in words for words in self._words)
        return False


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w@.+-]*\w", Folded(text).low))
