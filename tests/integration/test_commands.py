"""The verbs of `mistok`: data on stdout, one sentence on stderr, exit status 0, 1 or 2."""

import getpass
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress

from factories import (
    DORTMUND,
    GDYNIA,
    ORIGIN,
    PLOCK,
    SMOLENSK,
    TODAY,
    ZHYTOMYR,
    a_source,
    a_support,
    a_tie,
    write_starter,
)
from mistok.accounts.models import User
from mistok.ingest.starter import run as starter_run
from mistok.provenance.models import AuditEvent, Judgement, Statement
from mistok.provenance.services import Assertion, observe
from mistok.provenance.vocabulary import NAME
from mistok.registry.models import Municipality, Support, Tie
from mistok.registry.services import provisional_key

pytestmark = pytest.mark.django_db


def refused(answer, *words):
    """One sentence on stderr and nothing on stdout."""
    assert answer.status == 1
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.rstrip().endswith(".")
    return all(word in answer.err for word in words)


def test_find_prints_a_line_a_place(mistok):
    answer = mistok("find", "Zhytomyr", "--country", "UA", "--limit", "3")
    assert answer.status == 0
    assert answer.out.splitlines()[0].split("\t")[:2] == [ZHYTOMYR, "Zhytomyr"]


def test_find_prints_json_in_the_agreed_shape(mistok):
    (found, *_rest) = json.loads(mistok("find", "Житомир", "--json").out)
    shape = "key name local_name country kind population lat lon score matched".split()
    assert list(found) == shape
    assert found["key"] == ZHYTOMYR


def test_find_reads_names_from_stdin_and_keeps_their_places(mistok):
    answer = mistok("find", "-", "--json", stdin="Zhytomyr\nDortmund\tPL\n\nDortmund\tDE\n")
    lists = [json.loads(line) for line in answer.out.splitlines()]
    assert [one and one[0]["key"] for one in lists] == [ZHYTOMYR, [], [], DORTMUND]
    assert answer.status == 0
    assert answer.err.count("\n") == 1


def test_find_of_a_name_that_nobody_bears_is_refused(mistok):
    assert refused(mistok("find", "Nowhereville"), "Nowhereville")
    assert mistok("find", "Nowhereville", "--json").out == "[]\n"


def test_find_in_the_wrong_country_tells_where_the_name_is_known(mistok):
    assert refused(mistok("find", "Dortmund", "--country", "PL"), DORTMUND)


@pytest.mark.parametrize("arguments", [["--country", "12"], ["--kind", "planet"], ["--near", "x"]])
def test_find_with_a_filter_that_means_nothing_is_refused(mistok, arguments):
    assert refused(mistok("find", "Zhytomyr", *arguments))


def test_match_prints_places_and_reasons(mistok):
    answer = mistok("match", ZHYTOMYR, "--country", "PL", "--limit", "2")
    heads = [line for line in answer.out.splitlines() if not line.startswith("       ")]
    assert [head[:5] for head in heads] == ["  1. ", "  2. "]
    assert all(" (PL) " in head for head in heads)
    reasons = len(answer.out.splitlines()) - len(heads)
    assert reasons >= 2 * 5


def test_match_reads_keys_from_stdin_and_keeps_their_places(mistok):
    lines = mistok("match", "-", "--limit", "1", stdin=f"{ZHYTOMYR}\niso:DE\n").out.splitlines()
    found, refusal = map(json.loads, lines)
    assert (found["key"], len(found["candidates"])) == (ZHYTOMYR, 1)
    assert (refusal["key"], refusal["candidates"]) == ("iso:DE", [])
    assert refusal["error"]["code"] == "not_a_municipality"


def test_match_includes_tied_places_when_asked(mistok):
    def tied(*more):
        answer = mistok("match", ZHYTOMYR, "--country", "MT", "--limit", "200", "--json", *more)
        return {one["key"]: one["tied"] for one in json.loads(answer.out)["candidates"]}

    best = next(iter(tied()))
    a_tie(ZHYTOMYR, best)
    assert best not in tied()
    assert tied("--include-tied")[best] is True


@pytest.mark.parametrize(
    "arguments",
    [
        ["iso:DE"],
        ["geonames:999999999"],
        ["Zhytomyr"],
        [SMOLENSK],
        [ZHYTOMYR, "--limit", "0"],
        [ZHYTOMYR, "--limit", "201"],
        [ZHYTOMYR, "--country", "Germany"],
    ],
)
def test_match_that_cannot_be_answered_is_refused(mistok, arguments):
    assert refused(mistok("match", *arguments))


