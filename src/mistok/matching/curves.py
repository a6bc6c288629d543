"""A model's curves bent to one seeker, and laid over all places or over some."""

from collections.abc import Collection, Mapping
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.matching.blocks import Spans
from mistok.matching.case import Case
from mistok.matching.model import Model, Term
from mistok.matching.pool import EARTH_RADIUS_KM, SIZE_STEPS, UNKNOWN_CLOCK, Keys, Pool
from mistok.matching.rows import Floats, Indices
from mistok.matching.standing import NO_DISTANCE, RANK_STEPS, STEPS

DECIMALS = 6  # beyond this, the mathematics of two machines may differ

SIZES = ("size", "inhabitants")
RANKS = ("rank", "rank_step")
Floats32 = npt.NDArray[np.float32]


def _distances() -> Floats:
    """ln of kilometres by key, by the chord and its arc; nan for the key of an unknown distance.

    Ten kilometres are added, so that next door is not far.
    """
    arc = np.arcsin(np.minimum((np.arange(STEPS + 1) / STEPS) ** 2, 1))
    return np.append(np.log(2 * EARTH_RADIUS_KM * arc + 10), np.nan)


DISTANCES = _distances()


class Curves:
    """The terms of a model for one seeker: points by country, region, key, or for few places."""

    def __init__(self, model: Model, case: Case) -> None:
        own = case.own
        self.case = case
        self.model = model
        self.curves = [(term, term.curve(own)) for term in model.terms]

    def scores(self, closed: Collection[int]) -> Floats32:
        """A score for every place, good to about 0.0001; minus infinity in closed countries."""
        standing = self.case.standing
        scores = self.by_region(closed)[standing.lane]
        told = np.empty_like(scores)
        for name, table in self.tables.items():
            # Every key is in its table; "clip" only spares NumPy a copy.
            scores += table.take(_keys(name, self.case), mode="clip", out=told)
        self.add_sparse(scores)
        return scores

    def scores_of(self, rows: Indices, by_region: Floats32, more: Floats32) -> Floats32:
        """The scores of some places, `more` (of every place) included."""
        scores = by_region[self.case.standing.lane[rows]] + more[rows]
        for name, table in self.tables.items():
            scores += table.take(_keys(name, self.case, rows), mode="clip")
        return scores

    def most(self, by_region: Floats32, more: Floats32) -> Floats32:
        """What the places of each block have at most, `more` (of every place) included."""
        blocks = self.case.standing.blocks
        most = by_region[blocks.region] + blocks.peaks(more)
        for name, table in self.tables.items():
            if name == "distance":
                most += _distance_spans(self.case).most(table)
            else:
                most += blocks.most_by_key(name, table)
        return most

    def add_sparse(self, scores: Floats32) -> None:
        """Add what the terms that are told of few places say of these."""
        standing = self.case.standing
        for term, curve in self.curves:
            sparse = self.case.few.get(term.name)
            if sparse is not None and len(sparse.places):
                points = np.interp(sparse.values, term.knots, curve) - self._none(term, curve)
                scores[sparse.places] += points.astype(np.float32)
            elif term.name == "ties":
                points = np.interp(standing.log_degrees, term.knots, curve)
                points -= self._none(term, curve)
                scores[standing.graph.active] += points.astype(np.float32)

    def values(self, rows: Indices) -> tuple[Floats, Floats]:
        """Values (0 to 1) of each learned criterion for some places, and the weights.

        Shapes (rows, criteria) and (criteria,): a value times its weight is what the criterion's
        terms have above the least they can have for this seeker; for a burden, below the most.
        """
        criteria = self.model.criteria
        slot = {leaning.name: number for number, leaning in enumerate(criteria)}
        spans, above = np.zeros(len(criteria)), np.zeros((len(rows), len(criteria)))
        for term, curve in self.curves:
            number = slot[term.criterion]
            spans[number] += np.ptp(curve)
            above[:, number] += self._points(term, curve, rows) - curve.min()
        signs = np.array([leaning.sign for leaning in criteria])
        weights = spans * signs + 0.0  # a burden that weighs nothing weighs 0, not -0
        share = np.divide(above, spans, out=np.zeros_like(above), where=spans > 0)
        values: Floats = np.where((signs < 0) & (spans > 0), 1 - share, share)
        return np.round(values, DECIMALS), weights

    def _points(self, term: Term, curve: Floats, rows: Indices) -> Floats:
        """A term's points for some places."""
        return _bent(term, curve, numbers(self.case, term.name, rows))

    def _none(self, term: Term, curve: Floats) -> float:
        """The points of a place about which a sparse term says nothing."""
        return float(np.interp(0.0, term.knots, curve))

    def _base(self) -> float:
        """What every place has: nothing of the sparse terms, less the least of all; of burdens,
        what they could take away at most is taken as the starting point instead."""
        base = 0.0
        burdens = {leaning.name for leaning in self.model.criteria if leaning.sign < 0}
        for term, curve in self.curves:
            base -= float(curve.max() if term.criterion in burdens else curve.min())
            if term.name in self.case.few or term.name == "ties":
                base += self._none(term, curve)
        return base

    def by_region(self, closed: Collection[int]) -> Floats32:
        """Points by region, everything that its country shares included; one lane more for
        places that may not be proposed."""
        standing = self.case.standing
        by_country = np.zeros(standing.pool.countries)
        points = np.full(len(standing.region_country) + 1, -np.inf)
        for term, curve in self.curves:
            if term.name in self.case.countries:
                by_country += np.interp(self.case.countries[term.name], term.knots, curve)
        by_country[[c for c in closed if 0 <= c < len(by_country)]] = -np.inf
        points[:-1] = by_country[standing.region_country] + self._base()
        for term, curve in self.curves:
            if term.name in self.case.regions:
                points[:-1] += np.interp(self.case.regions[term.name], term.knots, curve)
        return points.astype(np.float32)

    @cached_property
    def tables(self) -> Mapping[str, Floats32]:
        """The points by key, for each family of keys that the model looks at."""
        told = [(family(term.name), term, curve) for term, curve in self.curves]
        told = [row for row in told if row[0] is not None]
        told.sort(key=lambda row: str(row[0]))
        tables = {}
        for name, group in groupby(told, key=lambda row: str(row[0])):
            keys = np.arange(self.case.standing.most_key[name] + 1)
            table = np.zeros(len(keys))
            for _, term, curve in group:
                table += _bent(term, curve, keyed(self.case, term.name, keys))
            tables[name] = table.astype(np.float32)
        return tables


