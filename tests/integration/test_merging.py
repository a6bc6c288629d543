"""Two places that are one: their ties with a third become one tie, and nothing is lost."""

import itertools
import random

import pytest

from factories import (
    BUCHA,
    DORTMUND,
    GDYNIA,
    KHARKIV,
    PLOCK,
    SMOLENSK,
    TODAY,
    a_source,
    a_tie,
)
from mistok.kernel.errors import NotFound
from mistok.provenance.models import Statement
from mistok.provenance.services import withdraw_statement
from mistok.registry.models import Act, Decision, MergedTie, Municipality, Tie
from mistok.registry.selectors import dossier, evidence_for, public_tie
from mistok.registry.services import (
    merge_municipalities,
    project_ties,
    projecting,
    rebuild,
    tie_subject,
    withdraw,
)
from mistok.registry.sweep import sweep

pytestmark = pytest.mark.django_db
WARSAW = "geonames:756135"
TOWNS = [GDYNIA, PLOCK, WARSAW, "geonames:3094802", "geonames:3081368"]


def merge(drop, keep):
    merge_municipalities(actor="a", keep=keep, drop=drop, reason="one town")


def parties_of(tie):
    return {party.municipality.key for party in tie.parties.all()}


@pytest.fixture
def two_ties():
    """Ties of Bucha with two places that are one, each from a source of its own."""
    news, minutes = a_source("news"), a_source("minutes")
    return (
        a_tie(BUCHA, GDYNIA, source=news, label="sister cities", date="2022-05"),
        a_tie(BUCHA, PLOCK, source=minutes, label="twins", date="2022-05-17"),
    )


def test_ties_of_merged_places_with_a_third_become_one(two_ties):
    merge(drop=GDYNIA, keep=PLOCK)
    tie = Tie.objects.get()
    assert (tie.public_id, parties_of(tie)) == (two_ties[1], {BUCHA, PLOCK})
    assert (tie.sources_count, tie.since) == (2, "2022-05-17")
    assert {label.label for label in tie.labels.all()} == {"sister cities", "twins"}
    assert {fact.date for fact in tie.facts.all()} == {"2022-05", "2022-05-17"}


def test_tie_that_was_merged_leads_to_the_one_that_stands(two_ties):
    gone, standing = two_ties
    merge(drop=GDYNIA, keep=PLOCK)
    assert public_tie(gone) == public_tie(standing)
    trace = MergedTie.objects.get()
    assert (trace.public_id, trace.tie.public_id, str(trace)) == (gone, standing, gone)
    assert Statement.objects.standing().filter(subject=gone).count() == 4


def test_statements_of_a_merged_tie_stand_behind_the_one_that_stands(two_ties):
    gone, standing = two_ties
    merge(drop=GDYNIA, keep=PLOCK)
    papers = dossier(tie=public_tie(standing))
    assert {said.subject for said in papers.statements.values()} == {gone, standing}
    assert len(papers.facts) == 2
    assert set(evidence_for(subjects=[standing])[standing]) == set(papers.statements)


def test_sweep_shows_the_evidence_of_merged_ties():
    a_tie(GDYNIA, SMOLENSK, source=a_source("news"))
    a_tie(PLOCK, SMOLENSK, source=a_source("minutes"), event="severed", date="2022-03")
    merge(drop=GDYNIA, keep=PLOCK)
    (swept,) = sweep(against=["RU"])
    assert {said.source.slug for said in swept.evidence} == {"news", "minutes"}


def test_rebuild_after_ties_became_one_changes_nothing(two_ties, snapshot):
    merge(drop=GDYNIA, keep=PLOCK)
    before = snapshot()
    assert rebuild()["ties"] == 1
    assert snapshot() == before


def test_tie_alone_keeps_its_id_until_the_place_that_stands_has_one():
    alone = a_tie(BUCHA, GDYNIA)
    merge(drop=GDYNIA, keep=PLOCK)
    assert Tie.objects.get().public_id == alone
    later = a_tie(BUCHA, PLOCK, source=a_source("news"))
    assert Tie.objects.get().public_id == later
    assert public_tie(alone).public_id == later


def test_source_that_still_names_the_merged_place_adds_to_the_tie_that_stands(two_ties):
    gone, standing = two_ties
    merge(drop=GDYNIA, keep=PLOCK)
    a_tie(BUCHA, GDYNIA, source=a_source("page"), date="2022")
    tie = Tie.objects.get()
    assert (tie.public_id, tie.sources_count) == (standing, 3)
    assert MergedTie.objects.get().public_id == gone


def test_source_that_names_the_merged_place_first_joins_the_tie_that_is_there(snapshot):
    merge(drop=GDYNIA, keep=PLOCK)
    standing = a_tie(BUCHA, PLOCK)
    later = a_tie(BUCHA, GDYNIA, source=a_source("news"))
    assert Tie.objects.get().public_id == standing
    assert public_tie(later).public_id == standing
    before = snapshot()
    rebuild()
    assert snapshot() == before


def test_ties_of_two_places_merged_into_one_without_a_tie_become_one(snapshot):
    subjects = [a_tie(BUCHA, key, source=a_source(key[-3:])) for key in (GDYNIA, PLOCK)]
    for drop in (GDYNIA, PLOCK):
        merge(drop=drop, keep=WARSAW)
    tie = Tie.objects.get()
    assert (tie.public_id, parties_of(tie)) == (min(subjects), {BUCHA, WARSAW})
    before = snapshot()
    rebuild()
    assert snapshot() == before


