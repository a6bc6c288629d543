"""`mistok match`: lists for people and for programs, other weights, many keys, kept searches."""

import json
import socket

import pytest

from factories import DORTMUND, GDYNIA, SMOLENSK, ZHYTOMYR, a_tie
from mistok.matching import ALGORITHM, LATEST, batch
from mistok.partnering.models import MatchRun
from mistok.partnering.search import criteria, find_partners

pytestmark = pytest.mark.django_db
SHAPE = "rank key name country score tied reasons".split()
REASON = "criterion value weight contribution sentence".split()


def told(answer):
    """The candidates of one JSON document."""
    assert answer.status == 0, answer.err
    return json.loads(answer.out)["candidates"]


def refused(answer, *words):
    """One sentence on stderr, nothing on stdout."""
    assert answer.status == 1
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.rstrip().endswith(".")
    assert all(word in answer.err for word in words), answer.err
    return True


def test_document_has_every_reason_of_the_search(mistok):
    shown = told(mistok("match", ZHYTOMYR, "--limit", "4", "--json"))
    found = find_partners(key=ZHYTOMYR, limit=4)
    assert [one["key"] for one in shown] == [one.place.key for one in found]
    for row, one in zip(shown, found, strict=True):
        assert list(row) == SHAPE
        assert row["score"] == one.fit.score
        assert [list(reason) for reason in row["reasons"]] == [REASON] * len(criteria())
        contributions = [reason["contribution"] for reason in row["reasons"]]
        assert contributions == [reason.contribution for reason in one.fit.reasons]


def test_lines_tell_what_moves_the_score_the_strongest_first(mistok):
    lines = mistok("match", ZHYTOMYR, "--limit", "1").out.splitlines()
    (best,) = find_partners(key=ZHYTOMYR, limit=1)
    assert lines[0].startswith(f"  1. {best.place.name} ({best.place.country})  ")
    assert lines[0].endswith(best.place.key)
    moves = [float(line.split()[0]) for line in lines[1:]]
    strong = [r.contribution for r in best.fit.reasons if round(abs(r.contribution), 3)]
    assert sorted(moves) == pytest.approx(sorted(strong), abs=5e-4)
    assert [abs(move) for move in moves] == sorted(map(abs, moves), reverse=True)


def test_weights_of_the_command_are_those_of_the_search(mistok):
    weights = ["--weight", "size=0", "--weight", "distance = 2.5", "--weighting", "solidarity"]
    shown = told(mistok("match", ZHYTOMYR, "--json", *weights))
    factors = {"size": 0.0, "distance": 2.5}
    found = find_partners(key=ZHYTOMYR, factors=factors, weighting="solidarity")
    assert [one["key"] for one in shown] == [one.place.key for one in found]
    size = next(one for one in shown[0]["reasons"] if one["criterion"] == "size")
    assert size["contribution"] == 0


def test_last_word_on_a_weight_counts(mistok):
    twice = told(mistok("match", ZHYTOMYR, "--json", "--weight", "size=9", "--weight", "size=2"))
    assert twice == told(mistok("match", ZHYTOMYR, "--json", "--weight", "size=2"))
    assert twice != told(mistok("match", ZHYTOMYR, "--json", "--weight", "size=9"))


def test_older_algorithm_is_asked_by_name(mistok):
    shown = told(mistok("match", ZHYTOMYR, "--algorithm", ALGORITHM, "--limit", "2", "--json"))
    assert [len(one["reasons"]) for one in shown] == [6, 6]
    lines = mistok("match", ZHYTOMYR, "--algorithm", ALGORITHM, "--weight", "load=0").out
    assert lines.startswith("  1. ")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--weight", "charm=2"], "charm"),
        (["--weight", "size=11"], "11"),
        (["--weight", "size=nan"], "nan"),
        (["--country", "XX"], "XX"),
        (["--limit", "0"], "200"),
        (["--profile", "nowhere.json"], "nowhere.json"),
        (["--dask", "tcp://127.0.0.1:1"], "--dask"),
        (["--algorithm", ALGORITHM, "--weighting", "solidarity"], LATEST),
    ],
)
def test_match_that_means_nothing_is_refused(mistok, arguments, word):
    refused(mistok("match", ZHYTOMYR, *arguments), word)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--weight", "size"],
        ["--weight", "size=much"],
        ["--weighting", "eternal"],
        ["--algorithm", "fit-99"],
        ["--limit", "ten"],
    ],
)
def test_match_in_wrong_words_is_wrong_usage(mistok, arguments):
    answer = mistok("match", ZHYTOMYR, *arguments)
    assert answer.status == 2
    assert answer.out == ""


