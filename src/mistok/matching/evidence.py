"""All that is known between one seeker and the world, and how each place fares by it."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.matching import criteria
from mistok.matching.criteria import Weights
from mistok.matching.pool import Pool
from mistok.matching.ties import Indices, TieGraph

DECIMALS = 6  # beyond this, the mathematics of two machines may differ

Fact = float | int | str | list[int] | list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the ties say about one seeker, gathered once and asked for all places or for some.

    A tie between seeker and candidate is never evidence for that very tie: a place already tied
    is judged as if it were not. `habit` counts the ties of the seeker's country by country.
    """

    seeker: int
    pool: Pool
    graph: TieGraph
    partners: Indices
    habit: Indices
    guests: tuple[Indices, Indices]
    shared: tuple[Indices, npt.NDArray[np.float64]]

    @classmethod
    def gather(cls, seeker: int, pool: Pool, graph: TieGraph) -> "Evidence":
        """Look the seeker and its country up in the ties."""
        country = int(pool.country[seeker])
        return cls(
            seeker=seeker,
            pool=pool,
            graph=graph,
            partners=graph.neighbours(seeker),
            habit=graph.habit(country, pool.countries),
            guests=graph.guests(country),
            shared=graph.shared(seeker),
        )

    def rough_scores(
        self, weights: Weights, open_countries: Collection[int]
    ) -> npt.NDArray[np.float32]:
        """A score for every place in one single-precision pass, good to about 0.00002.

        Minus infinity for places that are not eligible, lie in a country that is not open,
        or are already tied with the seeker.
        """
        size, distance, habit, appetite, shared, load = (c.weight for c in weights.criteria)
        pool, graph = self.pool, self.graph
        by_country = np.full(pool.countries + 1, -np.inf, np.float32)
        for country in open_countries:
            by_country[country] = 0
        by_country[:-1] += np.float32(habit) * criteria.habit_value(
            self.habit.astype(float), self.habit.sum(keepdims=True).astype(float)
        ).astype(np.float32)
        scores: npt.NDArray[np.float32] = by_country[pool.lane]
        log_ratio = pool.log_population - pool.log_population[self.seeker]
        scores += np.float32(size) * criteria.size_value(log_ratio)
        scores += np.float32(distance) * criteria.distance_value(pool.rough_km(self.seeker))
        scores[graph.active] += appetite * criteria.appetite_value(
            graph.degree[graph.active].astype(np.float32)
        )
        scores[self.shared[0]] += shared * criteria.shared_value(self.shared[1])
        scores[self.guests[0]] += load * criteria.load_value(self.guests[1].astype(float))
        scores[self.partners] = -np.inf
        return scores

    def values(self, rows: Indices) -> npt.NDArray[np.float64]:
        """Each criterion's value for some places, shape (rows, criteria), to six decimals."""
        habit, total, appetite, load = self.counts(rows)
        columns = (
            criteria.size_value(self.pool.log_ratio(self.seeker, rows)),
            criteria.distance_value(self.pool.km(self.seeker, rows)),
            criteria.habit_value(habit.astype(float), total.astype(float)),
            criteria.appetite_value(appetite.astype(float)),
            criteria.shared_value(_looked_up(*self.shared, rows)),
            criteria.load_value(load.astype(float)),
        )
        return np.round(np.stack(columns, axis=1), DECIMALS)

    def counts(self, rows: Indices) -> tuple[Indices, Indices, Indices, Indices]:
        """Ties between the two countries, of the seeker's country, of the place, of the place
        with the seeker's country; each without a tie between seeker and place."""
        own = np.isin(rows, self.partners).astype(np.int64)
        return (
            self.habit[self.pool.country[rows]] - own,
            self.habit.sum() - own,
            self.graph.degree[rows] - own,
            _looked_up(*self.guests, rows).astype(np.int64) - own,
        )

    def facts(self, rows: Indices) -> list[tuple[dict[str, Fact], ...]]:
        """What a sentence about each criterion needs, in the order of the criteria; one a row."""
        counts = [count.tolist() for count in self.counts(rows)]
        km = self.pool.km(self.seeker, rows).tolist()
        bound = np.isin(rows, self.shared[0], assume_unique=True).tolist()
        told: list[tuple[dict[str, Fact], ...]] = []
        for place, habit, total, appetite, load, far, has in zip(
            rows.tolist(), *counts, km, bound, strict=True
        ):
            shared = self.graph.shared_between(self.seeker, place) if has else []
            told.append(
                (
                    self._size_facts(place),
                    self._distance_facts(place, far),
                    {"ties": habit, "of": total, "country": int(self.pool.country[place])},
                    {"ties": appetite},
                    {"count": len(shared), "partners": shared},
                    {"ties": load},
                )
            )
        return told

    def _size_facts(self, place: int) -> dict[str, Fact]:
        own, other = int(self.pool.population[self.seeker]), int(self.pool.population[place])
        facts: dict[str, Fact] = {"seeker_population": own, "candidate_population": other}
        return facts | _unknown(own > 0, other > 0)

    def _distance_facts(self, place: int, km: float) -> dict[str, Fact]:
        if math.isfinite(km):
            return {"km": round(km, 1)}
        here, there = (math.isfinite(self.pool.direction[0, i]) for i in (self.seeker, place))
        return _unknown(here, there)


def _looked_up(
    places: Indices, numbers: npt.NDArray[np.generic], rows: Indices
) -> npt.NDArray[np.float64]:
    """The number of each row's place, 0 where the ascending `places` do not have it."""
    if not len(places):
        return np.zeros(len(rows))
    slot = np.minimum(np.searchsorted(places, rows), len(places) - 1)
    return np.where(places[slot] == rows, numbers[slot], 0).astype(float)


def _unknown(seeker_known: bool, candidate_known: bool) -> dict[str, Fact]:
    """Whose number is missing: nothing, `seeker`, `candidate` or `both`."""
    if seeker_known and candidate_known:
        return {}
    if seeker_known or candidate_known:
        return {"unknown": "candidate" if seeker_known else "seeker"}
    return {"unknown": "both"}
