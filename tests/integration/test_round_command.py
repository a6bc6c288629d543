"""`mistok round`: from a coordinator's file to pairs, with every line that was left out told."""

import json
import random
import re

import numpy as np
import pytest

from factories import BUCHA, DORTMUND, GDYNIA, KHARKIV, PLOCK, SMOLENSK, ZHYTOMYR, a_tie
from mistok.kernel.errors import Invalid
from mistok.partnering.models import PassedOver, Proposal, Round
from mistok.partnering.policies import Actor
from mistok.partnering.rounds import run as rounds_run
from mistok.partnering.rounds.run import run_round
from mistok.partnering.rounds.services import (
    answer_proposal,
    close_round,
    publish_round,
    withdraw_round,
)
from mistok.provenance.models import AuditEvent
from mistok.registry.gazetteer import the_world
from mistok.registry.services import merge_municipalities, municipalities

pytestmark = pytest.mark.django_db
OSKIL = "katottg:UA63040130000098894"
ZYMNA_VODA = "katottg:UA46060170000014754"
LUEBECK = "geonames:2875601"
LAHTI = "geonames:649360"
SHELL = Actor(shell="tests")
COLUMNS = (
    "role key name country capacity classes wishes_countries excludes since anonymous share "
    "at_least"
).split()


def by_size(seekers, offerers):
    """A stand-in for the model: places of like size fit, and an offerer feels it less."""
    sizes = [
        np.log([the_world().get(key).population or 1 for key in keys])
        for keys in (seekers, offerers)
    ]
    fit = 1 / (1 + np.abs(sizes[0][:, None] - sizes[1][None, :]))
    return fit.astype(np.float32), (fit * np.linspace(0.8, 1, len(offerers))).astype(np.float32)


@pytest.fixture(autouse=True)
def stand_in(monkeypatch):
    """The command asks the stand-in for fits."""
    monkeypatch.setattr(rounds_run, "_fits", lambda: by_size)


@pytest.fixture
def file(tmp_path):
    """Write the file of a round from rows of columns."""

    def write(*rows):
        lines = [",".join(f'"{row.get(column, "")}"' for column in COLUMNS) for row in rows]
        path = tmp_path / "round.csv"
        path.write_text("\n".join([",".join(COLUMNS), *lines]), encoding="utf-8")
        return path

    return write


def seeker(key, **more):
    return {"role": "seeker", "key": key} | more


def offerer(key, **more):
    return {"role": "offerer", "key": key} | more


def floor(name, **more):
    return {"role": "floor", "classes": name} | more


def keys(outcome):
    return {(pair.seeker.key, pair.offerer.key) for pair in outcome.pairs}


def aside(outcome):
    return [(row.line, row.code) for row in outcome.roster.aside]


def test_every_seeker_gets_one_where_all_can(file):
    outcome = run_round(file(seeker(ZHYTOMYR), seeker(OSKIL), offerer(GDYNIA), offerer(LAHTI)))
    assert {pair.seeker.key for pair in outcome.pairs} == {ZHYTOMYR, OSKIL}
    assert outcome.allocation.welfare == pytest.approx(
        sum(pair.fit for pair in outcome.pairs), abs=1e-5
    )
    assert all(
        pair.fit == pytest.approx((pair.seeker_fit + pair.offerer_fit) / 2, abs=2e-6)
        for pair in outcome.pairs
    )
    assert (aside(outcome), outcome.unserved, outcome.idle) == ([], [], [])


def test_names_are_looked_up_and_doubts_are_told(file):
    outcome = run_round(
        file(
            {"role": "шукає", "name": "Оскіл", "country": "UA"},
            {"role": "шукає", "name": "Березівка", "country": "UA"},
            {"role": "шукає", "name": "Nowhereville"},
            {"role": "пропонує", "name": "Pardubice", "country": "CZ"},
            {"role": "пропонує", "name": "Lübeck", "country": "de"},
        )
    )
    assert [one.key for one in outcome.roster.seekers] == [OSKIL]
    assert aside(outcome) == [(3, "place_ambiguous"), (4, "place_unknown")]
    assert "katottg:UA51020030000095942" in outcome.roster.aside[0].sentence
    (doubt,) = outcome.roster.read_as
    assert (doubt.line, "geonames:3068582" in doubt.sentence) == (5, True)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (seeker(OSKIL), "participant_twice"),
        (seeker("geonames:686967"), "participant_twice"),
        (offerer(SMOLENSK), "aggressor_state"),
        (offerer("iso:DE"), "not_a_municipality"),
        (offerer("geonames:999999999"), "place_unknown"),
        (offerer("Dortmund"), "key_malformed"),
        (offerer(DORTMUND, capacity="many"), "number_malformed"),
        (offerer(DORTMUND, wishes_countries="QQ"), "country_unknown"),
        (offerer(DORTMUND, excludes="geonames:999999999"), "place_unknown"),
        (floor("rural"), "floor_incomplete"),
        (floor("island", share="80%"), "class_empty"),
    ],
)
def test_line_that_cannot_take_part_is_told_and_the_others_go_on(file, row, code):
    outcome = run_round(file(seeker(OSKIL), seeker(ZHYTOMYR), row, offerer(GDYNIA, capacity="2")))
    assert aside(outcome) == [(4, code)]
    assert keys(outcome) == {(OSKIL, GDYNIA), (ZHYTOMYR, GDYNIA)}


