"""From sources to records: linking, names, regions, populations."""

import pytest

from mistok.world.abroad import english_name, town_records, ukrainian_label, unturned
from mistok.world.compile import importance
from mistok.world.gather import apply_names
from mistok.world.linking import link_settlements, loosened
from mistok.world.model import GeoRow, PlaceRecord, Subdivision, Unit
from mistok.world.population import people_of
from mistok.world.regions import regions_of_admin1
from mistok.world.sources import _other_names
from mistok.world.ukraine import Ukraine

OBLAST = "UA32000000000030281"
RAION = "UA32080000000048195"
BUCHA = "UA32080070000050759"
IRPIN = "UA32080150000035443"

_UNITS = [
    Unit(OBLAST, "O", "Київська", ()),
    Unit(RAION, "P", "Бучанський", (OBLAST,)),
    Unit(BUCHA, "H", "Бучанська", (OBLAST, RAION)),
    Unit("UA32080070010093294", "M", "Буча", (OBLAST, RAION, BUCHA)),
    Unit("UA32080070030012345", "C", "Іванівка", (OBLAST, RAION, BUCHA)),
    Unit(IRPIN, "H", "Ірпінська", (OBLAST, RAION)),
    Unit("UA32080150010012340", "M", "Ірпінь", (OBLAST, RAION, IRPIN)),
    Unit("UA32080150020012341", "C", "Іванівка", (OBLAST, RAION, IRPIN)),
    Unit("UA80000000000093317", "K", "Київ", ()),
    Unit("UA80000000000126643", "B", "Голосіївський", ("UA80000000000093317",)),
]


def _row(number: int, name: str, lat: float, lon: float, people: int, *names: str) -> GeoRow:
    admin1 = "12" if name == "Kyiv" else "13"
    return GeoRow(number, name, lat, lon, "UA", admin1, people, "Europe/Kyiv", list(names))


_ROWS = [
    _row(1, "Bucha", 50.54, 30.21, 36_000, "Буча"),
    _row(2, "Yarpil", 50.52, 30.25, 65_000, "Ярпіль"),
    _row(3, "Ivanivka", 50.60, 30.05, 700, "Іванівка"),
    _row(4, "Kyiv", 50.45, 30.52, 2_900_000, "Київ", "KBP"),
    _row(5, "Somewhere", 50.0, 30.0, 600),
    _row(6, "Part of a city", 50.0, 30.0, 60_000),
]
_OBLASTS = [
    {"prefix": "UA32", "iso": "UA-32", "fips": "13", "en": "Kyiv", "de": "Kyjiw"}
    | {"pl": "obwód kijowski", "fr": "Kyïv", "others": "Київщина"},
    {"prefix": "UA80", "iso": "UA-30", "fips": "12", "en": "Kyiv", "de": "Kyjiw"}
    | {"pl": "Kijów", "fr": "Kyïv", "others": "City of Kyiv"},
]
_RENAMINGS = [
    {
        "katottg": IRPIN,
        "former": "Ярпіль",
        "former_latin": "Yarpil",
        "former_hromada": "Ярпільська",
        "date": "2016-05-19",
        "act": "№ 1353-VIII",
        "standing": "verified",
    }
]


@pytest.fixture
def ukraine() -> dict[str, PlaceRecord]:
    division = Subdivision("UA-32", "Kyivska oblast", "Region", None, 50.3, 30.9, (), {})
    made = Ukraine(_UNITS, _ROWS, [division], oblasts=_OBLASTS, renamings=_RENAMINGS, centres=[])
    return {record.key: record for record in made.records()}


def test_hromada_is_linked_to_its_centre(ukraine: dict[str, PlaceRecord]) -> None:
    bucha = ukraine[f"katottg:{BUCHA}"]
    assert (bucha.name, bucha.local_name, bucha.kind) == ("Bucha", "Буча", "hromada")
    assert (bucha.lat, bucha.lon, bucha.approximate) == (50.54, 30.21, False)
    assert set(bucha.aliases) == {"geonames:1", "katottg:UA32080070010093294"}
    assert bucha.official_name == "Бучанська міська територіальна громада"
    assert bucha.is_municipality


