"""The facts behind each criterion for some places: what sentences for people are made of."""

import math
from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mistok.matching.case import BESIDE_KM, PLACE_BITS, Case
from mistok.matching.declaring import Declaring, Facts
from mistok.matching.rows import Floats, Indices, spread

CAPITAL = 8
FEW = 3
"""Places that are named where several speak for a candidate."""


class Telling:
    """What is told of candidates of one seeker; `unknown` says whose number is missing."""

    def __init__(self, declaring: Declaring, case: Case) -> None:
        self.declaring = declaring
        self.case = case
        self.standing = case.standing
        self.pool = case.standing.pool
        self.graph = case.standing.graph
        self.partners = self.graph.neighbours(case.seeker)
        self.country = int(self.pool.country[case.seeker])

    def facts(self, rows: Indices) -> dict[str, list[Facts]]:
        """Facts by criterion, learned and declared, each for the places in their order."""
        tellers: dict[str, Callable[[Indices], list[Facts]]] = {
            "size": self._size,
            "prominence": self._prominence,
            "distance": self._distance,
            "habit": self._habit,
            "region": self._region,
            "surroundings": self._surroundings,
            "experience": self._experience,
            "load": self._load,
            "ukraine": self._ukraine,
            "affinity": self._affinity,
            "own_ties": self._own_ties,
            "shared_partners": self._shared,
            "chain": self._chain,
            "namesake": self._namesake,
            "language": self._language,
            "clock": self._clock,
            "position": self._position,
        }
        learned = {name: teller(rows) for name, teller in tellers.items()}
        return learned | self.declaring.facts(self.case, rows)

    def _size(self, rows: Indices) -> list[Facts]:
        own = int(self.pool.population[self.case.seeker])
        return [
            {"seeker_population": own, "candidate_population": other} | _unknown(own, other)
            for other in self.pool.population[rows].tolist()
        ]

    def _prominence(self, rows: Indices) -> list[Facts]:
        position = self.pool.about.position[rows].tolist()
        names = self.pool.about.renown[rows].tolist()
        return [
            {
                "names": count,
                "capital": int(bool(bits & CAPITAL)),
                "seat": int(bool(bits & PLACE_BITS["seat"])),
            }
            for count, bits in zip(names, position, strict=True)
        ]

    def _distance(self, rows: Indices) -> list[Facts]:
        own = bool(np.isfinite(self.pool.direction[0, self.case.seeker]))
        return [
            {"km": round(km, 1)} if math.isfinite(km) else _unknown(own, known)
            for km, known in zip(
                self.pool.km(self.case.seeker, rows).tolist(),
                np.isfinite(self.pool.direction[0, rows]).tolist(),
                strict=True,
            )
        ]

    def _habit(self, rows: Indices) -> list[Facts]:
        counts = self.standing.between[self.country].astype(int).tolist()
        counts[self.country] //= 2  # a tie inside the country has both its ends there
        total = sum(counts)
        return [
            {"ties": counts[country], "of": total, "country": country}
            for country in self.pool.country[rows].tolist()
        ]

    def _region(self, rows: Indices) -> list[Facts]:
        standing = self.standing
        own = int(self.pool.about.region[self.case.seeker])
        begin, end = standing.region_starts[own], standing.region_starts[own + 1]
        ends = self.pool.about.region[standing.region_ends[begin:end]]
        counts = np.bincount(ends, minlength=len(standing.region_country)).tolist()
        counts[own] //= 2
        regions = self.pool.about.region[rows]
        pull = standing.pull[regions, self.country].astype(int).tolist()
        total = sum(counts)
        return [
            {"ties": counts[region], "of": total, "with_country": drawn}
            for region, drawn in zip(regions.tolist(), pull, strict=True)
        ]

    def _surroundings(self, rows: Indices) -> list[Facts]:
        """Places near the seeker that are tied with the candidate or with places near it."""
        return [_some(places) for places in self.case.near.tied_with(rows)]

    def _experience(self, rows: Indices) -> list[Facts]:
        """Foreign ties; those inside the country raise the value as well but are not told."""
        country = self.pool.country
        entries, owner = spread(self.graph.starts, rows)
        foreign = country[self.graph.partners[entries]] != country[rows][owner]
        ties = np.bincount(owner[foreign], minlength=len(rows))
        return [{"ties": count} for count in ties.tolist()]

    def _load(self, rows: Indices) -> list[Facts]:
        return [{"ties": round(math.expm1(told))} for told in self._told("guests", rows)]

    def _ukraine(self, rows: Indices) -> list[Facts]:
        return [{"ties": round(math.expm1(told))} for told in self._told("ukraine", rows)]

    def _affinity(self, rows: Indices) -> list[Facts]:
        """Ties with the seeker's country, of all; and as many as with places quite like it."""
        return [
            {"ties": round(math.expm1(guests)), "of": ties, "like": round(math.expm1(like), 1)}
            for guests, ties, like in zip(
                self._told("guests", rows),
                self.graph.degree[rows].tolist(),
                self._told("like_guests", rows),
                strict=True,
            )
        ]

    def _own_ties(self, rows: Indices) -> list[Facts]:
        own = np.bincount(self.pool.country[self.partners], minlength=self.pool.countries).tolist()
        told: list[Facts] = []
        for country, beside in zip(
            self.pool.country[rows].tolist(), self._told("beside_own", rows), strict=True
        ):
            near: Facts = {"km": round(-BESIDE_KM * math.log(beside), 1)} if beside else {}
            told.append({"ties": own[country], "country": country} | near)
        return told

    def _shared(self, rows: Indices) -> list[Facts]:
        told: list[Facts] = []
        for place, strength in zip(rows.tolist(), self._told("shared", rows), strict=True):
            shared = self.graph.shared_between(self.case.seeker, place) if strength else []
            told.append({"count": len(shared), "partners": shared})
        return told

    def _chain(self, rows: Indices) -> list[Facts]:
        """Partners of the candidate that have a partner in common with the seeker."""
        told: list[Facts] = []
        for place, strength in zip(rows.tolist(), self._told("chain", rows), strict=True):
            ends = self.graph.neighbours(place)
            told.append(_some(ends[self._alike[ends]].tolist() if strength else []))
        return told

    @cached_property
    def _alike(self) -> npt.NDArray[np.bool_]:
        """Which places have a partner in common with the seeker."""
        alike = np.zeros(len(self.pool), bool)
        alike[self.case.few["shared"].places] = True
        return alike

    def _namesake(self, rows: Indices) -> list[Facts]:
        names = self.pool.about.namesake
        same = (names[rows] == names[self.case.seeker]).tolist()
        return [{"same": int(is_so)} for is_so in same]

    def _language(self, rows: Indices) -> list[Facts]:
        likeness = self.pool.about.likeness[self.country].tolist()
        return [
            {"likeness": likeness[country], "country": country}
            for country in self.pool.country[rows].tolist()
        ]

    def _clock(self, rows: Indices) -> list[Facts]:
        apart = self.case.hours_apart(self.pool.about.clock[rows].astype(float))
        return [
            {"hours": hours} if math.isfinite(hours) else {"unknown": "both"}
            for hours in apart.tolist()
        ]

    def _position(self, rows: Indices) -> list[Facts]:
        shared = self.case.shared_places()
        return [
            {"shared": [PLACE_BITS[name] for name, bits in shared.items() if bits & position]}
            for position in self.pool.about.position[rows].tolist()
        ]

    def _told(self, name: str, rows: Indices) -> list[float]:
        """Numbers of a term that is told of few places."""
        values: Floats = self.case.few[name].at(rows)
        told: list[float] = values.tolist()
        return told


def _some(places: list[int]) -> Facts:
    return {"count": len(places), "places": places[:FEW]}


def _unknown(seeker_known: object, candidate_known: object) -> Facts:
    """Whose number is missing: nothing, `seeker`, `candidate` or `both`."""
    if seeker_known and candidate_known:
        return {}
    if seeker_known or candidate_known:
        return {"unknown": "candidate" if seeker_known else "seeker"}
    return {"unknown": "both"}
