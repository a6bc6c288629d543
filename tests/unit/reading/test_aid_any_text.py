"""Any text at all: dates, aid and projects never fail, and take no longer than its length says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_pages import page_of, text_of

from mistok.reading.aid import aid_in
from mistok.reading.dates import dates_in
from mistok.reading.model import Mention, Page, Party, Sentence, Text
from mistok.reading.projects import projects_in

KYIV = Party("katottg:UA1", "Kyiv", "UA", "city")
METZ = Party("geonames:1", "Metz", "FR", "city")
SLOW = 5.0
"""Seconds on a busy machine; a text that grows faster than its length takes minutes."""

WORDS = st.sampled_from(
    """{Metz|FR} {Kyiv|UA} {Ukraine|UA|country|country} {French|FR|country|nationality} sent gave
    received from to for by with and , ; : three 3 1,200 2.5 tons of tonnes million $ € euros a the
    buses ambulances medicines humanitarian aid worth each will rebuild the school repair agreed
    in on May 9 2022 Monday last year today ' s sister city передав отримав від до автобуси дев'ять
    тис. грн прибули з übergab an drei Busse Generatoren nach von lieferte przekazał do karetkę od
    trzy tys. zł . \n""".split(" ")
)


def all_steps(page):
    dates_in(page.text)
    for fact in aid_in(page):
        assert fact.items
        assert 0 <= fact.start < fact.end <= len(page.text.text)
        assert 0 < fact.confidence < 1
    for project in projects_in(page):
        assert project.what


@given(st.lists(WORDS, max_size=60), st.sampled_from(["en", "uk", "de", "pl"]))
def test_words_of_aid_in_any_order(words, lang):
    all_steps(page_of(" ".join(words), lang, "2022-12-20"))


@given(st.text(max_size=300), st.sampled_from(["en", "uk", "de", "pl", "ka", ""]))
def test_any_letters(told, lang):
    text = text_of(told, lang)
    for date in dates_in(text):
        assert 0 <= date.start < date.end <= len(told)
    whole = Text(told, lang, (Sentence(0, len(told), 0, "body"),))
    place = Mention(0, min(3, len(told)), 0, KYIV)
    all_steps(Page(whole, (place,), dates_in(whole)))


@pytest.mark.parametrize(
    "piece",
    [
        "Kyiv, Metz, ",
        "Kyiv. Metz. ",
        "Metz sent 3 buses to Kyiv. ",
        "Metz sent 3 buses and Kyiv ",
        "Metz will rebuild the school of Kyiv. ",
        "on 9 February 2023 and May 2022, ",
        "1 2 3 4 million million tons of of of ",
        "since since the city sent ' s ' s (((((",
        "a" * 50,
    ],
)
def test_a_long_text_takes_no_longer_than_its_length_says(piece):
    told = piece * (100_000 // len(piece))
    sentences, mentions, start = [], [], 0
    for number in range(len(told) // len(piece)):
        sentences.append(Sentence(start, start + len(piece), number, "body"))
        for party in (KYIV, METZ):
            at = told.find(party.name, start, start + len(piece))
            if at >= 0:
                mentions.append(Mention(at, at + 4, number, party))
        start += len(piece)
    mentions.sort(key=lambda mention: mention.start)
    for role in (tuple(sentences), (Sentence(0, len(told), 0, "body"),)):
        single = len(role) == 1
        found = [Mention(m.start, m.end, 0, m.party) if single else m for m in mentions]
        text = Text(told, "en", role)
        begun = time.perf_counter()
        all_steps(Page(text, tuple(found), dates_in(text)))
        assert time.perf_counter() - begun < SLOW
