"""Partial dates: read, written, ordered and compared as sources mean them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid


@st.composite
def partial_dates(draw, bounds=("", "<", ">", "~")):
    day = draw(st.dates())
    parts = (day.year, day.month, day.day)[: draw(st.integers(1, 3))]
    return PartialDate(*parts, bound=draw(st.sampled_from(bounds)))


@given(partial_dates())
def test_date_written_and_read_again_is_the_same(date):
    assert PartialDate.parse(str(date)) == date


@given(partial_dates(), partial_dates(), partial_dates())
def test_order_of_dates_is_total(one, two, three):
    assert [one < two, one == two, one > two].count(True) == 1
    if one <= two <= three:
        assert one <= three


@given(partial_dates(), partial_dates())
def test_order_of_dates_follows_the_earliest_day_and_then_the_latest(one, two):
    if one < two:
        assert (one.earliest, one.latest) <= (two.earliest, two.latest)


def test_order_of_dates_reads_as_a_time_line():
    line = "<2013 <2014 2014-01-01 2014-01 2014 ~2014 >2014 2014-02 2014-12-31 2015".split()
    assert [str(date) for date in sorted(map(PartialDate.parse, reversed(line)))] == line


@given(partial_dates(), partial_dates())
def test_agreement_of_dates_is_mutual(one, two):
    assert one.agrees_with(two) == two.agrees_with(one)


@given(partial_dates())
def test_date_agrees_with_itself_and_lies_within_its_bounds(date):
    assert date.agrees_with(date)
    assert date.earliest <= date.latest


@given(st.dates())
def test_date_agrees_with_its_own_month_and_year(day):
    exact = PartialDate(day.year, day.month, day.day)
    assert exact.agrees_with(PartialDate(day.year, day.month))
    assert exact.agrees_with(PartialDate(day.year))
    assert (exact.earliest, exact.latest) == (day, day)


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("2023-02", "2023-02-23", True),
        ("2023-02-09", "2023-02-23", False),
        ("<2014", "1999", True),
        ("<2014", "2015", False),
        (">2022-02", "2025", True),
        (">2022", "2021", False),
        ("~1990", "1991-05", True),
        ("~1990", "1992", False),
    ],
)
def test_agreement_of_dates_as_sources_mean_them(one, two, agree):
    assert PartialDate.parse(one).agrees_with(PartialDate.parse(two)) is agree


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2024", "year", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", "month", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-02-10", "day", dt.date(2024, 2, 10), dt.date(2024, 2, 10)),
        ("<2014", "year", dt.date.min, dt.date(2014, 12, 31)),
        (">2022-02", "month", dt.date(2022, 2, 1), dt.date.max),
    ],
)
def test_date_spans_what_it_can_mean(text, precision, earliest, latest):
    date = PartialDate.parse(text)
    assert (date.precision, date.earliest, date.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2023-13",
        "2023-02-30",
        "0000",
        "20230223",
        "2023-2-3",
        "> 2022",
        "٢٠٢٣",
        "2023-",
    ],
)
def test_date_malformed_is_refused_in_a_sentence(text):
    with pytest.raises(Invalid) as refused:
        PartialDate.parse(text)
    assert refused.value.code == "date_malformed"
    assert str(refused.value).endswith(".")


def test_date_refused_keeps_the_start_of_a_long_text():
    with pytest.raises(Invalid) as refused:
        PartialDate.parse("9" * 10_000)
    assert len(str(refused.value)) < 300
    assert refused.value.details == {"value": "9" * 200}


def test_date_empty_is_no_date():
    assert PartialDate.parse_or_none("  ") is None
    assert PartialDate.parse_or_none(" 2023 ") == PartialDate(2023)
