"""The prepared arrays: distances against known cities, unknown values, uneven columns."""

import numpy as np
import pytest

from mistok.kernel.errors import Invalid
from mistok.matching import Pool

# Zhytomyr, Dortmund, Gdynia, Wellington, a place without coordinates or population
LAT = (50.2547, 51.5136, 54.5189, -41.2866, np.nan)
LON = (28.6587, 7.4653, 18.5305, 174.7756, np.nan)
POPULATION = (261_624, 586_852, 246_244, 215_400, 0)


def pool(**changes):
    columns = {
        "lat": np.array(LAT, np.float32),
        "lon": np.array(LON, np.float32),
        "population": np.array(POPULATION, np.int64),
        "country": np.array([0, 1, 2, 3, 3], np.uint16),
        "eligible": np.array([True, True, False, True, True]),
    }
    return Pool(**(columns | changes))


def test_pool_counts_places_and_countries():
    assert len(pool()) == 5
    assert pool().countries == 4


def test_pool_lane_of_an_ineligible_place_is_beyond_the_countries():
    assert pool().lane.tolist() == [0, 1, 4, 3, 3]


def test_pool_without_places_is_allowed():
    empty = np.zeros(0)
    nowhere = Pool(
        empty.astype(np.float32),
        empty.astype(np.float32),
        empty.astype(np.int64),
        empty.astype(np.uint16),
        empty.astype(bool),
    )
    assert len(nowhere) == 0


@pytest.mark.parametrize("lat", [np.zeros(4, np.float32), np.zeros((5, 1), np.float32)])
def test_pool_uneven_columns_are_refused(lat):
    with pytest.raises(Invalid) as refusal:
        pool(lat=lat)
    assert refusal.value.code == "pool_uneven"


def test_pool_all_columns_of_two_dimensions_are_refused():
    square = np.zeros((2, 2))
    with pytest.raises(Invalid):
        Pool(
            square.astype(np.float32),
            square.astype(np.float32),
            square.astype(np.int64),
            square.astype(np.uint16),
            square.astype(bool),
        )


def test_km_agrees_with_the_known_distances():
    km = pool().km(0, np.arange(5))
    assert km[0] == 0
    assert km[1] == pytest.approx(1486, abs=10)  # Zhytomyr to Dortmund
    assert km[2] == pytest.approx(836, abs=10)  # Zhytomyr to Gdynia
    assert km[3] == pytest.approx(17_233, abs=10)  # Zhytomyr to Wellington, by the cosine rule
    assert np.isnan(km[4])


def test_rough_km_agrees_with_the_precise_one():
    assert pool().rough_km(0) == pytest.approx(pool().km(0, np.arange(5)), abs=0.1, nan_ok=True)


def test_rough_km_between_opposite_points_stays_finite():
    ends = pool(
        lat=np.array([0, 0, 90, -90, 50], np.float32),
        lon=np.array([0, 180, 0, 0, 20], np.float32),
    )
    assert ends.rough_km(0)[1] == pytest.approx(20_015, abs=6)
    assert ends.rough_km(2)[3] == pytest.approx(20_015, abs=6)


def test_log_ratio_is_zero_for_itself_and_nan_for_the_unknown():
    ratios = pool().log_ratio(0, np.arange(5))
    assert ratios[0] == 0
    assert ratios[1] == pytest.approx(np.log(586_852 / 261_624))
    assert np.isnan(ratios[4])


def test_log_ratio_of_an_unknown_seeker_is_nan_everywhere():
    assert np.isnan(pool().log_ratio(4, np.arange(5))).all()
