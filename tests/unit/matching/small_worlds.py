"""Random worlds of a few places, and random models over them, for the tests of the learned ranking.

Everything comes of one seed, so that a failure names it; the sizes are what hypothesis shrinks.
"""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from mistok.matching import Declaring, Matcher, Pool, Profile, TieGraph, Wishes
from mistok.matching.declared import CRITERIA as DECLARED
from mistok.matching.declared import SETS
from mistok.matching.model import model_of
from mistok.matching.pool import About

COUNTRIES = 4
REGIONS = 2 * COUNTRIES
CODES = ("UA", "DE", "PL", "FR")
SIZES = (0, 1, 500, 5_000, 5_001, 40_000, 90_000, 3_000_000)
CENTRES = ((50.0, 30.0), (51.0, 7.0), (52.0, 20.0), (47.0, 2.0))
WORDS = ("a", "b", "c")

TERMS = {
    "size": ("size", -8, 8),
    "rank_step": ("size", -4, 4),
    "inhabitants": ("prominence", 0, 15),
    "rank": ("prominence", 0, 4),
    "region_rank": ("prominence", 0, 4),
    "renown": ("prominence", 0, 6),
    "distance": ("distance", 2, 10),
    "habit": ("habit", -4, 4),
    "openness": ("habit", -3, 3),
    "like_habit": ("habit", -3, 3),
    "near_habit": ("surroundings", -3, 3),
    "near": ("surroundings", 0, 4),
    "wide": ("surroundings", 0, 4),
    "region_pair": ("region", -3, 3),
    "region_pull": ("region", -3, 3),
    "ties": ("experience", 0, 4),
    "guests": ("load", 0, 3),
    "ukraine": ("ukraine", 0, 3),
    "guest_share": ("affinity", 0, 1),
    "kin_guests": ("affinity", 0, 3),
    "like_guests": ("affinity", 0, 3),
    "kindred": ("affinity", 0, 1),
    "own_ties": ("own_ties", 0, 3),
    "beside_own": ("own_ties", 0, 1),
    "shared": ("shared_partners", 0, 4),
    "chain": ("chain", 0, 4),
    "chain_home": ("chain", 0, 4),
    "namesake": ("namesake", 0, 1),
    "language": ("language", 0, 1),
    "clock": ("clock", 0, 12),
    "coast": ("position", 0, 1),
    "border": ("position", 0, 1),
    "mountain": ("position", 0, 1),
    "seat": ("position", 0, 1),
    "seaport": ("position", 0, 1),
}
"""Every term that a model may have: its criterion, and the range of its number here."""
CRITERIA = tuple(dict.fromkeys(criterion for criterion, _least, _most in TERMS.values()))
BURDENS = ("load", "ukraine")
AXES = (
    None,
    {"name": "size", "places": [5.0, 9.0, 13.0]},
    {"name": "ties", "places": [0.0, 1.1, 2.2]},
)


@dataclass
class Small:
    """A world as plain columns, its pairs, a seeker, and what its places say of themselves."""

    columns: dict[str, np.ndarray]
    likeness: np.ndarray
    pairs: list[tuple[int, int]]
    seeker: int
    profiles: dict[int, Profile]

    def __len__(self):
        return len(self.columns["lat"])

    @property
    def pool(self):
        told = dict(self.columns)
        own = {name: told.pop(name) for name in ("lat", "lon", "population", "country", "eligible")}
        countries = int(own["country"].max()) + 1
        return Pool(**own, about=About(**told, likeness=self.likeness[:countries, :countries]))

    @property
    def graph(self):
        ends = np.array(self.pairs, np.int64).reshape(-1, 2)
        country = self.columns["country"]
        return TieGraph.from_pairs(ends[:, 0], ends[:, 1], country, domestic=True)

    def matcher(self, model, *, declaring=None):
        """A matcher of everything here; country 0 stands for Ukraine."""
        told = Declaring.of(self.profiles, CODES) if declaring is None else declaring
        return Matcher(self.pool, self.graph, model, told, ukraine=0)

    def without(self, place):
        """The same world in which the seeker is not tied with a place."""
        lost = {self.seeker, place}
        return replace(self, pairs=[pair for pair in self.pairs if set(pair) != lost])

    def permuted(self, order):
        """The same world with its places in another order; `order[new]` is the old number."""
        slot = np.argsort(order).tolist()
        columns = {name: column[order] for name, column in self.columns.items()}
        pairs = [(slot[a], slot[b]) for a, b in self.pairs]
        profiles = {slot[place]: profile for place, profile in self.profiles.items()}
        return Small(columns, self.likeness, pairs, slot[self.seeker], profiles)

    @property
    def partners(self):
        """Whom the seeker is tied with, at home and abroad."""
        tied = {frozenset(pair) for pair in self.pairs if self.seeker in pair}
        return sorted({place for pair in tied for place in pair if place != self.seeker})

    @property
    def abroad(self):
        """Places that a search may propose, ascending."""
        country, eligible = self.columns["country"], self.columns["eligible"]
        home = country[self.seeker]
        return [i for i in range(len(self)) if country[i] != home and eligible[i]]


