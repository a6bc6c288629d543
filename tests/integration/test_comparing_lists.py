"""Lists as they are compared: tables, the registry, an answer of Wikidata; measured, and at the
shell."""

import csv
import datetime as dt
import io
import json

import pytest

from factories import BUCHA, DORTMUND, ZHYTOMYR, a_source, a_tie
from mistok.ingest.comparing.lists import from_answer, from_registry, from_table
from mistok.ingest.comparing.matching import compare
from mistok.ingest.comparing.measuring import measure, read_labels
from mistok.ingest.comparing.seats import Reason
from mistok.ingest.comparing.sides import choices_from, side_of
from mistok.ingest.comparing.telling import packed, told, unpacked
from mistok.ingest.models import ComparedPair, Comparison
from mistok.ingest.tables.choosing import Choices
from mistok.ingest.tables.opening import table_of
from mistok.kernel.errors import Invalid, NotFound
from wikidata_cast import BLANK, answer, binding, uri

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
HEAD = "Ukrainian city,Partner,Partner country,Status,Date,Kind,node_id_1,lat_2,lon_2"


def table(*lines, head=HEAD, choices=None):
    text = "\n".join([head, *lines])
    return from_table(table_of(text.encode(), name="ties.csv"), choices or ukrainian())


def ukrainian(**more):
    return Choices(told={"a_country": "UA"}, **more)


def test_table_of_any_headings_gives_words_codes_and_events():
    listed = table(f"Zhytomyr,Dortmund,Німеччина,signed,2024-05,twinning,{ZHYTOMYR},51.5,7.4")
    (row,) = listed.rows
    first, second = row.parties
    assert (row.id, row.line) == ("2", 2)
    assert (first.name, first.country, first.keys) == ("Zhytomyr", "UA", (ZHYTOMYR,))
    assert (second.name, second.country, second.point) == ("Dortmund", "DE", (51.5, 7.4))
    assert (row.event.event, row.event.kind, str(row.event.date)) == (
        "signed",
        "twinning",
        "2024-05",
    )


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("gn2935517", ("geonames:2935517",)),
        ("2935517", ("geonames:2935517",)),
        ("UA18040190000029215", (ZHYTOMYR,)),
        ("UA-18", ("iso:UA-18",)),
        ("whatever", ()),
    ],
)
def test_codes_of_every_form_become_keys(code, keys):
    (row,) = table(f"Zhytomyr,Dortmund,DE,,,,{code},,").rows
    assert row.parties[0].keys == keys


@pytest.mark.parametrize("lat", ["north", "95", ""])
def test_position_that_is_none_is_left_out(lat):
    (row,) = table(f"Zhytomyr,Dortmund,DE,,,,,{lat},7").rows
    assert row.parties[1].point is None
    assert row.event.event == "active"


def test_place_of_no_gazetteer_goes_by_country_and_name():
    (row,) = table("Foo County,Dortmund,DE,,,,x:UA:Foo County,,").rows
    assert (row.parties[0].name, row.parties[0].keys) == ("Foo County", ())


def test_bad_rows_are_told_and_good_ones_stay():
    listed = table(
        "Zhytomyr,Dortmund,DE,married,,,,,",
        "Zhytomyr,,DE,,,,,,",
        "Zhytomyr,Dortmund,Atlantis,,,,,,",
        "Zhytomyr,Dortmund,DE,,31.31.2020,,,,",
        "Zhytomyr,Gdynia,PL,,2001,,,,",
    )
    assert [row.parties[1].name for row in listed.rows] == ["Gdynia"]
    assert listed.rows[0].event.event == "signed"
    assert [(one.line, one.code) for one in listed.left_out] == [
        (2, "event_unknown"),
        (3, "place_missing"),
        (4, "country_unknown"),
        (5, "date_malformed"),
    ]


def test_table_that_names_one_side_only_is_refused():
    with pytest.raises(Invalid) as refused:
        table("Lviv,2001", head="City,Year")
    assert refused.value.code == "columns_missing"


