"""Waiting in figures: ages, days to first contact, and nobody forgotten in either."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.partnering.rounds.lifecycle import Wait
from mistok.partnering.rounds.waits import Spell, Summary, by_class, percentile, summary

START = dt.date(2026, 1, 1)


def day(number):
    return START + dt.timedelta(days=number)


def spell(since=0, contact=None, ended=None, state=None, classes=()):
    state = state or (Wait.LEFT if ended is not None else Wait.WAITING)
    return Spell(
        day(since),
        state,
        frozenset(classes),
        None if contact is None else day(contact),
        None if ended is None else day(ended),
    )


SPELLS = [
    spell(0, classes=["rural"]),
    spell(10, classes=["rural", "front_line"]),
    spell(0, contact=30, state=Wait.CONTACTED, classes=["rural"]),
    spell(0, contact=50, ended=60, state=Wait.PARTNERED),
    spell(0, ended=20),
    spell(200),
]


def test_figures_of_a_day_count_everybody_once():
    assert summary(SPELLS, day(100)) == Summary(
        waiting=2,
        median_age=95.0,
        had_contact=2,
        median_days=40.0,
        ninetieth_days=50,
        without_contact=2,
    )


def test_figures_of_an_earlier_day_know_nothing_of_later_ones():
    assert summary(SPELLS, day(15)) == Summary(
        waiting=5,
        median_age=15,
        had_contact=0,
        median_days=None,
        ninetieth_days=None,
        without_contact=5,
    )


def test_empty_list_has_no_median():
    assert summary([], START) == Summary(0, None, 0, None, None, 0)


def test_contact_that_led_nowhere_leaves_its_municipality_waiting():
    again = spell(0, contact=10, state=Wait.WAITING)
    assert again.waits(day(20))
    assert summary([again], day(20)).without_contact == 0
    assert not spell(0, contact=10, state=Wait.CONTACTED).waits(day(20))


def test_municipality_counts_in_each_of_its_classes():
    found = by_class(SPELLS, day(100))
    assert {name: one.waiting for name, one in found.items()} == {"front_line": 1, "rural": 2}


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (10, 1), (90, 9), (91, 10), (100, 10)])
def test_percentile_is_a_value_of_the_list(percent, value):
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value


@given(st.lists(st.integers(0, 3000), min_size=1), st.integers(0, 100))
def test_so_many_percent_do_not_exceed_the_percentile(values, percent):
    found = percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    smaller = [value for value in values if value < found]
    assert len(smaller) * 100 < percent * len(values) or not smaller


@given(
    st.lists(
        st.builds(
            spell,
            st.integers(0, 300),
            st.none() | st.integers(0, 300),
            st.none() | st.integers(0, 300),
        )
    ),
    st.integers(0, 300),
)
def test_order_changes_nothing_and_who_waits_is_in_line(spells, on):
    found = summary(spells, day(on))
    assert found == summary(spells[::-1], day(on))
    assert all(one.in_line(day(on)) for one in spells if one.waits(day(on)))
    assert found.waiting <= len(spells)
    assert found.without_contact <= sum(one.in_line(day(on)) for one in spells)
