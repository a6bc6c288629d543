"""Structured statements: canonical text, checked words, and the way back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.provenance.values import (
    EVENTS,
    SUPPORT_KINDS,
    SUPPORT_STATUSES,
    TIE_KINDS,
    VOTE_NAMES,
    SupportReport,
    TieEvent,
    parse_votes,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
DATES = st.sampled_from(["", "2023", "2023-02", "2023-02-23", "<2014", ">2022-02", "~1990"])
LANGUAGES, NOTE = st.sampled_from(["en", "uk"]), st.text("абвabc ", min_size=1)
NOTES = st.dictionaries(LANGUAGES, NOTE, max_size=2)
TIE_EVENTS = st.builds(
    TieEvent,
    event=st.sampled_from(sorted(EVENTS)),
    kind=st.sampled_from(sorted(TIE_KINDS)),
    date=DATES,
    as_of=DATES,
    planned=st.booleans(),
    body=WORDS,
    act=WORDS,
    act_number=WORDS,
    instrument=WORDS,
    votes=st.sampled_from(["", "14/0", "38/1/1", "30/0/0/0/9"]),
    mode=WORDS,
    fields=st.lists(WORDS.filter(bool), max_size=3).map(tuple),
    note=NOTES,
)
REPORTS = st.builds(
    SupportReport,
    giver=WORDS.filter(bool),
    receiver=WORDS.filter(bool),
    kind=st.sampled_from(sorted(SUPPORT_KINDS)),
    status=st.sampled_from(sorted(SUPPORT_STATUSES)),
    what=NOTES,
    public_what=st.dictionaries(LANGUAGES, NOTE, min_size=1, max_size=2),
    date=DATES,
    restricted=st.booleans(),
)


@given(TIE_EVENTS)
def test_tie_event_written_and_read_again_is_the_same(event):
    assert TieEvent.from_text(event.to_text()) == event


@given(REPORTS)
def test_support_report_written_and_read_again_is_the_same(report):
    again = SupportReport.from_text(report.to_text())
    assert again.to_text() == report.to_text()
    assert again.public_what == report.public_what


def test_canonical_text_is_sorted_short_and_without_empty_fields():
    event = TieEvent(event="signed", kind="twinning", date="2025-07-09", note={"uk": "так"})
    text = '{"date":"2025-07-09","event":"signed","kind":"twinning","note":{"uk":"так"},"planned":'
    assert event.to_text() == text + "false}"


def test_dates_of_an_event_are_read():
    event = TieEvent(event="signed", date="2023-02", as_of="~2022-09")
    assert event.when == PartialDate(2023, 2)
    assert event.stated_as_of == PartialDate(2022, 9, bound="~")
    assert TieEvent(event="signed").when is None


def test_unknown_fields_of_a_later_version_are_passed_over():
    assert TieEvent.from_text('{"event":"signed","from_the_future":1}').event == "signed"


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", '"signed"', "{}", '{"event":1}'])
def test_value_that_is_none_is_refused(text):
    with pytest.raises(Invalid) as refused:
        TieEvent.from_text(text)
    assert refused.value.code == "value_malformed"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"event": "married"}, "word_unknown"),
        ({"event": ["signed"]}, "word_unknown"),
        ({"event": "signed", "kind": "marriage"}, "word_unknown"),
        ({"event": "signed", "date": "soon"}, "date_malformed"),
        ({"event": "signed", "as_of": "2023-13"}, "date_malformed"),
        ({"event": "signed", "votes": "many"}, "votes_malformed"),
    ],
)
def test_tie_event_outside_the_vocabulary_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        TieEvent.from_text(json.dumps(content))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "weapons"}, "word_unknown"),
        ({"status": "lost"}, "word_unknown"),
        ({"date": "later"}, "date_malformed"),
        ({"quantity": "many", "unit": "pcs"}, "quantity_malformed"),
        ({"quantity": "5"}, "unit_missing"),
        ({"restricted": True}, "public_words_missing"),
        ({"giver": ""}, "giver_missing"),
    ],
)
def test_support_report_outside_the_vocabulary_is_refused(changed, code):
    sound = {"giver": "geonames:1", "receiver": "iso:UA", "kind": "goods", "status": "delivered"}
    SupportReport(**sound, quantity="5", unit="t")
    with pytest.raises(Invalid) as refused:
        SupportReport(**(sound | changed))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("", {}),
        ("14/0", {"for": 14, "against": 0}),
        ("38/1/1", {"for": 38, "against": 1, "abstained": 1}),
        ("30/0/0/0/9", dict(zip(VOTE_NAMES, (30, 0, 0, 0, 9), strict=True))),
    ],
)
def test_votes_are_counted_by_name(text, votes):
    assert parse_votes(text) == votes


@pytest.mark.parametrize("text", ["14", "1/2/3/4", "1/2/3/4/5/6", "a/b", "-1/0", "1 / 0", "٣/٤"])
def test_votes_of_another_form_are_refused(text):
    with pytest.raises(Invalid) as refused:
        parse_votes(text)
    assert refused.value.code == "votes_malformed"