@pytest.fixture
def profile(tmp_path):
    """A profile in a file that wishes for Portugal only."""
    path = tmp_path / "zhytomyr.json"
    path.write_text(json.dumps({"wishes": {"countries": ["PT"]}, "needs": ["generators"]}))
    return str(path)


def test_profile_of_a_file_counts_for_this_search(mistok, profile):
    heavy = ["--weight", "wishes=10", "--limit", "3", "--json"]
    shown = told(mistok("match", ZHYTOMYR, *heavy, "--profile", profile))
    assert {one["country"] for one in shown} == {"PT"}
    assert told(mistok("match", ZHYTOMYR, *heavy)) != shown


def test_search_is_kept_when_asked(mistok, profile):
    answer = mistok("match", ZHYTOMYR, "--limit", "2", "--save", "--json")
    run = MatchRun.objects.get()
    assert answer.err == f"Kept as {run.public_id}.\n"
    assert (run.algorithm, run.asked["limit"], run.asked["profile"]) == (LATEST, 2, False)
    assert run.suggestions.count() == 2
    assert mistok("match", ZHYTOMYR, "--limit", "2", "--save").err == answer.err
    mistok("match", ZHYTOMYR, "--limit", "2", "--save", "--profile", profile)
    assert MatchRun.objects.count() == 2


BAD = {
    "iso:DE": "not_a_municipality",
    "": "key_malformed",
    "Zhytomyr": "key_malformed",
    SMOLENSK: "aggressor_state",
    "geonames:999999999": "place_unknown",
}


def test_bad_lines_between_good_ones_keep_their_places(mistok):
    a_tie(ZHYTOMYR, DORTMUND)
    good = [ZHYTOMYR, GDYNIA, "geonames:686967", DORTMUND]
    first, second, *rest = BAD
    lines = [first, good[0], second, *rest[:2], good[1], good[2], good[3], rest[2]]
    answer = mistok("match", "-", "--limit", "2", "--include-tied", stdin="\n".join(lines) + "\n")
    documents = [json.loads(line) for line in answer.out.splitlines()]
    assert [one["key"] for one in documents] == lines
    for document in documents:
        key = document["key"]
        if key in BAD:
            assert (document["candidates"], document["error"]["code"]) == ([], BAD[key])
        else:
            asked = ["--limit", "2", "--include-tied", "--json"]
            assert document == json.loads(mistok("match", key, *asked).out)


@pytest.mark.parametrize("lines", ["", "iso:DE\n", "iso:DE\niso:PL\n"])
def test_nobody_to_search_for_is_answered_line_by_line(mistok, lines):
    answer = mistok("match", "-", stdin=lines)
    assert answer.status == 0
    documents = [json.loads(line) for line in answer.out.splitlines()]
    assert [one["key"] for one in documents] == lines.split()
    assert all(one["error"] for one in documents)


def test_keys_without_end_are_answered_as_they_come(mistok, monkeypatch):
    monkeypatch.setattr(batch, "PART", 2)
    keys = [ZHYTOMYR, DORTMUND, GDYNIA] * 2 + [ZHYTOMYR]
    answer = mistok("match", "-", "--limit", "1", stdin="\n".join(keys))
    assert [json.loads(line)["key"] for line in answer.out.splitlines()] == keys


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--save"], "one municipality"),
        (["--profile", "x.json"], "one municipality"),
        (["--limit", "201"], "200"),
        (["--country", "XX"], "XX"),
        (["--weight", "charm=2"], "charm"),
        (["--algorithm", ALGORITHM], LATEST),
    ],
)
def test_many_searches_that_mean_nothing_are_refused_at_once(mistok, arguments, word):
    refused(mistok("match", "-", *arguments, stdin=f"{ZHYTOMYR}\n"), word)


def test_cluster_that_does_not_answer_is_told(mistok, monkeypatch):
    monkeypatch.setattr(batch, "CONNECT_SECONDS", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        answer = mistok("match", "-", "--dask", address, stdin=f"{ZHYTOMYR}\n")
    refused(answer, address, "leave --dask out")
