"""One seeker before the world: every number that the terms of a model are about.

A number is told in one of three ways: by country or region (all places there share it), by a small
key of each place (its size, its rank, its clock), or for the few places that it is not 0 for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mistok.matching.pool import UNKNOWN_CLOCK
from mistok.matching.rows import Floats, Indices, Sparse, spread, tallied
from mistok.matching.standing import Standing

UNKNOWN_SIZE = 9.0  # ln of 8,100: the size at which a seeker of unknown size is judged
NEAR_KM, WIDE_KM = 12.0, 40.0
BESIDE_KM = 25.0
LIKE_SIZE = 0.7  # in natural logarithms: a place twice as large counts 0.37
PLACE_BITS = {"coast": 1, "border": 2, "mountain": 4, "seat": 24, "seaport": 32}
"""Bits of `About.position` that two places may share (see `mistok.world.Position`)."""

# How many ties' worth of the general expectation is added to counts before they are compared.
COUNTRY_PRIOR, REGION_PRIOR, PULL_PRIOR, LIKE_PRIOR, NEAR_PRIOR = 5.0, 8.0, 2.0, 6.0, 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What is known between one seeker and every place.

    `countries` and `regions`: arrays by country and by region; `few`: numbers of few places.
    """

    seeker: int
    standing: Standing
    countries: Mapping[str, Floats]
    regions: Mapping[str, Floats]
    few: Mapping[str, Sparse]
    near: "Near"

    @classmethod
    def of(cls, seeker: int, standing: Standing, ukraine: int | None = None) -> "Case":
        """Gather everything about a seeker; `ukraine` is the number of that country."""
        share = _share(seeker, standing)
        near = Near.of(seeker, standing)
        return cls(
            seeker=seeker,
            standing=standing,
            countries=_by_country(seeker, standing, share, near),
            regions=_by_region(seeker, standing, share),
            few={
                **_guests(seeker, standing, ukraine),
                **_like_guests(seeker, standing),
                **_chains(seeker, standing),
                **near.echoes,
                "namesake": _namesakes(seeker, standing),
            },
            near=near,
        )

    @property
    def own(self) -> dict[str, float]:
        """The seeker's numbers by the axes of a model's terms."""
        people = int(self.standing.pool.population[self.seeker])
        ties = int(self.standing.graph.degree[self.seeker])
        return {
            "size": float(np.log(people)) if people > 0 else UNKNOWN_SIZE,
            "ties": float(np.log1p(ties)),
        }

    def shared_places(self) -> dict[str, int]:
        """Which bits of a position count for this seeker: those that it has itself."""
        own = int(self.standing.pool.about.position[self.seeker])
        return {name: bits & own for name, bits in PLACE_BITS.items() if bits & own}

    def hours_apart(self, clock: Floats) -> Floats:
        """Hours between the clocks, the short way round; nan where one is unknown."""
        own = int(self.standing.pool.about.clock[self.seeker])
        apart = np.abs(clock - own) / 4
        apart = np.minimum(apart, 24 - apart)
        return np.where((clock == UNKNOWN_CLOCK) | (own == UNKNOWN_CLOCK), np.nan, apart)


def _share(seeker: int, standing: Standing) -> Floats:
    """Expected share of each country among the ties of the seeker's country."""
    own = standing.between[standing.pool.country[seeker]]
    prior = expected(standing)
    shared: Floats = (own + COUNTRY_PRIOR * prior) / (own.sum() + COUNTRY_PRIOR)
    return shared


def expected(standing: Standing) -> Floats:
    """Share of each country among all ties, never quite 0."""
    ends = standing.between.sum(1) + 1
    share: Floats = ends / ends.sum()
    return share


def _by_country(seeker: int, standing: Standing, share: Floats, near: "Near") -> dict[str, Floats]:
    pool, graph = standing.pool, standing.graph
    prior = expected(standing)
    mass = standing.country_mass / standing.country_mass.sum()
    own = np.bincount(pool.country[graph.neighbours(seeker)], minlength=pool.countries)
    like = _like_habit(seeker, standing)
    around = near.habit()
    return {
        "habit": np.log(share) - np.log(prior),
        "openness": np.log(prior) - np.log(mass),
        "like_habit": _surplus(like, LIKE_PRIOR, share),
        "near_habit": _surplus(around, NEAR_PRIOR, share),
        "own_ties": np.log1p(own),
        "language": pool.about.likeness[pool.country[seeker]].astype(float),
    }


