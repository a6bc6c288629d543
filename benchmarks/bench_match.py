"""How long does one partner search over the whole world take, and what does exactness cost?

Timed: `Matcher.rank`, the hundred best with all their reasons, for municipalities of Ukraine, warm.
Beside it, over the same places and the same numbers of every term, written out as one matrix for
each seeker (which they are given for nothing): (a) NumPy reading that matrix once; (b) NumPy
adding up straight weights and sorting; (c) scikit-learn's nearest neighbours by brute force;
(d) a flat FAISS index, asked for the largest inner product; (e) SQLite, ORDER BY the weighted sum.
None of these tells reasons, bends a curve, or makes the matrix. Making it is timed, too.
On: the compiled world (MISTOK_DATA/world, else var/world; built when missing) and 30,000 ties
drawn with a fixed seed, large places oftener, so that no shared file is needed.
Run: python benchmarks/bench_match.py [number of seekers]
"""

import gc
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
from sklearn.neighbors import NearestNeighbors

from mistok.matching import Matcher, Pool, TieGraph, load_model
from mistok.matching.curves import numbers
from mistok.matching.world_pool import world_pool
from mistok.world import World, build

LIMIT = 100
TIES = 30_000
POWER = 1.0
TURNS = 5


def load_world() -> World:
    """Open the compiled world, or build it first."""
    checkout = Path(__file__).resolve().parent.parent
    return build(Path(os.environ.get("MISTOK_DATA", checkout / "var")) / "world")


def draw_ties(pool: Pool, chance: np.random.Generator) -> TieGraph:
    """Draw pairs of municipalities, the likelier the larger they are.

    The power leaves about as many places with a tie as real lists of so many ties have: 20,000.
    """
    appeal = np.where(pool.eligible, pool.population.astype(float) ** POWER, 0)
    ends = chance.choice(len(pool), size=(TIES, 2), p=appeal / appeal.sum())
    return TieGraph.from_pairs(ends[:, 0], ends[:, 1], pool.country, domestic=True)


def terms(matcher: Matcher) -> list[str]:
    """Every number that the model looks at, once."""
    return list(dict.fromkeys(term.name for term in matcher.model.terms))


def matrix_of(matcher: Matcher, seeker: int) -> np.ndarray:
    """All numbers of all terms for every municipality, float32, shape (places, terms)."""
    case = matcher.case(seeker)
    rows = np.flatnonzero(matcher.pool.eligible)
    columns = [numbers(case, term, rows) for term in terms(matcher)]
    return np.nan_to_num(np.stack(columns, axis=1)).astype(np.float32)