def test_registry_is_a_list_of_its_public_facts():
    source = a_source()
    a_tie(ZHYTOMYR, DORTMUND, source=source, date="2024")
    a_tie(ZHYTOMYR, DORTMUND, source=source, event="severed", date="2025")
    a_tie(ZHYTOMYR, DORTMUND, source=source, event="signed", date="2030", planned=True)
    listed = from_registry()
    assert sorted(row.event.event for row in listed.rows) == ["severed", "signed"]
    assert len({row.id for row in listed.rows}) == 1
    assert listed.rows[0].parties[0].keys[0] in (ZHYTOMYR, DORTMUND)


def test_registry_tie_of_which_all_is_planned_is_still_listed():
    tie = a_tie(BUCHA, DORTMUND, date="2030", planned=True)
    (row,) = from_registry().rows
    assert (row.id, row.event.event, row.event.date) == (tie, "active", None)


def test_digest_of_the_registry_changes_with_it():
    a_tie(ZHYTOMYR, DORTMUND)
    before = from_registry().sha256
    assert from_registry().sha256 == before
    a_tie(BUCHA, DORTMUND)
    assert from_registry().sha256 != before


def test_answer_of_wikidata_is_a_list_with_items_and_codes():
    one = {"q": "Q1", "en": "Zhytomyr", "uk": "Житомир", "country": "UA", "katottg": ZHYTOMYR[8:]}
    two = {"q": "Q2", "en": "Dortmund", "country": "DE", "geonames": "2935517", "point": (51.5, 7)}
    listed = from_answer(
        answer(
            binding("Q1-a", one, two, start="2024", end="2025"),
            binding("Q1-b", one, {"q": BLANK}),
            binding("Q1-c", one, {"q": "Q3"}),
            {"rank": uri("x")},
        ),
        name="answer.json",
        retrieved=DAY,
    )
    first, second, bare = listed.rows
    assert [first.event.event, second.event.event] == ["signed", "severed"]
    assert first.parties[0].others == ("Житомир",)
    assert first.parties[1].keys == ("geonames:2935517",)
    assert first.parties[1].point == (51.5, 7.0)
    assert bare.parties[1].name == "Q3"
    codes = [one.code for one in listed.left_out]
    assert codes == ["value_unknown", "statement_missing"]


def test_registry_table_and_answer_meet_in_one_comparison(world):
    a_tie(ZHYTOMYR, DORTMUND, date="2024")
    pairs = compare(table("Житомир,Dortmund,DE,,,,,,").rows, from_registry().rows, world)
    assert [str(pair.found) for pair in pairs] == ["same"]


def test_side_is_what_its_bytes_are(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\n" + answer())
    (tmp_path / "b.json").write_text("city,partner,partner country\nLviv,Gdynia,PL\n")
    a_tie(ZHYTOMYR, DORTMUND)
    assert side_of(str(tmp_path / "a.txt"), []).rows == ()
    assert len(side_of(str(tmp_path / "b.json"), []).rows) == 1
    assert len(side_of("registry", []).rows) == 1
    with pytest.raises(NotFound):
        side_of(str(tmp_path / "none.csv"), [])


def test_maps_are_files_and_pairs(tmp_path):
    (tmp_path / "map.json").write_text('{"told": {"a_country": "UA"}}')
    choices = choices_from([str(tmp_path / "map.json"), "Stadt=b_name"])
    assert (choices.told, choices.columns) == ({"a_country": "UA"}, {"Stadt": "b_name"})


def test_reasons_are_kept_without_a_language_and_told_in_one():
    reasons = [
        Reason("renamed", ("Torez", "Chystiakove")),
        Reason("states_differ", ("severed", "2022-03", "active")),
        Reason("states_differ", ("severed", "", "active")),
        Reason("kinds_differ", ("twinning", "a kind of ours")),
        Reason("other_place", ("a", "b")),
    ]
    assert unpacked(packed(reasons)) == reasons
    assert told(reasons).strip() == (
        "“Torez” is the former name of Chystiakove. One list says “Ended” (2022-03), the other "
        "“Stated to exist”. One list says “Ended”, the other “Stated to exist”. The first list "
        "calls it twinning, the second a kind of ours."
    )
    assert len(packed([Reason("same_key", ("x" * 900,))] * 40)) <= 600
    assert unpacked("") == []


LABELS = "left,right,same,why\n2,2,1,x\n3,3,1,x\n4,4,0,x\n"


def test_measure_counts_right_wrong_missed_and_proposed(world):
    left = table(
        "Lviv,Lublin,PL,,,,,,",
        "Pokrov,Dortmuntd,DE,,,,,,",
        "Uman,Gniezno,PL,,,,,,",
        "Stryi,Jasło,PL,,,,,,",
        "Kovel,Gera,DE,,,,,,",
    )
    right = table(
        "Lviv,Lublin,PL,,,,,,",
        "Pokrov,Dortmund,DE,,,,,,",
        "Uman,Gniezno,PL,,,,,,",
        "Stryi,Jasło,PL,,,,,,",
    )
    pairs = compare(left.rows, right.rows, world)
    got = measure(pairs, read_labels(LABELS))
    assert (got.right, got.labelled, got.proposed) == (1, 2, 1)
    assert (got.wrong, got.missed) == ((("4", "4"),), (("3", "3"),))
    assert (got.precision, got.recall, got.recall_with_proposals) == (0.5, 0.5, 1.0)
    nothing = measure([], {("1", "1"): False})
    assert (nothing.precision, nothing.recall, nothing.recall_with_proposals) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    "text", ["", "left,right,same\n", "left,right,same\n1,2,maybe\n", "a\n1\n"]
)
def test_labels_that_cannot_be_read_are_refused(text):
    with pytest.raises(Invalid) as refused:
        read_labels(text)
    assert refused.value.code == "labels_malformed"


