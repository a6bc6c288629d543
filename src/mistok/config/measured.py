"""Measuring on labelled data: the draw, the bar, and how what came out is told."""

import json
import math
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from mistok.world import World
from mistok.world.finding.evaluation import Band, Metrics, evaluate, measure, refused
from mistok.world.finding.labelled import SetAside, read_named_places

WAYS = {"with_country": True, "without_country": False}
"""How each name is asked for; whether the country is given."""


@dataclass(frozen=True, slots=True)
class Measured:
    """On what the resolver was measured, and the metrics by the way of asking.

    `set_aside` counts rows that could not be used; `refused` counts rows with a name that the
    resolver refused, each of them a wrong answer too.
    """

    file: str
    radius_km: float
    places: int
    set_aside: int
    refused: int
    metrics: dict[str, Metrics]


def measure_names(
    world: World, file: Path, *, radius: float, worst: int, sample: int | None, seed: int
) -> tuple[Measured, list[SetAside]]:
    """Ask for all names of the file, or of a sample of its rows, with a bar on stderr.

    Also gives the rows that were set aside or refused. Raises what `read_named_places` raises.
    """
    places, aside = read_named_places(file)
    if sample is not None and sample < len(places):
        drawn = np.random.default_rng(seed).choice(len(places), sample, replace=False)
        places = [places[row] for row in drawn]
    total = len(WAYS) * sum(len(place.names) for place in places)
    with tqdm(desc="names", unit="query", total=total, disable=None) as bar:
        ask = partial(evaluate, world, places, radius_km=radius, asked=bar.update)
        answers = {way: ask(with_country=given) for way, given in WAYS.items()}
    refusals = dict.fromkeys(row for way in answers.values() for row in refused(way))
    measured = Measured(
        file=file.name,
        radius_km=radius,
        places=len(places),
        set_aside=len(aside),
        refused=len({row.line for row in refusals}),
        metrics={way: measure(given, worst=worst) for way, given in answers.items()},
    )
    return measured, [*aside, *refusals]


def as_document(measured: Measured) -> str:
    whole: dict[str, Any] = asdict(measured)
    ways = whole.pop("metrics")
    return json.dumps(whole | ways, ensure_ascii=False)


def as_lines(measured: Measured) -> Iterator[str]:
    yield (
        f"{measured.file}: {measured.places:,} places, {measured.set_aside:,} rows set aside, "
        f"{measured.refused:,} refused; right is within {measured.radius_km:g} km"
    )
    for way, metrics in measured.metrics.items():
        yield ""
        yield f"## {way.replace('_', ' ')}"
        yield from _metrics_lines(metrics)


def _metrics_lines(metrics: Metrics) -> Iterator[str]:
    yield f"{'':<14}{'queries':>9}{'recall@1':>10}{'recall@5':>10}"
    for name, recall in (
        ("names", metrics.names),
        ("other labels", metrics.other_labels),
        ("all", metrics.all),
    ):
        first, five = _percent(recall.recall_at_1), _percent(recall.recall_at_5)
        yield f"{name:<14}{recall.queries:>9,}{first:>10}{five:>10}"
    yield f"no answer: {metrics.unanswered:,}"
    if metrics.median_ms is not None:
        yield f"time per query: median {metrics.median_ms:.2f} ms, p95 {metrics.p95_ms:.2f} ms"
    if metrics.calibration_error is not None:
        yield f"calibration error: {metrics.calibration_error:.3f}"
        yield from _calibration_lines(metrics.calibration)
    yield f"wrong answers with the highest score: {len(metrics.worst)}"
    for wrong in metrics.worst:
        km = "?" if wrong.km is None else f"{wrong.km:,.0f}"
        yield (
            f"{wrong.score:.4f}{km:>8} km  {wrong.query} ({wrong.country or '?'}) → "
            f"{wrong.answer} ({wrong.answer_country}, {wrong.key})"
        )


def _calibration_lines(bands: Iterable[Band]) -> Iterator[str]:
    yield f"{'score':<14}{'answers':>9}{'right':>10}{'share':>10}{'mean score':>12}"
    for band in bands:
        mean = "–" if band.mean_score is None else f"{band.mean_score:.3f}"
        yield (
            f"{f'{band.low:.1f}–{band.high:.1f}':<14}{band.answers:>9,}{band.right:>10,}"
            f"{_percent(band.share_right):>10}{mean:>12}"
        )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.2f} %"


def kilometres(text: str) -> float:
    """A number above zero, in kilometres; anything else is wrong usage (exit status 2)."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise ArgumentTypeError(f"“{text[:20]}” is not a number of kilometres above zero")
    return number
