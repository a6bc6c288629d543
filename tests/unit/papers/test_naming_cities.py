"""60 cities in five languages against forms that were looked up elsewhere: tests/data."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mistok.papers.format import LANGUAGES
from mistok.papers.naming import Relation, place

TABLE = Path(__file__).resolve().parents[2] / "data" / "city_names.csv"
RELATIONS = ("of", "to", "with", "in")


@cache
def rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def head():
    return [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_city_is_named_as_the_table_has_it(language):
    wrong = [
        (row["form"], told)
        for row in rows()
        if row["language"] == language
        and (told := place(row["name"], language, Relation(row["relation"]))) != row["form"]
    ]
    assert wrong == []


def test_table_has_sixty_cities_in_every_language_and_relation():
    cities = list(dict.fromkeys(row["city"] for row in rows()))
    told = Counter((row["city"], row["language"], row["relation"]) for row in rows())
    assert len(cities) == 60
    wanted = {(c, lang, r) for c in cities for lang in LANGUAGES for r in RELATIONS}
    assert set(told) == wanted
    assert set(told.values()) == {1}


def test_every_source_is_told_above_the_table():
    told = {line[2:].split(":")[0] for line in head() if ": " in line}
    named = {source for row in rows() for source in row["source"].split()}
    assert named - {"rule"} <= told
    assert named - {"rule"} >= {"VESUM", "SGJP", "DUDEN", "PWN-MANY", "JUSTICE", "GREVISSE"}


@pytest.mark.parametrize(("language", "share"), [("uk", 0.95), ("pl", 0.85), ("de", 1.0)])
def test_forms_that_are_bent_stand_in_sources_and_not_only_in_our_rules(language, share):
    own = [row["source"] for row in rows() if row["language"] == language]
    assert sum(source != "rule" for source in own) >= share * len(own)
