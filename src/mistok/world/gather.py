"""Gathering: from the packages and the reviewed tables to one list of records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mistok.world import sources
from mistok.world.abroad import by_country, country_records, region_records, town_records
from mistok.world.area_sources import Areas, read_areas, read_spots
from mistok.world.areas import AreaMaker
from mistok.world.atlas import Atlas
from mistok.world.country_sources import NO_FACTS, CountryFacts, read_country_facts
from mistok.world.model import LANGUAGES, NameKind, PlaceRecord, Position
from mistok.world.regions import people_of_regions, regions_of_admin1
from mistok.world.renaming import rename_abroad
from mistok.world.ukraine import Ukraine
from mistok.world.villages import add_spots

Progress = Callable[[str, int, int], None]

# GeoNames calls famous cities by their English names; where one of our languages is the
# country's own, the reviewed name in it is the local one ("Munich" is München).
HOME_LANGUAGES = {"DE": "de", "AT": "de", "PL": "pl", "FR": "fr", "GB": "en", "US": "en"}


@dataclass(slots=True)
class Gathered:
    """All records, the hromadas whose centre has no position of its own, facts of countries."""

    records: list[PlaceRecord]
    unlinked: list[str]
    facts: CountryFacts = NO_FACTS


def gather(progress: Progress) -> Gathered:
    """Read every source and make the records of all places.

    `progress` is told what is being done, the step and the number of steps.
    """
    progress("reading GeoNames", 1, 6)
    rows = by_country(sources.read_places())
    progress("reading the codifier of Ukraine", 2, 6)
    subdivisions = sources.read_subdivisions()
    ukraine = Ukraine(
        sources.read_units(),
        rows.pop("UA"),
        subdivisions,
        oblasts=sources.data_table("oblasts_ua"),
        renamings=sources.data_table("renamings_ua"),
        centres=sources.data_table("centres_ua"),
    )
    progress("linking hromadas to their centres", 3, 6)
    records = ukraine.records()
    progress("reading countries and regions", 4, 6)
    countries = sources.read_countries()
    codes = {country.code for country in countries}
    english = {row["code"]: row["en"] for row in sources.data_table("regions_en")}
    short = sources.data_table("countries_short")
    abroad = [row for found in rows.values() for row in found]
    reviewed = {(r["country"], r["admin1"]): r["iso"] for r in sources.data_table("admin1")}
    areas, spots = read_areas(), read_spots()
    region_of = regions_of_admin1(abroad, subdivisions) | listed_regions(areas) | reviewed
    people = people_of_regions(abroad, region_of)
    of_countries = country_records(countries, rows, short)
    _place_ukraine(of_countries, records)
    records += of_countries
    records += region_records(subdivisions, people, codes, english)
    records += town_records(abroad, region_of, codes)
    atlas = Atlas(records)
    AreaMaker(atlas, areas, spots, region_of).run()
    add_spots(atlas, spots)
    _apply_tables(records)
    return Gathered(records, ukraine.unlinked, read_country_facts())


def _apply_tables(records: Sequence[PlaceRecord]) -> None:
    """Add the names and renamings that were reviewed by hand."""
    apply_names(records, sources.data_table("names"))
    rename_abroad(records, sources.data_table("renamings"))
    others = {row["key"]: row["names"].split("|") for row in sources.data_table("names_other")}
    for record in records:
        record.add(NameKind.NAME, *others.get(record.key, ()))
    mark_seats(records, sources.data_table("seats"), sources.data_table("seaports"))


def mark_seats(
    records: Iterable[PlaceRecord],
    seats: Iterable[Mapping[str, str]],
    seaports: Iterable[Mapping[str, str]],
) -> None:
    """Mark capitals, seats of regions (columns key, seat) and seaports (column key)."""
    marks = {row["key"]: Position.SEAPORT for row in seaports}
    for row in seats:
        mark = Position.CAPITAL if row["seat"] == "capital" else Position.SEAT
        marks[row["key"]] = marks.get(row["key"], Position(0)) | mark
    for record in records:
        for key in (record.key, *record.aliases):
            record.marks |= marks.get(key, 0)


def listed_regions(areas: Areas) -> dict[tuple[str, str], str]:
    """Give the ISO 3166-2 code for (country, first-level code), as the list of areas has it."""
    return {
        (area.country, area.admin1): area.iso
        for area in areas.by_number.values()
        if area.level == 1 and area.iso and area.admin1
    }


def _place_ukraine(countries: Iterable[PlaceRecord], records: Iterable[PlaceRecord]) -> None:
    """Ukraine is shown at Kyiv, whose row of GeoNames went to the codifier's record."""
    kyiv = next(record for record in records if record.key.startswith("katottg:UA80"))
    for country in countries:
        if country.key == "iso:UA":
            country.lat, country.lon, country.timezone = kyiv.lat, kyiv.lon, kyiv.timezone


def apply_names(records: Iterable[PlaceRecord], rows: Iterable[Mapping[str, str]]) -> None:
    """Let the reviewed names (columns key, en, uk, de, pl, fr) stand before all others."""
    reviewed = {row["key"]: row for row in rows}
    for record in records:
        keys = [key for key in (record.key, *record.aliases) if key in reviewed]
        for key in keys:
            labels = {lang: reviewed[key].get(lang, "").strip() for lang in LANGUAGES}
            if labels["en"] and labels["en"] != record.name:
                record.add(NameKind.NAME, record.name)
                record.name = labels["en"]
            record.labels |= {lang: label for lang, label in labels.items() if label}
            own = labels.get(HOME_LANGUAGES.get(record.country, ""), "")
            record.local_name = own or record.local_name
