"""Rounds that cannot be read are refused in one sentence."""

import numpy as np
import pytest
from naive_rounds import everyone

from mistok.kernel.errors import Invalid
from mistok.matching.allocation import Floor, Round, best
from mistok.matching.allocation.rounds import NEVER

FITS = np.full((2, 3), 0.5, np.float32)
TWO, THREE = np.array([1, 1]), np.array([1, 1, 1])


@pytest.mark.parametrize(
    "arrays",
    [
        (FITS[0], FITS[0], TWO, THREE),
        (FITS, FITS.T, TWO, THREE),
        (FITS, FITS, THREE, THREE),
        (FITS, FITS, TWO, TWO),
    ],
)
def test_uneven_arrays_are_refused(arrays):
    with pytest.raises(Invalid, match="both views must have a row for each seeker") as refusal:
        Round(*arrays)
    assert refusal.value.code == "round_uneven"
    assert refusal.value.details["seeker_view"] == list(arrays[0].shape)


def test_a_floor_over_other_seekers_is_refused():
    with pytest.raises(Invalid, match="tells 3 seekers apart, but the round has 2") as refusal:
        Round(FITS, FITS, TWO, THREE, (everyone(1, 3),))
    assert refusal.value.details == {"floor": "everyone", "seekers": 2}


@pytest.mark.parametrize("capacity", [-1, 0.5, np.nan, np.inf])
def test_capacities_that_are_no_numbers_of_partners_are_refused(capacity):
    with pytest.raises(Invalid, match="offerer number 1 has a capacity of") as refusal:
        Round(FITS, FITS, TWO, np.array([1, capacity, 1]))
    assert refusal.value.code == "capacity_unusable"
    assert refusal.value.details["side"] == "offerer"
    with pytest.raises(Invalid, match="seeker number 0 has a capacity of"):
        Round(FITS, FITS, np.array([capacity, 1]), THREE)


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1001, -1e30])
def test_fits_out_of_bounds_are_refused(value):
    fits = np.full((70, 3), 0.5, np.float32)
    fits[68, 2] = value
    with pytest.raises(Invalid, match="seeker number 68 and offerer number 2") as refusal:
        Round(fits, fits, np.ones(70, int), THREE)
    assert refusal.value.code == "fit_unusable"
    assert refusal.value.details == {"seeker": 68, "offerer": 2}


def test_opposite_infinities_are_refused_too():
    with pytest.raises(Invalid, match="is not a number between -1000 and 1000"):
        Round(FITS * np.inf, FITS * -np.inf, TWO, THREE)


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(Invalid, match="give one between 0 and 1") as refusal:
        Floor.share("rural", np.ones(4, bool), share)
    assert refusal.value.code == "floor_unusable"


def test_a_floor_below_nobody_is_refused():
    with pytest.raises(Invalid, match="“rural” asks for -1 seekers; ask for 0 or more"):
        Floor("rural", np.ones(4, bool), -1)


@pytest.mark.parametrize(("share", "asked"), [(0, 0), (0.7, 7), (0.71, 8), (1, 10)])
def test_a_share_is_rounded_up_to_whole_seekers(share, asked):
    assert Floor.share("rural", np.arange(12) < 10, share).at_least == asked


def test_mutual_fit_is_the_mean_and_nan_of_either_side_excludes():
    other = np.array([[0.25, np.nan, 1], [0.1, 0.2, 0.3]], np.float32)
    mine = np.array([[0.75, 0.5, np.nan], [0.2, 0.3, 0.4]], np.float32)
    fit = Round(mine, other, TWO, THREE).fit
    assert fit.tolist() == [[500_000, NEVER, NEVER], [150_000, 250_000, 350_000]]


def test_capacities_may_be_whole_numbers_of_any_kind():
    asked = Round(FITS, FITS, TWO.astype(float), THREE.astype(np.uint8))
    assert best(asked).welfare == 1.0
