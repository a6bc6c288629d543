"""Bad and huge input: bounded time, exact offsets, the same reading twice; the word lists hold."""

import re
import time

import pytest
from tied_pages import page_of

from mistok.reading.model import LANGUAGES, TIE_KINDS
from mistok.reading.ties import ties_in
from mistok.reading.ties.cues import Lexicon, lexicon_of
from mistok.reading.ties.lexicon import words_of

MANY = 10_000


def crowd(between, opening="", closing=""):
    names = between.join(f"{{Place{n}|{'UA' if n % 2 else 'DE'}}}" for n in range(MANY))
    return page_of(f"{opening}{names}{closing}")


@pytest.mark.parametrize(
    ("between", "opening"),
    [
        (", ", "The sister cities of the region are "),
        (". A sister city is ", "A sister city is "),
        ("\n- ", "Our partner cities:\n- "),
        (" signed an agreement with ", ""),
    ],
)
def test_ten_thousand_places_take_bounded_time(between, opening):
    page = crowd(between, opening)
    began = time.process_time()
    facts = ties_in(page)
    assert time.process_time() - began < 10
    assert len(facts) <= MANY


def test_a_sentence_without_end_is_read_to_a_limit():
    page = page_of("{Lviv|UA} and {Linz|AT} " + "partnership agreement with " * 50_000)
    began = time.process_time()
    ties_in(page)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_text_has_no_ties(lang):
    assert ties_in(page_of("", lang)) == ()


def test_the_same_page_gives_the_same_ties():
    page = page_of("{Lviv|UA}, {Linz|AT} and {Graz|AT} are sister cities of {Sumy|UA} since 1990.")
    assert ties_in(page) == ties_in(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_pattern_is_found_by_its_letters_and_can_be_compiled(lang):
    words = words_of(lang)
    assert re.compile(words.stems)
    for tag, patterns in words.patterns.items():
        parts = tag.split(":")
        assert parts[0] in set("TEMROGWJF")
        assert parts[0] != "T" or (parts[1] in TIE_KINDS and len(parts) == 3)
        for pattern in patterns:
            re.compile(pattern)
            Lexicon({tag: [pattern]})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_pattern_stands_twice_under_its_tag(lang):
    for tag, patterns in words_of(lang).patterns.items():
        assert len(patterns) == len(set(patterns)), tag


def test_a_pattern_must_begin_with_letters():
    with pytest.raises(ValueError, match="too few letters"):
        Lexicon({"F": ["ab?c"]})


def test_a_word_is_looked_up_whatever_its_case():
    lexicon = lexicon_of("en")
    found = lexicon.at("SISTER CITIES of", 0, "SISTER")
    assert [(tag, kind, shape) for tag, kind, shape, _end in found] == [("T", "twinning", "role")]
