"""Contexts: how far a country, a region or a neighbour speaks for a place."""

import numpy as np
import pytest

from mistok.world.finding.contexts import DISTRICT_KM, REGION_KM, TOWN_KM, Anchor
from mistok.world.model import KINDS, Columns

NAN = float("nan")
DEGREE_KM = 111.195

# name, kind, country, parent, region, lat, lon
PLACES = [
    ("Ukraine", "country", 0, -1, -1, NAN, NAN),
    ("oblast", "region", 0, 0, -1, 50.0, 30.0),
    ("raion", "district", 0, 1, 1, 50.0, 30.0),
    ("hromada", "hromada", 0, 2, 1, 50.0, 30.0),
    ("village", "settlement", 0, 3, 1, 50.1, 30.0),
    ("next", "hromada", 0, 0, -1, 50.2, 30.0),
    ("far", "hromada", 0, 0, -1, 54.0, 30.0),
    ("unknown", "hromada", 0, 0, -1, NAN, NAN),
    ("Poland", "country", 1, -1, -1, 52.0, 20.0),
    ("abroad", "municipality", 1, 8, -1, 50.0, 30.1),
    ("voivodeship", "region", 1, 8, -1, NAN, NAN),
    ("in it", "municipality", 1, 10, 10, NAN, NAN),
]
AT = {row[0]: number for number, row in enumerate(PLACES)}


@pytest.fixture(scope="module")
def columns() -> Columns:
    size = len(PLACES)
    return Columns(
        lat=np.array([row[5] for row in PLACES], np.float32),
        lon=np.array([row[6] for row in PLACES], np.float32),
        population=np.zeros(size, np.int64),
        country=np.array([row[2] for row in PLACES], np.uint16),
        kind=np.array([KINDS.index(row[1]) for row in PLACES], np.uint8),
        is_municipality=np.zeros(size, np.bool_),
        importance=np.zeros(size, np.float32),
        parent=np.array([row[3] for row in PLACES], np.int32),
        region=np.array([row[4] for row in PLACES], np.int32),
        position=np.zeros(size, np.uint8),
        utc_offset=np.zeros(size, np.int8),
        language_likeness=np.eye(2, dtype=np.float32),
        renown=np.ones(size, np.uint16),
        namesake=np.arange(size, dtype=np.int32),
        country_codes=("UA", "PL"),
    )


def _support(columns: Columns, *anchors: str) -> dict[str, float]:
    anchor = Anchor(tuple(AT[name] for name in anchors))
    support = anchor.support(columns, np.arange(len(PLACES)))
    return {row[0]: float(share) for row, share in zip(PLACES, support, strict=True)}


def test_country_supports_all_its_places_and_no_other(columns: Columns) -> None:
    support = _support(columns, "Ukraine")
    assert support == {row[0]: float(row[2] == 0) for row in PLACES}


def test_region_supports_what_lies_in_it_down_to_the_village(columns: Columns) -> None:
    support = _support(columns, "oblast")
    assert all(support[name] == 1.0 for name in ("oblast", "raion", "hromada", "village"))
    assert support["Ukraine"] == 0.0


def test_region_supports_neighbours_less_the_farther_they_are(columns: Columns) -> None:
    support = _support(columns, "oblast")
    expected = 1.0 - 0.5 * (0.2 * DEGREE_KM) / REGION_KM
    assert support["next"] == pytest.approx(min(0.9, expected), abs=0.001)
    assert support["far"] == 0.0


def test_region_speaks_against_a_near_place_of_another_country(columns: Columns) -> None:
    assert _support(columns, "oblast")["abroad"] == 0.0


@pytest.mark.parametrize(("anchor", "reach"), [("raion", DISTRICT_KM), ("hromada", TOWN_KM)])
def test_smaller_units_reach_less_far(columns: Columns, anchor: str, reach: float) -> None:
    support = _support(columns, anchor)
    assert support[anchor] == support["village"] == 1.0
    assert support["next"] == pytest.approx(1.0 - 0.5 * (0.2 * DEGREE_KM) / reach, abs=0.001)
    assert support["far"] == 0.0


def test_neighbour_never_counts_as_much_as_being_inside(columns: Columns) -> None:
    support = _support(columns, "hromada")
    assert support["raion"] == 0.9  # same position, but not inside


def test_position_unknown_is_no_support_unless_inside(columns: Columns) -> None:
    assert _support(columns, "oblast")["unknown"] == 0.0
    assert _support(columns, "voivodeship") == {
        row[0]: float(row[0] in ("voivodeship", "in it")) for row in PLACES
    }


def test_of_several_meanings_the_best_counts(columns: Columns) -> None:
    support = _support(columns, "far", "Poland")
    assert support["far"] == support["abroad"] == support["in it"] == 1.0
    assert support["hromada"] == 0.0


def test_contradiction_is_no_support_for_any(columns: Columns) -> None:
    anchor = Anchor((AT["Poland"],))
    places = np.array([AT["hromada"], AT["village"]])
    assert not anchor.support(columns, places).any()


def test_no_meaning_and_no_places_support_nothing(columns: Columns) -> None:
    assert not Anchor(()).support(columns, np.arange(len(PLACES))).any()
    assert len(Anchor((0,)).support(columns, np.empty(0, np.int64))) == 0


def test_support_is_between_nothing_and_one(columns: Columns) -> None:
    for name in AT:
        shares = _support(columns, name).values()
        assert all(0.0 <= share <= 1.0 for share in shares)