def _surplus(counts: Floats, prior: float, share: Floats) -> Floats:
    """How much more often than expected: ln of one share over the other."""
    surplus: Floats = np.log((counts + prior * share) / (counts.sum() + prior)) - np.log(share)
    return surplus


def _like_habit(seeker: int, standing: Standing) -> Floats:
    """Ties of the country's places by country, those of places like the seeker in size first."""
    pool, graph = standing.pool, standing.graph
    ends = graph.country_partners_of(int(pool.country[seeker]))
    apart = np.abs(pool.log_population[ends[0]] - pool.log_population[seeker])
    weight = np.nan_to_num(np.exp(-apart / LIKE_SIZE), nan=0.0).astype(float)
    return tallied(pool.country[ends[1]], weight, pool.countries)


def _by_region(seeker: int, standing: Standing, share: Floats) -> dict[str, Floats]:
    pool = standing.pool
    country, region = int(pool.country[seeker]), int(pool.about.region[seeker])
    of = standing.region_country
    size = standing.region_mass / standing.country_mass[of]
    ties = standing.between[of, country]
    within = (standing.pull[:, country] + PULL_PRIOR * size) / (ties + PULL_PRIOR)
    base = share[of] * within
    begin, end = standing.region_starts[region], standing.region_starts[region + 1]
    ends = pool.about.region[standing.region_ends[begin:end]]
    counts = np.bincount(ends, minlength=len(of))
    pair = (counts + REGION_PRIOR * base) / (end - begin + REGION_PRIOR)
    return {
        "region_pair": np.log(pair) - np.log(base),
        "region_pull": np.log(within) - np.log(size),
    }


def _guests(seeker: int, standing: Standing, ukraine: int | None) -> dict[str, Sparse]:
    """How taken places are: by the seeker's country, and by Ukraine."""
    graph = standing.graph
    places, counts = graph.guests(int(standing.pool.country[seeker]))
    ties = counts.astype(float)
    known = graph.guests(ukraine) if ukraine is not None else (places[:0], counts[:0])
    return {
        "guests": Sparse(places, np.log1p(ties)),
        "guest_share": Sparse(places, ties / graph.degree[places]),
        "ukraine": Sparse(known[0], np.log1p(known[1].astype(float))),
    }


def _like_guests(seeker: int, standing: Standing) -> dict[str, Sparse]:
    """Partners that a place has in countries with habits like the seeker's, and of its size."""
    graph, pool = standing.graph, standing.pool
    alike = standing.likeness_of_habits(int(pool.country[seeker]))[pool.country[graph.partners]]
    alike[graph.partners == seeker] = 0
    apart = np.abs(pool.log_population[graph.partners] - pool.log_population[seeker])
    size = np.nan_to_num(np.exp(-apart / LIKE_SIZE), nan=0.0)
    sums = (tallied(standing.slots, weight, len(graph.active)) for weight in (alike, alike * size))
    kin, like = (Sparse(graph.active, total).log(1) for total in sums)
    return {"kin_guests": kin, "like_guests": like}


def _chains(seeker: int, standing: Standing) -> dict[str, Sparse]:
    """Common partners, chains of three ties, likeness of partners, and what lies beside them."""
    graph, pool = standing.graph, standing.pool
    partners = graph.neighbours(seeker)
    shared = Sparse(*graph.shared(seeker)).log(4)
    entries, owner = spread(graph.starts, partners)
    ends = graph.partners[entries]
    kept = ends != seeker
    weight = 1 / np.sqrt(graph.degree[partners][owner[kept]])
    middle = Sparse.summed(ends[kept], weight)
    home = pool.country[middle.places] == pool.country[seeker]
    return {
        "shared": shared,
        "chain": _onward(standing, middle.places, middle.values),
        "chain_home": _onward(standing, middle.places[home], middle.values[home]),
        "kindred": _kindred(seeker, standing, partners),
        "beside_own": _beside(standing, partners),
    }


