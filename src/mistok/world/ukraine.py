"""Ukraine's places: oblasts, raions, hromadas with their centres, settlements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mistok.world.folding import is_code
from mistok.world.linking import LARGEST_VILLAGE, link_settlements, middle
from mistok.world.model import GeoRow, NameKind, PlaceRecord, Point, Subdivision, Unit
from mistok.world.population import people_of
from mistok.world.renaming import former_names, rename
from mistok.world.romanise import romanise
from mistok.world.ukrainian_names import (
    name_hromada,
    name_oblast,
    name_raion,
)

COUNTRY = "iso:UA"
KYIV_TIME = "Europe/Kyiv"

Rows = Sequence[Mapping[str, str]]


class Ukraine:
    """The records of Ukraine's places, made from the codifier and from GeoNames."""

    def __init__(
        self,
        units: Sequence[Unit],
        rows: Sequence[GeoRow],
        subdivisions: Iterable[Subdivision],
        *,
        oblasts: Rows,
        renamings: Rows,
        centres: Rows,
    ) -> None:
        self._units = {unit.code: _settled(unit) for unit in units}
        self._rows = rows
        self._oblasts = {row["prefix"]: row for row in oblasts}
        self._positions = {division.code: (division.lat, division.lon) for division in subdivisions}
        self._centre_of = {unit.parents[2]: unit for unit in self._units.values() if unit.is_centre}
        self._renamings: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for row in renamings:
            self._renamings[row["katottg"]].append(row)
        self._placed = {row["katottg"]: (float(row["lat"]), float(row["lon"])) for row in centres}
        tops = {unit.code[:4]: unit for unit in self._units.values() if unit.category in "OK"}
        self._top = {row["fips"]: tops[prefix] for prefix, row in self._oblasts.items()}
        self._links = self._linked()
        self._settlements_of: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            if unit.is_settlement:
                self._settlements_of[unit.parents[-1]].append(unit)
        self.unlinked: list[str] = []

    def records(self) -> list[PlaceRecord]:
        """Make the records of all units, and of GeoNames' places that no unit took."""
        makers = {"O": self._oblast, "K": self._special_city, "P": self._raion}
        makers |= {"H": self._hromada, "B": self._city_district}
        records = {}
        for unit in self._units.values():
            if not unit.is_centre:
                record = makers.get(unit.category, self._settlement)(unit)
                rename(record, self._renamings.get(unit.code, ()))
                records[unit.code] = record
        self._sum_up(records)
        taken = {row.id for row in self._links.values()}
        left = [row for row in self._rows if row.id not in taken]
        parts = (_leftover(row, self._top[row.admin1]) for row in left)
        return [*records.values(), *parts]

    def _linked(self) -> dict[str, GeoRow]:
        former = {
            self._centre_of[code].code: [name for row in rows for name in former_names(row)]
            for code, rows in self._renamings.items()
            if code in self._centre_of
        }
        settlements = [unit for unit in self._units.values() if unit.is_settlement]
        admin1 = {code: unit.code[:4] for code, unit in self._top.items()}
        links = link_settlements(settlements, self._rows, admin1, former)
        for code, unit in self._top.items():
            if unit.category == "K":
                inside = [row for row in self._rows if row.admin1 == code]
                links[unit.code] = max(inside, key=lambda row: row.population)
        return links

    def _oblast(self, unit: Unit) -> PlaceRecord:
        known = self._oblasts[unit.code[:4]]
        lat, lon = self._positions.get(known["iso"], (None, None))
        record = PlaceRecord(
            key=unit.key,
            name="",
            local_name="",
            country="UA",
            kind="region",
            lat=lat,
            lon=lon,
            parent=COUNTRY,
            timezone=KYIV_TIME,
            aliases=[f"iso:{known['iso']}"],
        )
        name_oblast(record, unit, known)
        return record

    def _special_city(self, unit: Unit) -> PlaceRecord:
        """Kyiv and Sevastopol have no hromada in the codifier: they are their own."""
        known = self._oblasts[unit.code[:4]]
        record = self._placed_record(unit, unit, "hromada", parent=COUNTRY)
        record.is_municipality = True
        record.population_basis = "city"
        record.aliases.append(f"iso:{known['iso']}")
        record.official_name = f"місто {unit.name}"
        record.add(NameKind.NAME, *known["others"].split("|"))
        return record

    def _raion(self, unit: Unit) -> PlaceRecord:
        hromadas = [
            self._centre_of[code]
            for code, other in self._units.items()
            if other.category == "H" and other.parents[-1] == unit.code
        ]
        record = PlaceRecord(
            key=unit.key,
            name="",
            local_name="",
            country="UA",
            kind="district",
            parent=f"katottg:{unit.parents[0]}",
            region=f"katottg:{unit.parents[0]}",
            timezone=KYIV_TIME,
        )
        _put(record, self._middle_of(hromadas), approximate=True)
        adjectives = [self._units[centre.parents[2]].name for centre in hromadas]
        name_raion(record, unit, dict(zip(adjectives, hromadas, strict=True)))
        return record

    def _hromada(self, unit: Unit) -> PlaceRecord:
        centre = self._centre_of[unit.code]
        record = self._placed_record(unit, centre, "hromada", parent=f"katottg:{unit.parents[1]}")
        record.aliases.append(centre.key)
        record.is_municipality = True
        settlements = self._settlements_of[unit.code]
        if record.lat is None:
            _put(record, self._placed.get(unit.code), approximate=False)
        if record.lat is None:
            self.unlinked.append(record.key)
            _put(record, self._middle_of(settlements), approximate=True)
        record.population, record.population_basis = people_of(settlements, self._links)
        name_hromada(record, unit, centre, self._renamings.get(unit.code, ()))
        return record

    def _settlement(self, unit: Unit) -> PlaceRecord:
        return self._placed_record(unit, unit, "settlement", parent=f"katottg:{unit.parents[-1]}")

    def _city_district(self, unit: Unit) -> PlaceRecord:
        city = self._units[unit.parents[-1]]
        parent = city.parents[2] if city.is_centre else city.code
        adjective = romanise(unit.name)
        return PlaceRecord(
            key=unit.key,
            name=f"{adjective} District",
            local_name=f"{unit.name} район",
            country="UA",
            kind="district",
            parent=f"katottg:{parent}",
            region=_region(unit),
            timezone=KYIV_TIME,
            labels={"uk": f"{unit.name} район"},
            forms=[(f"{adjective} raion", NameKind.NAME), (adjective, NameKind.ALIAS)],
        )

    def _placed_record(
        self, unit: Unit, settlement: Unit, kind: str, *, parent: str
    ) -> PlaceRecord:
        """A record named after a settlement, with what GeoNames knows of that."""
        record = PlaceRecord(
            key=unit.key,
            name=romanise(settlement.name),
            local_name=settlement.name,
            country="UA",
            kind=kind,
            parent=parent,
            region=_region(unit),
            timezone=KYIV_TIME,
            labels={"uk": settlement.name},
        )
        row = self._links.get(settlement.code)
        if row is not None:
            record.population = row.population
            record.population_basis = "settlement" if row.population else None
            record.timezone = row.timezone or KYIV_TIME
            record.aliases.append(row.key)
            _put(record, (row.lat, row.lon), approximate=False)
            record.add(
                NameKind.ALIAS, *(name for name in (row.name, *row.names) if not is_code(name))
            )
        return record

    def _middle_of(self, settlements: Iterable[Unit]) -> Point | None:
        rows = [self._links[unit.code] for unit in settlements if unit.code in self._links]
        return middle([(row.lat, row.lon) for row in rows]) if rows else None

    def _sum_up(self, records: Mapping[str, PlaceRecord]) -> None:
        """A raion and an oblast have the people of their hromadas."""
        for unit in self._units.values():
            if unit.category == "H":
                for parent in unit.parents:
                    records[parent].population += records[unit.code].population
                    records[parent].population_basis = "hromadas"