def test_centre_under_its_former_name_is_linked(ukraine: dict[str, PlaceRecord]) -> None:
    irpin = ukraine[f"katottg:{IRPIN}"]
    assert "geonames:2" in irpin.aliases
    assert irpin.name == "Irpin"


def test_same_name_goes_to_the_nearer_hromada(ukraine: dict[str, PlaceRecord]) -> None:
    assert ukraine["katottg:UA32080070030012345"].aliases == ["geonames:3"]
    assert ukraine["katottg:UA32080150020012341"].aliases == []
    assert ukraine["katottg:UA32080150020012341"].lat is None


def test_kyiv_stands_for_itself_and_oblast_for_the_rest(ukraine: dict[str, PlaceRecord]) -> None:
    kyiv = ukraine["katottg:UA80000000000093317"]
    assert (kyiv.kind, kyiv.parent, kyiv.is_municipality) == ("hromada", "iso:UA", True)
    assert {"geonames:4", "iso:UA-30"} <= set(kyiv.aliases)
    assert "KBP" not in {name for name, _ in kyiv.names}
    oblast = ukraine[f"katottg:{OBLAST}"]
    assert (oblast.name, oblast.local_name) == ("Kyiv Oblast", "Київська область")
    assert oblast.population == sum(ukraine[f"katottg:{c}"].population for c in (BUCHA, IRPIN))
    district = ukraine["katottg:UA80000000000126643"]
    assert (district.kind, district.parent) == ("district", kyiv.key)


def test_raion_is_named_after_its_centre(ukraine: dict[str, PlaceRecord]) -> None:
    raion = ukraine[f"katottg:{RAION}"]
    assert (raion.name, raion.local_name) == ("Bucha Raion", "Бучанський район")
    assert raion.approximate


def test_place_that_no_unit_took_is_kept(ukraine: dict[str, PlaceRecord]) -> None:
    assert ukraine["geonames:6"].kind == "district"
    left = ukraine["geonames:5"]
    assert (left.kind, left.parent, left.is_municipality) == (
        "settlement",
        f"katottg:{OBLAST}",
        False,
    )


def test_unlisted_settlements_are_estimated() -> None:
    units = [unit for unit in _UNITS if unit.parents[2:] == (BUCHA,)]
    row = _ROWS[0]
    assert people_of(units, {units[0].code: row}) == (36_000, "settlements")
    assert people_of(units, {}) == (3_000, "estimate")


def test_link_settlements_part_of_a_city_is_no_village() -> None:
    units = [unit for unit in _UNITS if unit.is_settlement]
    rows = [*_ROWS[:2], _row(9, "Ivanivka", 50.55, 30.2, 59_000, "Іванівка")]
    links = link_settlements(units, rows, {"13": "UA32"}, {})
    assert {unit.name for unit in units if unit.code in links} == {"Буча"}


def test_loosened_joins_ways_to_romanise() -> None:
    assert loosened("yuryivka") == loosened("yuriivka")
    assert loosened("shyryayeve") == loosened("shyriaieve")
    assert loosened("bucha") != loosened("buchach")


def _division(code: str, name: str, lat: float, lon: float, **others: str) -> Subdivision:
    pairs = tuple((value, lang) for lang, value in others.items())
    return Subdivision(code, name, "Region", None, lat, lon, pairs, {})


def _foreign(number: int, country: str, admin1: str, lat: float, lon: float) -> GeoRow:
    return GeoRow(number, "X", lat, lon, country, admin1, 1_000, "", ["Ікс"])


