"""The records while they are gathered: by key, by name, by surroundings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import ceil, cos, floor, radians

from mistok.world.folding import fold, is_code
from mistok.world.geometry import distance_km
from mistok.world.model import NameKind, PlaceRecord, Point

_CELLS = 10  # to a degree
_DEGREE_KM = 111.2
_LATIN_END = "\u0250"


class Atlas:
    """Records outside Ukraine that later sources are compared with."""

    def __init__(self, records: list[PlaceRecord]) -> None:
        self.records = records
        self._of_key: dict[str, PlaceRecord] = {}
        self._named: dict[tuple[str, str], list[PlaceRecord]] = defaultdict(list)
        self._cells: dict[tuple[str, int, int], list[tuple[Point, PlaceRecord]]] = defaultdict(list)
        self.countries = {record.country for record in records if record.kind == "country"}
        for record in records:
            if record.country != "UA":
                self._index(record)

    def add(self, record: PlaceRecord) -> None:
        """Take a new record in."""
        self.records.append(record)
        self._index(record)

    def join(self, record: PlaceRecord, key: str, *names: str) -> None:
        """Let a record answer to another key, and to further names as aliases."""
        record.aliases.append(key)
        self._of_key[key] = record
        known = {record.name, record.local_name, *(name for name, _ in record.names)}
        new = [name for name in dict.fromkeys(names) if name not in known and not is_code(name)]
        record.add(NameKind.ALIAS, *new)
        self._index_names(record, new)

    def get(self, key: str | None) -> PlaceRecord | None:
        """Give the record of a key, its own or another."""
        return None if key is None else self._of_key.get(key)

    def named(
        self, country: str, forms: Iterable[str], kind: str, at: Point, km: float
    ) -> PlaceRecord | None:
        """Give the record of a kind that bears the first folded name borne so near.

        Of several, the one with most people.
        """
        for form in forms:
            near = [
                record
                for record in self._named.get((country, form), ())
                if record.kind == kind and _is_within(record, at, km)
            ]
            if near:
                return max(near, key=lambda record: record.population)
        return None

    def bearers(self, country: str, form: str) -> list[PlaceRecord]:
        """Give all records of a country that bear a folded name."""
        return self._named.get((country, form), [])

    def towns_around(self, country: str, at: Point, km: float) -> list[PlaceRecord]:
        """Give the three nearest towns with a known population within a distance, nearest first."""
        found = []
        for cell in _cells(country, at, km):
            for point, record in self._cells.get(cell, ()):
                away = distance_km(at, point)
                if away <= km:
                    found.append((away, record.key, record))
        return [record for _away, _key, record in sorted(found)[:3]]

    def _index(self, record: PlaceRecord) -> None:
        for key in (record.key, *record.aliases):
            self._of_key[key] = record
        self._index_names(
            record, [record.name, record.local_name, *(name for name, _ in record.names)]
        )
        if record.is_municipality and record.lat is not None and record.lon is not None:
            point = (record.lat, record.lon)
            self._cells[_cell(record.country, *point)].append((point, record))

    def _index_names(self, record: PlaceRecord, names: Iterable[str]) -> None:
        # The sources that are compared write Latin letters.
        for form in {fold(name) for name in names if name[:1] < _LATIN_END} - {""}:
            self._named[record.country, form].append(record)


def _is_within(record: PlaceRecord, at: Point, km: float) -> bool:
    if record.lat is None or record.lon is None or abs(record.lat - at[0]) > km / _DEGREE_KM:
        return False
    return distance_km(at, (record.lat, record.lon)) <= km


def _cell(country: str, lat: float, lon: float) -> tuple[str, int, int]:
    return country, floor(lat * _CELLS), floor(lon * _CELLS)


def _cells(country: str, at: Point, km: float) -> Iterator[tuple[str, int, int]]:
    """The cells that a circle touches."""
    high = ceil(km / _DEGREE_KM * _CELLS)
    wide = ceil(km / _DEGREE_KM * _CELLS / max(0.1, cos(radians(at[0]))))
    _country, row, column = _cell(country, *at)
    for y in range(row - high, row + high + 1):
        for x in range(column - wide, column + wide + 1):
            yield country, y, x
