"""Names as the corpus spells them: inflected, misspelled, with words around, find their place.

`tests/data/corpus_surfaces.csv` has a row for each way in which a document writes a municipality,
district or region that its annotations name. `surface` stands so in the text; `name` and `level`
are the annotation's; `key` is the place, empty only where the gazetteer has none.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from mistok.world import World

pytestmark = pytest.mark.world

CHECKOUT = Path(__file__).parents[3]
LEVELS = {"city", "hromada", "district", "region", "state"}

# Names that a city and a region bear alike, where the text means the one that the name alone does
# not show: it says so further on in the sentence, or by words that another row of the table has.
# A reader that has understood this asks with the kind, and so does the test.
MEANT_KINDS = {
    ("Khmelnytskyi", "Khmelnytskyi Oblast"): "region",
    ("Washington", "Washington"): "region",
    ("Житомирська", "Zhytomyr"): "hromada",
    ("Херсонська", "Kherson Oblast"): "region",
}


def _rows() -> list[dict[str, str]]:
    path = CHECKOUT / "tests" / "data" / "corpus_surfaces.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ROWS = _rows()
# Documents share most names; each is looked up once.
LOOKUPS = {(row["surface"], row["name"], row["key"]): row for row in ROWS if row["key"]}


@pytest.fixture(scope="module")
def corpus() -> dict[str, dict[str, Any]]:
    """The annotated documents by their id."""
    folder = Path(os.environ.get("MISTOK_SHARED", CHECKOUT.parent / "shared"))
    path = folder / "corpus" / "dev.jsonl"
    if not path.exists():
        reason = f"The corpus is not at {path}; set MISTOK_SHARED."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with path.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    return {document["id"]: document for document in documents}


@pytest.mark.parametrize(
    "row", LOOKUPS.values(), ids=lambda row: f"{row['doc']}: {row['surface']} ({row['country']})"
)
def test_a_name_as_the_text_spells_it_finds_its_place(
    whole_world: World, row: dict[str, str]
) -> None:
    kind = MEANT_KINDS.get((row["surface"], row["name"]))
    found = whole_world.find(row["surface"], country=row["country"], kind=kind, limit=1)
    assert [(match.place.key, match.place.name) for match in found] == [
        (row["key"], whole_world.get(row["key"]).name)
    ]


def test_keys_of_the_table_are_canonical_and_of_their_country(whole_world: World) -> None:
    for row in ROWS:
        assert row["level"] in LEVELS
        if row["key"]:
            assert whole_world.canonical(row["key"]) == row["key"]
            assert whole_world.get(row["key"]).country == row["country"]


def test_a_name_of_the_annotations_has_one_key_and_no_row_twice() -> None:
    keys: dict[tuple[str, str], set[str]] = {}
    for row in ROWS:
        keys.setdefault((row["name"], row["country"]), set()).add(row["key"])
    assert [name for name, those in keys.items() if len(those) > 1] == []
    told = [(row["doc"], row["surface"], row["name"]) for row in ROWS]
    assert len(set(told)) == len(told)


def test_kinds_are_told_only_for_names_in_the_table() -> None:
    assert set(MEANT_KINDS) <= {(row["surface"], row["name"]) for row in ROWS}


@pytest.mark.shared
def test_surfaces_stand_in_their_documents(corpus: dict[str, dict[str, Any]]) -> None:
    missing = [
        (row["doc"], row["surface"])
        for row in ROWS
        if row["surface"] not in corpus[row["doc"]]["text"]
    ]
    assert missing == []


@pytest.mark.shared
def test_parties_of_all_ties_have_a_row(corpus: dict[str, dict[str, Any]]) -> None:
    listed = {(row["doc"], row["name"], row["country"], row["level"]) for row in ROWS}
    parties = {
        (document["id"], party["name"], party["country"], party["level"])
        for document in corpus.values()
        for tie in document["ties"]
        for party in (tie["a"], tie["b"])
        if party["level"] in LEVELS
    }
    assert parties - listed == set()
