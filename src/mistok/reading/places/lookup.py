"""Looking names up, thousands of times a text: the index of names with a memory in front of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

import numpy as np

from mistok.world import KINDS, World
from mistok.world.finding.scoring import country_points
from mistok.world.model import NameKind

COUNTRY, REGION, DISTRICT, HROMADA, MUNICIPALITY, SETTLEMENT = range(len(KINDS))
"""Kinds of places as numbers, in the order of KINDS."""

INFLECTED, ADJECTIVE, SOUNDING, GUESSED = 4, 5, 6, 7
"""Ways of finding beyond the kinds of names (NameKind)."""

SIZE_POINTS = 9.9
"""What importance weighs, in points; as in `mistok.world.finding`, whose weights these are."""
CROWD_POINTS = 0.8
"""What ten times as many people weigh: articles name cities oftener than lists of ties do."""
_SMALL = 2_000
EUROPE_POINTS = 1.0
"""What lying in Europe weighs: of two Valencias, news of Ukraine's partners mean Spain's."""
_EUROPE = frozenset(
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IL IS IT LI LT LU LV "
    "MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA XK".split()
)
_WAY_POINTS = {
    NameKind.NAME: -0.25,
    NameKind.FORMER: -1.24,
    NameKind.ALIAS: -1.94,
    NameKind.SPELLING: -0.4,
}
_KIND_POINTS = {REGION: -0.8, DISTRICT: -1.62, SETTLEMENT: -4.0}
WAY_LOSS = {INFLECTED: 0.3, ADJECTIVE: 2.0, SOUNDING: 2.0, GUESSED: 2.0}
"""What a place loses, in points, for being found by another form than is written."""

_MOST_OPTIONS = 24
_MOST_REMEMBERED = 120_000


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name may mean, and its points before anything of the text is known.

    way: a NameKind, or one of INFLECTED, ADJECTIVE, SOUNDING, GUESSED; kind: a position in KINDS.
    """

    place: int
    way: int
    kind: int
    country: str
    population: int
    importance: float
    points: float

    def found(self, way: int) -> "Option":
        """The same place, found by another form of its name."""
        points = self.points - WAY_LOSS[way]
        return Option(
            self.place, way, self.kind, self.country, self.population, self.importance, points
        )


Options = tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index has for a name: its places, and the span of names that go on."""

    options: Options
    low: int
    high: int

    @property
    def goes_on(self) -> bool:
        """Whether there are longer names that begin with this one and a blank."""
        return self.low < self.high


class Gazetteer:
    """The names of a world, looked up folded; safe to share between threads."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._names = world.names
        columns = world.columns
        by_code = country_points()
        self._codes = columns.country_codes
        self._favour = [by_code.get(code, 0.0) for code in self._codes]
        self._importance, self._population = columns.importance, columns.population
        self._kind, self._country = columns.kind, columns.country
        self._entries: dict[str, Entry] = {}

    def entry(self, folded: str, inside: Entry | None = None) -> Entry:
        """Give what the index has for a folded name; `inside` is the entry of its beginning."""
        known = self._entries.get(folded)
        if known is not None:
            return known
        if len(self._entries) >= _MOST_REMEMBERED:
            self._entries.clear()
        span = (0, None) if inside is None else (inside.low, inside.high)
        position, low, high = self._names.spread(folded, *span)
        options = self._options(position) if position >= 0 else ()
        entry = self._entries[folded] = Entry(options, low, high)
        return entry

    def options(self, folded: str) -> Options:
        """Give the places that bear a folded name, likeliest first."""
        return self.entry(folded).options if folded else ()

    def option(self, place: int, way: int) -> Option:
        """Make an option of a place (its position), found in a way."""
        if way > NameKind.SPELLING:
            return self._option(place, NameKind.NAME).found(way)
        return self._option(place, way)

    def _options(self, position: int) -> Options:
        places, kinds = self._names.places_of(position)
        if len(places) > _MOST_OPTIONS:
            weight = self._importance[places] - 0.2 * (kinds == NameKind.ALIAS)
            best = np.argsort(-weight, kind="stable")[:_MOST_OPTIONS]
            places, kinds = places[best], kinds[best]
        pairs = zip(places.tolist(), kinds.tolist(), strict=True)
        return tuple(sorted(self._made(pairs), key=lambda o: (-o.points, o.place)))

    def _made(self, pairs: Iterator[tuple[int, int]]) -> Iterator[Option]:
        ways: dict[int, int] = {}
        for place, way in pairs:
            ways[place] = min(way, ways.get(place, way))
        for place, way in ways.items():
            yield self._option(place, way)

    def _option(self, place: int, way: int) -> Option:
        kind, country = int(self._kind[place]), int(self._country[place])
        importance = float(self._importance[place])
        points = SIZE_POINTS * importance + _WAY_POINTS[NameKind(way)]
        points += _KIND_POINTS.get(kind, 0.0) + self._favour[country]
        points += EUROPE_POINTS * (self._codes[country] in _EUROPE)
        population = int(self._population[place])
        if kind in (HROMADA, MUNICIPALITY):
            points += CROWD_POINTS * log10(max(population, _SMALL) / _SMALL)
        return Option(
            place,
            way,
            kind,
            self._codes[country],
            population,
            importance,
            points,
        )
