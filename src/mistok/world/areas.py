"""Counties, districts and municipalities outside Ukraine, and which of them a town lies in.

An area that ISO 3166-2 has is one place with that region. Where the areas of a country's second
level are its municipalities, the area and the town of its name in it are one municipality.
Everything else is a record of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mistok.world.abroad import ukrainian_label
from mistok.world.area_names import (
    DISTRICT,
    MUNICIPALITY,
    AreaName,
    bare_forms,
    level_of,
    read_name,
    stems,
)
from mistok.world.area_sources import Area, Areas, Spot
from mistok.world.atlas import Atlas
from mistok.world.folding import fold, is_code
from mistok.world.model import NameKind, PlaceRecord, Point

SAME_REGION_KM = 60.0
"""An area and a region of ISO 3166-2 with one name are one when their middles are so near."""
SAME_TOWN_KM = 25.0
"""A municipality and a town of its name are one when they are so near."""
LONGEST_ENDING = 5
SMALLEST = 100
"""People that a place counts for, in a mean, beside those known."""


class AreaMaker:
    """Makes the areas of a source and joins them to what the atlas has."""

    def __init__(
        self,
        atlas: Atlas,
        areas: Areas,
        spots: Iterable[Spot],
        region_of: Mapping[tuple[str, str], str],
    ) -> None:
        self._atlas = atlas
        self._areas = areas
        self._points = {spot.id: (spot.lat, spot.lon) for spot in spots}
        self._region_of = region_of
        self._folds: dict[str, str] = {}
        self._own: dict[int, PlaceRecord] = {}
        self._inside: dict[int, list[PlaceRecord]] = defaultdict(list)
        self._left: dict[int, list[PlaceRecord]] = defaultdict(list)

    def run(self) -> None:
        """Add all areas, outer ones first, then say of each town which it lies in."""
        self._sort_towns()
        for code, number in self._areas.countries.items():
            country = self._atlas.get(f"iso:{code}")
            if country is not None and code != "UA":
                self._atlas.join(country, f"geonames:{number}")
        for area in sorted(self._areas.by_number.values(), key=lambda a: (a.level, a.number)):
            if area.country in self._atlas.countries:
                self._take(area)
        self._place_towns()

    def _sort_towns(self) -> None:
        """Towns by area; `_left` are those of an area that lie in none of its parts."""
        for place, numbers in self._areas.of_place.items():
            town = self._atlas.get(f"geonames:{place}")
            if town is None or not numbers:
                continue
            for number in numbers:
                self._inside[number].append(town)
            self._left[numbers[-1]].append(town)

    def _take(self, area: Area) -> None:
        """Join an area to a record or make one; without position and namesake it is left out."""
        region = self._atlas.get(f"iso:{area.iso}") if area.iso else None
        if region is not None:
            self._join(area, region, area.name)
        elif area.id and area.level and self._atlas.get(area.key) is None:
            self._take_unknown(area, read_name(area.name, area.country))

    def _take_unknown(self, area: Area, name: AreaName) -> None:
        forms = bare_forms(name, area.country)
        bearer = self._bearer(area, forms)
        level = level_of(name, area.country, has_town=bearer is not None, tier=area.level)
        point, is_own = self._point(area, bearer or self._namesake(area, name))
        if level == MUNICIPALITY and bearer is None and point is not None:
            bearer = self._atlas.named(area.country, forms, MUNICIPALITY, point, SAME_TOWN_KM)
        if level == MUNICIPALITY and bearer is not None:
            self._join(area, bearer, area.name)
            return
        if point is None:
            return
        region = self._atlas.named(area.country, forms, "region", point, SAME_REGION_KM)
        if level == DISTRICT and region is not None and not _is_joined(region):
            self._join(area, region, area.name)
            return
        record = area_record(area.key, name, area.country, level, point, area.others)
        record.approximate = not is_own
        self._complete(area, record)
        self._own[area.number] = record
        self._atlas.add(record)

    def _join(self, area: Area, record: PlaceRecord, *names: str) -> None:
        self._own[area.number] = record
        if area.id and self._atlas.get(area.key) is None:
            self._atlas.join(record, area.key, *names, *area.others)

    def _bearer(self, area: Area, forms: Iterable[str]) -> PlaceRecord | None:
        """The town in the area that has its name; for an empty area, one of those around."""
        towns = self._inside[area.number] or self._left.get(area.parent, [])
        keys = {town.key for town in towns}
        for form in forms:
            bearers = self._atlas.bearers(area.country, form)
            named = [town for town in bearers if town.key in keys]
            if named:
                own = [town for town in named if fold(town.name) == form]
                return max(own or named, key=lambda town: town.population)
        return None

    def _namesake(self, area: Area, name: AreaName) -> PlaceRecord | None:
        """The largest town around that gave an empty area its name, where that is an adjective."""
        if self._inside[area.number]:
            return None
        for stem in stems(name):
            named = [
                town
                for town in self._left.get(area.parent, [])
                if _is_stem(stem, self._folded(town))
            ]
            if named:
                return max(named, key=lambda town: town.population)
        return None

    def _folded(self, town: PlaceRecord) -> str:
        if town.key not in self._folds:
            self._folds[town.key] = fold(town.name)
        return self._folds[town.key]

    def _point(self, area: Area, bearer: PlaceRecord | None) -> tuple[Point | None, bool]:
        """The area's position and whether it is its own; else the mean of its people."""
        if area.id in self._points:
            return self._points[area.id], True
        towns = self._inside[area.number] or ([bearer] if bearer else [])
        placed = [
            (town.population + SMALLEST, town.lat, town.lon)
            for town in towns
            if town.lat is not None and town.lon is not None
        ]
        people = sum(weight for weight, _, _ in placed)
        if not people:
            return None, False
        lat = sum(weight * lat for weight, lat, _ in placed) / people
        return (round(lat, 5), round(sum(w * lon for w, _, lon in placed) / people, 5)), False

    def _complete(self, area: Area, record: PlaceRecord) -> None:
        """Say in what the area lies and how many people live there, as its towns know it."""
        towns = self._inside[area.number]
        people = sum(town.population for town in towns)
        code = self._region_of.get((area.country, area.admin1))
        record.region = f"iso:{code}" if code and self._atlas.get(f"iso:{code}") else None
        outer = self._own.get(area.parent)
        record.parent = outer.key if outer else record.region or f"iso:{area.country}"
        if towns:
            record.timezone = max(towns, key=lambda town: town.population).timezone
        if record.kind == MUNICIPALITY and people:
            record.population, record.population_basis = people, "settlements"
            # A city with most of the people is the partner, under whichever name.
            record.is_municipality = max(town.population for town in towns) <= people / 2
        else:
            record.prominence = people

    def _place_towns(self) -> None:
        """A town's parent is the innermost area it lies in, short of the one that it is itself."""
        for place, numbers in self._areas.of_place.items():
            town = self._atlas.get(f"geonames:{place}")
            if town is None:
                continue
            for number in numbers:
                area = self._own.get(number)
                if area is town:
                    break
                if area is not None and not self._lies_in(area, town):
                    town.parent = area.key

    def _lies_in(self, inner: PlaceRecord, outer: PlaceRecord) -> bool:
        """Whether a record is another, or lies in it, by way of towns that are municipalities."""
        at: PlaceRecord | None = inner
        while at is not None and at is not outer:
            at = self._atlas.get(at.parent)
        return at is outer


def area_record(
    key: str, name: AreaName, country: str, level: str, at: Point, others: Iterable[str] = ()
) -> PlaceRecord:
    """Make the record of an area; a municipality goes by its name without the word for it."""
    shown = name.bare if level == MUNICIPALITY else name.full
    record = PlaceRecord(key, shown, shown, country, level, lat=at[0], lon=at[1])
    record.add(NameKind.ALIAS, *dict.fromkeys(o for o in (name.full, *others) if o != shown))
    record.names = [(other, kind) for other, kind in record.names if not is_code(other)]
    record.answer(NameKind.ALIAS, *bare_forms(name, country))
    record.answer(NameKind.ALIAS, *(read_name(other, country).bare for other in others if other))
    label = ukrainian_label(others)
    if label:
        record.labels["uk"] = label
    return record


def _is_joined(record: PlaceRecord) -> bool:
    return any(alias.startswith("geonames:") for alias in record.aliases)


def _is_stem(stem: str, name: str) -> bool:
    return name.startswith(stem) and len(name) - len(stem) <= LONGEST_ENDING