def test_sweep_prints_ties_with_evidence_and_the_next_step(mistok):
    a_tie(ZHYTOMYR, SMOLENSK, event="severed", date="2016-09-07")
    assert mistok("sweep").out.startswith("terminated\tZhytomyr – Smolensk\t2016-09-07\t")
    (row,) = json.loads(mistok("sweep", "--json", "--against", "ru").out)
    told = ["tie", "parties", "state", "evidence", "next"]
    assert list(row) == [*told, "remaining", "renamed", "review_on", "drafts"]
    assert [party["country"] for party in row["parties"]] == ["UA", "RU"]
    assert row["evidence"][0]["url"] == "https://example.org/minutes"
    assert json.loads(mistok("sweep", "--json", "--against", "BY").out) == []
    assert refused(mistok("sweep", "--against", "XQ"), "XQ")


@pytest.mark.parametrize(
    ("event", "kind", "parties", "words"),
    [
        ("severed", "twinning", (ZHYTOMYR, SMOLENSK), "Nothing more to decide"),
        ("suspended", "twinning", (ZHYTOMYR, SMOLENSK), "review date"),
        ("dormant", "twinning", (ZHYTOMYR, SMOLENSK), "not ended"),
        ("proposed", "twinning", (ZHYTOMYR, SMOLENSK), "Give the plan up"),
        ("signed", "twinning", (ZHYTOMYR, SMOLENSK), "is forbidden"),
        ("signed", "twinning", (DORTMUND, SMOLENSK), "ask the council"),
    ],
)
def test_sweep_tells_the_next_step_for_each_state(mistok, event, kind, parties, words):
    a_tie(*parties, event=event, kind=kind)
    assert words in mistok("sweep").out


def test_starter_loads_once_and_reports(mistok, tmp_path, monkeypatch):
    write_starter(tmp_path, ties=[{}, {"date": "soon"}])
    original = starter_run.load_starter
    command = "mistok.ingest.management.commands.starter.load_starter"
    monkeypatch.setattr(command, lambda **options: original(folder=tmp_path, **options))
    first = mistok("starter")
    assert "5 rows read: 5 statements new, 0 known, 1 rows set aside." in first.out
    assert "ties.csv, line 3: " in first.err
    assert "nothing has changed" in mistok("starter").out
    report = json.loads(mistok("starter", "--force", "--json").out)
    assert (report["taken"], report["known"], len(report["refused"])) == (0, 5, 1)


def test_rebuild_counts_what_it_made(mistok):
    a_tie()
    a_support()
    assert mistok("rebuild").out == "1 ties and 1 reports of help.\n"


def test_merge_names_the_place_that_stands(mistok):
    answer = mistok("merge", GDYNIA, "--into", PLOCK, "--reason", "a test")
    assert answer.out == f"{GDYNIA} now leads to {PLOCK}, Płock (PL).\n"
    assert Municipality.objects.get(key=GDYNIA).merged_into.key == PLOCK
    judged = Judgement.objects.get()
    assert (judged.actor, judged.reason) == (f"shell: {getpass.getuser()}", "a test")
    assert refused(mistok("merge", GDYNIA, "--into", PLOCK, "--reason", "again"))


def test_user_makes_a_steward_with_a_password_from_stdin(mistok):
    answer = mistok("user", "olena@example.org", stdin="a long and quiet bridge\n")
    assert "/staff/" in answer.out
    assert User.objects.get().check_password("a long and quiet bridge")
    assert EmailAddress.objects.get().verified
    assert refused(mistok("user", "taras@example.org", stdin="1234\n"))


def test_world_tells_what_it_holds(mistok, world):
    told = json.loads(mistok("world", "info", "--json").out)
    assert set("places names hromadas regions built_at packages".split()) <= set(told)
    assert told["places"] == len(world)
    assert f"places: {len(world)}\n" in mistok("world", "info").out
    assert mistok("world", "build").out == mistok("world", "info").out


def test_world_tells_its_progress_while_it_is_built(mistok, world, monkeypatch):
    def build(folder, progress):
        progress("reading", 1, 2)
        return world

    monkeypatch.setattr("mistok.config.management.commands.world.build", build)
    assert "places: " in mistok("world", "build").out


