"""Wishes and capacity: what a place is worth to somebody who has said what it wants."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.matching.declared import Wishes, capacity_value, wish_value

CODES = ("DE", "HU", "PL")
# a German town, a Hungarian village, a Polish city, a place of which nothing is known
COUNTRY = np.array([0, 1, 2, 2], np.uint16)
PEOPLE = np.array([30_000, 900, 600_000, 0], np.int64)
KM = np.array([1_200, 700, 300, np.nan], np.float32)


def worth(**said):
    return wish_value(Wishes(**said), CODES, COUNTRY, PEOPLE, KM).tolist()


def test_no_wish_is_not_said():
    assert np.isnan(wish_value(Wishes(), CODES, COUNTRY, PEOPLE, KM)).all()
    assert not Wishes().said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"countries": frozenset({"DE", "HU"})}, [1, 1, 0, 0]),
        ({"not_countries": frozenset({"HU"})}, [1, 0, 1, 1]),
        ({"population_from": 900}, [1, 1, 1, 0]),
        ({"population_to": 30_000}, [1, 1, 0, 0]),
        ({"population_from": 1_000, "population_to": 50_000}, [1, 0, 0, 0]),
        ({"max_km": 700}, [0, 1, 1, 0]),
        ({"countries": frozenset({"DE"}), "max_km": 700}, [0.5, 0.5, 0.5, 0]),
        ({"max_km": 1_500, "not_countries": frozenset({"DE"})}, [0, 1, 1, 0]),
        ({"countries": frozenset({"XX"})}, [0, 0, 0, 0]),
    ],
)
def test_wish_is_met_in_part_in_whole_or_not(said, expected):
    assert worth(**said) == expected
    assert Wishes(**said).said


def test_population_that_is_not_known_meets_no_wish():
    unknown = np.array([np.nan, 0.0])
    met = wish_value(Wishes(population_to=10), CODES, [0, 0], unknown, [1.0, 1.0])
    assert met.tolist() == [0, 0]


@given(
    st.frozensets(st.sampled_from(CODES), min_size=1),
    st.integers(1, 700_000),
    st.integers(0, 2_000),
)
def test_a_wider_wish_never_lowers_a_place(countries, most, far):
    narrow = Wishes(countries, population_to=most, max_km=far)
    for wider in (
        replace(narrow, countries=countries | {"PL"}),
        replace(narrow, population_to=most + 1_000),
        replace(narrow, max_km=far + 100),
    ):
        before = wish_value(narrow, CODES, COUNTRY, PEOPLE, KM)
        assert (wish_value(wider, CODES, COUNTRY, PEOPLE, KM) >= before).all()


def test_capacity_is_nothing_when_nothing_is_free_and_grows():
    assert capacity_value([-1, 0, 1, 2]).tolist() == pytest.approx([0, 0, 0.8, 8 / 9])
    assert np.isnan(capacity_value(np.nan))
    assert (np.diff(capacity_value(np.arange(20))) > 0).all()


def test_wishes_of_the_whole_world_take_milliseconds():
    """Arrays in, arrays out: 235,000 places are one pass, not a loop."""
    n = 235_000
    country = np.arange(n, dtype=np.uint16) % len(CODES)
    wish = Wishes(frozenset({"DE"}), frozenset({"HU"}), 1_000, 50_000, 900)
    met = wish_value(wish, CODES, country, np.arange(n), np.arange(n, dtype=np.float32))
    assert met.shape == (n,)
    assert met[900] == 2 / 3
    assert met[0] == 2 / 3
    assert met[1] == 0
