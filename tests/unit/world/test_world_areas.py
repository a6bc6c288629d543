"""Counties, districts, municipalities and smaller places: how they join what is known."""

from collections.abc import Sequence

import numpy as np
import pytest

from mistok.world import World
from mistok.world.area_names import bare_forms, is_area, level_of, read_name, stems
from mistok.world.area_sources import Area, Areas, Spot, read_areas, read_spots
from mistok.world.areas import AreaMaker
from mistok.world.atlas import Atlas
from mistok.world.gather import listed_regions
from mistok.world.model import KINDS, PlaceRecord
from mistok.world.villages import add_spots

REGION_OF = {("PL", "83"): "PL-24", ("DK", "21"): "DK-81", ("FR", "84"): "FR-ARA"}


def _town(number: int, name: str, code: str, lat: float, lon: float, people: int) -> PlaceRecord:
    return PlaceRecord(
        f"geonames:{number}",
        name,
        name,
        code,
        "municipality",
        people,
        lat,
        lon,
        parent=f"iso:{code}",
        is_municipality=True,
    )


def _records() -> list[PlaceRecord]:
    countries = [
        PlaceRecord(f"iso:{c}", c, c, c, "country") for c in ("PL", "DK", "FR", "DE", "RU")
    ]
    silesia = PlaceRecord("iso:PL-24", "Silesia", "Śląskie", "PL", "region", lat=50.3, lon=19.0)
    north = PlaceRecord("iso:DK-81", "North Jutland", "Nordjylland", "DK", "region")
    isere = PlaceRecord("iso:FR-38", "Isere", "Isère", "FR", "region", lat=45.2, lon=5.6)
    isere.parent = "iso:FR"
    return [
        *countries,
        silesia,
        north,
        isere,
        _town(1, "Żywiec", "PL", 49.69, 19.2, 31_000),
        _town(2, "Kraków", "PL", 50.06, 19.94, 760_000),
        _town(3, "Aars", "DK", 56.8, 9.51, 8_000),
        _town(4, "Løgstør", "DK", 56.97, 9.25, 4_000),
        _town(5, "Thisted", "DK", 56.95, 8.69, 13_000),
        _town(6, "Grenoble", "FR", 45.17, 5.72, 158_000),
        _town(7, "Borken", "DE", 51.84, 6.86, 42_000),
        _town(8, "Kagalnitskaya", "RU", 46.88, 40.15, 7_000),
        _town(9, "Hurup", "DK", 56.75, 8.42, 2_700),
    ]


def _area(number: int, name: str, code: str, parent: int, *others: str, iso: str = "") -> Area:
    admin1 = {"PL": "83", "DK": "21", "FR": "84"}.get(code, "")
    return Area(number, 1000 + number, name, iso, admin1, code, 2 if parent else 1, parent, others)


_AREAS = [
    _area(1, "Silesia", "PL", 0, "Górny Śląsk", iso="PL-24"),
    _area(2, "Powiat żywiecki", "PL", 1, "Żywiec County"),
    _area(3, "Kraków", "PL", 1),
    _area(4, "North Denmark", "DK", 0, iso="DK-81"),
    _area(5, "Vesthimmerland Kommune", "DK", 4),
    _area(6, "Thisted Kommune", "DK", 4, "Thisted Municipality"),
    _area(7, "Isère", "FR", 0, iso="FR-38"),
    _area(8, "Rostov", "RU", 0),
    _area(9, "Kagalnitskiy Rayon", "RU", 8),
    _area(10, "Nowhere Rayon", "RU", 8),
]
_OF_PLACE = {1: (1, 2), 2: (1, 3), 3: (4, 5), 4: (4, 5), 5: (4, 6), 6: (7,), 8: (8,), 9: (4, 6)}
_SPOTS = [Spot(1005, "Vesthimmerlands Kommune", "DK", 56.85, 9.4)]


@pytest.fixture
def atlas() -> Atlas:
    made = Atlas(_records())
    areas = Areas({area.number: area for area in _AREAS}, _OF_PLACE, {"PL": 798544})
    AreaMaker(made, areas, _SPOTS, REGION_OF).run()
    return made


