"""Files of known ties: which two places each line means, and the lines that cannot be used."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid, NotFound, Refusal
from mistok.world import World
from mistok.world.finding.labelled import SetAside, table_lines
from mistok.world.geometry import distance_km

YEAR_DIGITS = 4
NEAR_KM = 25.0
"""A name that fits and a position no farther off than this mean the same place."""

SOLIDARITY_YEAR = 2022
"""Ties made since then follow other habits."""

EARLIER_LISTS = frozenset({"wp2014", "wd2016", "wd2017", "wd2022", "rgre2015"})
"""Lists of twin_edges that were taken before February 2022: what stands in them is older."""


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Pairs of municipalities, each once: `ends` has shape (n, 2), the smaller position first.

    `year` is when the tie was made, 0 where the file does not say; `early` says that it was
    known before 2022, by its year or by the list that it stands in.
    """

    ends: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]
    early: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ends)

    def some(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Ties":
        """The chosen ties, by a mask or by their numbers."""
        return Ties(self.ends[chosen], self.year[chosen], self.early[chosen])

    def without(self, others: "Ties") -> "Ties":
        """The ties whose pair is not among the others."""
        known = {(int(a), int(b)) for a, b in others.ends}
        kept = [(int(a), int(b)) not in known for a, b in self.ends]
        return self.some(np.array(kept, bool))

    @property
    def recent(self) -> npt.NDArray[np.bool_]:
        """Which ties are stated to be made in 2022 or later."""
        return self.year >= SOLIDARITY_YEAR


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    world: World
    pairs: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)
    places: dict[tuple[str, ...], int | str] = field(default_factory=dict)


def read_ties(path: Path, world: World) -> tuple[Ties, list[SetAside]]:
    """Read a CSV file of ties (named .gz when compressed): the pairs, and the lines set aside.

    Each end is told by `key_1` (any key of a place), by `node_id_1` ("gn" and a GeoNames number),
    or by `name_1`, `country_1` and, to be sure, `lat_1` and `lon_1`; the other end likewise with
    2. `since_year` and `sources` are optional. A pair told twice counts once. Raises NotFound
    (`file_missing`), Invalid (`file_unreadable`, `columns_missing`, `rows_missing`).
    """
    reading = _Reading(world)
    with table_lines(path) as lines:
        _read(reading, lines, path.name)
    if not reading.pairs:
        raise Invalid(
            f"{path.name} has no tie between two known municipalities"
            f" ({len(reading.aside)} lines were set aside). Name both ends in each line.",
            code="rows_missing",
        )
    told = reading.pairs.values()
    ties = Ties(
        ends=np.array(list(reading.pairs), np.int64),
        year=np.array([year for year, _ in told], np.int64),
        early=np.array([early for _, early in told], bool),
    )
    return ties, reading.aside


def _read(reading: _Reading, lines: Iterable[str], file: str) -> None:
    reader = csv.DictReader(lines)
    named = set(reader.fieldnames or ())
    for end in "12":
        if not named & {f"key_{end}", f"node_id_{end}", f"name_{end}"}:
            raise Invalid(
                f"{file} does not say where a tie's end {end} is. Its first line must name the"
                f" column key_{end}, node_id_{end}, or name_{end} with country_{end}.",
                code="columns_missing",
            )
    for row in reader:
        try:
            _keep(reading, row)
        except Refusal as refusal:
            reading.aside.append(SetAside(reader.line_num, str(refusal)))


def _keep(reading: _Reading, row: Mapping[str, str | None]) -> None:
    a, b = (_place(reading, row, end) for end in "12")
    if a == b:
        raise Invalid("Both ends are the same municipality.", code="tie_of_one")
    pair = (min(a, b), max(a, b))
    text = (row.get("since_year") or "").strip()
    year = int(text) if text.isdecimal() and len(text) == YEAR_DIGITS else 0
    listed = EARLIER_LISTS & set((row.get("sources") or "").split("|"))
    known_year, known_early = reading.pairs.get(pair, (0, False))
    first = min(filter(None, (year, known_year)), default=0)
    early = 0 < first < SOLIDARITY_YEAR or (first == 0 and (known_early or bool(listed)))
    reading.pairs[pair] = (first, early)


def _place(reading: _Reading, row: Mapping[str, str | None], end: str) -> int:
    """The position of a municipality; refuses what is none, or is not known for sure."""
    columns = ("key", "node_id", "name", "country", "lat", "lon")
    told = tuple((row.get(f"{column}_{end}") or "").strip() for column in columns)
    found = reading.places.get(told)
    if found is None:
        try:
            found = _sought(reading.world, *told)
        except Refusal as refusal:
            found = str(refusal)
        reading.places[told] = found
    if isinstance(found, str):
        raise Invalid(found, code="place_unknown")
    return found


def _sought(world: World, key: str, node: str, name: str, country: str, lat: str, lon: str) -> int:
    position = None
    if key:
        position = world.index(key)
    elif node.startswith("gn"):
        position = world.position(f"geonames:{node[2:]}")
    if position is None and name:
        position = _named(world, name, country, lat, lon)
    if position is None:
        raise NotFound(
            f"“{(name or node)[:60]}” ({country or 'country not given'}) is not known for sure as"
            " a municipality. Give its key, or its name, country and position.",
            code="place_unknown",
        )
    if not world.columns.is_municipality[position]:
        raise Invalid(
            f"{world.place_at(position).name} is not a municipality, and only such are ranked.",
            code="not_a_municipality",
        )
    return position


def _named(world: World, name: str, country: str, lat: str, lon: str) -> int | None:
    """The municipality of this name: near the position, or beyond doubt where none is given."""
    resolution = world.resolve(name, country=country or None)
    here = _degrees(lat, lon)
    if here is None:
        best = resolution.best
        return world.index(best.place.key) if best and resolution.verdict == "sure" else None
    for match in resolution.matches:
        place = match.place
        if not place.is_municipality or place.lat is None or place.lon is None:
            continue
        if distance_km(here, (place.lat, place.lon)) <= NEAR_KM:
            return world.index(place.key)
    return None


def _degrees(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        return float(lat), float(lon)
    except ValueError:
        return None
