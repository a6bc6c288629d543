"""Names that look alike, proposed to a person and never taken for proof. Pure.

Only parties of one country are compared, and only where at least one of the two is not a sure
place: two sure places that differ are two places, however alike their names (Köln and Kassel).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from mistok.ingest.comparing.entries import Entry
from mistok.ingest.comparing.placing import Seat
from mistok.ingest.comparing.seats import FAR_KM, Meeting, Reason, Tied, meet
from mistok.world import distance_km, fold, romanise

ALIKE: Final = 74.0
"""Of 100: the least likeness of two names that a person is asked about."""
BOTH_ALIKE: Final = 0.82
"""The least mean of both parties where neither is proved."""
MOST_NAMES: Final = 3
MOST_ALIKE: Final = 5
CHUNK: Final = 256
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Likely:
    """Two entries that may be one tie."""

    left: int
    right: int
    meetings: tuple[Meeting, ...]
    score: float


def likely_pairs(left: Sequence[Entry], right: Sequence[Entry]) -> list[Likely]:
    """Entries of both lists whose parties are alike one by one; best first, each pair once."""
    alike = _alike_seats(_seats(left), _seats(right))
    at = _by_identities(right)
    found = [pair for entry in left for pair in _for_entry(entry, alike, at)]
    return sorted(found, key=lambda pair: (-pair.score, pair.left, pair.right))


Alike = Mapping[str, Sequence[tuple[str, Meeting]]]


def _for_entry(
    entry: Entry, alike: Alike, at: Mapping[frozenset[str], list[int]]
) -> Iterator[Likely]:
    if len(entry.seats) != 2:
        return
    one, two = entry.seats
    for first, how in alike.get(one.identity, ()):
        for second, what in alike.get(two.identity, ()):
            mean = (how.score + what.score) / 2
            if max(how.score, what.score) < 1 and mean < BOTH_ALIKE:
                continue
            for number in at.get(frozenset((first, second)), ()):
                yield Likely(entry.number, number, (how, what), round(mean, 3))


def _seats(entries: Iterable[Entry]) -> list[Seat]:
    return list({seat.identity: seat for entry in entries for seat in entry.seats}.values())


def _by_identities(entries: Iterable[Entry]) -> dict[frozenset[str], list[int]]:
    index: dict[frozenset[str], list[int]] = defaultdict(list)
    for entry in entries:
        index[frozenset(seat.identity for seat in entry.seats)].append(entry.number)
    return index


def _alike_seats(left: Sequence[Seat], right: Sequence[Seat]) -> Alike:
    """For each seat of the left list those of the right that it may be, the likeliest first."""
    found: dict[str, list[tuple[str, Meeting]]] = defaultdict(list)
    theirs = _by_country(right)
    for country, ours in _by_country(left).items():
        for one, two, score in _pairs_alike(ours, theirs.get(country, [])):
            meeting = _judged(one, two, score)
            if meeting.score > 0:
                found[one.identity].append((two.identity, meeting))
    return {
        identity: sorted(several, key=lambda pair: -pair[1].score)[:MOST_ALIKE]
        for identity, several in found.items()
    }


def _judged(left: Seat, right: Seat, score: float) -> Meeting:
    """What is known of the two comes before likeness."""
    meeting = meet(left, right)
    if meeting.tied is not Tied.DIFFERENT:
        return meeting
    one, two = left.point or left.told.point, right.point or right.told.point
    far = bool(one and two and distance_km(one, two) > FAR_KM)
    if far or (left.key and right.key):
        return meeting
    words = (left.told.name, right.told.name)
    return Meeting(Tied.MAYBE, Reason("names_alike", words), round(min(score, 99.0) / 100, 3))


def _by_country(seats: Iterable[Seat]) -> dict[str, list[Seat]]:
    index: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        index[seat.told.country].append(seat)
    return index


def _pairs_alike(left: Sequence[Seat], right: Sequence[Seat]) -> Iterator[tuple[Seat, Seat, float]]:
    """Pairs that share their place or whose names are alike enough, with their likeness."""
    surfaces = [(text, seat) for seat in right for text in _surfaces(seat)]
    texts = [text for text, _seat in surfaces]
    same = {seat.key: seat for seat in right if seat.key}
    for seat in left:
        if seat.key in same:
            yield seat, same[seat.key], 100.0
    ours = [(text, seat) for seat in left for text in _surfaces(seat)]
    for start in range(0, len(ours) if texts else 0, CHUNK):
        chunk = ours[start : start + CHUNK]
        scores = process.cdist(
            [text for text, _seat in chunk],
            texts,
            scorer=fuzz.ratio,
            score_cutoff=ALIKE,
            dtype=np.uint8,
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            one, two = chunk[row][1], surfaces[column][1]
            if not (one.key and two.key):
                yield one, two, float(scores[row, column])


def _surfaces(seat: Seat) -> tuple[str, ...]:
    """Its names in Latin letters, folded."""
    names = (seat.told.name, seat.name, *seat.told.others)
    latin = (fold(romanise(name) if _CYRILLIC.search(name) else name) for name in names)
    return tuple(dict.fromkeys(name for name in latin if name))[:MOST_NAMES]