def test_place_that_seeks_and_offers_does_neither(file):
    outcome = run_round(file(seeker(OSKIL), seeker(GDYNIA), offerer(GDYNIA), offerer(LAHTI)))
    assert aside(outcome) == [(3, "both_sides"), (4, "both_sides")]
    assert keys(outcome) == {(OSKIL, LAHTI)}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (seeker(OSKIL), offerer(ZHYTOMYR)),
        (seeker(OSKIL, wishes_countries="PL;DE"), offerer(LAHTI)),
        (seeker(OSKIL), offerer(LAHTI, wishes_countries="PL")),
        (seeker(OSKIL, excludes="FI"), offerer(LAHTI)),
        (seeker(OSKIL), offerer(LAHTI, excludes="iso:UA")),
        (seeker(OSKIL, excludes=LAHTI), offerer(LAHTI)),
        (seeker(ZHYTOMYR), offerer(LAHTI, excludes="geonames:686967")),
        (seeker(OSKIL, capacity="0"), offerer(LAHTI)),
        (seeker(OSKIL), offerer(LAHTI, capacity="0")),
    ],
)
def test_pair_that_one_side_or_the_law_excludes_is_not_made(file, a, b):
    outcome = run_round(file(a, b))
    assert outcome.pairs == []
    assert [one.seeker.key for one in outcome.unserved] == [a["key"]]


def test_pair_that_is_tied_already_is_not_made(file):
    a_tie(OSKIL, GDYNIA)
    outcome = run_round(file(seeker(OSKIL), offerer(GDYNIA), offerer(PLOCK)))
    assert keys(outcome) == {(OSKIL, PLOCK)}