def _one(atlas: Atlas, key: str) -> PlaceRecord:
    record = atlas.get(key)
    assert record is not None, key
    return record


def test_area_of_iso_is_the_region(atlas: Atlas) -> None:
    assert _one(atlas, "geonames:1001").key == "iso:PL-24"
    assert "Górny Śląsk" in {name for name, _ in _one(atlas, "iso:PL-24").names}
    assert _one(atlas, "geonames:798544").key == "iso:PL"


def test_district_stands_between_town_and_region(atlas: Atlas) -> None:
    powiat = _one(atlas, "geonames:1002")
    assert (powiat.kind, powiat.name, powiat.is_municipality) == (
        "district",
        "Powiat żywiecki",
        False,
    )
    assert (powiat.parent, powiat.region) == ("iso:PL-24", "iso:PL-24")
    assert _one(atlas, "geonames:1").parent == "geonames:1002"


def test_position_is_the_areas_own_or_said_to_be_approximate(atlas: Atlas) -> None:
    powiat, vesthimmerland = _one(atlas, "geonames:1002"), _one(atlas, "geonames:1005")
    assert (powiat.lat, powiat.lon, powiat.approximate) == (49.69, 19.2, True)
    assert (vesthimmerland.lat, vesthimmerland.lon) == (56.85, 9.4)
    assert not vesthimmerland.approximate


def test_municipality_and_its_town_are_one(atlas: Atlas) -> None:
    thisted = _one(atlas, "geonames:1006")
    assert thisted.key == "geonames:5"
    assert thisted.parent == "iso:DK-81"
    assert "Thisted Kommune" in {name for name, _ in thisted.names}
    assert _one(atlas, "geonames:9").parent == "geonames:5"
    assert _one(atlas, "geonames:1003").key == "geonames:2"


def test_municipality_without_a_town_of_its_name_is_a_place(atlas: Atlas) -> None:
    record = _one(atlas, "geonames:1005")
    assert (record.kind, record.name) == ("municipality", "Vesthimmerland")
    assert (record.population, record.population_basis) == (12_000, "settlements")
    assert not record.is_municipality  # two thirds live in Aars
    assert _one(atlas, "geonames:3").parent == record.key


def test_empty_district_lies_at_the_town_that_named_it(atlas: Atlas) -> None:
    rayon = _one(atlas, "geonames:1009")
    assert (rayon.lat, rayon.approximate) == (46.88, True)
    assert atlas.get("geonames:1010") is None


def test_town_in_a_region_of_iso_has_it_as_parent(atlas: Atlas) -> None:
    assert _one(atlas, "geonames:6").parent == "iso:FR-38"


def test_no_place_lies_in_itself(atlas: Atlas) -> None:
    for record in atlas.records:
        seen, at = set(), record
        while at.parent is not None:
            assert at.key not in seen
            seen.add(at.key)
            at = _one(atlas, at.parent)


def test_neighbours_that_are_each_others_area_make_no_circle() -> None:
    records = [PlaceRecord("iso:MX", "MX", "MX", "MX", "country")]
    records += [_town(1, "Tlaxcala", "MX", 19.31, -98.24, 9_000)]
    records += [_town(2, "Chiautempan", "MX", 19.31, -98.19, 8_000)]
    listed = [
        _area(1, "State", "MX", 0),
        _area(2, "Tlaxcala", "MX", 1),
        _area(3, "Chiautempan", "MX", 1),
    ]
    atlas = Atlas(records)
    AreaMaker(atlas, Areas({a.number: a for a in listed}, {1: (1, 3), 2: (1, 2)}, {}), [], {}).run()
    assert _one(atlas, "geonames:1002").key == "geonames:1"
    assert _one(atlas, "geonames:1003").key == "geonames:2"
    parents = {_one(atlas, "geonames:1").parent, _one(atlas, "geonames:2").parent}
    assert parents != {"geonames:1", "geonames:2"}


