"""What an answer of Wikidata says, and what it is asked."""

import json

import pytest

from mistok.ingest.wikidata import answers
from mistok.ingest.wikidata.answers import statement_rows
from mistok.ingest.wikidata.query import page_query
from mistok.kernel.errors import Invalid
from wikidata_cast import (
    BLANK,
    OLD_BLANK,
    answer,
    binding,
    number,
    precision,
    time,
    uri,
    word,
)

ONE = {"q": "Q1", "en": "Bucha", "uk": "Буча", "country": "UA", "point": (50.54, 30.21)}
TWO = {"q": "Q2", "en": "Gera", "country": "DE", "geonames": "2921232"}


def rows(*bindings):
    return list(statement_rows(answer(*bindings)))


def cells(*bindings):
    (row,) = rows(*bindings)
    assert row.refusal is None, row.refusal
    return row.cells


def test_statement_has_its_items_names_codes_and_places():
    told = cells(binding("Q1-abc", ONE, TWO, start="2004-05-17"))
    assert told["statement"] == "Q1-abc"
    assert (told["item"], told["item_en"], told["item_uk"]) == ("Q1", "Bucha", "Буча")
    assert (told["item_point"], told["item_country"]) == ("50.54,30.21", "UA")
    assert (told["other"], told["other_geonames"], told["other_uk"]) == ("Q2", "2921232", "")
    assert (told["start"], told["end"], told["rank"]) == ("2004-05-17", "", "normal")
    assert len(told["answer"]) == 64


def test_lines_of_one_statement_are_one_row_with_all_values():
    told = cells(
        binding("Q1-abc", ONE, TWO, start="2004"),
        binding("Q1-abc", ONE, TWO, start="2005-06"),
        binding("Q1-abc", ONE, {**TWO, "country": "PL"}, start="2004"),
    )
    assert told["start"] == "2004|2005-06"
    assert told["other_country"] == "DE|PL"


@pytest.mark.parametrize(
    ("cell", "exact", "text"),
    [
        (time("2004"), precision("2004"), "2004"),
        (time("2004-05"), precision("2004-05"), "2004-05"),
        (time("2004-05-17"), number(14), "2004-05-17"),
        (time("1990"), number(8), ""),
        (time("2004-05-17"), None, "2004-05-17"),
        (time("2004-05"), None, "2004-05"),
        (time("2004"), None, "2004"),
        (word("2004-00-00T00:00:00Z"), None, "2004"),
        (word("-0300-01-01T00:00:00Z"), None, ""),
        (word("yesterday"), None, ""),
        (BLANK, None, "unknown"),
        (OLD_BLANK, None, "unknown"),
    ],
)
def test_dates_are_as_exact_as_they_are_told(cell, exact, text):
    told = cells(binding("Q1-abc", ONE, TWO) | {"start": cell} | _exactly(exact))
    assert told["start"] == text


def _exactly(exact):
    return {} if exact is None else {"startPrecision": exact}


def test_references_are_told_one_by_one():
    first = {
        "reference": uri("http://www.wikidata.org/reference/1"),
        "refUrl": uri("https://example.org/twins"),
        "refRetrieved": time("2023-05-14"),
    }
    second = {
        "reference": uri("http://www.wikidata.org/reference/2"),
        "refStatedEn": word("German Wikipedia", "en"),
        "refPublished": time("2019-01-02"),
    }
    empty = {"reference": uri("http://www.wikidata.org/reference/3")}
    several = (binding("Q1-abc", ONE, TWO, **one) for one in (first, second, first, empty))
    assert cells(*several)["references"] == (
        "https://example.org/twins, retrieved 2023-05-14|"
        "stated in German Wikipedia, published 2019-01-02"
    )


@pytest.mark.parametrize(
    ("cause", "text"),
    [
        ({"endCauseEn": word("invasion", "en"), "endCause": uri("x")}, "invasion"),
        ({"endCause": BLANK}, "unknown"),
        ({}, ""),
    ],
)
def test_end_cause_is_told_by_its_name(cause, text):
    assert cells(binding("Q1-abc", ONE, TWO, **cause))["end_cause"] == text


