"""How good the resolver is on names whose places are known: recall, calibration, time, mistakes.

An answer is right when its place lies within the radius of the true position. One without a
position is wrong, and so is a query that is refused or finds nothing.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Protocol

from mistok.kernel.errors import Refusal
from mistok.world.finding.answers import Match
from mistok.world.finding.labelled import NamedPlace, SetAside
from mistok.world.geometry import distance_km

LIMIT = 5
"""How many answers are asked for."""

BANDS = 10
"""Into how many equal parts the scores from 0 to 1 are cut."""


class Resolver(Protocol):
    """What is measured: `World`, or anything that finds places as it does."""

    def find(self, query: str, *, country: str | None = None, limit: int = 10) -> list[Match]:
        """Give the places that the query may mean, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query gave. `rank` counts from 1 and is None when no answer is near enough.

    `first` is the best answer and `km` its distance, None where its position is unknown.
    """

    query: str
    place: NamedPlace
    seconds: float
    rank: int | None = None
    first: Match | None = None
    km: float | None = None
    refusal: str = ""

    @property
    def is_main(self) -> bool:
        """Whether the place's main name was asked for."""
        return self.query == self.place.names[0]


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of queries whose first answer, or one of the first five, is right."""

    queries: int
    recall_at_1: float | None
    recall_at_5: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """First answers with a score from `low` up to below `high` (the last band holds 1.0 too)."""

    low: float
    high: float
    answers: int
    right: int
    share_right: float | None
    mean_score: float | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong first answer; `km` is None where its position is unknown."""

    line: int
    query: str
    country: str
    answer: str
    answer_country: str
    key: str
    score: float
    km: float | None


@dataclass(frozen=True, slots=True)
class Metrics:
    """All that is measured one way, with the country given or without it.

    `calibration_error` is the mean distance between score and share of right answers over the
    bands, weighted by their answers (the expected calibration error of Naeini and others, 2015);
    0 is perfect. The worst mistakes are those with the highest score.
    """

    all: Recall
    names: Recall
    other_labels: Recall
    unanswered: int
    median_ms: float | None
    p95_ms: float | None
    calibration_error: float | None
    calibration: tuple[Band, ...]
    worst: tuple[Mistake, ...]


def evaluate(
    resolver: Resolver,
    places: Iterable[NamedPlace],
    *,
    radius_km: float,
    with_country: bool,
    asked: Callable[[], object] = lambda: None,
) -> list[Answer]:
    """Ask for every name of every place; `asked` is told after each query.

    With the country, places that have none are left out.
    """
    answers = []
    for place in places:
        if with_country and not place.country:
            continue
        country = place.country if with_country else None
        for name in place.names:
            answers.append(_ask(resolver, name, place, country, radius_km))
            asked()
    return answers


def _ask(
    resolver: Resolver, query: str, place: NamedPlace, country: str | None, radius_km: float
) -> Answer:
    begun = time.perf_counter()
    try:
        matches = resolver.find(query, country=country, limit=LIMIT)
    except Refusal as refusal:
        return Answer(query, place, time.perf_counter() - begun, refusal=str(refusal))
    seconds = time.perf_counter() - begun
    if not matches:
        return Answer(query, place, seconds)
    away = [_km(place, match) for match in matches[:LIMIT]]
    near = (rank for rank, km in enumerate(away, 1) if km is not None and km <= radius_km)
    return Answer(query, place, seconds, next(near, None), matches[0], away[0])


def _km(place: NamedPlace, match: Match) -> float | None:
    lat, lon = match.place.lat, match.place.lon
    if lat is None or lon is None:
        return None
    return distance_km((place.lat, place.lon), (lat, lon))


def measure(answers: Sequence[Answer], *, worst: int) -> Metrics:
    """Sum up what the queries gave, with at most so many of the worst mistakes."""
    times = sorted(answer.seconds * 1000 for answer in answers)
    bands = tuple(_bands(answers))
    return Metrics(
        all=_recall(answers),
        names=_recall([answer for answer in answers if answer.is_main]),
        other_labels=_recall([answer for answer in answers if not answer.is_main]),
        unanswered=sum(answer.first is None for answer in answers),
        median_ms=median(times) if times else None,
        p95_ms=times[math.ceil(0.95 * len(times)) - 1] if times else None,
        calibration_error=_calibration_error(bands),
        calibration=bands,
        worst=tuple(_mistakes(answers))[:worst],
    )


def _recall(answers: Sequence[Answer]) -> Recall:
    if not answers:
        return Recall(0, None, None)
    first = sum(answer.rank == 1 for answer in answers)
    five = sum(answer.rank is not None for answer in answers)
    return Recall(len(answers), first / len(answers), five / len(answers))


def _bands(answers: Iterable[Answer]) -> Iterator[Band]:
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BANDS)]
    for answer in answers:
        if answer.first is not None:
            score = answer.first.score
            number = min(max(int(score * BANDS), 0), BANDS - 1)
            held[number].append((score, answer.rank == 1))
    for number, scored in enumerate(held):
        low, high = number / BANDS, (number + 1) / BANDS
        right = sum(is_right for _score, is_right in scored)
        share = right / len(scored) if scored else None
        mean = fmean(score for score, _is_right in scored) if scored else None
        yield Band(low, high, len(scored), right, share, mean)


def _calibration_error(bands: Iterable[Band]) -> float | None:
    filled = [
        (band.answers, abs(band.share_right - band.mean_score))
        for band in bands
        if band.share_right is not None and band.mean_score is not None
    ]
    answers = sum(count for count, _off in filled)
    return math.fsum(count * off for count, off in filled) / answers if answers else None


def _mistakes(answers: Iterable[Answer]) -> list[Mistake]:
    found = [
        Mistake(
            answer.place.line,
            answer.query,
            answer.place.country,
            answer.first.place.name,
            answer.first.place.country,
            answer.first.place.key,
            answer.first.score,
            None if answer.km is None else round(answer.km, 1),
        )
        for answer in answers
        if answer.first is not None and answer.rank != 1
    ]
    return sorted(found, key=lambda mistake: -mistake.score)


def refused(answers: Iterable[Answer]) -> list[SetAside]:
    """Give the lines of the queries that the resolver refused, with its sentences."""
    return [SetAside(answer.place.line, answer.refusal) for answer in answers if answer.refusal]