def test_regions_joined_by_code_or_by_place() -> None:
    divisions = [_division("US-TX", "Texas", 31, -99), _division("US-OH", "Ohio", 40, -83)]
    divisions += [_division("PL-06", "Lubelskie", 51, 23), _division("PL-12", "M", 50, 20)]
    rows = [_foreign(1, "US", "TX", 30, -97), _foreign(2, "US", "OH", 41, -82)]
    rows += [_foreign(3, "PL", "75", 51.2, 22.6), _foreign(4, "PL", "77", 50, 20.1)]
    assert regions_of_admin1(rows, divisions) == {
        ("US", "TX"): "US-TX",
        ("US", "OH"): "US-OH",
        ("PL", "75"): "PL-06",
        ("PL", "77"): "PL-12",
    }


def test_regions_far_apart_are_not_joined() -> None:
    rows = [_foreign(1, "PL", "75", 51, 23)]
    assert regions_of_admin1(rows, [_division("PL-06", "Lubelskie", 45, 10)]) == {}


def test_town_has_region_and_the_one_ukrainian_label() -> None:
    rows = [_foreign(3, "PL", "75", 51.2, 22.6)]
    town = town_records(rows, {("PL", "75"): "PL-06"}, ["PL"])[0]
    assert (town.region, town.parent, town.labels) == ("iso:PL-06", "iso:PL-06", {"uk": "Ікс"})


def test_ukrainian_label_is_none_where_several_fit() -> None:
    assert ukrainian_label(["Дортмунд", "Dortmund", "Дортмундъ"]) == "Дортмунд"
    assert ukrainian_label(["Париж", "Парис"]) is None
    assert ukrainian_label(["Paris", "Парыж"]) is None


def test_english_name_of_regions() -> None:
    assert english_name(_division("DE-BY", "Bayern", 0, 0, eng="Bavaria"), {}) == "Bavaria"
    nickname = _division("US-MS", "Mississippi", 0, 0, eng="The Magnolia State")
    assert english_name(nickname, {}) == "Mississippi"
    assert english_name(_division("RO-B", "București", 0, 0, eng="Paris of the East"), {}) == (
        "București"
    )
    assert english_name(_division("RO-B", "București", 0, 0), {"RO-B": "Bucharest"}) == "Bucharest"


def test_unturned_puts_names_as_they_are_said() -> None:
    assert unturned("Madrid, Comunidad de") == "Comunidad de Madrid"
    assert unturned("Aquila, L'") == "L'Aquila"
    assert unturned("Bayern") == "Bayern"


def test_other_names_are_split_by_language() -> None:
    text = "Вінницька область (ukr), Vinnytsia (eng), Win, nyzja (deu)"
    assert list(_other_names(text)) == [
        ("Вінницька область", "ukr"),
        ("Vinnytsia", "eng"),
        ("Win, nyzja", "deu"),
    ]


def test_reviewed_names_stand_before_all_others() -> None:
    town = PlaceRecord("geonames:2886242", "Köln", "Köln", "DE", "municipality")
    row = {"key": town.key, "en": "Cologne", "uk": "Кельн", "de": "Köln", "pl": "", "fr": ""}
    apply_names([town], [row])
    assert (town.name, town.local_name) == ("Cologne", "Köln")
    assert town.labels == {"en": "Cologne", "uk": "Кельн", "de": "Köln"}
    assert "Köln" in {name for name, _ in town.names}


def test_importance_country_city_region_town() -> None:
    def weight(kind: str, people: int) -> float:
        return importance(PlaceRecord("k", "n", "n", "XX", kind, people))

    assert weight("country", 600_000) > weight("municipality", 20_000_000)
    lublin = importance(PlaceRecord("k", "n", "n", "XX", "region", 2_000_000), has_seat=True)
    assert weight("region", 2_000_000) > weight("municipality", 340_000) > lublin
    assert weight("region", 20_000_000) > weight("municipality", 33_000)
    assert weight("municipality", 0) > 0