def small(seed, n=25, ties=30, said=0):
    """A world of `n` places whose countries lie in four clusters, some places side by side."""
    chance = np.random.default_rng(seed)
    country = chance.integers(0, COUNTRIES, n).astype(np.uint16)
    centre = np.array(CENTRES)[country] + chance.normal(0, 0.4, (n, 2))
    centre[chance.random(n) < 0.1] = np.nan
    lon = np.where(chance.random(n) < 0.03, np.nan, centre[:, 1])
    likeness = np.round(chance.random((COUNTRIES, COUNTRIES)) * 4) / 4
    columns = {
        "lat": centre[:, 0].astype(np.float32),
        "lon": lon.astype(np.float32),
        "population": chance.choice(SIZES, n).astype(np.int64),
        "country": country,
        "eligible": chance.random(n) < 0.8,
        "region": (country * 2 + chance.integers(0, 2, n)).astype(np.int32),
        "position": chance.integers(0, 64, n).astype(np.uint8),
        "clock": chance.choice([-128, -20, 0, 4, 8, 40], n).astype(np.int8),
        "renown": chance.choice([0, 1, 5, 60, 400], n).astype(np.uint16),
        "namesake": chance.integers(0, n // 2 + 1, n).astype(np.int32),
    }
    pairs = [(int(a), int(b)) for a, b in chance.integers(0, n, (ties, 2))]
    told = {int(place): _profile(chance) for place in chance.integers(0, n, said)}
    return Small(columns, likeness.astype(np.float32), pairs, int(chance.integers(n)), told)


def _profile(chance):
    def some(words):
        return frozenset(word for word in words if chance.random() < 0.4)

    def maybe(low, high):
        return int(chance.integers(low, high)) if chance.random() < 0.5 else None

    wishes = Wishes(some(CODES), some(CODES[:1]), maybe(1, 6_000), maybe(4_000, 99_999))
    wishes = replace(wishes, max_km=maybe(10, 2_000))
    return Profile(**{name: some(WORDS) for name in SETS}, wishes=wishes, capacity=maybe(0, 4))


def document(seed, *, rising=None, terms=tuple(TERMS), most=100):
    """A model document with random curves in thousandths, up to `most` either way.

    `rising` True or False sorts every curve; the axes are drawn too, so that some curves depend on
    the seeker's size and some on its ties.
    """
    chance = np.random.default_rng(seed)
    rows = []
    for name in terms:
        criterion, low, high = TERMS[name]
        axis = AXES[chance.integers(len(AXES))]
        knots = np.linspace(low, high, int(chance.integers(2, 6)))
        points = chance.integers(-most, most + 1, (len(axis["places"]) if axis else 1, len(knots)))
        if rising is not None:
            points = np.sort(points, axis=1)[:, :: 1 if rising else -1]
        row = {"name": name, "criterion": criterion, "knots": knots.tolist()}
        rows.append(row | {"axis": axis, "points": points.tolist()})
    named = dict.fromkeys(row["criterion"] for row in rows)
    return {
        "algorithm": "test-1",
        "criteria": [{"name": name, "sign": -1 if name in BURDENS else 1} for name in named],
        "terms": rows,
        "declared": {name: int(chance.integers(0, most + 1)) / 1000 for name in DECLARED},
        "weightings": {"lasting": {}, "solidarity": {"size": 1.5, "distance": 0.5, "needs": 2.0}},
        "card": {"made": "2026-11-22"},
    }


def random_model(seed, **more):
    return model_of(document(seed, **more))


SEEDS = st.integers(0, 2**32 - 1)
worlds = st.builds(small, SEEDS, st.integers(5, 40), st.integers(0, 80), st.integers(0, 8))
models = st.builds(random_model, SEEDS)


def reasons_of(fits, place):
    """The reasons of one place in a list, by criterion."""
    (fit,) = (fit for fit in fits if fit.index == place)
    return {reason.criterion: reason for reason in fit.reasons}
