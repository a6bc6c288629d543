"""The curves stay between 0 and 1 and bend the right way; weights are complete or refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.matching import ALGORITHM, FIT_1, Weights
from mistok.matching import criteria as curves

COUNTS = st.integers(0, 10_000)


def one(curve, *numbers):
    """A curve's value at one point."""
    return float(curve(*(np.array([float(number)]) for number in numbers))[0])


def test_fit_1_is_complete_and_described():
    assert FIT_1.algorithm == ALGORITHM == "fit-1"
    assert tuple(c.name for c in FIT_1.criteria) == curves.NAMES
    assert all(c.description.endswith(".") and c.source for c in FIT_1.criteria)


def test_fit_1_best_score_is_one_and_only_load_lowers():
    assert math.fsum(c.weight for c in FIT_1.criteria if c.weight > 0) == pytest.approx(1)
    assert [c.name for c in FIT_1.criteria if c.weight < 0] == ["load"]


def test_reweighted_changes_what_is_named_and_keeps_the_rest():
    other = FIT_1.reweighted("near-1", {"distance": 0.5})
    assert other.algorithm == "near-1"
    weights = {c.name: c.weight for c in FIT_1.criteria} | {"distance": 0.5}
    assert {c.name: c.weight for c in other.criteria} == weights


def test_reweighted_unknown_criterion_is_refused():
    with pytest.raises(Invalid) as refusal:
        FIT_1.reweighted("x", {"charm": 1.0})
    assert refusal.value.code == "criterion_unknown"
    assert "charm" in str(refusal.value)


@pytest.mark.parametrize("weight", [math.nan, math.inf])
def test_weights_that_are_no_numbers_are_refused(weight):
    with pytest.raises(Invalid) as refusal:
        FIT_1.reweighted("x", {"size": weight})
    assert refusal.value.code == "weights_unusable"


def test_weights_with_a_criterion_missing_are_refused():
    with pytest.raises(Invalid) as refusal:
        Weights("short", FIT_1.criteria[1:])
    assert refusal.value.code == "weights_unusable"


def test_half_values_are_where_the_descriptions_say():
    assert one(curves.distance_value, 500) == pytest.approx(0.5)
    assert one(curves.appetite_value, 2) == pytest.approx(0.5)
    assert one(curves.shared_value, 0.5) == pytest.approx(0.5)
    assert one(curves.load_value, 6) == pytest.approx(0.5)
    assert one(curves.size_value, math.log(4.4817)) == pytest.approx(0.6065, abs=1e-4)
    assert one(curves.habit_value, 1, 100) == pytest.approx(0.150, abs=1e-3)
    assert one(curves.habit_value, 1, 10) == pytest.approx(0.52, abs=1e-2)


def test_ends_of_the_curves():
    assert one(curves.size_value, 0) == 1
    assert one(curves.distance_value, 0) == 1
    assert one(curves.habit_value, 0, 0) == 0
    assert one(curves.habit_value, 7, 7) == pytest.approx(1)
    assert one(curves.appetite_value, 0) == 0
    assert one(curves.shared_value, 0) == 0
    assert one(curves.load_value, 0) == 0


def test_unknown_size_and_distance_earn_little():
    assert one(curves.size_value, math.nan) == curves.UNKNOWN
    assert one(curves.distance_value, math.nan) == curves.UNKNOWN


@given(st.floats(0, 20_040), st.floats(0, 20_040))
def test_distance_nearer_is_never_worse(a, b):
    assert one(curves.distance_value, min(a, b)) >= one(curves.distance_value, max(a, b))


@given(st.floats(0, 20), st.floats(0, 20), st.booleans())
def test_size_more_alike_is_never_worse(a, b, smaller):
    sign = -1 if smaller else 1
    assert one(curves.size_value, sign * min(a, b)) >= one(curves.size_value, sign * max(a, b))


@given(COUNTS, COUNTS)
def test_counting_curves_rise_and_stay_within_bounds(a, b):
    for curve in (curves.appetite_value, curves.shared_value, curves.load_value):
        assert 0 <= one(curve, min(a, b)) <= one(curve, max(a, b)) <= 1
    total = max(a, b, 1)
    assert 0 <= one(curves.habit_value, min(a, b), total) <= 1 + 1e-12


def test_curves_keep_single_precision():
    numbers = np.array([0.5, 1.0], np.float32)
    assert curves.size_value(numbers).dtype == np.float32
    assert curves.distance_value(numbers).dtype == np.float32
    assert curves.appetite_value(numbers).dtype == np.float32