def _bent(term: Term, curve: Floats, number: Floats) -> Floats:
    """The curve at some numbers; what is not known has its mean."""
    points = np.interp(number, term.knots, curve)
    unknown = np.isnan(number)
    if unknown.any():
        points[unknown] = curve.mean()
    return points


FAMILIES = {
    **dict.fromkeys(SIZES, "size"),
    **dict.fromkeys(RANKS, "rank"),
    "region_rank": "region_rank",
    "renown": "renown",
    "clock": "clock",
    **dict.fromkeys(("coast", "border", "mountain", "seat", "seaport"), "position"),
    "distance": "distance",
}


def family(term: str) -> str | None:
    """The key of places that a term is a function of; None where it is told otherwise."""
    return FAMILIES.get(term)


def _keys(name: str, case: Case, rows: Indices | None = None) -> Keys:
    """The key of every place, or of some."""
    if name == "distance":
        return distance_keys(case.standing.pool, case.seeker, rows)
    keys = case.standing.keys[name]
    return keys if rows is None else keys[rows]


def distance_keys(pool: Pool, seeker: int, rows: Indices | None = None) -> Keys:
    """Key of the distance from the seeker; NO_DISTANCE where it is not known."""
    there = pool.axes if rows is None else pool.axes[:, rows]
    here = pool.axes[:, seeker]
    if not here.any():
        return np.full(there.shape[1], NO_DISTANCE, np.intp)
    nearness = here @ there
    half = np.maximum(0.5 - 0.5 * nearness, 0, dtype=np.float32, casting="same_kind")
    keys = (np.sqrt(np.sqrt(half, out=half), out=half) * np.float32(STEPS)).astype(np.intp)
    keys[pool.unplaced if rows is None else np.isnan(pool.direction[0, rows])] = NO_DISTANCE
    return keys


def _distance_spans(case: Case) -> Spans:
    """The least and the most key of the distance in each block, and a step more for rounding."""
    pool, blocks = case.standing.pool, case.standing.blocks
    here = pool.axes[:, case.seeker]
    nowhere = np.full(len(blocks), NO_DISTANCE)
    if not here.any():
        return Spans.of(nowhere, nowhere)
    unplaced = np.isnan(blocks.reach)
    keys = [
        np.sqrt(np.sin(np.where(unplaced, 0, angle) / 2)) * STEPS for angle in blocks.angles(here)
    ]
    low = np.maximum(np.floor(keys[0]).astype(np.int64) - 1, 0)
    high = np.minimum(np.ceil(keys[1]).astype(np.int64) + 1, STEPS)
    return Spans.of(np.where(unplaced, nowhere, low), np.where(unplaced, nowhere, high))


def keyed(case: Case, term: str, keys: npt.NDArray[np.integer[Any]]) -> Floats:
    """The number of a term for keys of its family; nan where the key says that it is unknown."""
    told = np.asarray(keys, float)
    own_size = float(case.standing.pool.size_key[case.seeker])
    own_rank = float(case.standing.keys["rank"][case.seeker])
    if term in SIZES:
        size = (told - 1) / SIZE_STEPS
        known = (told > 0) & (own_size > 0) if term == "size" else told > 0
        return np.where(known, size - (own_size - 1) / SIZE_STEPS * (term == "size"), np.nan)
    if term in RANKS:
        return (told - own_rank * (term == "rank_step")) / RANK_STEPS
    if term == "distance":
        distances: Floats = DISTANCES[keys]
        return distances
    return _simple(case, term, told)


def _simple(case: Case, term: str, told: Floats) -> Floats:
    if term == "region_rank":
        return told / RANK_STEPS
    if term == "renown":
        return np.log1p(told)
    if term == "clock":
        return case.hours_apart(told + UNKNOWN_CLOCK)
    shared = case.shared_places().get(term, 0)
    return (told.astype(np.int64) & shared > 0).astype(float)


def numbers(case: Case, term: str, rows: Indices) -> Floats:
    """The number of a term for some places; nan where it is not known."""
    pool, standing = case.standing.pool, case.standing
    if term in case.countries:
        return case.countries[term][pool.country[rows]]
    if term in case.regions:
        return case.regions[term][pool.about.region[rows]]
    if term in case.few:
        return case.few[term].at(rows)
    if term == "ties":
        ties: Floats = np.log1p(standing.graph.degree[rows].astype(float))
        return ties
    return keyed(case, term, _keys(str(family(term)), case, rows))
