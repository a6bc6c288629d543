"""Which place a party of a list is: by its code, or by its exact name in its country. Pure.

Never by likeness (D2-12). A name that fits several places of a country is settled by what the list
says beside it (region, coordinates), else by one place so much larger than all others of the name
that nobody would leave out which one is meant; otherwise it stays open and all are kept.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from mistok.ingest.comparing.rows import Named, Point
from mistok.world import KINDS, World, distance_km, fold
from mistok.world.model import NameKind

NEAR_KM: Final = 25.0
OUTWEIGHS: Final = 8
LARGE: Final = 15_000
MOST_FITS: Final = 40
LOCAL: Final = frozenset(("hromada", "municipality", "settlement"))
LEVELS: Final = {
    "city": LOCAL,
    "hromada": LOCAL,
    "district": frozenset(("district",)),
    "region": frozenset(("region",)),
    "state": frozenset(("country",)),
}
CONTAINERS: Final = frozenset(("hromada", "municipality"))
"""Into what a place is merged; what merely lies in a region is not part of a municipality."""
_QUALIFIED: Final = re.compile(
    r"(?P<base>[^,(]{1,120})(?:\((?P<in>[^)]{1,120})\)|,(?P<of>.{1,120}))"
)
_TYPE_WORDS: Final = re.compile(
    r"\b(?:city of|town of|municipality of|city|hromada|territorial community|stadt|gemeinde|"
    r"miasto i gmina|miasto|gmina|міська|селищна|сільська|територіальна громада|громада|"
    r"місто|селище|село|рада|council)\b"
)
"""Words that call a municipality such; not those of districts and regions, which are others."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A party with the place it was found to be.

    `key` is empty where no single place is sure. `how`: key, name, several (the name fits more
    than one place) or unknown (no place of the country has the name). `former`: the list uses a
    name that the place bore before; `fits`: every place that the name fits; `within`: the
    municipalities that contain the place.
    """

    told: Named
    key: str = ""
    how: str = "unknown"
    former: bool = False
    fits: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    point: Point | None = None
    name: str = ""

    @property
    def identity(self) -> str:
        """What makes it the same party within one list."""
        told = self.told
        name = f"name:{told.country}:{told.level}:{fold(told.region)}:{fold(told.name)}"
        return self.key or (f"wikidata:{told.wikidata}" if told.wikidata else name)

    @property
    def tokens(self) -> tuple[str, ...]:
        """All under which it may be met in the other list; meeting proves nothing yet."""
        told = self.told
        names = [f"name:{told.country}:{name}" for name in told.folded]
        codes = [self.key, f"wikidata:{told.wikidata}" if told.wikidata else ""]
        return tuple(dict.fromkeys(t for t in (*codes, *self.fits, *self.within, *names) if t))


@dataclass(slots=True)
class Placer:
    """Finds seats in a world; remembers what it was asked."""

    world: World
    _seats: dict[Named, Seat] = field(default_factory=dict)

    def seat(self, told: Named) -> Seat:
        """The seat of a party."""
        if told not in self._seats:
            self._seats[told] = self._by_key(told) or self._by_name(told)
        return self._seats[told]

    def _by_key(self, told: Named) -> Seat | None:
        for key in told.keys:
            position = self.world.position(key)
            if position is not None:
                fits = dict(self._bearing(told, told.name))
                former = fits.get(position) == NameKind.FORMER
                return self._sure(told, position, "key", former, ())
        return Seat(told, key=told.keys[0], how="key", point=told.point) if told.keys else None

    def _by_name(self, told: Named) -> Seat:
        for name, region in _readings(told):
            found = self._narrowed(told, self._bearing(told, name), region)
            if found:
                return self._chosen(told, found)
        return Seat(told, point=told.point)

    def _bearing(self, told: Named, name: str) -> list[tuple[int, int]]:
        """Positions of the places of the country that bear exactly this name, at its level.

        Some states' municipalities are regions of ISO 3166-2, so a city may be one of those.
        """
        columns = self.world.columns
        codes = columns.country_codes
        places, how, _written = self.world.names.exact(fold(name))
        found = [
            (at, kind)
            for at, kind in zip(places.tolist(), how.tolist(), strict=True)
            if codes[columns.country[at]] == told.country
        ]
        kinds = LEVELS.get(told.level)
        level = [one for one in found if kinds is None or KINDS[columns.kind[one[0]]] in kinds]
        return found if kinds is LOCAL and not level else level

    def _narrowed(
        self, told: Named, found: Sequence[tuple[int, int]], region: str
    ) -> list[tuple[int, int]]:
        """Those in the region that the name tells, and near the coordinates that the list gives."""
        if region:
            around = {int(at) for at in self.world.names.exact(fold(region))[0]}
            found = [(at, kind) for at, kind in found if around & set(self._chain(at))]
        if told.point is not None:
            found = [(at, kind) for at, kind in found if self._is_near(at, told.point)]
        return list(found)

    def _chosen(self, told: Named, found: Sequence[tuple[int, int]]) -> Seat:
        """The one that is meant, or all of them."""
        people = self.world.columns.population
        ranked = sorted(found, key=lambda one: (self._tier(*one), -int(people[one[0]])))
        keys = dict.fromkeys(self.world.key_at(at) for at, _kind in ranked[:MOST_FITS])
        (best, kind), *rivals = ranked
        if all(self._outweighs((best, kind), rival) for rival in rivals):
            return self._sure(told, best, "name", kind == NameKind.FORMER, keys)
        return Seat(told, how="several", fits=tuple(keys), point=told.point)

    def _tier(self, at: int, kind: int) -> int:
        """What is likelier called so: a municipality before a village in one or a region, and who
        bears the name before who is called so elsewhere, or was."""
        local = KINDS[self.world.columns.kind[at]] in CONTAINERS
        return (0 if local else 3) + {NameKind.NAME: 0, NameKind.FORMER: 2}.get(NameKind(kind), 1)

    def _outweighs(self, best: tuple[int, int], rival: tuple[int, int]) -> bool:
        """Whether nobody who means the rival would leave that out."""
        people, kind = self.world.columns.population, self.world.columns.kind
        if KINDS[kind[best[0]]] in CONTAINERS and KINDS[kind[rival[0]]] not in LOCAL:
            return True  # who means the district or the region says so
        ours, theirs = int(people[best[0]]), max(1, int(people[rival[0]]))
        if self._tier(*best) < self._tier(*rival):
            return theirs < max(LARGE, ours)
        return ours >= max(LARGE, OUTWEIGHS * theirs)

    def _sure(self, told: Named, at: int, how: str, former: bool, fits: Iterable[str]) -> Seat:
        place = self.world.place_at(at)
        known = place.lat is not None and place.lon is not None
        point = (place.lat, place.lon) if known else told.point
        within = tuple(
            self.world.key_at(above)
            for above in self._chain(at)
            if KINDS[self.world.columns.kind[above]] in CONTAINERS
        )
        return Seat(told, place.key, how, former, tuple(fits), within, point, place.name)  # type: ignore[arg-type]

    def _is_near(self, at: int, point: Point) -> bool:
        columns = self.world.columns
        here = (float(columns.lat[at]), float(columns.lon[at]))
        return math.isnan(here[0]) or distance_km(here, point) <= NEAR_KM

    def _chain(self, at: int) -> list[int]:
        chain, parent = [], int(self.world.columns.parent[at])
        while parent >= 0:
            chain.append(parent)
            parent = int(self.world.columns.parent[parent])
        return chain


def _readings(told: Named) -> list[tuple[str, str]]:
    """A name in the region told beside it; as it stands; without what qualifies it; without the
    word that calls it a city."""
    name = told.name
    readings = [(name, told.region)] if told.region else []
    readings.append((name, ""))
    found = _QUALIFIED.match(name)
    if found is not None:
        readings.append((found["base"], found["in"] or found["of"]))
    bare = " ".join(_TYPE_WORDS.sub(" ", name.casefold()).split())
    if bare and bare != name.casefold():
        readings.append((bare, ""))
    return readings