def test_tie_of_three_places_becomes_the_tie_of_the_two_that_are_left():
    three = a_tie(BUCHA, GDYNIA, PLOCK)
    other = a_tie(BUCHA, GDYNIA, DORTMUND)
    two = a_tie(BUCHA, PLOCK, source=a_source("news"))
    merge(drop=GDYNIA, keep=PLOCK)
    assert {tie.public_id: parties_of(tie) for tie in Tie.objects.all()} == {
        two: {BUCHA, PLOCK},
        other: {BUCHA, PLOCK, DORTMUND},
    }
    assert public_tie(three).public_id == two


def test_tie_between_the_merged_places_themselves_has_no_rows():
    a_tie(GDYNIA, PLOCK, act="act-1")
    merge(drop=GDYNIA, keep=PLOCK)
    assert not Tie.objects.exists()
    assert not Act.objects.exists()
    assert Statement.objects.standing().count() == 3


@pytest.mark.parametrize("prop", ["event", "party"])
def test_merged_tie_lives_by_itself_when_the_other_is_withdrawn(two_ties, snapshot, prop):
    gone, standing = two_ties
    merge(drop=GDYNIA, keep=PLOCK)
    said = Statement.objects.filter(subject=standing, prop=prop).first()
    withdraw(actor="a", statement_id=said.pk, reason="misread")
    assert Tie.objects.get().public_id == gone
    assert not MergedTie.objects.exists()
    with pytest.raises(NotFound):
        public_tie(standing)
    before = snapshot()
    rebuild()
    assert snapshot() == before


def test_merged_tie_whose_event_is_withdrawn_leaves_the_other_alone(two_ties):
    gone, standing = two_ties
    merge(drop=GDYNIA, keep=PLOCK)
    for said in Statement.objects.filter(subject=gone, prop="event"):
        withdraw_statement(actor="a", statement=said, reason="misread", at=TODAY)
    project_ties(subjects=[gone])
    tie = Tie.objects.get()
    assert (tie.public_id, tie.sources_count, tie.labels.count()) == (standing, 1, 1)


def test_decision_and_act_of_a_merged_body_are_those_of_the_place_that_stands(snapshot):
    act = {"event": "severed", "act": "act-1", "body": GDYNIA, "source": a_source()}
    for key in (DORTMUND, KHARKIV):
        a_tie(BUCHA, key, **act)
    merge(drop=GDYNIA, keep=PLOCK)
    assert {row.body.key for row in Decision.objects.all()} == {PLOCK}
    assert Act.objects.get().body.key == PLOCK
    before = snapshot()
    rebuild()
    assert snapshot() == before


def test_act_is_told_as_its_most_exact_fact_has_it():
    act = {"event": "severed", "act": "act-1", "body": BUCHA}
    a_tie(BUCHA, DORTMUND, source=a_source("news"), date="2022-03-01", act_number="12", **act)
    a_tie(BUCHA, GDYNIA, source=a_source("minutes"), date="2022-03", **act)
    assert (Act.objects.get().date, Act.objects.get().number) == ("2022-03-01", "12")
    said = Statement.objects.get(subject=tie_subject([BUCHA, DORTMUND]), prop="event")
    withdraw(actor="a", statement_id=said.pk, reason="misread")
    assert (Act.objects.get().date, Act.objects.get().number) == ("2022-03", "")


@pytest.mark.parametrize("seed", range(8))
def test_any_merges_leave_one_tie_for_each_set_of_parties(seed, snapshot, monkeypatch):
    """Whatever is told and merged in whatever order, rebuilt in the smallest parts."""
    monkeypatch.setattr(projecting, "CHUNK", 1)
    chance = random.Random(seed)
    sources = [a_source(slug) for slug in ("news", "minutes", "page")]
    subjects, living = set(), [*TOWNS]
    a_tie(BUCHA, *TOWNS)
    for number in itertools.count():
        keys = chance.sample([BUCHA, DORTMUND, *TOWNS], chance.choice([2, 2, 2, 3]))
        said = {"date": str(2000 + number), "event": chance.choice(["signed", "severed"])}
        said |= {"act": chance.choice(["", "a", "b"]), "body": chance.choice(keys)}
        subjects.add(a_tie(*keys, source=chance.choice(sources), **said))
        if number % 6 == 5:
            drop, keep = chance.sample(living, 2)
            living.remove(drop)
            merge(drop, keep)
        if len(living) == 2:
            break
    ties = Tie.objects.with_parties()
    assert len({frozenset(parties_of(tie)) for tie in ties}) == len(ties) > 1
    stay = {key: Municipality.objects.get(key=key) for key in [BUCHA, DORTMUND, *TOWNS]}
    for subject in subjects:
        named = Statement.objects.filter(subject=subject, prop="party").values_list(
            "value", flat=True
        )
        parties = {(stay[key].merged_into or stay[key]).key for key in named}
        if len(parties) > 1:
            assert parties_of(public_tie(subject)) == parties
    before = snapshot()
    assert rebuild()["ties"] == len(ties)
    assert snapshot() == before
