"""Where places lie: sea, borders, mountains, clocks; on a made globe, a few records, the world."""

from dataclasses import replace

import numpy as np
import pytest

from mistok.world import Position, World, sources
from mistok.world.country_sources import NO_FACTS
from mistok.world.gather import mark_seats
from mistok.world.geometry import EARTH_KM, chord, unit_vectors
from mistok.world.model import PlaceRecord, Unit
from mistok.world.positions import (
    UNKNOWN_OFFSET,
    Sites,
    near_border,
    near_sea,
    numbered,
    positions,
    standard_offset,
    utc_offsets,
)
from mistok.world.relief import Relief, at, packed_relief, read_relief, shore
from mistok.world.surroundings import surroundings
from mistok.world.ukrainian_names import name_hromada

NAN = float("nan")
ROWS, COLUMNS = 3600, 8640
"""A made globe: all is land but a channel from 10° to 10.25° east, and a sea south of 50° S."""


@pytest.fixture(scope="module")
def globe() -> Relief:
    sea = np.zeros((ROWS, COLUMNS), np.bool_)
    sea[:, 190 * 24 : 190 * 24 + 6] = True
    sea[140 * 24 :] = True
    mountain = np.zeros((ROWS // 2, COLUMNS // 2), np.bool_)
    mountain[480:492, :12] = True  # 50° to 49° N, 180° to 179° W
    return Relief(sea, mountain)


def _sites(*rows: tuple[float, float, int], town: tuple[bool, ...] = ()) -> Sites:
    return Sites(
        np.array([row[0] for row in rows], float),
        np.array([row[1] for row in rows], float),
        np.array([row[2] for row in rows], np.uint16),
        np.array(town or [True] * len(rows), np.bool_),
    )


def test_relief_packed_and_read_is_the_same(globe: Relief, tmp_path) -> None:
    path = tmp_path / "relief.xz"
    path.write_bytes(packed_relief(globe))
    again = read_relief(path)
    assert np.array_equal(again.sea, globe.sea)
    assert np.array_equal(again.mountain, globe.mountain)


def test_at_the_edges_of_the_grid(globe: Relief) -> None:
    lat = np.array([90.0, -59.99, -60.01, -90.0, 49.5, 49.5, 49.5])
    lon = np.array([10.1, 0.0, 0.0, 0.0, -180.0, 180.0, -178.9])
    assert at(globe.sea, lat, lon).tolist()[:4] == [True, True, False, False]
    assert at(globe.mountain, lat, lon).tolist()[4:] == [True, True, False]


def test_shore_is_sea_beside_land_only(globe: Relief) -> None:
    lat, lon = shore(globe.sea)
    assert at(globe.sea, lat, lon).all()
    channel = lon[lat > 0]
    assert set(np.round(channel, 4)) == {10.0208, 10.2292}
    assert lat.min() == pytest.approx(-50.0208, abs=1e-4)


def test_near_sea_counts_kilometres_not_degrees(globe: Relief) -> None:
    # 0.2° west of the channel are 22 km at the equator and 11 km at 60° N.
    lat = np.array([0.0, 60.0, 0.0, -55.0, 0.0])
    lon = np.array([9.8, 9.8, 9.9, 100.0, 10.12])
    assert near_sea(lat, lon, globe).tolist() == [False, True, True, True, True]


def test_near_border_needs_neighbours_land_and_nearness(globe: Relief) -> None:
    sites = _sites(
        (45.0, 20.0, 0),
        (45.0, 20.3, 1),  # 24 km east of it
        (45.0, 20.0, 2),  # at the same spot, but no neighbour
        (47.0, 20.0, 0),  # far from everybody
        (45.0, 9.95, 0),
        (45.0, 10.3, 1),  # 27 km from that, most of it sea
        (NAN, NAN, 1),
    )
    assert near_border(sites, [(0, 1)], globe).tolist() == [0, 1]
    assert near_border(sites, [(1, 0), (0, 1)], globe).tolist() == [0, 1]
    assert near_border(sites, [(0, 2)], globe).tolist() == [0, 2]
    assert near_border(sites, [(2, 3)], globe).tolist() == []
    assert near_border(sites, [], globe).tolist() == []


def test_near_border_is_told_by_towns_for_all_places(globe: Relief) -> None:
    town = (True, False)
    sites = _sites((45.0, 20.0, 0), (45.0, 20.3, 1), town=town)
    assert near_border(sites, [(0, 1)], globe).tolist() == [1]


def test_near_border_looks_behind_the_nearest_across_the_sea(globe: Relief) -> None:
    sites = _sites((45.0, 9.95, 0), (45.0, 10.3, 1), (45.29, 9.9, 1))
    assert near_border(sites, [(0, 1)], globe).tolist() == [0, 2]


def test_positions_has_all_bits_and_none_for_the_unplaced(globe: Relief) -> None:
    sites = _sites((49.5, -179.5, 0), (45.0, 9.95, 0), (45.0, 9.7, 1), (NAN, NAN, 0))
    found = positions(sites, [(0, 1)], globe)
    assert found.dtype == np.uint8
    near = Position.COAST | Position.BORDER
    assert found.tolist() == [Position.MOUNTAIN, near, Position.BORDER, 0]


def test_chord_and_vectors_agree_on_a_quarter_of_the_globe() -> None:
    points = unit_vectors(np.array([0.0, 90.0]), np.array([0.0, 0.0]))
    quarter = EARTH_KM * np.pi / 2
    assert np.linalg.norm(points[0] - points[1]) == pytest.approx(chord(quarter))
    assert chord(10 * quarter) == pytest.approx(2.0)  # nothing is farther than the other side


@pytest.mark.parametrize(
    ("zone", "quarters"),
    [
        ("Europe/Kyiv", 8),
        ("Europe/Dublin", 0),
        ("Asia/Kathmandu", 23),
        ("America/St_Johns", -14),
        ("Australia/Sydney", 40),
        ("Pacific/Kiritimati", 56),
        ("Atlantis/Capital", UNKNOWN_OFFSET),
        ("../etc/passwd", UNKNOWN_OFFSET),
    ],
)
def test_standard_offset_is_the_winters(zone: str, quarters: int) -> None:
    assert standard_offset(zone) == quarters


def test_utc_offsets_missing_are_the_nearest_towns() -> None:
    zones = ["Europe/Lisbon", "Atlantic/Azores", None, "No/Where", None, None, None]
    sites = _sites(
        (38.7, -9.1, 0),
        (37.7, -25.7, 0),
        (38.0, -20.0, 0),
        (39.0, -9.0, 0),
        (38.7, -9.1, 1),  # nobody in its country has a zone
        (NAN, NAN, 0),
        (38.7, -9.2, 2),
    )
    assert utc_offsets(zones, sites).tolist() == [0, -4, -4, 0, -128, -128, -128]


def test_numbered_leaves_out_countries_that_are_not_there() -> None:
    neighbours = {"UA": ("PL", "XX"), "PL": ("UA",), "YY": ("UA",)}
    assert numbered(neighbours, ["PL", "UA"]) == {(1, 0), (0, 1)}


def test_surroundings_of_areas_have_marks_only(records: list[PlaceRecord]) -> None:
    town = replace(records[-3], lat=46.48, lon=30.73, marks=int(Position.SEAPORT))
    region = replace(town, key="iso:DE-XX", kind="region")
    district = replace(town, key="geonames:1", kind="district", marks=0)
    made = surroundings([town, region, district], ["DE"], NO_FACTS)
    assert made["position"].tolist() == [Position.SEAPORT | 1, Position.SEAPORT, Position.COAST]
    assert made["utc_offset"].tolist() == [UNKNOWN_OFFSET] * 3


def test_mark_seats_finds_places_by_any_key(records: list[PlaceRecord]) -> None:
    seats = [
        {"key": "geonames:711390", "seat": "capital"},
        {"key": "katottg:UA32080070000050759", "seat": "region"},
        {"key": "geonames:2886242", "seat": "region"},
    ]
    mark_seats(records, seats, [{"key": "geonames:2886242"}])
    marks = {record.name: record.marks for record in records if record.marks}
    assert marks == {
        "Bucha": Position.CAPITAL | Position.SEAT,
        "Köln": Position.SEAT | Position.SEAPORT,
    }


@pytest.mark.parametrize(
    ("category", "mark"), [("M", 0), ("X", Position.SETTLEMENT), ("C", Position.RURAL)]
)
def test_name_hromada_marks_its_sort(category: str, mark: int) -> None:
    record = PlaceRecord("katottg:UA1", "Bucha", "Буча", "UA", "hromada")
    unit = Unit("UA1", "H", "Бучанська", ("UA0",))
    name_hromada(record, unit, Unit("UA2", category, "Буча", ("UA0", "UA1")))
    assert record.marks == mark


def test_small_world_has_the_columns(small_world: World) -> None:
    columns = small_world.columns
    assert columns.position.dtype == np.uint8
    assert columns.utc_offset.dtype == np.int8
    assert len(columns.position) == len(columns.utc_offset) == len(small_world)
    assert columns.language_likeness.shape == (3, 3)
    with pytest.raises(ValueError, match="read-only"):
        columns.position[0] = 1


@pytest.mark.world
@pytest.mark.parametrize(
    ("name", "country", "bits", "others"),
    [
        ("Odesa", "UA", Position.COAST | Position.SEAT | Position.SEAPORT, Position.BORDER),
        ("Kyiv", "UA", Position.CAPITAL | Position.SEAT, Position.COAST | Position.MOUNTAIN),
        ("Mykolaiv", "UA", Position.SEAT | Position.SEAPORT, Position.COAST),
        ("Yaremche", "UA", Position.MOUNTAIN, Position.RURAL | Position.SETTLEMENT),
        ("Lviv", "UA", Position.SEAT, Position.MOUNTAIN | Position.COAST | Position.BORDER),
        ("Uzhhorod", "UA", Position.BORDER | Position.SEAT, Position.MOUNTAIN),
        ("Zakopane", "PL", Position.MOUNTAIN | Position.BORDER, Position.SEAT),
        ("Świnoujście", "PL", Position.COAST | Position.BORDER | Position.SEAPORT, Position.SEAT),
        ("Innsbruck", "AT", Position.MOUNTAIN | Position.SEAT, Position.COAST),
        ("Chamonix-Mont-Blanc", "FR", Position.MOUNTAIN | Position.BORDER, Position.COAST),
        ("Andorra la Vella", "AD", Position.MOUNTAIN | Position.CAPITAL, Position.COAST),
        ("Toulouse", "FR", Position.SEAT, Position.MOUNTAIN | Position.BORDER),
        ("Berlin", "DE", Position.CAPITAL, Position.MOUNTAIN | Position.COAST | Position.BORDER),
        ("Hamburg", "DE", Position.SEAT | Position.SEAPORT, Position.COAST),
        ("Copenhagen", "DK", Position.COAST | Position.CAPITAL, Position.BORDER),
        ("Dover", "GB", Position.COAST | Position.SEAPORT, Position.BORDER | Position.SEAT),
        ("Chicago", "US", Position(0), Position.COAST | Position.SEAPORT | Position.CAPITAL),
    ],
)
def test_positions_of_known_places(
    whole_world: World, name: str, country: str, bits: Position, others: Position
) -> None:
    place = whole_world.find(name, country=country)[0].place
    found = Position(int(whole_world.columns.position[whole_world.index(place.key)]))
    assert found & bits == bits
    assert not found & others


@pytest.mark.world
def test_hromadas_of_each_sort(whole_world: World) -> None:
    columns = whole_world.columns
    hromadas = np.flatnonzero(columns.kind == 3)
    for place in hromadas[::50].tolist():
        official = whole_world.place_at(place).official_name or ""
        position = columns.position[place]
        assert bool(position & Position.RURAL) == ("сільська" in official)
        assert bool(position & Position.SETTLEMENT) == ("селищна" in official)
    sorts = columns.position[hromadas] & np.uint8(Position.RURAL | Position.SETTLEMENT)
    assert 600 < (sorts == Position.RURAL).sum() < 900
    assert not (columns.position[columns.kind != 3] & np.uint8(64 | 128)).any()


@pytest.mark.world
def test_seats_and_seaports_name_what_exists(whole_world: World) -> None:
    seats = {row["key"] for row in sources.data_table("seats")}
    assert sum(whole_world.position(key) is None for key in seats) <= 0.01 * len(seats)
    for row in sources.data_table("seaports"):
        assert whole_world.get(row["key"]).is_municipality, row
    capitals = whole_world.columns.position & np.uint8(Position.CAPITAL)
    codes = whole_world.columns.country[np.flatnonzero(capitals)]
    assert len(set(codes.tolist())) > 230
    oblasts = np.flatnonzero(whole_world.columns.position & np.uint8(Position.SEAT))
    ukraine = whole_world.columns.country_codes.index("UA")
    assert (whole_world.columns.country[oblasts] == ukraine).sum() == 24 + 2  # Crimea, Sevastopol


@pytest.mark.world
def test_clocks_of_known_places(whole_world: World) -> None:
    def hours(name: str, country: str) -> float:
        key = whole_world.find(name, country=country)[0].place.key
        return float(whole_world.columns.utc_offset[whole_world.index(key)]) / 4

    assert hours("Kyiv", "UA") == 2
    assert hours("Duisburg", "DE") == 1
    assert hours("Kathmandu", "NP") == 5.75
    assert hours("St. John's", "CA") == -3.5
    known = whole_world.columns.utc_offset[whole_world.columns.is_municipality]
    assert not (known == UNKNOWN_OFFSET).any()


@pytest.mark.world
@pytest.mark.shared
@pytest.mark.parametrize(
    ("bit", "column", "right", "found"),
    [
        (Position.COAST, "within_30km_sea", 0.99, 0.6),
        (Position.BORDER, "within_30km_border", 0.98, 0.65),
        (Position.MOUNTAIN, "mountain", 0.85, 0.75),
    ],
)
def test_positions_agree_with_the_table_of_hromadas(
    whole_world: World,
    shared_hromadas: list[dict[str, str]],
    bit: Position,
    column: str,
    right: float,
    found: float,
) -> None:
    places = [whole_world.index(f"katottg:{row['katottg']}") for row in shared_hromadas]
    marked = (whole_world.columns.position[places] & np.uint8(bit)) > 0
    true = np.array([row[column] == "1" for row in shared_hromadas])
    assert (marked & true).sum() >= right * marked.sum()
    assert (marked & true).sum() >= found * true.sum()
