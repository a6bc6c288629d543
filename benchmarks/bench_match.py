"""How long does one partner search over the whole world take, and what does exactness cost?

Timed: `mistok.matching.rank`, twenty partners with reasons, for municipalities of Ukraine.
Against: (a) the same score in plain NumPy, double precision, everything sorted, no reasons;
(b) scikit-learn's NearestNeighbors, brute force, over standardised numbers of the same places:
another, simpler question, as a yardstick for one pass over the world; (c) the same score in a
plain Python loop over 20,000 places, scaled up to all of them.
On: the compiled world (MISTOK_DATA/world, else var/world; built when missing) and 30,000 ties
drawn with a fixed seed, large places oftener, so that no shared file is needed.
Run: python benchmarks/bench_match.py [number of seekers]
"""

import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.neighbors import NearestNeighbors

from mistok.matching import FIT_1, Pool, TieGraph, rank
from mistok.world import World, build

LIMIT = 20
TIES = 30_000
SAMPLE = 20_000
WEIGHTS = [criterion.weight for criterion in FIT_1.criteria]


def load_world() -> World:
    """Open the compiled world, or build it first."""
    checkout = Path(__file__).resolve().parent.parent
    return build(Path(os.environ.get("MISTOK_DATA", checkout / "var")) / "world")


def draw_ties(pool: Pool, chance: np.random.Generator) -> TieGraph:
    """Draw pairs of municipalities, the likelier the larger they are."""
    appeal = np.where(pool.eligible, np.sqrt(pool.population.astype(float)), 0)
    ends = chance.choice(len(pool), size=(TIES, 2), p=appeal / appeal.sum())
    return TieGraph.from_pairs(ends[:, 0], ends[:, 1], pool.country)


class PlainNumpy:
    """The score as one would first write it: arrays, double precision, a full sort."""

    def __init__(self, pool: Pool, graph: TieGraph) -> None:
        self.pool, self.graph = pool, graph
        self.lat, self.lon = np.radians(pool.lat.astype(float)), np.radians(pool.lon.astype(float))

    def scores(self, seeker: int) -> np.ndarray:
        """The score of every place; minus infinity for the own country and the tied."""
        pool, graph = self.pool, self.graph
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.log(pool.population / pool.population[seeker])
            size = np.where(pool.population > 0, np.exp(-(ratio**2) / (2 * 1.5**2)), 0.25)
        square = np.sin((self.lat - self.lat[seeker]) / 2) ** 2
        square += (
            np.cos(self.lat)
            * np.cos(self.lat[seeker])
            * np.sin((self.lon - self.lon[seeker]) / 2) ** 2
        )
        km = 2 * 6371.0088 * np.arcsin(np.sqrt(np.minimum(square, 1)))
        distance = np.nan_to_num(1 / (1 + km / 500), nan=0.25)
        home = graph.partners_of_country(int(pool.country[seeker]))
        counts = np.bincount(pool.country[home], minlength=pool.countries)
        habit = np.log1p(100 * counts / max(counts.sum(), 1)) / math.log1p(100)
        load = np.bincount(home, minlength=len(pool))
        bound = np.zeros(len(pool))
        for partner in graph.neighbours(seeker):
            bound[graph.neighbours(partner)] += 1 / np.log(max(graph.degree[partner], 2))
        values = (
            size,
            distance,
            habit[pool.country],
            graph.degree / (graph.degree + 2),
            bound / (bound + 0.5),
            load**2 / (load**2 + 36),
        )
        score = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
        score[~pool.eligible | (pool.country == pool.country[seeker])] = -np.inf
        score[graph.neighbours(seeker)] = -np.inf
        return score

    def __call__(self, seeker: int) -> list[int]:
        return np.argsort(-self.scores(seeker), kind="stable")[:LIMIT].tolist()


class Neighbours:
    """scikit-learn's brute force over position, population and number of ties, standardised."""

    def __init__(self, pool: Pool, graph: TieGraph) -> None:
        table = np.column_stack(
            (pool.lat, pool.lon, np.log1p(pool.population), np.log1p(graph.degree))
        )
        table = np.nan_to_num(table, nan=0.0)
        self.table = ((table - table.mean(0)) / table.std(0)).astype(np.float32)
        self.rows = np.flatnonzero(pool.eligible)
        self.index = NearestNeighbors(n_neighbors=LIMIT, algorithm="brute", n_jobs=1)
        self.index.fit(self.table[self.rows])

    def __call__(self, seeker: int) -> list[int]:
        found = self.index.kneighbors(self.table[[seeker]], return_distance=False)
        return self.rows[found[0]].tolist()