def _added(atlas: Atlas, *spots: Spot) -> Sequence[PlaceRecord]:
    before = len(atlas.records)
    add_spots(atlas, spots)
    return atlas.records[before:]


def test_spot_of_a_known_name_close_by_is_another_key(atlas: Atlas) -> None:
    assert not _added(atlas, Spot(50, "Borken", "DE", 51.85, 6.87))
    assert _one(atlas, "geonames:50").key == "geonames:7"


def test_spot_of_a_known_name_far_away_is_a_place(atlas: Atlas) -> None:
    (place,) = _added(
        atlas, Spot(51, "Borken", "DE", 53.2, 13.9), Spot(52, "Borken", "DE", 53.2, 13.9)
    )
    assert (place.key, place.kind, place.population) == ("geonames:51", "municipality", 0)
    assert not place.is_municipality
    assert place.aliases == ["geonames:52"]


def test_kreis_and_town_of_one_name_are_two_places(atlas: Atlas) -> None:
    (kreis,) = _added(atlas, Spot(53, "Kreis Borken", "DE", 51.95, 6.92))
    assert (kreis.kind, kreis.name, kreis.parent) == ("district", "Kreis Borken", "iso:DE")


def test_spot_that_is_no_place_is_left_out(atlas: Atlas) -> None:
    rubbish = ("Hoyle North 77 Mobile Homes", "Republic of France", "Mill (historical)", "X")
    assert not _added(
        atlas, *(Spot(60 + at, name, "DE", 52.0, 9.0) for at, name in enumerate(rubbish))
    )


def test_spot_lies_where_the_towns_around_agree(atlas: Atlas) -> None:
    (place,) = _added(atlas, Spot(54, "Snedsted", "DK", 56.9, 8.53))
    assert place.parent == "iso:DK-81"
    (alone,) = _added(atlas, Spot(55, "Skagen", "DK", 57.72, 10.58))
    assert (alone.parent, alone.region) == ("iso:DK", None)


@pytest.mark.parametrize(
    ("name", "country", "level", "forms"),
    [
        ("Landkreis Märkisch-Oderland", "DE", "district", ["markisch oderland"]),
        ("Rhein-Neckar-Kreis", "DE", "district", ["rhein neckar kreis", "rhein neckar"]),
        ("Kreisfreie Stadt Leipzig", "DE", "municipality", ["leipzig"]),
        ("Waukesha County", "US", "district", ["waukesha"]),
        ("City and County of San Francisco", "US", "municipality", ["san francisco"]),
        ("Varbergs Kommun", "SE", "municipality", ["varbergs", "varberg"]),
        ("Kapuvári Járás", "HU", "district", ["kapuvari", "kapuvar"]),
        ("Yatomi-shi", "JP", "municipality", ["yatomi"]),
        ("Johannesburg Metropolitan Municipality", "ZA", "municipality", ["johannesburg"]),
        ("Sedibeng District Municipality", "ZA", "district", ["sedibeng"]),
        ("Campbelltown (NSW)", "AU", "municipality", ["campbelltown"]),
        ("Tampere", "FI", "district", ["tampere"]),
        ("Akershus", "NO", "municipality", ["akershus"]),
    ],
)
def test_area_name_is_read(name: str, country: str, level: str, forms: list[str]) -> None:
    read = read_name(name, country)
    assert level_of(read, country, has_town=False, tier=2) == level
    assert bare_forms(read, country) == forms


def test_first_level_without_a_town_is_no_municipality() -> None:
    akershus = read_name("Akershus", "NO")
    assert level_of(akershus, "NO", has_town=False, tier=1) == "district"
    assert level_of(akershus, "NO", has_town=True, tier=1) == "municipality"


def test_only_plain_words_make_an_area() -> None:
    assert is_area(read_name("Gemeente Zundert", "NL"))
    assert not is_area(read_name("Salt Lake City", "US"))
    assert not is_area(read_name("Pfarrkirchen im Mühlkreis", "AT"))


def test_stems_of_adjectives() -> None:
    assert stems(read_name("Slantsevsky District", "RU")) == ["slantsev", "slants"]
    assert stems(read_name("Zhukovsky", "RU")) == []


