"""Terms end where the convention says, whatever the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.deadlines import (
    DAY,
    LONGEST,
    Calendar,
    Unit,
    days_left,
    due_on,
    working_days_between,
)
from mistok.kernel.errors import Invalid

DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2040, 12, 31))
AMOUNTS = st.integers(0, 120)
# A calendar in which long stretches may be off, and weekend days may be worked.
CALENDARS = st.builds(
    Calendar,
    country=st.just("XX"),
    days_off=st.frozensets(DAYS, max_size=30),
    worked=st.frozensets(DAYS, max_size=10),
    weekend=st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset()]),
)
PLAIN = Calendar(country="XX")


@given(DAYS, AMOUNTS, st.sampled_from(Unit), CALENDARS, st.booleans())
def test_longer_term_never_ends_earlier(start, amount, unit, calendar, rolls):
    shorter = due_on(start, amount, unit, calendar, rolls=rolls)
    longer = due_on(start, amount + 1, unit, calendar, rolls=rolls)
    assert start <= shorter <= longer


@given(DAYS, DAYS, AMOUNTS, st.sampled_from(Unit), CALENDARS)
def test_later_event_never_ends_earlier(one, other, amount, unit, calendar):
    first, second = sorted((one, other))
    assert due_on(first, amount, unit, calendar) <= due_on(second, amount, unit, calendar)


@given(DAYS, AMOUNTS, CALENDARS)
def test_term_of_n_working_days_contains_exactly_n(start, amount, calendar):
    due = due_on(start, amount, Unit.WORKING, calendar)
    assert working_days_between(start, due, calendar) == amount
    assert working_days_between(due, start, calendar) == -amount
    assert amount == 0 or calendar.is_working(due)


@given(DAYS, AMOUNTS)
def test_term_of_n_calendar_days_contains_exactly_n(start, amount):
    assert days_left(due_on(start, amount, Unit.CALENDAR), start) == amount


@given(DAYS, st.integers(0, 600))
def test_term_in_months_ends_in_that_month_on_that_day_or_its_last(start, amount):
    due = due_on(start, amount, Unit.MONTHS)
    assert (due.year - start.year) * 12 + due.month - start.month == amount
    assert due.day == start.day or (due.day < start.day and (due + DAY).day == 1)


@given(DAYS, AMOUNTS, st.sampled_from(Unit), CALENDARS)
def test_rolling_goes_to_the_next_working_day_and_no_further(start, amount, unit, calendar):
    counted = due_on(start, amount, unit, calendar)
    rolled = due_on(start, amount, unit, calendar, rolls=True)
    assert calendar.is_working(rolled)
    assert not any(calendar.is_working(counted + n * DAY) for n in range((rolled - counted).days))


@given(DAYS, st.integers(0, 40), st.integers(0, 40), CALENDARS)
def test_working_days_add_up(start, one, other, calendar):
    both = due_on(start, one + other, Unit.WORKING, calendar)
    middle = due_on(start, one, Unit.WORKING, calendar)
    assert due_on(middle, other, Unit.WORKING, calendar) == both


def test_moved_working_day_is_worked_though_a_weekend_or_day_off():
    saturday, monday = dt.date(2021, 8, 28), dt.date(2021, 8, 23)
    calendar = Calendar(
        country="UA", days_off=frozenset({monday, saturday}), worked=frozenset({saturday})
    )
    assert calendar.is_working(saturday)
    assert not calendar.is_working(monday)
    assert calendar.next_working(monday) == monday + DAY
    assert calendar.next_working(saturday) == saturday


@pytest.mark.parametrize("amount", [-1, LONGEST + 1])
def test_amount_out_of_reach_is_refused(amount):
    with pytest.raises(Invalid) as refused:
        due_on(dt.date(2026, 1, 1), amount, Unit.CALENDAR)
    assert refused.value.code == "term_impossible"


@pytest.mark.parametrize("unit", Unit)
def test_term_beyond_the_last_year_is_refused(unit):
    with pytest.raises(Invalid) as refused:
        due_on(dt.date(9999, 12, 31), 1, unit, PLAIN)
    assert refused.value.code == "term_impossible"


@pytest.mark.parametrize(("unit", "rolls"), [(Unit.WORKING, False), (Unit.CALENDAR, True)])
def test_working_days_without_a_calendar_are_refused(unit, rolls):
    with pytest.raises(Invalid) as refused:
        due_on(dt.date(2026, 1, 1), 5, unit, rolls=rolls)
    assert refused.value.code == "calendar_missing"


@pytest.mark.parametrize("start", [dt.date(2025, 12, 20), dt.date(2026, 12, 30)])
def test_calendar_is_silent_about_years_it_does_not_know(start):
    year = Calendar(country="UA", first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
    with pytest.raises(Invalid) as refused:
        due_on(start, 5, Unit.WORKING, year)
    assert refused.value.code == "calendar_too_short"
    assert refused.value.details["country"] == "UA"


def test_days_left_are_negative_after_the_day():
    due = dt.date(2026, 11, 22)
    assert [days_left(due, due + n * DAY) for n in (-3, 0, 2)] == [3, 0, -2]


def test_unit_may_be_given_as_it_is_stored():
    assert due_on(dt.date(2026, 1, 31), 1, "months") == dt.date(2026, 2, 28)
