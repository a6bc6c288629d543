"""Rows of many lengths in one array, and numbers of few places among many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.matching.rows import Sparse, spread, starts_of, tallied

TOLD = st.lists(st.tuples(st.integers(0, 9), st.integers(-50, 50)), max_size=30)


def summed(told):
    places = np.array([place for place, _ in told], np.int64)
    return Sparse.summed(places, np.array([number for _, number in told], float))


@given(TOLD)
def test_summed_adds_up_what_is_told_of_one_place(told):
    sparse = summed(told)
    plain = {place: sum(n for p, n in told if p == place) for place, _ in told}
    assert sparse.places.tolist() == sorted(plain)
    assert sparse.values.tolist() == [plain[place] for place in sorted(plain)]


@given(TOLD, st.lists(st.integers(0, 12)))
def test_at_gives_the_number_or_nothing(told, asked):
    plain = {place: sum(n for p, n in told if p == place) for place, _ in told}
    found = summed(told).at(np.array(asked, np.int64))
    assert found.tolist() == [plain.get(place, 0) for place in asked]


def test_nothing_is_nothing_everywhere():
    nothing = Sparse.nothing()
    assert nothing.at(np.array([0, 7])).tolist() == [0, 0]
    assert nothing.log(4).at(np.array([3])).tolist() == [0]


def test_log_bends_the_values_and_keeps_the_places():
    bent = summed([(3, 1), (5, 0)]).log(4)
    assert bent.places.tolist() == [3, 5]
    assert bent.values.tolist() == pytest.approx([np.log(5), 0])


@given(st.lists(st.lists(st.integers()), max_size=8), st.data())
def test_spread_finds_the_entries_of_rows(rows, data):
    flat = [entry for row in rows for entry in row]
    starts = starts_of(np.array([len(row) for row in rows], np.int64))
    assert (starts[0], starts[-1]) == (0, len(flat))
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=6)) if rows else []
    entries, owner = spread(starts, np.array(asked, np.int64))
    assert [flat[entry] for entry in entries] == [entry for row in asked for entry in rows[row]]
    assert owner.tolist() == [slot for slot, row in enumerate(asked) for _ in rows[row]]


def test_tallied_sums_weights_by_group_as_floats():
    sums = tallied(np.array([2, 0, 2]), np.array([0.5, 1.0, 0.25]), 4)
    assert sums.tolist() == [1.0, 0.0, 0.75, 0.0]
    nobody = tallied(np.zeros(0, np.int64), np.zeros(0), 2)
    assert (nobody.tolist(), nobody.dtype) == ([0.0, 0.0], np.float64)