def hand(root, name):
    return str(root / "tests" / "data" / "reading" / f"compare_hand_{name}.csv")


def test_command_compares_measures_writes_and_keeps(mistok, root, tmp_path):
    lists = hand(root, "left"), hand(root, "right")
    out = tmp_path / "pairs.csv"
    told = mistok("compare", *lists, "--labels", hand(root, "labels"), "--out", str(out), "--keep")
    assert told.status == 0, told.err
    assert "Precision 1.000, recall 0.917 (with what a person confirms 1.000)" in told.out
    assert "Wrong: none." in told.out
    assert Comparison.objects.get().pairs.count() == ComparedPair.objects.count() > 70
    assert Comparison.objects.get().public_id in told.out
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert {row["found"] for row in rows} == set(ComparedPair.Found.values)
    again = mistok("compare", *lists, "--keep", "--json", "--labels", hand(root, "labels"))
    shown = json.loads(again.out)
    assert shown["measure"]["precision"] == 1.0
    assert shown["counts"]["renamed"] == 8
    assert Comparison.objects.count() == 1


def test_command_tells_rows_that_cannot_be_read(mistok, tmp_path):
    bad = tmp_path / "bad.csv"
    lines = ["Lviv,UA,,DE"] * 25
    bad.write_text("\n".join(["a_name,a_country,b_name,b_country", *lines, "Lviv,UA,Gera,DE"]))
    told = mistok("compare", str(bad), str(bad))
    assert told.status == 0
    assert "bad.csv: 5 more rows could not be read." in told.err
    assert told.err.count("A party of the tie is not named.") == 40


def test_command_refuses_labels_that_are_not_there(mistok, root):
    told = mistok("compare", hand(root, "left"), "registry", "--labels", "/nowhere/labels.csv")
    assert (told.status, "cannot be read" in told.err) == (1, True)


def test_without_labels_nothing_is_measured(mistok, root):
    told = mistok("compare", hand(root, "left"), hand(root, "right"), "--json")
    assert told.status == 0
    assert "measure" not in json.loads(told.out)


@pytest.mark.shared
def test_shared_lists_are_reconciled_surely_and_nearly_whole(mistok, root, shared_data):
    """The two lists of the shared data, against labels made without this program."""
    data = shared_data / "data"
    told = mistok(
        "compare",
        str(data / "starter_ties.csv"),
        str(data / "twin_edges.csv.gz"),
        "--right-map",
        "twin_edges",
        "--labels",
        str(root / "tests" / "data" / "reading" / "compare_labels.csv"),
        "--json",
    )
    measured = json.loads(told.out)["measure"]
    assert measured["precision"] == 1.0
    assert measured["recall"] >= 0.95
    assert measured["labelled_same"] > 400
