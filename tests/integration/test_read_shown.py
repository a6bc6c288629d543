"""The real reader on the page: the five articles that came with the project, and a text of ours."""

import html
import json

import pytest
import read_cast
from django.test import Client
from read_cast import ARTICLE, SIGNED

from factories import DORTMUND, ZHYTOMYR
from mistok.ingest.documents.reader import reader_version, the_reader
from mistok.ingest.documents.services import accept_all, take_in
from mistok.ingest.models import Proposal
from mistok.reading.intake import open_text
from mistok.registry.models import Tie
from mistok.registry.services import tie_subject

pytestmark = pytest.mark.django_db
ground, crew = read_cast.ground, read_cast.crew
LEAST = {"seed-0": 1, "seed-1": 35, "seed-2": 14, "seed-3": 2, "seed-4": 2}
"""Proposals that each of the five articles gives at least."""


def test_one_reader_reads_for_the_whole_process():
    assert the_reader() is the_reader()
    assert reader_version()
    (tie,) = the_reader().read(open_text(ARTICLE)).ties
    assert {tie.a.key, tie.b.key} == {DORTMUND, ZHYTOMYR}
    assert (tie.kind, tie.event, tie.date) == ("twinning", "signed", "2023-02-23")


def test_text_goes_from_its_words_to_the_registry(crew):
    text = open_text(ARTICLE)
    document = take_in(actor=crew.stranger, text=text, data=ARTICLE.encode(), origin="pasted")
    taken = accept_all(actor=crew.of_ukraine, document=document)
    assert taken.accepted
    tie = Tie.objects.get(public_id=tie_subject([DORTMUND, ZHYTOMYR]))
    assert (tie.state, tie.since) == ("signed", "2023-02-23")


@pytest.mark.parametrize("name", LEAST)
def test_each_of_the_five_articles_gives_its_facts_with_evidence(shared_data, name):
    lines = (shared_data / "corpus" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    article = next(row for row in map(json.loads, lines) if row["id"] == name)
    answer = Client().post("/en/read/", {"text": article["text"], "act": "read"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert page.count('class="proposal"') >= LEAST[name]
    assert len(answer.content) < 200_000
    for tie in article["ties"][:3]:
        assert tie["evidence"].split(". ")[0][:60] in page
    assert not Proposal.objects.exists()


def test_article_is_shown_with_the_words_of_its_tie():
    answer = Client().post("/uk/read/", {"text": ARTICLE, "act": "read"})
    page = html.unescape(answer.content.decode())
    assert SIGNED.split("signed")[0] in page
    assert '<mark class="is-tie">' in page
