"""A borough or village that is named with its city is answered with the city."""

import numpy as np
import pytest

from mistok.world import World
from mistok.world.finding.contexts import Anchor
from mistok.world.finding.parts import parents_of_parts
from mistok.world.finding.query import Query
from mistok.world.finding.scoring import Candidates, Way
from mistok.world.folding import fold
from mistok.world.model import KINDS, Columns

KYIV = "katottg:UA80000000000093317"
NAN = float("nan")
# name, kind, country, parent, people, lat, lon
PLACES = [
    ("city", "municipality", 0, -1, 300_000, 50.0, 7.0),
    ("suburb", "municipality", 0, -1, 20_000, 50.05, 7.0),
    ("twin", "municipality", 0, -1, 200_000, 50.05, 7.0),
    ("far", "municipality", 0, -1, 20_000, 51.0, 7.0),
    ("abroad", "municipality", 1, -1, 20_000, 50.0, 7.05),
    ("lost", "municipality", 0, -1, 20_000, NAN, NAN),
    ("hromada", "hromada", 0, -1, 20_000, 50.05, 7.0),
    ("district", "district", 0, 0, 50_000, NAN, NAN),
    ("raion", "district", 0, -1, 50_000, 50.0, 7.0),
    ("region", "region", 0, -1, 5_000_000, 50.0, 7.0),
]
AT = {row[0]: number for number, row in enumerate(PLACES)}


@pytest.fixture(scope="module")
def columns() -> Columns:
    size = len(PLACES)
    return Columns(
        lat=np.array([row[5] for row in PLACES], np.float32),
        lon=np.array([row[6] for row in PLACES], np.float32),
        population=np.array([row[4] for row in PLACES], np.int64),
        country=np.array([row[2] for row in PLACES], np.uint16),
        kind=np.array([KINDS.index(row[1]) for row in PLACES], np.uint8),
        is_municipality=np.zeros(size, np.bool_),
        importance=np.zeros(size, np.float32),
        parent=np.array([row[3] for row in PLACES], np.int32),
        region=np.full(size, -1, np.int32),
        position=np.zeros(size, np.uint8),
        utc_offset=np.zeros(size, np.int8),
        language_likeness=np.eye(2, dtype=np.float32),
        renown=np.ones(size, np.uint16),
        namesake=np.arange(size, dtype=np.int32),
        country_codes=("DE", "FR"),
    )


def _ways(
    columns: Columns, relation: str, anchor: str, *names: str, joined: bool = False
) -> list[tuple[str, str]]:
    found = Candidates.found(np.array([AT[name] for name in names], np.int64), Way.NAME)
    query = Query("x", "x", contexts=("y",), relation=relation)
    anchors = [Anchor((AT[anchor],), joined=joined)]
    got = parents_of_parts(found, query, anchors, columns)
    return [
        (PLACES[place][0], Way(way).name)
        for place, way in zip(got.places.tolist(), got.ways.tolist(), strict=True)
    ]


@pytest.mark.parametrize("relation", ["brackets", "dash"])
def test_small_neighbour_is_a_part_of_the_city(columns: Columns, relation: str) -> None:
    assert _ways(columns, relation, "city", "suburb") == [("suburb", "PART"), ("city", "PART_OF")]


@pytest.mark.parametrize("relation", ["", "comma", "words"])
def test_neighbour_is_no_part_when_the_city_is_only_told(columns: Columns, relation: str) -> None:
    assert _ways(columns, relation, "city", "suburb") == [("suburb", "NAME")]


def test_hyphen_ties_as_brackets_do(columns: Columns) -> None:
    ways = _ways(columns, "", "city", "suburb", joined=True)
    assert ways == [("suburb", "PART"), ("city", "PART_OF")]


@pytest.mark.parametrize("name", ["twin", "far", "abroad", "lost", "hromada", "region", "raion"])
def test_no_part_of_the_city(columns: Columns, name: str) -> None:
    assert _ways(columns, "brackets", "city", name) == [(name, "NAME")]


