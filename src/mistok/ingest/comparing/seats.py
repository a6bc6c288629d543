"""Whether two parties of two lists are one: what is proved, what may be, what is not. Pure.

Proved is only what one code says of both, or one exact name in one country (D2-12).
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from mistok.ingest.comparing.placing import NEAR_KM, Seat
from mistok.world import distance_km

FAR_KM: Final = 100.0


class Tied(IntEnum):
    """How two parties stand to each other, from nothing to proof."""

    DIFFERENT = 0
    MAYBE = 1
    INSIDE = 2
    RENAMED = 3
    SAME = 4


PROVED: Final = (Tied.SAME, Tied.RENAMED)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with its words; `telling` makes a sentence of it."""

    code: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two parties side by side. `score` from 0 to 1 says how alike they are; 1 when proved."""

    tied: Tied
    reason: Reason
    score: float = 1.0


def meet(left: Seat, right: Seat) -> Meeting:
    """How two parties stand to each other by what is known of them, without likeness."""
    countries = {left.told.country, right.told.country} - {""}
    if left.told.wikidata and left.told.wikidata == right.told.wikidata:
        return _same(left, right, Reason("same_item", (left.told.wikidata,)))
    if left.key and left.key == right.key:
        return _same(left, right, Reason("same_key", (left.key,)))
    if len(countries) != 1 or not (left.told.country and right.told.country):
        return Meeting(Tied.DIFFERENT, Reason("other_country"), 0.0)
    if left.key and right.key:
        return _two_places(left, right)
    return _unplaced(left, right)


def _same(left: Seat, right: Seat, reason: Reason) -> Meeting:
    if left.former != right.former:
        old, new = (left, right) if left.former else (right, left)
        words = (old.told.name, new.name or new.told.name)
        return Meeting(Tied.RENAMED, Reason("renamed", words))
    return Meeting(Tied.SAME, reason)


def _two_places(left: Seat, right: Seat) -> Meeting:
    """Both are sure and are not the same: one may be part of the other, or another level of it."""
    if left.key in right.within or right.key in left.within:
        small, large = (left, right) if right.key in left.within else (right, left)
        return Meeting(Tied.INSIDE, Reason("part_of", (_shown(small), _shown(large))), 0.9)
    guessed = "name" in (left.how, right.how)
    if guessed and (right.key in left.fits or left.key in right.fits):
        return Meeting(Tied.MAYBE, Reason("several_of_name", (left.told.name,)), 0.6)
    if _share_a_name(left, right) and _distance(left, right) <= NEAR_KM:
        return Meeting(Tied.MAYBE, Reason("another_level", (_shown(left), _shown(right))), 0.7)
    return Meeting(Tied.DIFFERENT, Reason("other_place", (_shown(left), _shown(right))), 0.0)


def _unplaced(left: Seat, right: Seat) -> Meeting:
    """One of them is not sure: an exact name that no place of the country has can still prove."""
    if not _share_a_name(left, right):
        fits = (right.key and right.key in left.fits) or (left.key and left.key in right.fits)
        if fits:
            return Meeting(Tied.MAYBE, Reason("several_of_name", (left.told.name,)), 0.6)
        return Meeting(Tied.DIFFERENT, Reason("other_name"), 0.0)
    if left.told.level and right.told.level and _rank(left) != _rank(right):
        return Meeting(Tied.MAYBE, Reason("another_level", (_shown(left), _shown(right))), 0.7)
    if _distance(left, right) > FAR_KM:
        return Meeting(Tied.DIFFERENT, Reason("far_apart", (left.told.name,)), 0.0)
    if left.told.wikidata and right.told.wikidata:
        return Meeting(Tied.MAYBE, Reason("two_items", (left.told.name,)), 0.7)
    if "several" in (left.how, right.how):
        return Meeting(Tied.MAYBE, Reason("several_of_name", (left.told.name,)), 0.8)
    return Meeting(Tied.SAME, Reason("same_name", (left.told.name, left.told.country)))


def _rank(seat: Seat) -> str:
    """A city and a hromada are one level."""
    return {"hromada": "city"}.get(seat.told.level, seat.told.level)


def _share_a_name(left: Seat, right: Seat) -> bool:
    return not set(left.told.folded).isdisjoint(right.told.folded)


def _distance(left: Seat, right: Seat) -> float:
    """Kilometres between them; none where one's place is not known."""
    one, two = left.point or left.told.point, right.point or right.told.point
    return distance_km(one, two) if one and two else 0.0


def _shown(seat: Seat) -> str:
    return seat.name or seat.told.name
