"""Codes in people's words: dates, states, kinds, languages."""

import pytest
from django.utils import translation

from mistok.provenance.values import EVENTS, SUPPORT_KINDS, SUPPORT_STATUSES, TIE_KINDS, VOTE_NAMES
from mistok.registry.lifecycle import TieState
from mistok.web import labels, words

DATES = [
    ("", "", ""),
    ("2023-02-23", "23 February 2023", "23 лютого 2023"),
    ("2023-02", "February 2023", "Лютий 2023"),
    ("2023", "2023", "2023"),
    ("<2014", "before 2014", "до 2014"),
    (">2022-02", "after February 2022", "після лютого 2022"),
    ("~1990", "about 1990", "близько 1990"),
]


@pytest.mark.parametrize(("text", "english", "ukrainian"), DATES)
def test_date_is_written_out_in_both_languages(text, english, ukrainian):
    with translation.override("en"):
        assert words.stated_words(text) == english
    with translation.override("uk"):
        assert words.stated_words(text).lower() == ukrainian.lower()


@pytest.mark.parametrize("day", ["2023-02-23", "2023-02-01", "2023-02"])
def test_help_is_never_dated_by_the_day(day):
    with translation.override("en"):
        assert words.month_words(day) == "February 2023"
        assert words.month_words("") == ""
        assert words.month_words("<2023-02-23") == "before February 2023"


@pytest.mark.parametrize("state", TieState)
def test_state_has_a_mark_beside_its_tone(state):
    badge = words.state_badge(state)
    assert badge.code == state
    assert badge.label
    assert (badge.tone, badge.icon) in {
        ("moss", "●"),
        ("amber", "◐"),
        ("clay", "✕"),
        ("river", "○"),
    }


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_code_has_its_word(language):
    with translation.override(language):
        for codes, names in (
            (EVENTS, labels.EVENT_LABELS),
            (SUPPORT_KINDS, labels.SUPPORT_KIND_LABELS),
            (SUPPORT_STATUSES, labels.SUPPORT_STATUS_LABELS),
            (VOTE_NAMES, labels.VOTE_LABELS),
        ):
            assert set(codes) == set(names)
            assert all(words.label_of(names, code) for code in codes)
        assert all(words.kind_label(kind) for kind in TIE_KINDS)


def test_code_without_a_word_is_shown_readably():
    assert words.label_of({}, "brand_new") == "brand new"


def test_language_goes_by_its_name_in_the_readers_language():
    with translation.override("uk"):
        assert words.language_name("de").lower() == "німецька"
        assert words.language_name("tlh") == "tlh"
