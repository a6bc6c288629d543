"""What does a fair round cost in time, in memory and in fit, beside simpler ways to run it?

Timed: `mistok.matching.allocation.best` (most fit that capacities and floors allow) and `stable`.
Against: greedy by fit (always the best pair that is left); scipy's `linear_sum_assignment` over
the dense matrix, with a row and a column for every place, which knows no floors and may give a
seeker the same offerer twice (counted once here); plain HiGHS over all pairs at once, with the
same floors, in the small round only.
On: rounds drawn with a fixed seed from sizes, places and popularity, an eighth of the pairs
excluded, capacities 0 to 3, three overlapping floors (rural, front line, never partnered): one of
1,469 seekers and 20,000 offerers, one with places for two seekers in three, one in which
everybody wants the same offerers, and a small one. Each way runs in a process of its own.
`of best` compares with the best round without floors, `gap` with the bound that was proven.
Run: python benchmarks/bench_round.py [name of a round]
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from mistok.matching.allocation import Floor, Round, best, stable
from mistok.matching.allocation.rounds import NEVER
from mistok.matching.allocation.stability import blocking_pairs

SEED = 2022
DENSEST = 100_000_000  # cells of a dense assignment that are still tried
PLAINEST = 500_000  # pairs that plain HiGHS is still given


@dataclass(frozen=True)
class Case:
    """A round to draw: its size, how much of each class is promised, how far tastes agree."""

    title: str
    seekers: int
    offerers: int
    promised: float
    agreement: float = 0.3


CASES = {
    "whole": Case("Ukraine and 20,000 offerers", 1_469, 20_000, 0.9),
    "scarce": Case("two places for three seekers", 1_469, 700, 0.6),
    "popular": Case("everybody wants the same", 1_469, 20_000, 0.9, 0.95),
    "small": Case("a small round", 300, 400, 0.7),
}


def main() -> None:
    """Print the table of each round."""
    chosen = sys.argv[1:] or list(CASES)
    for name in chosen:
        case = CASES[name]
        asked = draw(case)
        print(
            f"{case.title}: {case.seekers:,} seekers with room for"
            f" {asked.seeker_capacity.sum():,}, {case.offerers:,} offerers with room for"
            f" {asked.offerer_capacity.sum():,}; floors at {case.promised:.0%}"
        )
        print(
            f"{'':36}{'seconds':>9}{'MB peak':>9}{'pairs':>8}{'total fit':>12}{'of best':>9}"
            f"{'gap':>9}{'price':>8}{'blocking':>10}{'floors short by':>17}"
        )
        for way in WAYS:
            show(way, ask_apart(name, way))
        print()


def draw(case: Case) -> Round:
    """Sizes and places of both sides, popularity of offerers, exclusions, capacities, classes."""
    chance = np.random.default_rng(SEED)
    s, o, common = case.seekers, case.offerers, case.agreement
    size, size_o = chance.normal(9, 1.2, s), chance.normal(9, 1.4, o)
    place, place_o = chance.normal(0, 1, (s, 2)), chance.normal(0, 1.5, (o, 2))
    popular = chance.beta(1.2, 4, o)
    seeker_view, offerer_view = np.empty((s, o), np.float32), np.empty((s, o), np.float32)
    for row in range(s):
        like = np.exp(-((size[row] - size_o) ** 2) / 4)
        near = 1 / (1 + np.hypot(*(place[row] - place_o).T))
        offerer_view[row] = (like + near) / 2
        seeker_view[row] = (1 - common) * (like + near) / 2 + common * popular
        excluded = chance.random(o) < 1 / 8
        seeker_view[row, excluded] = offerer_view[row, excluded] = np.nan
    if common > 0.5:
        offerer_view = seeker_view
    room = chance.choice(4, s, p=[0.05, 0.5, 0.3, 0.15])
    room_o = chance.choice(4, o, p=[0.2, 0.4, 0.25, 0.15])
    classes = {"rural": 0.6, "front_line": 0.2, "never_partnered": 0.67}
    members = {name: chance.random(s) < share for name, share in classes.items()}
    floors = tuple(Floor.share(name, who, case.promised) for name, who in members.items())
    return Round(seeker_view, offerer_view, room, room_o, floors)


Answer = dict[str, Any]


def best_round(asked: Round) -> Answer:
    """Ours, with floors."""
    return figures(best(asked))


def stable_round(asked: Round) -> Answer:
    """Ours, without a blocking pair."""
    return figures(stable(asked))


def figures(found: Any) -> Answer:
    """What we tell of a round ourselves."""
    return {
        "pairs": found.pairs.tolist(),
        "gap": found.gap,
        "optimum": found.welfare_without_floors,
        "price": found.price_of_fairness,
    }


def greedy(asked: Round) -> Answer:
    """The best pair that is left, again and again."""
    room, room_o = asked.seeker_capacity.copy(), asked.offerer_capacity.copy()
    order = np.argsort(-asked.fit, axis=None, kind="stable")
    pairs = []
    for start in range(0, len(order), 200_000):
        some = order[start : start + 200_000]
        rows, columns = np.divmod(some, len(room_o))
        left = (room[rows] > 0) & (room_o[columns] > 0) & (asked.fit[rows, columns] > 0)
        for s, o in zip(rows[left].tolist(), columns[left].tolist(), strict=True):
            if room[s] and room_o[o]:
                room[s] -= 1
                room_o[o] -= 1
                pairs.append((s, o))
    return {"pairs": pairs}


def dense(asked: Round) -> Answer | None:
    """linear_sum_assignment with repeated rows and columns."""
    rows = np.repeat(np.arange(len(asked.seeker_capacity)), asked.seeker_capacity)
    columns = np.repeat(np.arange(len(asked.offerer_capacity)), asked.offerer_capacity)
    if len(rows) * len(columns) > DENSEST:
        return None
    worth = np.maximum(asked.fit, 0)[np.ix_(rows, columns)].astype(float)
    one, other = linear_sum_assignment(worth, maximize=True)
    pairs = {(int(rows[s]), int(columns[o])) for s, o in zip(one, other, strict=True)}
    return {"pairs": [pair for pair in pairs if asked.fit[pair] > 0]}


def plain(asked: Round) -> Answer | None:
    """HiGHS over all pairs, and a number for each member of a class that says it is served."""
    seekers, offerers = np.nonzero(asked.fit != NEVER)
    if len(seekers) > PLAINEST:
        return None
    (s, o), n = asked.fit.shape, len(seekers)
    each = np.arange(n)
    by_seeker = sparse.csr_array((np.ones(n), (seekers, each)), shape=(s, n))
    by_offerer = sparse.csr_array((np.ones(n), (offerers, each)), shape=(o, n))
    classes = sparse.csr_array(np.array([floor.seekers for floor in asked.floors], float))
    rows = sparse.block_array(
        [[by_seeker, None], [by_offerer, None], [by_seeker, -sparse.eye_array(s)], [None, classes]]
    )
    least = np.array([floor.at_least for floor in asked.floors])
    low = np.concatenate((np.full(s + o, -np.inf), np.zeros(s), least))
    high = np.concatenate((asked.seeker_capacity, asked.offerer_capacity, np.full(s + 3, np.inf)))
    found = milp(
        -np.concatenate((asked.fit[seekers, offerers] / 1e6, np.zeros(s))),
        integrality=np.ones(n + s),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, low, high),
    )
    made = found.x[:n] > 0.5
    return {"pairs": np.column_stack((seekers[made], offerers[made])).tolist()}


WAYS: dict[str, Callable[[Round], Answer | None]] = {
    "best": best_round,
    "stable": stable_round,
    "greedy by fit": greedy,
    "linear_sum_assignment": dense,
    "plain HiGHS": plain,
}


def ask_apart(case: str, way: str) -> Answer | None:
    """What one way makes of one round, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--apart", case, way],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{way} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def apart(case: str, way: str) -> None:
    """Inside that process: draw the round, run it, print what was seen as JSON."""
    asked = draw(CASES[case])
    begun = time.perf_counter()
    seen = WAYS[way](asked)
    if seen is not None:
        seen["seconds"] = time.perf_counter() - begun
        seen["peak"] = peak_memory()
        pairs = np.array(sorted(seen.pop("pairs")), np.int64).reshape(-1, 2).T
        served = np.bincount(pairs[0], minlength=len(asked.seeker_capacity)) > 0
        missed = [floor.at_least - int((served & floor.seekers).sum()) for floor in asked.floors]
        seen["missed"] = [max(short, 0) for short in missed]
        seen["count"], seen["blocking"] = pairs.shape[1], blocking_pairs(asked, *pairs)[0]
        seen["welfare"] = float(asked.fit[tuple(pairs)].sum(dtype=np.int64) / 1e6)
    print(json.dumps(seen))


def peak_memory() -> int:
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return psutil.Process().memory_info().rss
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


BEST: dict[str, float] = {}


def show(way: str, seen: Answer | None) -> None:
    """One line; what a way does not tell of itself stays a dash."""
    title = f"mistok {way}" if way in ("best", "stable") else way
    if seen is None:
        print(f"{title:36}{'too large for it':>26}")
        return
    BEST["optimum"] = seen.get("optimum", BEST.get("optimum", 0.0))
    told = [f"{seen[key]:.3%}" if key in seen else "–" for key in ("gap", "price")]
    print(
        f"{title:36}{seen['seconds']:9.2f}{seen['peak'] / 2**20:9,.0f}{seen['count']:8,}"
        f"{seen['welfare']:12,.3f}{seen['welfare'] / BEST['optimum']:9.2%}"
        f"{told[0]:>9}{told[1]:>8}{seen['blocking']:10,}"
        f"{', '.join(map(str, seen['missed'])):>17}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--apart"]:
        apart(sys.argv[2], sys.argv[3])
    else:
        main()
