"""The score of sleeping ties: parts add up, facts move it the right way, words tell it."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.dates import PartialDate
from mistok.registry.dormancy import (
    SHIPPED,
    Contact,
    Level,
    Traces,
    dormancy,
    next_anniversary,
    silent_months,
)

TODAY = dt.date(2026, 11, 22)
REACHED = Contact("Zhytomyr", verified=True, channel_on=dt.date(2026, 9, 1), unit=True)
LOST = Contact("Dortmund")


def told(last, *, sides=(REACHED, REACHED), missed=0, began="", today=TODAY):
    return dormancy(
        Traces(
            last=PartialDate.parse_or_none(last),
            sides=sides,
            missed=missed,
            began=PartialDate.parse_or_none(began),
        ),
        today,
    )


def part(result, code):
    return next(one for one in result.parts if one.code == code)


days = st.dates(dt.date(1950, 1, 1), TODAY)
contacts = st.builds(
    Contact,
    st.just("X"),
    verified=st.booleans(),
    channel_on=st.none() | days,
    unit=st.booleans(),
)
traces = st.builds(
    Traces,
    last=st.none() | days.map(lambda d: PartialDate(d.year, d.month, d.day)),
    sides=st.lists(contacts, max_size=4),
    missed=st.integers(0, 9),
    began=st.none() | days.map(lambda d: PartialDate(d.year, d.month, d.day)),
)


@given(traces)
def test_score_lies_between_0_and_1_and_is_the_sum_of_its_parts(known):
    found = dormancy(known, TODAY)
    assert 0 <= found.score <= 1
    assert found.score == pytest.approx(sum(p.value * p.weight for p in found.parts), abs=1e-4)
    assert all(0 <= p.value <= 1 and p.told.strip() for p in found.parts)


@given(traces, st.integers(1, 4000))
def test_longer_silence_never_lowers_the_score(known, more):
    earlier = known.last and PartialDate.parse(
        (known.last.earliest - dt.timedelta(days=more)).isoformat()
    )
    longer = dataclasses.replace(known, last=earlier)
    assert dormancy(longer, TODAY).score >= dormancy(known, TODAY).score


@given(traces)
def test_a_missed_day_never_lowers_the_score_and_a_contact_never_raises_it(known):
    score = dormancy(known, TODAY).score
    missed = dataclasses.replace(known, missed=known.missed + 1)
    assert dormancy(missed, TODAY).score >= score
    reached = dataclasses.replace(known, sides=[REACHED for _side in known.sides])
    assert dormancy(reached, TODAY).score <= score


@given(traces)
def test_anniversary_is_told_and_weighs_nothing(known):
    plain = dataclasses.replace(known, began=None)
    assert dormancy(plain, TODAY).score == dormancy(known, TODAY).score


def test_shipped_weights_add_up_and_say_that_they_are_design():
    assert SHIPPED.silence + SHIPPED.contacts + SHIPPED.missed == pytest.approx(1)
    assert SHIPPED.standing == "design"
    assert set(SHIPPED.source) == {"en", "uk"}
    assert 0 < SHIPPED.quiet < SHIPPED.asleep < 1


@pytest.mark.parametrize(
    ("last", "sides", "missed", "level"),
    [
        ("2026-10-01", (LOST, LOST), 5, Level.AWAKE),  # eighteen months have not passed
        ("2025-05-22", (REACHED, REACHED), 0, Level.AWAKE),
        ("2024-10-01", (LOST, LOST), 0, Level.QUIET),
        ("2021-01-01", (REACHED, REACHED), 0, Level.ASLEEP),
        ("2023-01-01", (LOST, LOST), 0, Level.ASLEEP),
        ("2024-10-01", (LOST, LOST), 2, Level.ASLEEP),
        ("", (REACHED, REACHED), 0, Level.ASLEEP),
    ],
)
def test_levels_by_hand(last, sides, missed, level):
    found = told(last, sides=sides, missed=missed)
    assert found.level is level
    assert found.warns is (level is not Level.AWAKE)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2026-11-22", 0),
        ("2026-10-23", 0),
        ("2026-10-22", 1),
        ("2025-11-22", 12),
        ("2026", 0),
        ("2025", 10),
        ("2024-02", 32),
        (">2022", 58),
        ("<2014", 142),
        ("~2020", 70),
        ("2027-01-01", 0),
    ],
)
def test_months_of_silence_are_never_overstated(text, months):
    assert silent_months(PartialDate.parse(text), TODAY) == months


def test_unknown_silence_is_full_and_says_so():
    found = told("")
    assert found.months is None
    assert part(found, "silence").value == 1
    assert "bears a date" in part(found, "silence").told


@pytest.mark.parametrize(
    ("began", "today", "on", "years"),
    [
        ("2005-11-22", TODAY, "2026-11-22", 21),
        ("2005-11-21", TODAY, "2027-11-21", 22),
        ("2026-11-22", TODAY, "2027-11-22", 1),
        ("2026-03-01", TODAY, "2027-03-01", 1),
        ("1999-05", TODAY, "2027-05-01", 28),
        ("2004-02-29", dt.date(2027, 1, 5), "2027-02-28", 23),
        ("2004-02-29", dt.date(2028, 1, 5), "2028-02-29", 24),
    ],
)
def test_next_anniversary(began, today, on, years):
    found = next_anniversary(PartialDate.parse(began), today)
    assert (found.on.isoformat(), found.years) == (on, years)
    assert found.days_left == (found.on - today).days


@pytest.mark.parametrize("began", ["1999", "<2014-03", "~1990-05-01", "2027-01-01"])
def test_no_anniversary_of_a_day_that_is_not_sure_or_not_yet_come(began):
    assert next_anniversary(PartialDate.parse(began), TODAY) is None
    assert told("2020", began=began).anniversary is None


@given(days)
def test_anniversary_is_within_a_year(day):
    found = next_anniversary(PartialDate(day.year, day.month, day.day), TODAY)
    assert 0 <= found.days_left <= 366
    assert found.years >= 1


def test_near_anniversary_is_marked():
    assert part(told("2020", began="2005-12-24"), "anniversary").value == 1
    assert part(told("2020", began="2005-06-24"), "anniversary").value == 0


def test_contacts_tell_each_side_in_detail_only():
    stale = Contact("Bucha", verified=True, channel_on=dt.date(2025, 11, 22), unit=True)
    fresh = Contact("Lviv", verified=True, channel_on=dt.date(2025, 11, 23), unit=True)
    found = part(told("2020", sides=(REACHED, LOST, stale, fresh)), "contacts")
    assert found.value == pytest.approx(4 / 12)
    assert "Dortmund" not in found.told
    assert found.details[0] == "Zhytomyr: reachable"
    assert found.details[1].count(";") == 2
    assert found.details[2] == "Bucha: no call-back channel checked within 12 months"
    assert found.details[3] == "Lviv: reachable"


def test_contacts_of_nobody_do_not_count():
    assert part(told("2020", sides=()), "contacts").value == 0


def test_missed_days_are_counted():
    assert part(told("2020", missed=1), "missed").value == 0.5
    assert part(told("2020", missed=3), "missed").value == 1
    assert "3 reviews" in part(told("2020", missed=3), "missed").told