def test_single_pairs_are_excluded_in_json(tmp_path):
    path = tmp_path / "round.json"
    document = {
        "seekers": [{"key": OSKIL}, {"key": BUCHA}],
        "offerers": [{"key": GDYNIA}],
        "exclusions": [[GDYNIA, OSKIL], ["geonames:999999999", OSKIL], [OSKIL]],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    outcome = run_round(path)
    assert keys(outcome) == {(BUCHA, GDYNIA)}
    told = [(row.where, row.code) for row in outcome.roster.aside]
    assert told == [
        ("exclusions, entry 2", "place_unknown"),
        ("exclusions, entry 3", "entry_shape"),
    ]


def test_merged_place_takes_part_as_the_one_that_stands(file):
    municipalities(keys=[LUEBECK, DORTMUND])
    merge_municipalities(actor="a", keep=DORTMUND, drop=LUEBECK, reason="a test")
    outcome = run_round(file(seeker(OSKIL), offerer(LUEBECK)))
    assert keys(outcome) == {(OSKIL, DORTMUND)}


def test_what_was_proposed_before_is_not_proposed_again(file, mistok):
    path = file(seeker(OSKIL), offerer(GDYNIA), offerer(LAHTI))
    assert mistok("round", str(path), "--save", "First").status == 0
    first = keys(run_round(path))
    assert len(first) == 1
    publish_round(actor=SHELL, kept=Round.objects.get())
    second = keys(run_round(path))
    assert len(second) == 1
    assert first != second


@pytest.mark.parametrize(
    ("answers", "again"),
    [([], True), ([True], True), ([False], False), ([True, True], False)],
)
def test_after_closing_only_what_nobody_answered_is_proposed_anew(file, mistok, answers, again):
    path = file(seeker(OSKIL), offerer(LAHTI))
    mistok("round", str(path), "--save", "First")
    kept = publish_round(actor=SHELL, kept=Round.objects.get())
    for side, accept in zip(("seeker", "offerer"), answers, strict=False):
        proposal = Proposal.objects.get()
        answer_proposal(actor=SHELL, proposal=proposal, side=side, accept=accept)
    close_round(actor=SHELL, kept=kept)
    assert bool(keys(run_round(path))) == again


def test_withdrawn_round_stands_in_nobodys_way(file, mistok):
    path = file(seeker(OSKIL), offerer(LAHTI))
    mistok("round", str(path), "--save", "First")
    kept = publish_round(actor=SHELL, kept=Round.objects.get())
    withdraw_round(actor=SHELL, kept=kept, reason="a mistake")
    assert keys(run_round(path)) == {(OSKIL, LAHTI)}


def test_classes_that_come_by_themselves(file):
    a_tie(ZHYTOMYR, DORTMUND)
    a_tie(KHARKIV, SMOLENSK)
    a_tie(BUCHA, PLOCK, event="severed")
    rows = [seeker(key) for key in (OSKIL, ZHYTOMYR, KHARKIV, BUCHA)]
    outcome = run_round(file(*rows, offerer(GDYNIA)))
    assert {one.key: set(one.classes) for one in outcome.roster.seekers} == {
        OSKIL: {"rural", "never_partnered"},
        ZHYTOMYR: set(),
        KHARKIV: {"never_partnered"},
        BUCHA: {"never_partnered"},
    }


def test_floor_gives_the_only_offerer_to_the_class(file):
    rows = [seeker(ZHYTOMYR), seeker(OSKIL), offerer(GDYNIA)]
    assert keys(run_round(file(*rows))) == {(ZHYTOMYR, GDYNIA)}
    outcome = run_round(file(*rows, floor("rural", share="100%")))
    assert keys(outcome) == {(OSKIL, GDYNIA)}
    assert outcome.allocation.price_of_fairness > 0
    assert outcome.figures()["floors"] == [{"name": "rural", "asked": 1, "served": 1}]


def test_floor_that_cannot_be_kept_says_which_and_by_how_much(file, mistok):
    path = file(
        seeker(OSKIL),
        seeker(ZYMNA_VODA),
        offerer(GDYNIA),
        floor("rural", at_least="2"),
    )
    answer = mistok("round", str(path), "--json")
    assert (answer.status, answer.out) == (1, "")
    assert "rural" in answer.err.splitlines()[-1]
    with pytest.raises(Invalid) as refused:
        run_round(path)
    assert refused.value.code == "floor_unreachable"
    assert refused.value.details["floor"] == "rural"
    assert (refused.value.details["asked"], refused.value.details["reachable"]) == (2, 1)


def test_everyone_is_a_class_of_its_own(file):
    rows = [seeker(ZHYTOMYR, capacity="2"), seeker(OSKIL), offerer(GDYNIA), offerer(PLOCK)]
    outcome = run_round(file(*rows, floor("everyone", share="1")))
    assert {pair.seeker.key for pair in outcome.pairs} == {ZHYTOMYR, OSKIL}


@pytest.mark.parametrize("rows", [[], [seeker(OSKIL)], [offerer(LAHTI)]])
def test_round_with_one_side_only_is_refused(file, rows):
    with pytest.raises(Invalid) as refused:
        run_round(file(*rows))
    assert refused.value.code == "round_one_sided"


def test_round_with_too_many_pairs_is_refused(file, monkeypatch):
    monkeypatch.setattr(rounds_run, "MOST_PAIRS", 1)
    with pytest.raises(Invalid) as refused:
        run_round(file(seeker(OSKIL), offerer(LAHTI), offerer(GDYNIA)))
    assert refused.value.code == "round_too_large"


def test_order_of_the_file_changes_nothing_but_the_longest_wait_comes_first(file):
    rows = [
        seeker(OSKIL, since="2024-01-01"),
        seeker(BUCHA, since="01.01.2022"),
        seeker(ZYMNA_VODA),
        offerer(GDYNIA, since="2023-01-01"),
        offerer(DORTMUND),
        floor("rural", at_least="1"),
    ]
    outcome = run_round(file(*rows))
    assert [one.key for one in outcome.roster.seekers] == [BUCHA, OSKIL, ZYMNA_VODA]
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))
        again = run_round(file(*shuffled))
        assert again.pairs
        assert keys(again) == keys(outcome)
        assert again.input_hash == outcome.input_hash
    assert run_round(file(*rows[:-1])).input_hash != outcome.input_hash


