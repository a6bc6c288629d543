"""Resolving: from a text to the places that may be meant, each with a probability."""

from dataclasses import dataclass

import numpy as np

from mistok.world.finding.filters import Only
from mistok.world.finding.gathering import Gatherer
from mistok.world.finding.scoring import (
    MATCHED,
    Candidates,
    Numbers,
    Way,
    chances,
    country_points,
    measures,
    points,
)
from mistok.world.geometry import distances_km
from mistok.world.model import Columns, NameKind

NEAR_KM = 50.0
"""At this distance half of what nearness gives is left."""
NEAR_POINTS = 14.0
ASKER_POINTS = 1.5
AMONG_POINTS = 4.0
ONE_LETTER = 0.5
"""One letter is hardly ever meant for the few places that are called so."""
NAMED_WHOLE = frozenset({Way.PART_OF, Way.PARENT})


@dataclass(frozen=True, slots=True)
class Hit:
    """A place (its position), its score from 0 to 1, how it matched, the part that was named.

    `former`: the name that matched, in whatever form, is one that the place no longer bears.
    """

    place: int
    score: float
    matched: str
    part: str = ""
    former: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What narrows or colours a search.

    near: a place close by; asker: the number of the asker's country; among: places that the same
    document names.
    """

    only: Only
    near: int | None = None
    asker: int | None = None
    among: tuple[int, ...] = ()


class Resolver:
    """Says which places a text may mean, and how likely each is."""

    def __init__(self, gatherer: Gatherer, columns: Columns) -> None:
        self._gatherer = gatherer
        self._columns = columns
        by_code = country_points()
        self._country_points = np.array([by_code.get(code, 0.0) for code in columns.country_codes])

    def run(self, text: str, question: Question, limit: int) -> list[Hit]:
        """Find up to `limit` places, likeliest first; nothing when nothing comes near."""
        gathered = self._gatherer.gather(text, question.only)
        found, query = gathered.found, gathered.query
        if not len(found) or limit < 1:
            return []
        measured = measures(
            found,
            self._columns,
            query.levels,
            gathered.anchors,
            name=query.name,
            in_country=question.only.country is not None,
        )
        total = points(found, measured) + self._favour(found, question)
        trust = ONE_LETTER if len(query.name) <= 1 else 1.0
        hits = []
        for place, chance, at in likeliest(found, total)[:limit]:
            way = Way(int(found.ways[at]))
            part = query.part if way in NAMED_WHOLE else ""
            former = bool(found.kinds[at] == NameKind.FORMER)
            hits.append(Hit(place, round(trust * chance, 4), MATCHED[way], part, former))
        return hits

    def _favour(self, found: Candidates, question: Question) -> Numbers:
        """Points for places where the question leads one to look."""
        countries = self._columns.country[found.places]
        total = np.zeros(len(found))
        if question.only.country is None:
            total += self._country_points[countries]
        if question.asker is not None:
            total += ASKER_POINTS * (countries == question.asker)
        if question.near is not None:
            total += NEAR_POINTS * self._close(found, question.near)
        if question.among:
            others = np.array(question.among, np.int64)
            share = np.array([np.mean(self._columns.country[others] == c) for c in countries])
            close = np.max([self._close(found, place) for place in question.among], axis=0)
            total += AMONG_POINTS * (share + close)
        return total

    def _close(self, found: Candidates, place: int) -> Numbers:
        """From 1 (here) to 0 (far)."""
        lats, lons = self._columns.lat, self._columns.lon
        away = distances_km(
            float(lats[place]), float(lons[place]), lats[found.places], lons[found.places]
        )
        return np.asarray(np.nan_to_num(1.0 / (1.0 + away / NEAR_KM), nan=0.0), np.float64)


def likeliest(found: Candidates, total: Numbers) -> list[tuple[int, float, int]]:
    """Give each place once, with its chance and its surest row in `found`, the likeliest first.

    A place that was found in several ways has the chances of all of them together.
    """
    chance: dict[int, float] = {}
    best: dict[int, int] = {}
    for at, (place, part) in enumerate(
        zip(found.places.tolist(), chances(total).tolist(), strict=True)
    ):
        chance[place] = chance.get(place, 0.0) + part
        if place not in best or found.ways[at] < found.ways[best[place]]:
            best[place] = at
    ranked = sorted(chance, key=lambda place: (-chance[place], place))
    return [(place, chance[place], best[place]) for place in ranked]