class Rivals:
    """What one would pick instead, each made ready with one seeker's matrix."""

    def __init__(self, matrix: np.ndarray) -> None:
        self.matrix = np.ascontiguousarray(matrix)
        self.weights = np.linspace(0.1, 1, matrix.shape[1]).astype(np.float32)
        self.neighbours = NearestNeighbors(n_neighbors=LIMIT, algorithm="brute", n_jobs=1)
        self.neighbours.fit(self.matrix)
        self.flat = faiss.IndexFlatIP(matrix.shape[1])
        self.flat.add(self.matrix)
        self.table = sqlite3.connect(":memory:")
        names = [f"x{i}" for i in range(matrix.shape[1])]
        columns = ", ".join(f"{name} REAL" for name in names)
        self.table.execute(f"CREATE TABLE place (id INTEGER PRIMARY KEY, {columns})")
        marks = ", ".join("?" * (len(names) + 1))
        rows = ([i, *row] for i, row in enumerate(self.matrix.tolist()))
        self.table.executemany(f"INSERT INTO place VALUES ({marks})", rows)
        total = " + ".join(f"{w} * {n}" for w, n in zip(self.weights, names, strict=True))
        self.query = f"SELECT id FROM place ORDER BY {total} DESC LIMIT {LIMIT}"

    def read(self) -> None:
        """(a) Look at every number once."""
        self.matrix.sum()

    def added(self) -> None:
        """(b) Straight weights, and a full sort."""
        np.argsort(-(self.matrix @ self.weights), kind="stable")[:LIMIT]

    def near(self) -> None:
        """(c) The nearest by all numbers."""
        self.neighbours.kneighbors(self.weights[None], return_distance=False)

    def inner(self) -> None:
        """(d) The largest inner products."""
        self.flat.search(self.weights[None], LIMIT)

    def ordered(self) -> None:
        """(e) The database sorts."""
        self.table.execute(self.query).fetchall()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds, the middle of some turns after one for warmth."""
    work()
    took = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def measure(matcher: Matcher, seekers: list[int]) -> dict[str, list[float]]:
    """Milliseconds of every way for every seeker."""
    rows: dict[str, list[float]] = {}
    for seeker in seekers:
        rivals = Rivals(matrix_of(matcher, seeker))
        ways: dict[str, Callable[[], object]] = {
            f"mistok rank, {LIMIT} partners with reasons": lambda s=seeker: matcher.rank(
                s, limit=LIMIT
            ),
            "mistok scores alone": lambda s=seeker: matcher.scores(s),
            "(a) NumPy reads the matrix once": rivals.read,
            "(b) NumPy, straight weights, full sort": rivals.added,
            "(c) scikit-learn brute force": rivals.near,
            "(d) FAISS flat": rivals.inner,
            "(e) SQLite ORDER BY": rivals.ordered,
            "making the matrix for (a) to (e)": lambda s=seeker: matrix_of(matcher, s),
        }
        for name, way in ways.items():
            rows.setdefault(name, []).append(timed(way))
    return rows


def exact(matcher: Matcher, seekers: list[int]) -> int:
    """For how many seekers the ranking is that of weighing every place precisely."""
    agreed = 0
    rows = np.flatnonzero(matcher.pool.eligible)
    for seeker in seekers:
        own = matcher.pool.country[rows] != matcher.pool.country[seeker]
        allowed = np.setdiff1d(rows[own], matcher.graph.neighbours(seeker))
        chosen = np.array([fit.score for fit in matcher.rank(seeker, limit=LIMIT)])
        scores = matcher.scores(seeker)[allowed]
        agreed += bool(np.allclose(chosen, np.sort(scores)[::-1][:LIMIT], atol=2e-4))
    return agreed


def show(rows: dict[str, list[float]]) -> None:
    """Print the table; ratios are of medians, to the first row."""
    print(f"{'one search':45}{'median ms':>12}{'p95 ms':>10}{'ratio':>8}")
    base = statistics.median(next(iter(rows.values())))
    for name, times in rows.items():
        middle, late = statistics.median(times), float(np.percentile(times, 95))
        print(f"{name:45}{middle:12.1f}{late:10.1f}{middle / base:8.2f}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chance = np.random.default_rng(2022)
    world = load_world()
    gc.set_threshold(100_000, 50, 50)  # as the command sets it
    begun = time.perf_counter()
    pool = world_pool(world.columns)
    graph = draw_ties(pool, chance)
    ukraine = world.columns.country_codes.index("UA")
    matcher = Matcher(pool, graph, load_model(), ukraine=ukraine)
    ready = time.perf_counter() - begun
    home = np.flatnonzero(pool.eligible & (pool.country == ukraine))
    seekers = chance.choice(home, min(count, len(home)), replace=False).tolist()
    print(
        f"{int(pool.eligible.sum()):,} municipalities, {len(terms(matcher))} numbers of each,"
        f" {int(graph.degree.sum()) // 2:,} ties of {len(graph.active):,}, {len(seekers)} seekers"
    )
    print(f"counting all ties once: {ready:.1f} s")
    show(measure(matcher, seekers))
    print(f"same scores as weighing all: {exact(matcher, seekers)} of {len(seekers)} seekers")


if __name__ == "__main__":
    main()
