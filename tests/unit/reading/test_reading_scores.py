"""What the measures of the reader count, on documents small enough to count by hand."""

import json

import pytest

from mistok.kernel.errors import Invalid, NotFound
from mistok.reading.evaluation import Labelled, Scores, read_labelled, score
from mistok.reading.evaluation.counting import Count
from mistok.reading.evaluation.naming import Naming

KYIV, LVIV = ("Kyiv", "UA", "city"), ("Lviv", "UA", "city")
PARIS, METZ = ("Paris", "FR", "city"), ("Metz", "FR", "city")


def party(told, key=""):
    name, country, level = told
    return {"name": name, "country": country, "level": level, "key": key}


def tie(a, b, kind="twinning", event="signed", date=None):
    return {"a": party(a), "b": party(b), "kind": kind, "event": event, "date": date}


def aid(giver, receiver, *items):
    told = [{"what": what, "quantity": quantity, "unit": unit} for what, quantity, unit in items]
    return {"from": giver, "to": receiver, "items": told}


def labelled(ties=(), aid=(), projects=()):
    return Labelled("d", "en", "text", "", tuple(ties), tuple(aid), tuple(projects))


def read(ties=(), aid=(), projects=()):
    return {"ties": list(ties), "aid": list(aid), "projects": list(projects)}


def told(count):
    return (count.right, count.wrong, count.missed)


@pytest.fixture(scope="module")
def naming(world):
    return Naming(world)


def test_a_pair_is_right_whatever_its_order_and_spelling(naming):
    there = labelled([tie(KYIV, PARIS), tie(LVIV, METZ)])
    given = read([tie(("París", "FR", "city"), KYIV, event="active"), tie(KYIV, METZ)])
    counts = score(there, given, naming).counts
    assert told(counts["pair"]) == (1, 1, 1)
    assert told(counts["pair + event"]) == (0, 2, 2)
    assert told(counts["pair + kind"]) == (1, 1, 1)
    assert told(counts["pair + date"]) == (1, 1, 1)


def test_a_city_is_not_its_region(naming):
    oblast = ("Kyiv Oblast", "UA", "region")
    counts = score(labelled([tie(oblast, PARIS)]), read([tie(KYIV, PARIS)]), naming).counts
    assert told(counts["pair"]) == (0, 1, 1)


def test_two_ties_of_one_pair_are_one_pair_with_two_kinds(naming):
    both = [tie(KYIV, PARIS), tie(KYIV, PARIS, kind="memorandum", date="2023-03-16")]
    counts = score(labelled(both), read(both[:1]), naming).counts
    assert told(counts["pair"]) == (1, 0, 0)
    assert told(counts["pair + kind"]) == (1, 0, 1)
    assert told(counts["pair + date"]) == (1, 0, 1)


def test_false_ties_of_hard_negatives_are_counted(naming):
    scores = score(labelled(), read([tie(KYIV, PARIS), tie(KYIV, METZ)]), naming)
    assert (scores.negatives, scores.negatives_with_false_ties, scores.false_ties) == (1, 1, 2)
    clean = score(labelled(), read(), naming)
    assert (clean.negatives, clean.negatives_with_false_ties, clean.false_ties) == (1, 0, 0)


def test_aid_lines_agree_in_everything_that_counts(naming):
    there = labelled(
        aid=[aid("Munich", "Kyiv", ("ambulance", 12, "pcs"), ("medicines", None, None))]
    )
    right = aid("Munich", "Kyiv", ("ambulances", 12, "pcs"), ("medicine", None, "t"))
    assert told(score(there, read(aid=[right]), naming).counts["aid lines"]) == (2, 0, 0)
    for wrong in (
        aid("Munich", "Kyiv", ("ambulance", 11, "pcs")),
        aid("Munich", "Kyiv", ("ambulance", 12, "t")),
        aid("Munich", "Odesa", ("ambulance", 12, "pcs")),
        aid("Munich", "Kyiv", ("generator", 12, "pcs")),
    ):
        counts = score(there, read(aid=[wrong]), naming).counts
        assert told(counts["aid lines"]) == (0, 1, 2)


def test_projects_agree_in_who_and_for_whom(naming):
    there = labelled(
        projects=[{"by": "Borna", "for": "Irpin"}, {"by": "Gdańsk", "for": "Mariupol"}]
    )
    given = read(projects=[{"by": "Borna", "for": "Irpin"}, {"by": "Borna", "for": "Irpin"}])
    assert told(score(there, given, naming).counts["projects"]) == (1, 1, 1)


def test_shares_of_nothing_are_not_told():
    nothing = Count()
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    some = Count(3, 1, 2)
    assert (some.precision, some.recall) == (0.75, 0.6)
    assert some.f1 == pytest.approx(2 / 3)


def test_scores_of_documents_add_up(naming):
    total = Scores()
    total.add(score(labelled([tie(KYIV, PARIS)]), read([tie(KYIV, PARIS)]), naming))
    total.add(score(labelled(), read([tie(KYIV, METZ)]), naming))
    assert (total.documents, total.negatives, total.false_ties) == (2, 1, 1)
    assert told(total.counts["pair"]) == (1, 1, 0)
    assert total.errors == 4


def test_lines_that_are_no_documents_are_set_aside(tmp_path):
    path = tmp_path / "some.jsonl"
    good = {"id": "a", "lang": "en", "text": "…", "ties": [], "aid": [], "projects": []}
    strange = good | {"ties": [tie(KYIV, PARIS, kind="marriage")]}
    path.write_text("\n".join(["{", json.dumps(good), "", json.dumps(strange)]), encoding="utf-8")
    documents, aside = read_labelled(path)
    assert [document.id for document in documents] == ["a"]
    assert [row.line for row in aside] == [1, 4]
    assert "marriage signed is no kind and event" in aside[1].sentence


def test_a_file_without_documents_is_refused(tmp_path):
    with pytest.raises(NotFound) as missing:
        read_labelled(tmp_path / "none.jsonl")
    assert missing.value.code == "file_missing"
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(Invalid) as empty:
        read_labelled(tmp_path / "empty.jsonl")
    assert empty.value.code == "documents_missing"
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid) as odd:
        read_labelled(tmp_path / "odd.jsonl")
    assert odd.value.code == "file_unreadable"