def test_command_prints_json_in_the_agreed_shape(file, mistok, tmp_path):
    path = file(
        seeker(OSKIL, anonymous="yes", since="2024-01-01"),
        seeker(ZHYTOMYR),
        seeker("x"),
        offerer(GDYNIA),
        floor("never_partnered", at_least="1"),
    )
    out = tmp_path / "out.json"
    answer = mistok("round", str(path), "--json", "--out", str(out))
    assert answer.status == 0
    document = json.loads(answer.out)
    assert json.loads(out.read_text(encoding="utf-8")) == document
    assert list(document) == [
        *"pairs unserved welfare upper_bound gap price_of_fairness stable blocking_pairs".split(),
        *"stable_variant floors set_aside read_as algorithm input_hash".split(),
    ]
    (pair,) = document["pairs"]
    assert (pair["seeker"], pair["offerer_name"]) == (ZHYTOMYR, "Gdynia")
    (unserved,) = document["unserved"]
    assert (unserved["key"], unserved["named"], unserved["since"]) == (OSKIL, False, "2024-01-01")
    assert unserved["sentence"].endswith(".")
    assert [row["line"] for row in document["set_aside"]] == [4]
    assert "round.csv, line 4: " in answer.err
    assert re.fullmatch(r"[0-9a-f]{64}", document["input_hash"])


def test_command_prints_the_same_for_people(file, mistok):
    path = file(
        seeker(OSKIL, anonymous="yes"), seeker(ZHYTOMYR), offerer(GDYNIA), floor("rural", share="0")
    )
    lines = mistok("round", str(path)).out.splitlines()
    assert lines[0].endswith(f"Zhytomyr (UA) {ZHYTOMYR} ⌒ Gdynia (PL) {GDYNIA}")
    assert lines[2] == "Without a partner:"
    assert "Oskil (UA) [not to be named]" in lines[3]
    assert "Gdynia (" in lines[3]
    assert lines[5].startswith("Total fit 0.")
    assert lines[7] == "Floor “rural hromadas”: 0 asked, 0 served."
    assert lines[-1].startswith("The stable variant (--stable): total fit 0.")


def test_stable_variant_has_no_blocking_pair_and_says_which_floors_it_misses(file, mistok):
    path = file(seeker(ZHYTOMYR), seeker(OSKIL), offerer(GDYNIA), floor("rural", at_least="1"))
    document = json.loads(mistok("round", str(path), "--json", "--stable").out)
    assert (document["stable"], document["blocking_pairs"]) == (True, 0)
    assert document["floors"] == [{"name": "rural", "asked": 1, "served": 0}]
    assert "stable_variant" not in document
    best = mistok("round", str(path)).out.splitlines()
    assert best[-1].endswith("floors missed: “rural hromadas” by 1.")
    assert "1 pair would rather have each other" in best[-2]
    assert "stable variant" not in mistok("round", str(path), "--stable").out


def test_saved_round_is_a_draft_with_its_proposals(file, mistok):
    path = file(
        seeker(ZHYTOMYR),
        seeker(OSKIL, anonymous="так"),
        offerer(GDYNIA),
        offerer(LAHTI, capacity="0"),
    )
    answer = mistok("round", str(path), "--save", "Spring round")
    kept = Round.objects.get()
    assert (kept.title, kept.state, kept.variant) == ("Spring round", "draft", "best")
    assert kept.public_id in answer.err
    proposal = Proposal.objects.get()
    assert (proposal.seeker, proposal.offerer, proposal.seeker_named) == (ZHYTOMYR, GDYNIA, True)
    passed = PassedOver.objects.get()
    assert (passed.municipality, passed.reason, passed.named) == (OSKIL, "offerers_full", False)
    assert passed.facts["best"][0]["offerer"] == GDYNIA
    assert kept.figures["welfare"] == pytest.approx(proposal.fit)
    assert AuditEvent.objects.get(verb="save_round").actor.startswith("shell: ")


@pytest.mark.parametrize(
    "arguments",
    [["missing.csv"], ["--save", " "], ["--out", "no/such/folder.json"]],
)
def test_command_that_cannot_be_done_is_refused(file, mistok, tmp_path, arguments):
    path = file(seeker(OSKIL), offerer(LAHTI))
    name = [] if arguments[0] == "missing.csv" else [str(path)]
    answer = mistok("round", *name, *arguments)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.rstrip().endswith(".")
    assert not Round.objects.exists()


def test_file_that_cannot_be_replaced_stays_as_it_was(file, mistok, tmp_path):
    taken = tmp_path / "out.json"
    taken.mkdir()
    answer = mistok("round", str(file(seeker(OSKIL), offerer(LAHTI))), "--out", str(taken))
    assert answer.status == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def blocks(root, language):
    text = (root / "docs" / "reference" / "round-file.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("language", ["csv", "json"])
def test_example_of_the_reference_runs(root, tmp_path, mistok, language):
    (text,) = blocks(root, language)
    path = tmp_path / f"example.{language}"
    path.write_text(text, encoding="utf-8")
    answer = mistok("round", str(path), "--json")
    document = json.loads(answer.out)
    assert document["set_aside"] == document["read_as"] == []
    assert document["pairs"]
    assert all(floor["served"] >= floor["asked"] for floor in document["floors"])
