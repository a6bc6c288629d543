"""What municipalities say of themselves, laid over all places of a pool."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from mistok.matching.case import Case
from mistok.matching.declared import (
    CRITERIA,
    Profile,
    ProfileTable,
    capacity_value,
    facts,
    wish_facts,
    wish_value,
)
from mistok.matching.evidence import Fact
from mistok.matching.rows import Floats, Indices

Facts = dict[str, Fact]
SILENT = Profile()


@dataclass(frozen=True, slots=True, eq=False)
class Declaring:
    """Declared profiles of some places, ascending by place, and what the seeker says itself.

    `codes`: the code of each country of the pool, for wishes. The seeker's own profile may be
    private: it is given for one search only.
    """

    places: Indices
    profiles: tuple[Profile, ...]
    codes: tuple[str, ...]
    seeker: Profile = SILENT
    table: ProfileTable = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", ProfileTable(self.profiles))

    @classmethod
    def nobody(cls) -> "Declaring":
        return cls(np.zeros(0, np.int64), (), ())

    @classmethod
    def of(cls, profiles: Mapping[int, Profile], codes: Sequence[str]) -> "Declaring":
        """Profiles by place."""
        places = sorted(profiles)
        told = tuple(profiles[place] for place in places)
        return cls(np.array(places, np.int64), told, tuple(codes))

    def asked_by(self, profile: Profile | None) -> "Declaring":
        """The same, for a seeker who says this of itself."""
        return replace(self, seeker=profile or SILENT)

    def profile(self, place: int) -> Profile:
        """What a place says; nothing where it says nothing."""
        slot = int(np.searchsorted(self.places, place))
        found = slot < len(self.places) and self.places[slot] == place
        return self.profiles[slot] if found else SILENT

    def values(self, case: Case, rows: Indices) -> Floats:
        """Values of the declared criteria for some places, shape (rows, criteria).

        0 where nothing is said, up to 1 where all agrees; wishes and capacity fall to -1 where a
        place is not wanted or has no room, so that silence is better than a refusal.
        """
        told = np.zeros((len(rows), len(CRITERIA)))
        if self.seeker.wishes.said:
            told[:, CRITERIA.index("wishes")] = self._wished(case, rows) / 2
        if len(self.places):
            slot = np.minimum(np.searchsorted(self.places, rows), len(self.places) - 1)
            known = self.places[slot] == rows
            if known.any():
                told[known] += self._theirs(case)[slot[known]]
        return told

    def add_to(
        self, scores: npt.NDArray[np.float32], case: Case, weights: Mapping[str, float]
    ) -> None:
        """Add the declared criteria to the scores of all places."""
        if self.seeker.wishes.said:
            rows = np.arange(len(scores))
            scores += (weights["wishes"] / 2 * self._wished(case, rows)).astype(np.float32)
        if len(self.places):
            told = self._theirs(case) @ np.array([weights[name] for name in CRITERIA])
            scores[self.places] += told.astype(np.float32)

    def facts(self, case: Case, rows: Indices) -> dict[str, list[Facts]]:
        """What was said, by declared criterion, for some places in their order."""
        silent = {name: {"unknown": "both"} for name in CRITERIA}
        if self.seeker == SILENT and not len(self.places):
            return {name: [dict(fact)] * len(rows) for name, fact in silent.items()}
        km = case.standing.pool.km(case.seeker, rows).tolist()
        told = [self._said(case, place, far) for place, far in zip(rows.tolist(), km, strict=True)]
        return {name: [facts[name] for facts in told] for name in CRITERIA}

    def _said(self, case: Case, place: int, km: float) -> dict[str, Facts]:
        """Facts of the declared criteria for one place; the other's wishes under `their_…`."""
        pool, other = case.standing.pool, self.profile(place)
        told: dict[str, Facts] = {
            name: dict(fact) for name, fact in facts(self.seeker, other).items()
        }
        here, there = (int(pool.country[i]) for i in (case.seeker, place))
        people, others = (int(pool.population[i]) or None for i in (case.seeker, place))
        own = wish_facts(self.seeker.wishes, country=self.codes[there], population=others, km=km)
        theirs = wish_facts(other.wishes, country=self.codes[here], population=people, km=km)
        told["wishes"] = {**own, **{f"their_{name}": value for name, value in theirs.items()}}
        free = other.capacity
        told["capacity"] = {"unknown": "candidate"} if free is None else {"free": free}
        return told

    def _wished(self, case: Case, rows: Indices) -> Floats:
        """How far places meet the seeker's wishes; half of the criterion is the seeker's."""
        pool = case.standing.pool
        value = wish_value(
            self.seeker.wishes,
            codes=self.codes,
            country=pool.country[rows],
            population=pool.population[rows],
            km=pool.km(case.seeker, rows),
        )
        return _signed(value)

    def _theirs(self, case: Case) -> Floats:
        """Values for the places that say something; of the wishes, their half."""
        pool = case.standing.pool
        told = np.zeros((len(self.places), len(CRITERIA)))
        for name, value in self.table.values(self.seeker).items():
            told[:, CRITERIA.index(name)] = value
        wishes = self.table.wishes(
            country=self.codes[int(pool.country[case.seeker])],
            population=int(pool.population[case.seeker]) or None,
            km=pool.km(case.seeker, self.places),
        )
        told[:, CRITERIA.index("wishes")] = _signed(wishes) / 2
        told[:, CRITERIA.index("capacity")] = _signed(capacity_value(self.table.capacity))
        return told


def _signed(value: Floats) -> Floats:
    """From 0..1 to -1..1, and 0 where nothing was said."""
    signed: Floats = np.nan_to_num(2 * value - 1, nan=0.0)
    return signed