class PythonLoop:
    """The score one place at a time, over a sample of the world held in lists and sets."""

    def __init__(self, pool: Pool, graph: TieGraph, chance: np.random.Generator) -> None:
        self.graph = graph
        self.places = np.sort(chance.choice(len(pool), SAMPLE, replace=False)).tolist()
        self.lat, self.lon = pool.lat.astype(float).tolist(), pool.lon.astype(float).tolist()
        self.population, self.country = pool.population.tolist(), pool.country.tolist()
        self.eligible, self.degree = pool.eligible.tolist(), graph.degree.tolist()
        self.partners = {i: set(graph.neighbours(i).tolist()) for i in range(len(pool))}

    def __call__(self, seeker: int) -> list[int]:
        home = self.graph.partners_of_country(self.country[seeker]).tolist()
        habit: dict[int, int] = {}
        for place in home:
            habit[self.country[place]] = habit.get(self.country[place], 0) + 1
        scored = [
            (-self.score(seeker, place, habit, len(home)), place)
            for place in self.places
            if self.eligible[place]
            and self.country[place] != self.country[seeker]
            and place not in self.partners[seeker]
        ]
        return [place for _, place in sorted(scored)[:LIMIT]]

    def score(self, seeker: int, place: int, habit: dict[int, int], total: int) -> float:
        """The six criteria for one place."""
        own, other = self.population[seeker], self.population[place]
        size = math.exp(-(math.log(other / own) ** 2) / 4.5) if own and other else 0.25
        share = habit.get(self.country[place], 0) / max(total, 1)
        partners = self.partners[place]
        bound = sum(1 / math.log(self.degree[i]) for i in partners & self.partners[seeker])
        load = sum(self.country[i] == self.country[seeker] for i in partners)
        values = (
            size,
            self.distance(seeker, place),
            math.log1p(100 * share) / math.log1p(100),
            len(partners) / (len(partners) + 2),
            bound / (bound + 0.5),
            load**2 / (load**2 + 36),
        )
        return math.fsum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))

    def distance(self, seeker: int, place: int) -> float:
        """How near, between 0 and 1."""
        lat0, lat1 = math.radians(self.lat[seeker]), math.radians(self.lat[place])
        lon = math.radians(self.lon[place] - self.lon[seeker])
        if math.isnan(lat0 + lat1 + lon):
            return 0.25
        square = math.sin((lat1 - lat0) / 2) ** 2
        square += math.cos(lat0) * math.cos(lat1) * math.sin(lon / 2) ** 2
        return 1 / (1 + 2 * 6371.0088 * math.asin(min(1, math.sqrt(square))) / 500)


def timed(search: Callable[[int], object], seekers: list[int]) -> list[float]:
    """Milliseconds of each search, after one to warm up."""
    search(seekers[0])
    times = []
    for seeker in seekers:
        start = time.perf_counter()
        search(seeker)
        times.append((time.perf_counter() - start) * 1000)
    return times


def same_answers(pool: Pool, graph: TieGraph, plain: PlainNumpy, seekers: list[int]) -> int:
    """For how many seekers the plain score finds no place better than those that rank chose."""
    agreed = 0
    for seeker in seekers:
        scores = plain.scores(seeker)
        chosen = scores[[fit.index for fit in rank(seeker, pool, graph, limit=LIMIT)]]
        # Values are rounded to six decimals, so places closer than that may change seats.
        agreed += bool(np.allclose(np.sort(chosen), np.sort(scores)[-LIMIT:], atol=2e-6, rtol=0))
    return agreed


def measure(
    pool: Pool, graph: TieGraph, plain: PlainNumpy, loop: PythonLoop, seekers: list[int]
) -> dict[str, list[float]]:
    """Milliseconds of every search, by what was searched with."""
    few = seekers[: max(3, len(seekers) // 20)]
    scale = len(pool) / SAMPLE
    return {
        "mistok rank, 20 partners with reasons": timed(lambda s: rank(s, pool, graph), seekers),
        "mistok rank, 200 partners with reasons": timed(
            lambda s: rank(s, pool, graph, limit=200), seekers
        ),
        "(a) plain NumPy, no reasons": timed(plain, seekers),
        "(b) scikit-learn brute force, no reasons": timed(Neighbours(pool, graph), seekers),
        f"(c) plain Python, {SAMPLE:,} places scaled up": [ms * scale for ms in timed(loop, few)],
    }


def show(rows: dict[str, list[float]]) -> None:
    """Print the table; ratios are of medians, to the first row."""
    print(f"{'one search':45}{'median ms':>12}{'p95 ms':>10}{'ratio':>8}")
    base = statistics.median(next(iter(rows.values())))
    for name, times in rows.items():
        middle, late = statistics.median(times), float(np.percentile(times, 95))
        print(f"{name:45}{middle:12.1f}{late:10.1f}{middle / base:8.1f}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = np.random.default_rng(2022)
    columns = load_world().columns
    start = time.perf_counter()
    pool = Pool(
        columns.lat, columns.lon, columns.population, columns.country, columns.is_municipality
    )
    pool_ms = (time.perf_counter() - start) * 1000
    graph = draw_ties(pool, chance)
    ukraine = columns.country_codes.index("UA")
    home = np.flatnonzero(columns.is_municipality & (columns.country == ukraine))
    seekers = chance.choice(home, min(count, len(home)), replace=False).tolist()
    plain = PlainNumpy(pool, graph)
    print(
        f"{len(pool):,} places, {int(pool.eligible.sum()):,} eligible,"
        f" {int(graph.degree.sum()) // 2:,} foreign ties, {len(seekers)} seekers"
    )
    print(f"preparing the pool once: {pool_ms:.0f} ms")
    show(measure(pool, graph, plain, PythonLoop(pool, graph, chance), seekers))
    agreed = same_answers(pool, graph, plain, seekers)
    print(f"same twenty as (a): {agreed} of {len(seekers)} seekers")


if __name__ == "__main__":
    main()