@pytest.mark.parametrize("blank", [BLANK, OLD_BLANK])
def test_unknown_value_is_told_as_such_and_a_missing_one_as_nothing(blank):
    assert cells(binding("Q1-abc", ONE, {"q": blank}))["other"] == "unknown"
    line = binding("Q1-abc", ONE, TWO)
    assert cells({name: cell for name, cell in line.items() if name != "other"})["other"] == ""


def test_separator_in_a_name_parts_nothing():
    assert cells(binding("Q1-abc", {**ONE, "en": "Bucha | Буча"}, TWO))["item_en"] == "Bucha / Буча"


@pytest.mark.parametrize("text", ["Point(300 10)", "Point(1 2 3)", "POINT(x y)"])
def test_place_outside_this_globe_is_no_place(text):
    assert cells(binding("Q1-abc", ONE, TWO, otherPoint=word(text)))["other_point"] == ""


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"rank": uri("x")}, "statement_missing"),
        ({**binding("Q1-abc", ONE, TWO), "statement": uri("https://example.org/1")}, None),
        ({**binding("Q1-abc", ONE, TWO), "item": uri("https://example.org/Q1")}, "item_malformed"),
        ({**binding("Q1-abc", ONE, TWO), "start": 7}, "statement_malformed"),
        ({**binding("Q1-abc", ONE, TWO), "itemEn": {"type": "literal"}}, "statement_malformed"),
        ("a text", "statement_missing"),
        (None, "statement_missing"),
    ],
)
def test_line_that_cannot_be_read_is_told_and_the_others_stay(line, code):
    good = binding("Q1-good", ONE, TWO)
    bad, fine = rows(line, good)
    assert bad.refusal.code == (code or "statement_missing")
    assert str(bad.refusal).endswith(".")
    assert fine["statement"] == "Q1-good"
    assert [bad.line, fine.line] == [1, 2]


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"[]", b"{}", b'{"results": {"bindings": {}}}', b"\xff\xfe", b"[" * 9999],
)
def test_what_is_no_answer_is_refused(data):
    with pytest.raises(Invalid) as refused:
        list(statement_rows(data))
    assert refused.value.code == "answer_malformed"


def test_answer_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as refused:
        list(statement_rows(answer()))
    assert refused.value.code == "answer_too_large"


def test_cursor_tells_the_country_the_number_and_the_statement():
    data = answer(binding("Q1-a", ONE, TWO), binding("Q1-b", ONE, TWO))
    told = [row.cursor for row in statement_rows(data, first=8, prefix="UA ")]
    assert told == ["UA 8 Q1-a", "UA 9 Q1-b"]


def test_recorded_answer_is_read_whole(root):
    data = (root / "tests" / "data" / "wikidata" / "answer_ua.json").read_bytes()
    told = list(statement_rows(data))
    lines = len(json.loads(data)["results"]["bindings"])
    assert lines > len(told) > 150
    assert sum(row.refusal is not None for row in told) == 4


def test_query_asks_for_a_country_from_a_statement_on():
    query = page_query("UA", after="Q1-ABC", limit=50)
    assert 'wdt:P297 "UA"' in query
    assert '> "http://www.wikidata.org/entity/statement/Q1-ABC"' in query
    assert "LIMIT 50" in query
    for prop in "P190 P580 P582 P585 P1534 P854 P248 P813 P577 P625 P1566 P9435 P17".split():
        assert f":{prop}" in query
    assert query.count("{") == query.count("}")
    assert 'FILTER(STR(?statement) > "")' in page_query("PL")


@pytest.mark.parametrize(
    ("country", "after", "code"),
    [
        ("Ukraine", "", "country_unknown"),
        ('U"', "", "country_unknown"),
        ("UA", 'Q1" } DELETE', "cursor_malformed"),
    ],
)
def test_query_takes_no_words_of_strangers(country, after, code):
    with pytest.raises(Invalid) as refused:
        page_query(country, after=after)
    assert refused.value.code == code
