"""What is published is never more exact than its class allows."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.needs.scanning import (
    WEIGHT_CLASSES,
    DateGrain,
    PlaceLevel,
    Subject,
    coarse_date,
    coarse_place,
    level_of,
    weight_class,
)

PARENTS = {
    "village": ("settlement", "zhytomyr"),
    "bohunskyi": ("district", "zhytomyr"),
    "zhytomyr": ("hromada", "raion"),
    "raion": ("district", "oblast"),
    "oblast": ("region", "ukraine"),
    "desna": ("district", "kyiv"),
    "kyiv": ("hromada", "ukraine"),
    "dortmund": ("municipality", "nrw"),
    "nrw": ("region", "germany"),
    "ukraine": ("country", None),
    "germany": ("country", None),
    "nowhere": ("settlement", None),
}


class Atlas:
    """A gazetteer of a dozen places."""

    def get(self, key):
        return SimpleNamespace(key=key, kind=PARENTS[key][0])

    def parents(self, key):
        above = PARENTS[key][1]
        return [self.get(above), *self.parents(above)] if above else []


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (dt.date(2026, 1, 1), "2026-01", "2026-Q1"),
        (dt.date(2026, 3, 31), "2026-03", "2026-Q1"),
        (dt.date(2026, 4, 1), "2026-04", "2026-Q2"),
        (dt.date(2026, 12, 16), "2026-12", "2026-Q4"),
        (PartialDate.parse("2026-09"), "2026-09", "2026-Q3"),
        (PartialDate.parse("~2026-09-05"), "~2026-09", "~2026-Q3"),
        (PartialDate.parse("2026"), "2026", "2026"),
    ],
)
def test_dates_become_months_quarters_and_years(day, month, quarter):
    assert coarse_date(day, DateGrain.MONTH) == month
    assert coarse_date(day, DateGrain.QUARTER) == quarter
    assert coarse_date(day, DateGrain.YEAR) == month.partition("-")[0]


@pytest.mark.parametrize("text", ["<2026-05", ">2026"])
def test_a_bound_has_no_month(text):
    with pytest.raises(Invalid, match="before or after"):
        coarse_date(PartialDate.parse(text), DateGrain.MONTH)


@given(st.dates(), st.dates(), st.sampled_from(DateGrain))
@settings(max_examples=50)
def test_days_of_one_month_cannot_be_told_apart(one, other, grain):
    other = other.replace(year=one.year, month=one.month, day=1)

    assert coarse_date(one, grain) == coarse_date(other, grain)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("village", ["zhytomyr", "raion", "oblast", "ukraine"]),
        ("bohunskyi", ["zhytomyr", "raion", "oblast", "ukraine"]),
        ("zhytomyr", ["zhytomyr", "raion", "oblast", "ukraine"]),
        ("oblast", ["oblast", "oblast", "oblast", "ukraine"]),
        ("desna", ["kyiv", "kyiv", "kyiv", "ukraine"]),
        ("dortmund", ["dortmund", "nrw", "nrw", "germany"]),
        ("germany", ["germany"] * 4),
    ],
)
def test_places_become_what_they_lie_in(key, shown):
    assert [coarse_place(Atlas(), key, level) for level in PlaceLevel] == shown


def test_a_place_in_nothing_is_not_shown():
    with pytest.raises(Invalid, match="lies in nothing"):
        coarse_place(Atlas(), "nowhere", PlaceLevel.OBLAST)


@pytest.mark.parametrize(
    ("subject", "exposed", "level"),
    [
        (Subject.CONSIGNMENT, False, PlaceLevel.HROMADA),
        (Subject.STORE, False, PlaceLevel.HROMADA),
        (Subject.SOCIAL, True, PlaceLevel.OBLAST),
        (Subject.CRITICAL, False, PlaceLevel.OBLAST),
    ],
)
def test_level_of_a_place_depends_on_what_it_is(subject, exposed, level):
    assert level_of(subject, exposed=exposed) is level


@pytest.mark.parametrize(
    ("kilograms", "name"),
    [
        (0, "under_1_t"),
        (Decimal("999.999"), "under_1_t"),
        (1_000, "1_to_5_t"),
        (5_000, "5_to_20_t"),
        (19_999, "5_to_20_t"),
        (20_000, "20_to_100_t"),
        (100_000, "over_100_t"),
    ],
)
def test_weights_become_classes(kilograms, name):
    assert weight_class(kilograms) == name


@pytest.mark.parametrize("weight", [-1, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_weight_is_refused(weight):
    with pytest.raises(Invalid, match="no weight"):
        weight_class(weight)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
@settings(max_examples=50)
def test_a_heavier_load_is_never_in_a_lighter_class(one, other):
    light, heavy = sorted((one, other))

    assert WEIGHT_CLASSES.index(weight_class(light)) <= WEIGHT_CLASSES.index(weight_class(heavy))
