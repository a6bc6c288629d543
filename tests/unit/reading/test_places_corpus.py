"""The corpus: nearly every annotated party is found, and hardly anything that is no place."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places_cast import CHECKOUT, the_reader, the_world

from mistok.reading.intake import open_text
from mistok.reading.model import Mention

pytestmark = [pytest.mark.world, pytest.mark.shared]

PLACED = ("name", "adjective", "capital", "country")
KNOWN_BY_EYE = frozenset(
    "Berlin Hnivan Kotsiubynske Shyroke Hirske Shulhynka Hofstetten Sindelfingen Lviv Tokyo "
    "Białystok Warsaw Prague Budapest Bratislava Kyiv Tacoma Saltivka Vinnytsia Moscow".split()
)
"""Places that the corpus names and that are party to nothing in its annotations."""


def documents(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def parties(document: dict[str, Any]) -> Iterator[dict[str, str]]:
    for kind, sides in (("ties", "a b"), ("aid", "from to"), ("projects", "by for")):
        for fact in document.get(kind, ()):
            for side in sides.split():
                if isinstance(fact.get(side), dict) and fact[side].get("country"):
                    yield fact[side]


def read(document: dict[str, Any]) -> list[Mention]:
    text = open_text(document["text"])
    return [
        m for m in the_reader().mentions(text) if text.sentences[m.sentence].role != "furniture"
    ]


@pytest.fixture(scope="module")
def keys() -> dict[tuple[str, str], str]:
    path = CHECKOUT / "tests" / "data" / "corpus_surfaces.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["name"], row["level"]): row["key"] for row in csv.DictReader(lines)}


def test_nearly_every_party_of_the_corpus_is_found(
    shared_data: Path, keys: dict[tuple[str, str], str]
) -> None:
    found = sought = levels = 0
    for document in documents(shared_data / "corpus" / "dev.jsonl"):
        mentions = [m for m in read(document) if m.role in PLACED]
        for party in parties(document):
            key = keys.get((party["name"], party["level"]))
            if key is None:
                continue
            sought += 1
            mine = [m for m in mentions if m.party.key == key]
            found += bool(mine)
            levels += any(m.party.level == party["level"] for m in mine)
    assert sought > 150
    assert found >= 0.98 * sought
    assert levels >= 0.97 * sought


def test_hardly_anything_in_the_corpus_is_taken_for_a_place_that_is_none(
    shared_data: Path, keys: dict[tuple[str, str], str]
) -> None:
    known = set(keys.values())
    right, wrong = 0, []
    for document in documents(shared_data / "corpus" / "dev.jsonl"):
        for mention in read(document):
            if mention.role not in ("name", "adjective"):
                continue
            if mention.party.key in known or mention.party.name in KNOWN_BY_EYE:
                right += 1
            else:
                wrong.append((document["id"], mention.party.name))
    assert len(wrong) <= 0.03 * right, wrong


@pytest.mark.parametrize("lang", ["en", "uk", "de", "pl"])
def test_parties_of_documents_written_for_development_are_found(lang: str) -> None:
    found, sought = 0, 0
    for document in documents(CHECKOUT / "tests" / "data" / "reading" / f"own_{lang}.jsonl"):
        mine = {m.party.key for m in read(document) if m.role in PLACED}
        for party in parties(document):
            places = the_world().find(party["name"], country=party["country"], limit=6)
            sought += 1
            found += any(match.place.key in mine for match in places)
    assert sought > 40
    assert found >= 0.85 * sought
