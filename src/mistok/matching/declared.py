"""Declared profiles put beside each other: what agrees, what would agree, one against many.

The values themselves are in `declared_values`; all that callers need can be had from here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.matching.declared_values import (
    HALF_LANGUAGES,
    HALF_MATCHES,
    SETS,
    Profile,
    Values,
    Wishes,
    capacity_value,
    fields_value,
    languages_value,
    likeness_value,
    needs_value,
    saturated,
    size_bounds,
    two_way_value,
    wish_value,
)

__all__ = [
    "CRITERIA",
    "SETS",
    "Hint",
    "Profile",
    "ProfileTable",
    "Wishes",
    "capacity_value",
    "facts",
    "fields_value",
    "hints",
    "languages_value",
    "likeness_value",
    "needs_value",
    "wish_facts",
    "wish_value",
]

DeclaredFacts = dict[str, str | list[str]]

PAIRS = {
    "fields": (("wanted", "offered"), ("offered", "wanted")),
    "needs": (("needs", "offers"), ("offers", "needs")),
    "likeness": (("economy", "economy"), ("institutions", "institutions")),
    "languages": (("languages", "languages"),),
}
"""What is compared under each criterion: a set of the seeker's with a set of the candidate's."""

CRITERIA = (*PAIRS, "wishes", "capacity")
"""The criteria that rest on declared profiles."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One addition to the seeker's profile that would raise a value, if it is true of it.

    `field` is the set to add to, `codes` what the candidate has there. `kind` is `say` where the
    seeker has said nothing in that set yet, `add` where it has.
    """

    criterion: str
    field: str
    kind: str
    codes: tuple[str, ...]


def facts(seeker: Profile, candidate: Profile) -> dict[str, DeclaredFacts]:
    """What agrees, by criterion: codes in alphabetical order under the seeker's set.

    Where one side (seeker, candidate, both) has said nothing that could agree, the word
    `unknown` says which, and the value is 0 for want of knowledge, not for want of fit.
    """
    told: dict[str, DeclaredFacts] = {}
    for criterion, pairs in PAIRS.items():
        silent = [
            name
            for name, profile, side in (("seeker", seeker, 0), ("candidate", candidate, 1))
            if not any(getattr(profile, pair[side]) for pair in pairs)
        ]
        if silent:
            told[criterion] = {"unknown": "both" if len(silent) > 1 else silent[0]}
        else:
            told[criterion] = {
                own: sorted(getattr(seeker, own) & getattr(candidate, other))
                for own, other in pairs
            }
    return told


def wish_facts(
    wishes: Wishes, *, country: str, population: int | None, km: float | None
) -> DeclaredFacts:
    """Which stated wishes (`countries`, `size`, `distance`) one place meets, which it does not.

    Keys `met` and `unmet`, and `unsure` for what is not known of the place; `unknown` alone where
    no wish is stated. An exclusion is told under `unmet` as `not_countries`, when it applies.
    """
    if not wishes.said:
        return {"unknown": "wishes"}
    met: dict[str, bool | None] = {}
    if country in wishes.not_countries:
        met["not_countries"] = False
    if wishes.countries:
        met["countries"] = country in wishes.countries
    if wishes.sized:
        least, most = size_bounds(wishes)
        met["size"] = least <= population <= most if population else None
    if wishes.max_km is not None:
        met["distance"] = None if km is None or math.isnan(km) else km <= wishes.max_km
    words = (("met", True), ("unmet", False), ("unsure", None))
    return {word: [name for name, is_so in met.items() if is_so is so] for word, so in words}


def hints(seeker: Profile, candidate: Profile) -> list[Hint]:
    """Single additions to the seeker's profile that would raise its value for this candidate.

    Each code of each hint, added alone, raises the value of the hint's criterion. A hint is a
    question, not an advice to claim what is not so.
    """
    found = []
    for criterion, pairs in PAIRS.items():
        for own, other in pairs:
            codes = tuple(sorted(getattr(candidate, other) - getattr(seeker, own)))
            kind = "add" if getattr(seeker, own) else "say"
            found += [Hint(criterion, own, kind, codes)] if codes else []
    return found


class ProfileTable:
    """Many profiles as bit arrays, so that one seeker is put beside all of them at once.

    Gives the same numbers as the functions for two; arrays of one number for each profile, in
    their order.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = tuple(profiles)
        wishes = [profile.wishes for profile in self.profiles]
        self._marks = {name: _marks([getattr(p, name) for p in self.profiles]) for name in SETS}
        self._wished = _marks([wish.countries for wish in wishes])
        self._unwished = _marks([wish.not_countries for wish in wishes])
        bounds = [size_bounds(wish) if wish.sized else (math.nan, math.nan) for wish in wishes]
        self._size = np.array(bounds, float).reshape(-1, 2).T
        self._max_km = np.array([_or_nan(wish.max_km) for wish in wishes], float)
        self._said = np.array([wish.said for wish in wishes], bool)
        self._choosy = np.array([bool(wish.countries) for wish in wishes], bool)
        self.capacity: Values = np.array([_or_nan(p.capacity) for p in self.profiles], float)

    def __len__(self) -> int:
        return len(self.profiles)

    def values(self, seeker: Profile) -> dict[str, Values]:
        """The values of fields, needs, likeness and languages for one seeker."""
        counts = {
            criterion: [self._matches(getattr(seeker, own), other) for own, other in pairs]
            for criterion, pairs in PAIRS.items()
        }
        return {
            "fields": two_way_value(*counts["fields"]),
            "needs": two_way_value(*counts["needs"]),
            "likeness": saturated(sum(counts["likeness"], np.zeros(len(self))), HALF_MATCHES),
            "languages": saturated(counts["languages"][0], HALF_LANGUAGES),
        }

    def wishes(self, *, country: str, population: int | None, km: npt.ArrayLike) -> Values:
        """How well the seeker, a place of this country and size, meets the wishes of each.

        `km`: from the seeker to each. As `wish_value`, seen from the other side.
        """
        people, far = _or_nan(population or None), np.asarray(km, float)
        sized, near = ~np.isnan(self._size[0]), ~np.isnan(self._max_km)
        met = self._wished.get(country, np.zeros(len(self)))
        met = met + ((people >= self._size[0]) & (people <= self._size[1]))
        met = met + (far <= self._max_km)
        stated = self._choosy.astype(float) + sized + near
        share = np.where(stated > 0, met / np.maximum(stated, 1), 1.0)
        share *= 1 - self._unwished.get(country, np.zeros(len(self)))
        return np.where(self._said, share, np.nan)

    def _matches(self, codes: frozenset[str], name: str) -> Values:
        """How many of these codes each profile has in the set of this name."""
        marks = self._marks[name]
        return sum((marks[code] for code in codes if code in marks), np.zeros(len(self)))


def _marks(sets: Sequence[frozenset[str]]) -> dict[str, Values]:
    """For each code that occurs, 1 where a set holds it and 0 elsewhere."""
    marks = {code: np.zeros(len(sets)) for code in frozenset().union(*sets)}
    for row, codes in enumerate(sets):
        for code in codes:
            marks[code][row] = 1
    return marks


def _or_nan(number: int | None) -> float:
    return math.nan if number is None else float(number)