def test_user_is_asked_for_a_password_at_a_terminal(mistok, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a long and quiet bridge")
    command = "mistok.config.management.commands.user.sys"
    monkeypatch.setattr(command, SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    assert mistok("user", "olena@example.org").status == 0
    assert User.objects.get().check_password("a long and quiet bridge")


def test_withdraw_takes_a_statement_back_and_mends_the_registry(mistok):
    a_tie()
    statement = Statement.objects.get(prop="event")
    answer = mistok("withdraw", statement.pk[:8], "--reason", "misread")
    assert answer.out.startswith(f"Withdrawn: {statement.subject} event ")
    assert not Tie.objects.exists()
    told = AuditEvent.objects.get(verb="withdraw_statement")
    assert (told.actor, told.after) == (f"shell: {getpass.getuser()}", {"reason": "misread"})
    assert refused(mistok("withdraw", statement.pk, "--reason", "again"))


def test_withdraw_of_reported_help_takes_it_off_the_page(mistok):
    a_support()
    mistok("withdraw", Statement.objects.get().pk, "--reason", "misread")
    assert not Support.objects.exists()


def test_withdraw_of_a_name_leaves_the_registry_alone(mistok):
    said = Assertion(
        source=a_source(), subject=provisional_key("US", "Kane"), prop=NAME, value="Kane", lang="en"
    )
    observe(assertions=[said], origin=ORIGIN, seen_at=TODAY)
    assert mistok("withdraw", said.id, "--reason", "misread").status == 0
    assert not Statement.objects.standing().exists()


@pytest.mark.parametrize("beginning", ["", "a", "0" * 64, "%" * 8])
def test_withdraw_of_what_is_no_statement_is_refused(mistok, beginning):
    a_tie()
    assert refused(mistok("withdraw", beginning, "--reason", "misread"))
    assert not Statement.objects.filter(withdrawn_at__isnull=False).exists()


def test_assets_tell_what_they_made(mistok, root, tmp_path):
    arguments = ["assets", str(tmp_path), "--packages", str(root / "node_modules")]
    lines = mistok(*arguments).out.splitlines()
    document = json.loads(mistok(*arguments, "--json").out)
    assert document["changed"] is False
    sizes = {line.rpartition("/")[2].split("\t")[0]: int(line.split("\t")[1]) for line in lines}
    assert sizes == document["files"]
    assert sizes["outlines.json"] <= 150_000
    assert refused(mistok("assets", str(tmp_path), "--packages", str(tmp_path / "none")))


def test_reference_pages_are_what_the_code_says(mistok):
    answer = mistok("reference", "--check")
    assert (answer.status, answer.err) == (0, "")


def test_reference_page_that_is_out_of_date_is_refused_and_written(mistok, settings, tmp_path):
    folder = tmp_path / "docs" / "reference"
    checkout = settings.ROOT
    settings.ROOT = tmp_path
    assert refused(mistok("reference"), str(folder))
    folder.mkdir(parents=True)
    (tmp_path / ".env.example").write_text((checkout / ".env.example").read_text())
    written = mistok("reference").out.split()
    assert "docs/reference/commands.md" in written
    assert mistok("reference").out == ""
    (folder / "commands.md").write_text("old")
    assert refused(mistok("reference", "--check"), "commands.md")
    assert (folder / "commands.md").read_text() == "old"


@pytest.mark.parametrize(
    "arguments",
    [
        ["find"],
        ["find", "Kyiv", "--limit", "ten"],
        ["match"],
        ["world", "destroy"],
        ["merge", GDYNIA],
        ["serve", "--port", "http"],
        ["nonsense"],
    ],
)
def test_wrong_usage_exits_with_two(mistok, arguments):
    answer = mistok(*arguments)
    assert answer.status == 2
    assert answer.err


def in_a_process(*arguments, **changes):
    """The command as people call it."""
    command = [sys.executable, "-m", "mistok.config.cli", *arguments]
    environment = os.environ | changes
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_process_exits_with_one_sentence_and_one():
    done = in_a_process("find", "Nowhereville")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_process_exits_with_two_on_wrong_usage():
    done = in_a_process("find")
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage" in done.stderr


def test_process_that_reads_a_bad_setting_exits_with_a_sentence():
    done = in_a_process("find", "Kyiv", MISTOK_DEBUG="maybe")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "MISTOK_DEBUG is “maybe”. Write true or false.\n"


def test_process_without_a_database_exits_with_a_sentence(tmp_path):
    done = in_a_process("sweep", MISTOK_DATA=str(tmp_path), DATABASE_URL="")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_process_without_a_world_says_how_to_build_it(tmp_path):
    done = in_a_process("find", "Kyiv", MISTOK_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "mistok world build" in done.stderr


def test_process_whose_reader_goes_away_ends_quietly():
    command = [sys.executable, "-m", "mistok.config.cli", "find", "San", "--limit", "100"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        complaint = process.stderr.read().decode()
    assert "Traceback" not in complaint