def _onward(standing: Standing, middle: Indices, weight: Floats) -> Sparse:
    """One more tie from weighted places: a place with many ties passes less on."""
    graph = standing.graph
    entries, owner = spread(graph.starts, middle)
    told = (weight / np.sqrt(graph.degree[middle]))[owner]
    return Sparse.summed(graph.partners[entries], told).log(4)


def _kindred(seeker: int, standing: Standing, partners: Indices) -> Sparse:
    """How alike the countries are that two places have partners in (cosine)."""
    pool = standing.pool
    wanted = np.zeros(pool.countries)
    wanted[pool.country[partners]] = 1
    if not wanted.any():
        return Sparse.nothing()
    places, countries = standing.pairs
    alike = np.bincount(places, wanted[countries], len(standing.portfolio))
    found = np.flatnonzero(alike)
    cosine = alike[found] / np.sqrt(standing.portfolio[found] * wanted.sum())
    return Sparse(standing.graph.active[found], cosine)


def _beside(standing: Standing, partners: Indices) -> Sparse:
    """How near a place lies to a partner that the seeker has already: 1 next door."""
    places, km, _ = standing.around(partners)
    order = np.lexsort((km, places))
    once, first = np.unique(places[order], return_index=True)
    return Sparse(once, np.exp(-km[order][first] / BESIDE_KM))


def _namesakes(seeker: int, standing: Standing) -> Sparse:
    names = standing.pool.about.namesake
    same = np.flatnonzero(names == names[seeker])
    return Sparse(same, np.ones(len(same)))


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The tied places around a seeker, and where their partners' neighbours are.

    `owners` and `km`: such a place and how far it is from the seeker, one entry for each of its
    ties; `ends`: the partner at the other end, as its number in `partners`. `places`,
    `places_km`, `places_of`: neighbours of the partners, how far, and of which partner.
    """

    standing: Standing
    owners: Indices
    km: Floats
    partners: Indices
    ends: Indices
    places: Indices
    places_km: Floats
    places_of: Indices

    @classmethod
    def of(cls, seeker: int, standing: Standing) -> "Near":
        graph = standing.graph
        places, km = standing.near(seeker)
        entries, owner = spread(graph.starts, places)
        ends = graph.partners[entries]
        kept = ends != seeker
        partners, slot = np.unique(ends[kept], return_inverse=True)
        return cls(
            standing,
            places[owner[kept]],
            km[owner[kept]],
            partners,
            slot,
            *standing.around(partners),
        )

    def habit(self) -> Floats:
        """Their ties by country, the nearer the more."""
        pool = self.standing.pool
        there = pool.country[self.partners[self.ends]]
        return tallied(there, np.exp(-self.km / WIDE_KM), pool.countries)

    @property
    def echoes(self) -> dict[str, Sparse]:
        """How many partners of near places lie near each place, on a narrow and a wide scale."""
        told = {}
        for name, scale in (("near", NEAR_KM), ("wide", WIDE_KM)):
            weight = tallied(self.ends, np.exp(-self.km / scale), len(self.partners))
            values = weight[self.places_of] * np.exp(-self.places_km / scale)
            told[name] = Sparse.summed(self.places, values).log(5)
        return told

    def tied_with(self, wanted: Indices) -> list[list[int]]:
        """For each of some places: those around the seeker with a partner there or near it."""
        order = np.argsort(self.places, kind="stable")
        begins = np.searchsorted(self.places, wanted, side="left", sorter=order)
        ends = np.searchsorted(self.places, wanted, side="right", sorter=order)
        return [
            self._tied_by(self.places_of[order[begin:end]])
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]

    def _tied_by(self, partners: Indices) -> list[int]:
        """Places around the seeker that are tied with one of these, nearest first."""
        if not len(partners):
            return []
        wanted = np.zeros(len(self.partners), bool)
        wanted[partners] = True
        there = np.flatnonzero(wanted[self.ends])
        owners, km = self.owners[there], self.km[there]
        order = np.lexsort((owners, km))
        return list(dict.fromkeys(owners[order].tolist()))