def _leftover(row: GeoRow, top: Unit) -> PlaceRecord:
    """A place of GeoNames that no unit took: a large one is a part of a city."""
    part = row.population > LARGEST_VILLAGE or top.category == "K"
    return PlaceRecord(
        key=row.key,
        name=row.name,
        local_name=row.name,
        country="UA",
        kind="district" if part else "settlement",
        population=row.population,
        population_basis="settlement" if row.population else None,
        lat=row.lat,
        lon=row.lon,
        parent=top.key,
        region=top.key if top.category == "O" else None,
        timezone=row.timezone,
        names=[(name, NameKind.ALIAS) for name in row.names],
    )


def _settled(unit: Unit) -> Unit:
    """Prypiat and Chornobyl belong to no raion and no hromada: the oblast stands for both."""
    if unit.is_settlement and len(unit.parents) < 3:
        return replace(unit, parents=(unit.parents[0],) * 3)
    return unit


def _region(unit: Unit) -> str | None:
    top = unit.parents[0] if unit.parents else None
    return None if top is None or top[:4] in ("UA80", "UA85") else f"katottg:{top}"


def _put(record: PlaceRecord, point: Point | None, *, approximate: bool) -> None:
    if point is not None:
        record.lat, record.lon = point
        record.approximate = approximate