@pytest.mark.parametrize("relation", ["brackets", "comma", "words"])
def test_district_inside_is_a_part_however_it_is_told(columns: Columns, relation: str) -> None:
    ways = _ways(columns, relation, "city", "district")
    assert ways == [("district", "PART"), ("city", "PART_OF")]


def test_city_before_its_part(columns: Columns) -> None:
    assert _ways(columns, "dash", "suburb", "city") == [("city", "PART_OF")]
    assert _ways(columns, "dash", "twin", "city") == [("city", "NAME")]
    assert _ways(columns, "brackets", "suburb", "city") == [("city", "NAME")]


@pytest.mark.parametrize("anchor", ["region", "district"])
def test_only_towns_have_parts(columns: Columns, anchor: str) -> None:
    assert _ways(columns, "brackets", anchor, "suburb") == [("suburb", "NAME")]


def test_nothing_found_stays_nothing(columns: Columns) -> None:
    assert _ways(columns, "brackets", "city") == []


@pytest.mark.world
@pytest.mark.parametrize(
    ("text", "key", "part"),
    [
        ("Antwerp – Ekeren", "geonames:2803138", "ekeren"),
        ("Antwerp - Ekeren", "geonames:2803138", "ekeren"),
        ("Berlin-Neukölln", "geonames:2950159", "Neukölln"),
        ("Berlin-Spandau", "geonames:2950159", "Spandau"),
        ("Hamburg-Altona", "geonames:2911298", "Altona"),
        ("Köln-Porz", "geonames:2886242", "Porz"),
        ("Bonn-Beuel", "geonames:2946447", "Beuel"),
        ("Hardtberg (Bonn)", "geonames:2946447", "Hardtberg"),
        ("Bad Godesberg (Bonn)", "geonames:2946447", "Bad Godesberg"),
        ("Wien 23 – Liesing", "geonames:2761369", "liesing"),
        ("Solomianskyi District (Kyiv)", KYIV, "Solomianskyi"),
        ("Солом’янський район (Київ)", KYIV, "Солом’янський"),
        ("Holosiivskyi District, Kyiv", KYIV, "Holosiivskyi"),
    ],
)
def test_city_is_answered_and_its_part_told(
    whole_world: World, text: str, key: str, part: str
) -> None:
    answer = whole_world.resolve(text)
    assert answer.best is not None
    assert (answer.best.place.key, answer.best.matched) == (key, "part of")
    assert fold(answer.best.part) == fold(part)
    assert answer.verdict in ("probably", "ask")


@pytest.mark.world
def test_district_comes_second_after_its_city(whole_world: World) -> None:
    second = whole_world.find("Solomianskyi District (Kyiv)")[1].place
    assert second.key == "katottg:UA80000000000980793"


@pytest.mark.world
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bucha (Kyiv)", "katottg:UA32080070000050759"),
        ("Bucha, Kyiv", "katottg:UA32080070000050759"),
        ("Irpin (Kyiv)", "katottg:UA32080150000035443"),
        ("Brovary (Kyiv)", None),
        ("Vyshneve (Kyiv)", None),
        ("Ivano-Frankivsk", "katottg:UA26040190000081578"),
        ("Кам’янець-Подільський", "katottg:UA68020110000071202"),
        ("Garmisch-Partenkirchen", "geonames:2922530"),
        ("Bergisch-Gladbach", "geonames:2950349"),
    ],
)
def test_own_municipality_is_no_part(whole_world: World, text: str, key: str | None) -> None:
    best = whole_world.find(text)[0]
    assert best.matched != "part of"
    assert best.part == ""
    expected = key or whole_world.find(text.partition(" ")[0], country="UA")[0].place.key
    assert best.place.key == expected != KYIV


@pytest.mark.world
@pytest.mark.parametrize("text", ["Hardtberg (Bonn)", "Bad Godesberg (Bonn)", "Porz (Köln)"])
def test_no_town_of_another_country_is_said_to_have_the_part(whole_world: World, text: str) -> None:
    for match in whole_world.find(text):
        assert match.matched != "part of" or match.place.country == "DE" or match.score < 0.01
