"""The annotated documents: every fact lies in the article, at the edges of sentences; own dates."""

import json
from pathlib import Path
from typing import Any

import pytest

from mistok.reading.intake import open_text

OWN = Path(__file__).resolve().parents[2] / "data" / "reading"
BOUNDS = 0.94


def _read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _own() -> list[dict[str, Any]]:
    return [one for path in sorted(OWN.glob("own_*.jsonl")) for one in _read(path)]


@pytest.fixture(scope="module")
def corpus(shared_data: Path) -> list[dict[str, Any]]:
    """The annotated documents of the project and, beside them, those of our own."""
    return _read(shared_data / "corpus" / "dev.jsonl") + _own()


def _evidence(document: dict[str, Any]) -> list[str]:
    facts = [fact for name in ("ties", "aid", "projects") for fact in document[name]]
    stages = [stage for fact in facts for stage in fact.get("history", [])]
    return [fact["evidence"].strip() for fact in (*facts, *stages)]


def test_every_text_comes_through_unchanged_and_in_its_language(
    corpus: list[dict[str, Any]],
) -> None:
    assert len(corpus) >= 30
    for document in corpus:
        text = open_text(document["text"])
        assert text.text == document["text"], document["id"]
        assert text.lang == document["lang"], document["id"]


def test_every_date_that_a_text_prints_of_itself_is_found_and_no_other(
    corpus: list[dict[str, Any]],
) -> None:
    found = {
        document["id"]: str(date) if (date := open_text(document["text"]).published) else None
        for document in corpus
    }
    meant = {document["id"]: document["published"] for document in corpus}
    wrong = {name: date for name, date in found.items() if date != meant[name]}
    # Dates of documents to come may be printed in yet other ways; those of the corpus may not.
    assert not [name for name in wrong if name.startswith(("seed-", "dev-"))], wrong
    assert len(wrong) <= len(found) * (1 - BOUNDS), wrong


def test_no_fact_is_lost_as_furniture(corpus: list[dict[str, Any]]) -> None:
    lost = []
    for document in corpus:
        text = open_text(document["text"])
        furniture = [one for one in text.sentences if one.role == "furniture"]
        for evidence in _evidence(document):
            start = text.text.index(evidence)
            end = start + len(evidence)
            if any(one.start < end and one.end > start for one in furniture):
                lost.append((document["id"], evidence[:80]))
    given = [one for one in lost if one[0].startswith(("seed-", "dev-"))]
    assert given == []
    assert len(lost) <= len(corpus) * (1 - BOUNDS), lost


def test_facts_begin_and_end_where_sentences_do(corpus: list[dict[str, Any]]) -> None:
    starts = ends = count = 0
    for document in corpus:
        text = open_text(document["text"])
        firsts = {one.start for one in text.sentences}
        lasts = {one.end for one in text.sentences}
        for evidence in _evidence(document):
            start = text.text.index(evidence)
            count += 1
            starts += start in firsts
            ends += start + len(evidence) in lasts
    assert starts >= count * BOUNDS
    assert ends >= count * BOUNDS