def test_sources_are_whole() -> None:
    areas, spots = read_areas(), read_spots()
    assert len(areas.by_number) > 50_000
    assert len(areas.of_place) > 220_000
    assert listed_regions(areas)["DE", "07"] == "DE-NW"
    assert len(spots) > 190_000
    assert {spot.country for spot in spots} & {"UA"} == set()


DISTRICTS = [
    ("Landkreis Märkisch-Oderland", "DE", "iso:DE-BB"),
    ("Kreis Borken", "DE", "iso:DE-NW"),
    ("Märkischer Kreis", "DE", "iso:DE-NW"),
    ("powiat żywiecki", "PL", "iso:PL-24"),
    ("Strzelin County", "PL", "iso:PL-02"),
    ("Waukesha County", "US", "iso:US-WI"),
    ("Cook County, Illinois", "US", "iso:US-IL"),
    ("okres Michalovce", "SK", "iso:SK-KI"),
    ("Politischer Bezirk Zwettl", "AT", "iso:AT-3"),
    ("Kapuvári járás", "HU", "iso:HU-GS"),
]


@pytest.mark.world
@pytest.mark.parametrize(("name", "country", "region"), DISTRICTS)
def test_known_districts_are_found(
    whole_world: World, name: str, country: str, region: str
) -> None:
    found = whole_world.find(name, country=country, kind="district")[0].place
    assert found.region == region
    assert region in {place.key for place in whole_world.parents(found.key)}


@pytest.mark.world
def test_town_and_kreis_of_borken(whole_world: World) -> None:
    town, kreis = whole_world.get("geonames:2946228"), whole_world.get("geonames:3247441")
    assert (town.kind, kreis.kind) == ("municipality", "district")
    assert whole_world.find("Kreis Borken", country="DE")[0].place.key == kreis.key
    assert whole_world.find("Borken", country="DE")[0].place.key == town.key


@pytest.mark.world
@pytest.mark.parametrize(
    ("name", "country", "key"),
    [
        ("Peel en Maas", "NL", "geonames:7535502"),
        ("Nissewaard", "NL", "geonames:10287324"),
        ("Vesthimmerland", "DK", "geonames:6543939"),
        ("Torbay", "GB", "iso:GB-TOB"),
        ("Göteborgs stad", "SE", "geonames:2711537"),
    ],
)
def test_municipalities_are_found(whole_world: World, name: str, country: str, key: str) -> None:
    assert whole_world.find(name, country=country)[0].place.key == key


@pytest.mark.world
def test_torbay_is_one_place(whole_world: World) -> None:
    assert whole_world.canonical("geonames:3333210") == "iso:GB-TOB"


@pytest.mark.world
def test_towns_lie_in_district_region_and_country(whole_world: World) -> None:
    def kinds(key: str) -> list[tuple[str, str]]:
        return [(place.key, place.kind) for place in whole_world.parents(key)]

    assert kinds("geonames:3079855") == [  # Żywiec
        ("geonames:7531036", "district"),
        ("iso:PL-24", "region"),
        ("iso:PL", "country"),
    ]
    assert kinds("geonames:3014728")[0] == ("iso:FR-38", "region")  # Grenoble
    assert whole_world.get("geonames:3014728").region == "iso:FR-ARA"


@pytest.mark.world
def test_no_place_of_the_world_lies_in_itself(whole_world: World) -> None:
    parent = whole_world.columns.parent.astype("int64")
    at = parent.copy()
    for _ in range(8):
        at = at.copy()
        at[at >= 0] = parent[at[at >= 0]]
    assert (at < 0).all()


@pytest.mark.world
def test_places_without_known_people_are_nobodys_partner(whole_world: World) -> None:
    columns = whole_world.columns
    others = np.flatnonzero(
        (columns.kind == KINDS.index("municipality")) & ~columns.is_municipality
    )
    assert len(others) > 35_000
    assert {whole_world.place_at(int(place)).population_basis for place in others[::50]} <= {
        None,
        "settlements",
    }
    assert np.median(columns.population[others]) == 0
