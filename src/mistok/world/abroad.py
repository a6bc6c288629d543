"""The places outside Ukraine: countries, their regions, their towns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mistok.world.folding import fold, is_code
from mistok.world.model import CountryRow, GeoRow, NameKind, PlaceRecord, Subdivision

ENGLISH_SPEAKING = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
"""Where ISO 3166-2 writes regions in English, and lists only nicknames beside."""

TRUSTED = frozenset(
    {"AT", "BE", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "IT", "LT", "LV"}
    | {"PL", "SE", "SK"}
)
"""Where the package's English names of regions were read through and found good."""

_UKRAINIAN = re.compile("[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’' -]+", re.IGNORECASE)
_TURNED = re.compile(r"(?P<name>[^,]+), (?P<front>[^,]+)")


def country_records(
    countries: Iterable[CountryRow],
    rows_by_country: Mapping[str, Sequence[GeoRow]],
    short_forms: Iterable[Mapping[str, str]],
) -> list[PlaceRecord]:
    """Make the countries' records; a country is shown at its capital.

    `short_forms`: rows of code and names (parted by "|") that people use, as UK and Britain.
    """
    short = {row["code"]: row["names"].split("|") for row in short_forms}
    records = []
    for country in countries:
        english = country.labels.get("en") or country.others[0]
        seat = _capital(country, rows_by_country.get(country.code, ()))
        record = PlaceRecord(
            key=f"iso:{country.code}",
            name=english,
            local_name=country.local,
            country=country.code,
            kind="country",
            population=country.population,
            population_basis="country" if country.population else None,
            lat=seat.lat if seat else None,
            lon=seat.lon if seat else None,
            timezone=seat.timezone if seat else None,
            labels=dict(country.labels),
        )
        record.add(NameKind.NAME, *short.get(country.code, ()))
        record.add(NameKind.ALIAS, *country.others)
        records.append(record)
    return records


def region_records(
    subdivisions: Iterable[Subdivision],
    people: Mapping[str, int],
    countries: Iterable[str],
    english_names: Mapping[str, str],
) -> list[PlaceRecord]:
    """Make the records of regions outside Ukraine, whose own oblasts come from the codifier.

    `people`: by code, how many people GeoNames' places in a region sum up to; this ranks the
    region and is not given out, because parts of cities are counted twice.
    `english_names`: reviewed English names by code.
    """
    known = set(countries)
    rows = [row for row in subdivisions if row.code[:2] in known - {"UA"}]
    codes = {row.code for row in rows}
    records = []
    for row in rows:
        country = row.code[:2]
        english, local = english_name(row, english_names), unturned(row.name)
        parent = row.parent if row.parent in codes else country
        record = PlaceRecord(
            key=f"iso:{row.code}",
            name=english,
            local_name=local,
            country=country,
            kind="region",
            lat=row.lat,
            lon=row.lon,
            parent=f"iso:{parent}",
            labels=_region_labels(row, english),
            prominence=people.get(row.code, 0),
        )
        record.add(NameKind.ALIAS, *_other_names(row))
        record.answer(NameKind.ALIAS, *_made_names(row, english, local))
        records.append(record)
    return records


def town_records(
    rows: Iterable[GeoRow], region_of: Mapping[tuple[str, str], str], countries: Iterable[str]
) -> list[PlaceRecord]:
    """Make the records of the populated places outside Ukraine, each a possible partner.

    `region_of`: country and GeoNames' first-level code to the code of ISO 3166-2.
    """
    known = set(countries)
    records = []
    for row in rows:
        region = region_of.get((row.country, row.admin1))
        region_key = f"iso:{region}" if region else None
        record = PlaceRecord(
            key=row.key,
            name=row.name,
            local_name=row.name,
            country=row.country,
            kind="municipality",
            population=row.population,
            population_basis="settlement" if row.population else None,
            lat=row.lat,
            lon=row.lon,
            parent=region_key or (f"iso:{row.country}" if row.country in known else None),
            region=region_key,
            timezone=row.timezone,
            is_municipality=True,
        )
        label = ukrainian_label(row.names)
        if label:
            record.labels["uk"] = label
        record.add(NameKind.ALIAS, *(name for name in row.names if not is_code(name)))
        records.append(record)
    return records


def ukrainian_label(names: Iterable[str]) -> str | None:
    """Give the one name that can be Ukrainian by its letters; None when none or several."""
    fitting = {name for name in names if not name.isascii() and _UKRAINIAN.fullmatch(name)}
    return fitting.pop() if len(fitting) == 1 else None


def english_name(row: Subdivision, reviewed: Mapping[str, str]) -> str:
    """Give a region's name in English: Bavaria, not Bayern, and no nickname.

    `reviewed`: English names by code that stand before the package's, which in some countries
    are translations that nobody uses ("Paris of the East" for București).
    """
    own = unturned(row.name)
    if row.code in reviewed:
        return reviewed[row.code]
    names = [name for name, lang in row.others if lang == "eng"]
    if not names or row.code[:2] in ENGLISH_SPEAKING or any(row.name in name for name in names):
        return own
    trusted = row.code[:2] in TRUSTED or fold(names[0])[:2] == fold(own)[:2]
    return own if names[0].startswith("The ") or not trusted else unturned(names[0])


def unturned(name: str) -> str:
    """Put "Madrid, Comunidad de" the way it is said: Comunidad de Madrid."""
    found = _TURNED.fullmatch(name)
    if found is None:
        return name
    gap = "" if found["front"].endswith(("'", "’")) else " "
    return f"{found['front']}{gap}{found['name']}"


def _region_labels(row: Subdivision, english: str) -> dict[str, str]:
    labels = {lang: unturned(label) for lang, label in row.labels.items()}
    return {"en": english, **labels}


def _other_names(row: Subdivision) -> list[str]:
    nicknamed = row.code[:2] in ENGLISH_SPEAKING
    others = [
        unturned(name)
        for name, lang in row.others
        if not (lang == "eng" and (nicknamed or name.startswith("The "))) and not is_code(name)
    ]
    return [*others, row.name.partition(",")[0]]


def _made_names(row: Subdivision, english: str, local: str) -> list[str]:
    word = row.type.lower()
    stems = dict.fromkeys((english, local, row.name.partition(",")[0]))
    kinds = dict.fromkeys((word, "region", "province"))
    return [*(f"{stem} {kind}" for stem in stems for kind in kinds), f"{word} of {english}"]


def _capital(country: CountryRow, rows: Sequence[GeoRow]) -> GeoRow | None:
    """The largest place of the capital's name; else the country's largest place."""
    wanted = fold(country.capital)
    named = [row for row in rows if fold(row.name) == wanted]
    named = named or [row for row in rows if country.capital in row.names]
    return max(named or rows, key=lambda row: row.population, default=None)


def by_country(rows: Iterable[GeoRow]) -> dict[str, list[GeoRow]]:
    """Sort places by country code."""
    found: dict[str, list[GeoRow]] = defaultdict(list)
    for row in rows:
        found[row.country].append(row)
    return found
