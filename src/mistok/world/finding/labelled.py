"""Files of names whose places are known: what the resolver is measured on."""

import csv
import gzip
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mistok.kernel.errors import Invalid, NotFound

COLUMNS = ("name", "country", "lat", "lon")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A row of the file: a true position and its names, of which the first is the main one."""

    line: int
    names: tuple[str, ...]
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that could not be used or answered, and one sentence why."""

    line: int
    sentence: str


def read_named_places(path: Path) -> tuple[list[NamedPlace], list[SetAside]]:
    """Read a CSV file (named .gz when compressed): rows that can be used, and those that cannot.

    Columns: name, country (two letters or empty), lat, lon (degrees, WGS 84), and optionally
    other_labels, parted by "|". Raises NotFound (code `file_missing`) and Invalid (codes
    `file_unreadable`, `columns_missing`, `rows_missing`).
    """
    with table_lines(path) as lines:
        places, aside = _read(lines, path.name)
    if not places:
        raise Invalid(
            f"{path.name} has no row with a name and a position. Fill the columns "
            f"{', '.join(COLUMNS)}.",
            code="rows_missing",
        )
    return places, aside


@contextmanager
def table_lines(path: Path) -> Iterator[IO[str]]:
    """The lines of a CSV file in UTF-8, plain or compressed with gzip and then named .gz.

    Raises NotFound (code `file_missing`) and Invalid (code `file_unreadable`), also for what is
    wrong with the lines while they are read.
    """
    try:
        with _opened(path) as lines:
            yield lines
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no file {path}. Check the path and try again.", code="file_missing"
        ) from error
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, csv.Error) as error:
        raise Invalid(
            f"{path.name} cannot be read ({error}). It must be a CSV file in UTF-8, plain or "
            "compressed with gzip and then named .gz.",
            code="file_unreadable",
        ) from error


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _read(lines: Iterable[str], file: str) -> tuple[list[NamedPlace], list[SetAside]]:
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise Invalid(
            f"{file} has no column {' and no column '.join(missing)}. Its first line must name "
            f"the columns {', '.join(COLUMNS)}.",
            code="columns_missing",
            details={"columns": missing},
        )
    places, aside = [], []
    for row in reader:
        # A row may span several lines; this is the last of them.
        try:
            places.append(_place(reader.line_num, row))
        except Invalid as refusal:
            aside.append(SetAside(reader.line_num, str(refusal)))
    return places, aside


def _place(line: int, row: Mapping[str, str | None]) -> NamedPlace:
    name, country, lat, lon = ((row[column] or "").strip() for column in COLUMNS)
    if not name:
        raise Invalid("The row has no name. Fill the column name.", code="name_missing")
    if not (lat and lon):
        raise Invalid(
            f"“{name[:60]}” has no position. Fill the columns lat and lon.",
            code="position_missing",
        )
    others = (label.strip() for label in (row.get("other_labels") or "").split("|"))
    names = tuple(dict.fromkeys((name, *filter(None, others))))
    return NamedPlace(line, names, country, _degrees(lat, 90, name), _degrees(lon, 180, name))


def _degrees(text: str, most: int, name: str) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = math.nan
    # A comparison with nan is false, so nan is refused here too.
    if not abs(degrees) <= most:
        raise Invalid(
            f"“{name[:60]}” has the position “{text[:20]}”. Write degrees from -{most} to {most} "
            "with a point, for example 50.25.",
            code="position_malformed",
        )
    return degrees
