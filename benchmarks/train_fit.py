"""Learn the curves of partner search from known ties, and write them as a model file.

Each training tie is asked for from one side: the seeker, its true partner, and places that are
not its partner, drawn so that the strongest rivals are all there and the rest stands for the whole
world. The tie's own tenth of the ties is taken out of everything the numbers are counted from.
The curves maximise the likelihood that the true partner is picked among all places (softmax),
smoothed, and monotone where common sense says so. One fifth of the ties is never looked at: it is
what `mistok evaluate ties` measures on.
Run: python benchmarks/train_fit.py TIES.csv[.gz] [--queries N] [--out FILE]; half an hour.
"""

import argparse
import datetime
import json
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from mistok.matching import Matcher, Pool, TieGraph
from mistok.matching.case import Case
from mistok.matching.curves import Curves, numbers
from mistok.matching.evaluation.split import split
from mistok.matching.evaluation.ties_file import Ties, read_ties
from mistok.matching.model import Model, model_of
from mistok.matching.world_pool import world_pool
from mistok.world import World

SEED = 2022
FOLDS = 10
RIVALS, AT_HOME, OTHERS = 60, 30, 50
HELD = 1.0  # how strongly factors of solidarity are held near 1
LEAST_MOST = (0.25, 3.0)  # no criterion is silenced by so few ties
HOME_PART = 0.5  # how much picking the partner within its country counts beside the world
SIZES = [7.5, 9.0, 10.5, 12.0, 13.5]
TIES = [0.0, 1.1, 2.2, 3.3]
# term: criterion, axes, direction (1 rises, -1 falls, 0 free), knots
LOGS = [0, 0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 1.8, 2.5, 3.5]
COUNTS = [0, 0.7, 1.1, 1.4, 1.8, 2.3, 3.0]
SURPLUS = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]
TERMS = {
    "size": (
        "size",
        "st",
        0,
        [-8, -6, -4, -3, -2, -1.5, -1, -0.6, -0.3, 0, 0.3, 0.6, 1, 1.5, 2, 3, 4, 6, 8],
    ),
    "rank_step": ("size", "s", 0, [-9, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 9]),
    "inhabitants": (
        "prominence",
        "st",
        0,
        [4, 6, 7, 7.5, 8, 8.5, 9, 9.5, 10, 11, 12, 13, 14, 16.5],
    ),
    "rank": ("prominence", "s", -1, [0, 0.7, 1.4, 2, 3, 4, 5, 6, 7, 8, 10]),
    "region_rank": ("prominence", "s", -1, [0, 0.7, 1.4, 2, 3, 4, 5, 6, 8]),
    "renown": ("prominence", "st", 1, [0.7, 1.1, 1.4, 1.8, 2.2, 2.6, 3, 3.4, 3.9, 4.6]),
    "distance": (
        "distance",
        "st",
        -1,
        [2.3, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 9.9],
    ),
    "habit": ("habit", "st", 1, [-7, -5, -3, -2, -1, 0, 1, 2, 3, 5]),
    "openness": ("habit", "s", 0, [-4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]),
    "like_habit": ("habit", "s", 1, SURPLUS),
    "near_habit": ("surroundings", "s", 1, SURPLUS),
    "region_pair": ("region", "s", 1, [-5, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4]),
    "region_pull": ("region", "s", 1, [-5, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]),
    "ties": ("experience", "st", 1, [0, 0.7, 1.1, 1.4, 1.6, 1.8, 2, 2.3, 2.7, 3.2, 4]),
    "guests": ("load", "t", -1, COUNTS),
    "ukraine": ("ukraine", "", -1, COUNTS),
    "guest_share": ("affinity", "t", 1, [0, 0.1, 0.2, 0.35, 0.5, 0.75, 1]),
    "kin_guests": ("affinity", "t", 1, LOGS),
    "like_guests": ("affinity", "t", 1, LOGS),
    "kindred": ("affinity", "t", 1, [0, 0.15, 0.3, 0.45, 0.6, 0.8, 1]),
    "own_ties": ("own_ties", "t", 0, COUNTS),
    "beside_own": ("own_ties", "t", 1, [0, 0.02, 0.1, 0.3, 0.6, 1]),
    "shared": ("shared_partners", "t", 1, [0, 0.5, 1, 1.5, 2, 2.5, 3.2]),
    "chain": ("chain", "t", 1, LOGS),
    "chain_home": ("chain", "t", 1, LOGS),
    "near": ("surroundings", "st", 1, [0, 0.05, 0.2, 0.5, 1, 1.6, 2.5, 3.5]),
    "wide": ("surroundings", "st", 1, [0, 0.05, 0.2, 0.5, 1, 1.6, 2.5, 3.5, 5]),
    "namesake": ("namesake", "", 1, [0, 1]),
    "language": ("language", "s", 1, [0, 0.25, 0.5, 0.75, 1]),
    "clock": ("clock", "", -1, [0, 1, 2, 3, 5, 8, 12]),
    "coast": ("position", "", 1, [0, 1]),
    "border": ("position", "", 1, [0, 1]),
    "mountain": ("position", "", 1, [0, 1]),
    "seat": ("position", "", 1, [0, 1]),
    "seaport": ("position", "", 1, [0, 1]),
}
BURDENS = ("load", "ukraine")
AXES = {"s": ("size", SIZES), "t": ("ties", TIES), "": (None, [0.0])}
DECLARED = {
    "fields": 0.08,
    "needs": 0.1,
    "likeness": 0.05,
    "languages": 0.05,
    "wishes": 0.1,
    "capacity": 0.08,
}
NAMES = tuple(TERMS)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One term along one axis, its place in the vector of parameters, and its rows."""

    term: str
    axis: str | None
    places: list[float]
    knots: np.ndarray
    direction: int
    begin: int

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.places), len(self.knots)

    @property
    def end(self) -> int:
        return self.begin + len(self.places) * len(self.knots)


def curves() -> list[Curve]:
    """Every term along each of its axes."""
    made: list[Curve] = []
    begin = 0
    for term, (_, axes, direction, knots) in TERMS.items():
        for axis in axes or ("",):
            name, places = AXES[axis]
            made.append(Curve(term, name, places, np.array(knots, float), direction, begin))
            begin = made[-1].end
    return made


@dataclass(slots=True)
class Sample:
    """Rows of places, grouped by query; the first row of each query is the true partner."""

    numbers: np.ndarray  # (rows, terms) float32
    starts: np.ndarray
    weight: np.ndarray  # ln of how many places a row stands for
    home: np.ndarray  # which rows lie in the partner's country and stand for themselves alone
    own: dict[str, np.ndarray]  # the seekers' numbers by axis, one a query
    chosen: np.ndarray  # which ties the queries are about


def model_from(points: np.ndarray, scale: float, weightings: dict, card: dict) -> dict:
    """The model as a document: points in thousandths of the score."""
    terms = []
    for curve in curves():
        table = points[curve.begin : curve.end].reshape(curve.shape) * scale * 1000
        row = {"name": curve.term, "criterion": TERMS[curve.term][0], "knots": curve.knots.tolist()}
        if curve.axis:
            row["axis"] = {"name": curve.axis, "places": curve.places}
        terms.append(row | {"points": np.round(table, 1).tolist()})
    order = dict.fromkeys(criterion for criterion, *_ in TERMS.values())
    return {
        "algorithm": "fit-2",
        "criteria": [{"name": name, "sign": -1 if name in BURDENS else 1} for name in order],
        "terms": terms,
        "declared": DECLARED,
        "weightings": weightings,
        "card": card,
    }


def first_guess() -> Model:
    """Straight lines with rough slopes, to draw the first rivals with."""
    slopes = {
        "habit": 1,
        "openness": 0.5,
        "region_pair": 0.4,
        "ties": 0.7,
        "shared": 1.2,
        "chain": 0.8,
        "near": 0.3,
        "wide": 0.3,
        "inhabitants": 0.3,
        "distance": -0.3,
        "renown": 0.3,
    }
    points = np.zeros(curves()[-1].end)
    for curve in curves():
        line = slopes.get(curve.term, 0) * curve.knots / len(TERMS[curve.term][1] or "-")
        if curve.term == "size":
            line = -0.3 * np.abs(curve.knots)
        points[curve.begin : curve.end] = np.tile(line, len(curve.places))
    return model_of(model_from(points, 1.0, {"lasting": {}, "solidarity": {}}, {}))


def collect(pool: Pool, train: Ties, queries: int, model: Model, ukraine: int) -> Sample:
    """Draw queries among the training ties, each with rivals and others."""
    chance = np.random.default_rng(SEED)
    fold = chance.integers(0, FOLDS, len(train))
    chosen = np.sort(chance.permutation(len(train))[:queries])
    whole = TieGraph.from_pairs(*train.ends.T, pool.country, domestic=True)
    rows, weights, homes, own, about = [], [], [], {"size": [], "ties": []}, []
    begun = time.perf_counter()
    for number in range(FOLDS):
        rest = train.ends[fold != number]
        graph = TieGraph.from_pairs(*rest.T, pool.country, domestic=True)
        matcher = Matcher(pool, graph, model, ukraine=ukraine)
        for tie in chosen[fold[chosen] == number]:
            ends = train.ends[tie][:: 1 if chance.random() < 0.5 else -1]
            told, weight, home, case = query(matcher, whole, int(ends[0]), int(ends[1]), chance)
            rows.append(told)
            weights.append(weight)
            homes.append(home)
            about.append(tie)
            for axis, values in own.items():
                values.append(case.own[axis])
        print(
            f"fold {number + 1} of {FOLDS}: {time.perf_counter() - begun:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return sample_of(rows, weights, homes, own, about)


def query(
    matcher: Matcher, whole: TieGraph, seeker: int, partner: int, chance: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Case]:
    """Numbers of the true partner, of the strongest rivals and of drawn others; their weights."""
    case = matcher.case(seeker)
    scores = Curves(matcher.model, case).scores(()).astype(float)
    scores[seeker] = -np.inf
    scores[whole.neighbours(seeker)] = -np.inf
    scores[partner] = -np.inf
    open_rows = np.flatnonzero(scores > -np.inf)
    order = open_rows[np.argpartition(-scores[open_rows], RIVALS)]
    rivals = order[:RIVALS]
    country = matcher.pool.country
    home = order[RIVALS:][country[order[RIVALS:]] == country[partner]]
    home = home[np.argsort(-scores[home])[:AT_HOME]]
    rivals = np.concatenate((rivals, home))
    rest = np.setdiff1d(open_rows, rivals)
    chances = np.exp(0.5 * (scores[rest] - scores[rest].max()))
    chances = 0.8 * chances / chances.sum() + 0.2 / len(rest)
    drawn = chance.choice(len(rest), OTHERS, p=chances / chances.sum())
    rows = np.concatenate(([partner], rivals, rest[drawn]))
    weight = np.concatenate((np.zeros(1 + len(rivals)), -np.log(OTHERS * chances[drawn])))
    compatriot = (country[rows] == country[partner]) & (weight == 0)
    told = np.stack([numbers(case, term, rows) for term in NAMES], axis=1)
    return told.astype(np.float32), weight.astype(np.float32), compatriot, case


class Fitting:
    """The likelihood of a sample under curves, and its slope."""

    def __init__(self, sample: Sample, smooth: float = 2.0, along: float = 4.0) -> None:
        self.sample, self.smooth, self.along = sample, smooth, along
        lengths = np.diff(np.append(sample.starts, len(sample.numbers)))
        self.query = np.repeat(np.arange(len(sample.starts)), lengths)
        self.curves = curves()
        self.parts = [self._parts(curve) for curve in self.curves]

    def _parts(self, curve: Curve) -> list[tuple[np.ndarray, np.ndarray]]:
        """Which parameters bear on each row, and how much."""
        x = self.sample.numbers[:, NAMES.index(curve.term)]
        slot, share = between(curve.knots, np.nan_to_num(x))
        known = ~np.isnan(x)
        low, high = np.where(known, 1 - share, 0), np.where(known, share, 0)
        if curve.axis is None:
            return [(slot, low), (slot + 1, high)]
        row, part = between(np.array(curve.places), self.sample.own[curve.axis])
        row, part = row[self.query] * len(curve.knots), part[self.query]
        step = len(curve.knots)
        return [
            (row + slot, low * (1 - part)),
            (row + slot + 1, high * (1 - part)),
            (row + step + slot, low * part),
            (row + step + slot + 1, high * part),
        ]

    def scores(self, points: np.ndarray) -> np.ndarray:
        total = self.sample.weight.astype(float)
        for curve, parts in zip(self.curves, self.parts, strict=True):
            own = points[curve.begin : curve.end].astype(np.float32)
            for slot, share in parts:
                total += own[slot] * share
        return total

    def loss(self, points: np.ndarray) -> tuple[float, np.ndarray]:
        """Mean negative log likelihood a query, with the price of roughness, and its slope."""
        starts = self.sample.starts
        scores = self.scores(points)
        loss, slope_of_rows = self._picked(scores)
        at_home = np.where(self.sample.home, scores, -np.inf)
        loss_at_home, slope_at_home = self._picked(at_home)
        loss += HOME_PART * loss_at_home
        slope_of_rows += np.float32(HOME_PART) * slope_at_home
        slope = np.zeros(len(points))
        for curve, parts in zip(self.curves, self.parts, strict=True):
            size = curve.end - curve.begin
            for slot, share in parts:
                slope[curve.begin : curve.end] += np.bincount(slot, slope_of_rows * share, size)
            loss += self._rough(curve, points, slope)
        return loss / len(starts), slope / len(starts)

    def _picked(self, scores: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log likelihood that each query's partner is picked, and its slope by row."""
        starts, query = self.sample.starts, self.query
        top = np.maximum.reduceat(scores, starts)
        chances = np.exp(scores - top[query])
        total = np.add.reduceat(chances, starts)
        slope = (chances / total[query]).astype(np.float32)
        slope[starts] -= 1
        return float(-(scores[starts] - top - np.log(total)).sum()), slope

    def _rough(self, curve: Curve, points: np.ndarray, slope: np.ndarray) -> float:
        table = points[curve.begin : curve.end].reshape(curve.shape)
        bend = 0.02 * table
        price = 0.01 * float((table**2).sum())
        for axis, strength in ((1, self.smooth), (0, self.along)):
            step = np.diff(table, axis=axis)
            price += strength * float((step**2).sum())
            ahead = [slice(None), slice(None)]
            behind = [slice(None), slice(None)]
            ahead[axis], behind[axis] = slice(1, None), slice(None, -1)
            bend[tuple(ahead)] += 2 * strength * step
            bend[tuple(behind)] -= 2 * strength * step
        slope[curve.begin : curve.end] += bend.ravel()
        return price

    def fit(self, steps: int) -> tuple[np.ndarray, float]:
        """The best points, each curve monotone where it must be."""
        size = self.curves[-1].end
        bounds: list[tuple[float | None, float | None]] = [(None, None)] * size
        for curve in self.curves:
            if curve.direction:
                for number in range(curve.begin, curve.end):
                    if (number - curve.begin) % len(curve.knots):
                        bounds[number] = (0, None)
        found = minimize(
            self._of_steps,
            np.zeros(size),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": steps, "maxcor": 20},
        )
        return self._points(found.x), float(found.fun)

    def _points(self, steps: np.ndarray) -> np.ndarray:
        points = steps.copy()
        for curve in self.curves:
            if curve.direction:
                table = steps[curve.begin : curve.end].reshape(curve.shape)
                rise = np.cumsum(table[:, 1:], axis=1) * curve.direction
                whole = np.hstack((table[:, :1], table[:, :1] + rise))
                points[curve.begin : curve.end] = whole.ravel()
        return points

    def _of_steps(self, steps: np.ndarray) -> tuple[float, np.ndarray]:
        loss, slope = self.loss(self._points(steps))
        for curve in self.curves:
            if curve.direction:
                table = slope[curve.begin : curve.end].reshape(curve.shape)
                tail = np.cumsum(table[:, ::-1], axis=1)[:, ::-1]
                tail = np.hstack((tail[:, :1], tail[:, 1:] * curve.direction))
                slope[curve.begin : curve.end] = tail.ravel()
        return loss, slope


