"""Aid, projects and dates of the labelled corpus, with its places given: how much is found.

Places come from `tests/data/corpus_surfaces.csv`, so that only these steps are measured.
"""

import csv
import json
import re
from bisect import bisect_right
from collections import Counter
from pathlib import Path

import pytest
from marked_pages import text_of

from mistok.reading.aid import aid_in
from mistok.reading.dates import dates_in
from mistok.reading.model import Mention, Page, Party
from mistok.reading.projects import projects_in

SURFACES = Path(__file__).parents[2] / "data" / "corpus_surfaces.csv"
COUNTRIES = {
    "Ukraine": ("Ukraine", "UA"),
    "Україні": ("Ukraine", "UA"),
    "Ukrainie": ("Ukraine", "UA"),
    "Грузія": ("Georgia", "GE"),
    "Ізраїлю": ("Israel", "IL"),
    "Denmark": ("Denmark", "DK"),
    "The UK": ("United Kingdom", "GB"),
    "Estonian": ("Estonia", "EE"),
}


@pytest.fixture(scope="module")
def pages(shared_data):
    rows: dict[str, list[tuple[str, Party]]] = {}
    with SURFACES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            party = Party(row["key"], row["name"], row["country"], row["level"])
            rows.setdefault(row["doc"], []).append((row["surface"], party))
    path = shared_data / "corpus" / "dev.jsonl"
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(doc, page_of(doc, rows.get(doc["id"], []))) for doc in documents]


def page_of(document, surfaces):
    text = text_of(document["text"], document["lang"], document["published"] or "")
    countries = [
        (told, Party(f"iso:{code}", name, code, "country"))
        for told, (name, code) in COUNTRIES.items()
    ]
    starts = [sentence.start for sentence in text.sentences]
    mentions: list[Mention] = []
    for told, party in sorted([*surfaces, *countries], key=lambda pair: -len(pair[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(told)}(?!\w)", text.text):
            start, end = found.span()
            if not any(m.start < end and start < m.end for m in mentions):
                sentence = bisect_right(starts, start) - 1
                mentions.append(Mention(start, end, sentence, party))
    return Page(text, tuple(sorted(mentions, key=lambda m: m.start)), dates_in(text))


def name(party):
    return party if isinstance(party, str) else party.name


def f1(there, read):
    right = (there & read).total()
    return 2 * right / (there.total() + read.total())


def test_aid_lines(pages):
    there, read = Counter(), Counter()
    for document, page in pages:
        key = document["id"]
        there.update(
            (key, aid["from"], aid["to"], item["quantity"], item["quantity"] and item["unit"])
            for aid in document["aid"]
            for item in aid["items"]
        )
        read.update(
            (key, name(f.giver), name(f.receiver), i.quantity, i.quantity and i.unit)
            for f in aid_in(page)
            for i in f.items
        )
    assert f1(there, read) > 0.9


def test_projects(pages):
    there, read = Counter(), Counter()
    for document, page in pages:
        key = document["id"]
        there.update((key, p["by"], p["for"]) for p in document["projects"])
        read.update((key, name(p.by), name(p.receiver)) for p in projects_in(page))
    assert f1(there, read) > 0.8


def test_dates_of_all_facts_are_told(pages):
    missing = []
    for document, page in pages:
        told = {str(date.date) for date in page.dates}
        facts = [*document["ties"], *document["aid"]]
        stages = [stage for tie in document["ties"] for stage in tie.get("history", [])]
        wanted = {fact["date"] for fact in [*facts, *stages] if fact["date"]}
        missing += [(document["id"], date) for date in wanted - told]
    assert missing == []


def test_evidence_is_in_the_text_and_items_are_in_the_evidence(pages):
    for _document, page in pages:
        for fact in aid_in(page):
            assert 0 <= fact.start < fact.end <= len(page.text.text)
            assert 0 < fact.confidence < 1
            assert all(fact.start <= item.start < item.end <= fact.end for item in fact.items)
        for project in projects_in(page):
            assert 0 <= project.start < project.end <= len(page.text.text)