def between(knots: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The knot below each number, and how far it is to the next one."""
    slot = np.clip(np.searchsorted(knots, x, side="right") - 1, 0, len(knots) - 2)
    share = np.clip((x - knots[slot]) / (knots[slot + 1] - knots[slot]), 0, 1)
    return slot.astype(np.int32), share.astype(np.float32)


def collect_new(pool: Pool, train: Ties, model: Model, ukraine: int) -> Sample:
    """Ties that are stated to be made since 2022, asked for from both sides.

    Only older ties are known, as when these were made.
    """
    chance = np.random.default_rng(SEED)
    old = train.some(train.early)
    matcher = Matcher(
        pool,
        TieGraph.from_pairs(*old.ends.T, pool.country, domestic=True),
        model,
        ukraine=ukraine,
    )
    whole = TieGraph.from_pairs(*train.ends.T, pool.country, domestic=True)
    told, weights, homes, own, about = [], [], [], {"size": [], "ties": []}, []
    for tie in np.flatnonzero(train.recent).tolist():
        for ends in (train.ends[tie], train.ends[tie][::-1]):
            rows, weight, home, case = query(matcher, whole, int(ends[0]), int(ends[1]), chance)
            told.append(rows)
            weights.append(weight)
            homes.append(home)
            about.append(tie)
            for axis, values in own.items():
                values.append(case.own[axis])
    return sample_of(told, weights, homes, own, about)


def sample_of(
    rows: list[np.ndarray],
    weights: list[np.ndarray],
    homes: list[np.ndarray],
    own: dict[str, list[float]],
    about: list[int],
) -> Sample:
    """Put what was told of each query together."""
    lengths = [len(row) for row in rows]
    return Sample(
        np.concatenate(rows),
        np.concatenate(([0], np.cumsum(lengths)[:-1])),
        np.concatenate(weights),
        np.concatenate(homes),
        {axis: np.array(values) for axis, values in own.items()},
        np.array(about),
    )


def solidarity(sample: Sample, points: np.ndarray) -> dict[str, float]:
    """How much more or less each criterion counts for ties made since 2022.

    One factor a criterion, held near 1 unless the ties say otherwise: there are few of them.
    """
    criteria = list(dict.fromkeys(criterion for criterion, *_ in TERMS.values()))
    fitting = Fitting(sample)
    queries = np.arange(len(sample.starts))
    rows = np.flatnonzero(np.isin(fitting.query, queries))
    parts = np.zeros((len(rows), len(criteria)))
    for curve, told in zip(fitting.curves, fitting.parts, strict=True):
        own = points[curve.begin : curve.end]
        column = criteria.index(TERMS[curve.term][0])
        for slot, share in told:
            parts[:, column] += own[slot[rows]] * share[rows]
    query = np.unique(fitting.query[rows], return_inverse=True)[1]
    starts = np.flatnonzero(np.concatenate(([True], query[1:] != query[:-1])))
    weight = fitting.sample.weight[rows]

    def loss(factors: np.ndarray) -> tuple[float, np.ndarray]:
        scores = parts @ factors + weight
        top = np.maximum.reduceat(scores, starts)
        chances = np.exp(scores - top[query])
        total = np.add.reduceat(chances, starts)
        slope = (chances / total[query])[:, None] * parts
        price = HELD * float(((factors - 1) ** 2).sum())
        value = -float((scores[starts] - top - np.log(total)).sum())
        return value + price, slope.sum(0) - parts[starts].sum(0) + 2 * HELD * (factors - 1)

    found = minimize(
        loss,
        np.ones(len(criteria)),
        jac=True,
        method="L-BFGS-B",
        bounds=[LEAST_MOST] * len(criteria),
    )
    print(f"solidarity: {len(starts)} queries", file=sys.stderr)
    return {name: round(float(f), 2) for name, f in zip(criteria, found.x, strict=True)}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("ties", type=Path)
    asked.add_argument("--queries", type=int, default=30_000)
    asked.add_argument("--out", type=Path, default=Path("fit-2.json"))
    asked.add_argument("--start", type=Path, help="a model file to draw the rivals with")
    asked.add_argument("--keep", type=Path, help="file to keep the sample in")
    options = asked.parse_args()
    checkout = Path(__file__).resolve().parent.parent
    world = World.open(Path(os.environ.get("MISTOK_DATA", checkout / "var")) / "world")
    ties, aside = read_ties(options.ties, world)
    train, test = split(ties)
    pool = world_pool(world.columns)
    ukraine = world.columns.country_codes.index("UA")
    print(
        f"{len(ties):,} ties, {len(aside):,} lines set aside; {len(train):,} to learn from",
        file=sys.stderr,
    )
    model = model_of(json.loads(options.start.read_text())) if options.start else first_guess()
    if not options.start:
        sample = collect(pool, train, 2000, model, ukraine)
        points, loss = Fitting(sample).fit(60)
        print(f"first pass: {loss:.4f}", file=sys.stderr, flush=True)
        model = model_of(model_from(points, 1.0, {"lasting": {}, "solidarity": {}}, {}))
    elif options.start:
        model = replace(model, terms=tuple(t.scaled(model.card["unit"]) for t in model.terms))
    sample = collect(pool, train, options.queries, model, ukraine)
    if options.keep:
        np.savez(
            options.keep,
            numbers=sample.numbers,
            starts=sample.starts,
            weight=sample.weight,
            chosen=sample.chosen,
            **sample.own,
        )
    fitting = Fitting(sample)
    points, loss = fitting.fit(150)
    print(f"loss {loss:.4f}", file=sys.stderr, flush=True)
    learned = model_of(model_from(points, 1.0, {"lasting": {}, "solidarity": {}}, {}))
    factors = solidarity(collect_new(pool, train, learned, ukraine), points)
    spans: dict[str, float] = {}
    for curve in curves():
        name = TERMS[curve.term][0]
        table = points[curve.begin : curve.end].reshape(curve.shape)
        spans[name] = spans.get(name, 0) + float(np.ptp(table, axis=1).mean())
    unit = sum(span for name, span in spans.items() if name not in BURDENS)
    card = {
        "made": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "data": f"{len(train):,} ties of {options.ties.name}, {len(test):,} more kept back",
        "queries": len(sample.starts),
        "loss": round(loss, 4),
        "unit": round(unit, 4),
    }
    document = model_from(points, 1 / unit, {"lasting": {}, "solidarity": factors}, card)
    options.out.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
