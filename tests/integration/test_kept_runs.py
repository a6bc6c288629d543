"""Searches that are kept: written down once, with what they rest on; never a decision."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from factories import DORTMUND, GDYNIA, TODAY, ZHYTOMYR, a_tie
from mistok.matching import LATEST, Profile
from mistok.partnering.models import MatchRun, Suggestion
from mistok.partnering.runs import keep_run
from mistok.partnering.search import Way, find_partners
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
WAY = Way(weighting="solidarity", factors=(("size", 2.0),))


def kept(key=ZHYTOMYR, way=WAY, limit=3, **more):
    found = find_partners(key=key, weighting=way.weighting, factors=dict(way.factors), limit=limit)
    asked = {"countries": [], "limit": limit, "include_tied": False}
    return keep_run(actor="tests", key=key, way=way, asked=asked, candidates=found, **more), found


def test_run_is_written_down_with_its_suggestions():
    run, found = kept(at=TODAY)
    run.refresh_from_db()
    assert (run.municipality, run.made_at) == (ZHYTOMYR, TODAY)
    assert run.algorithm == f"{LATEST} solidarity size×2"
    assert run.asked == {"countries": [], "limit": 3, "include_tied": False}
    assert str(run) == f"{ZHYTOMYR} · {run.algorithm}"
    suggestions = list(run.suggestions.all())
    assert [one.candidate for one in suggestions] == [one.place.key for one in found]
    assert [one.rank for one in suggestions] == [1, 2, 3]
    assert str(suggestions[0]) == f"1. {found[0].place.key}"
    for row, one in zip(suggestions, found, strict=True):
        assert row.score == one.fit.score
        assert [(r["criterion"], r["value"], r["weight"]) for r in row.reasons] == [
            (r.criterion, r.value, r.weight) for r in one.fit.reasons
        ]


def test_keeping_tells_who_did_it():
    run, _found = kept()
    (event,) = AuditEvent.objects.all()
    assert (event.actor, event.verb, event.subject) == ("tests", "match.kept", run.public_id)


def test_same_question_to_the_same_data_is_kept_once():
    first, _ = kept()
    again, _ = kept()
    alias, _ = kept(key="geonames:686967")
    assert first == again == alias
    assert (MatchRun.objects.count(), Suggestion.objects.count()) == (1, 3)
    assert AuditEvent.objects.count() == 1


def test_other_question_or_other_data_is_another_run():
    runs = [kept()[0], kept(limit=2)[0], kept(way=Way())[0], kept(key=GDYNIA)[0]]
    a_tie(ZHYTOMYR, DORTMUND)
    runs.append(kept()[0])
    assert len({run.public_id for run in runs}) == len({run.input_hash for run in runs}) == 5


def test_search_with_another_profile_is_another_run_and_keeps_nothing_of_it():
    one = Profile(needs=frozenset({"generators", "buses"}))
    other = replace(one, capacity=2)
    runs = [kept()[0], kept(profile=one)[0], kept(profile=other)[0]]
    assert len({run.input_hash for run in runs}) == 3
    same = Profile(needs=frozenset({"buses", "generators"}))
    assert kept(profile=same)[0] == runs[1]
    assert "generators" not in str(list(MatchRun.objects.values()))


def test_search_that_found_nobody_is_kept_too():
    run = keep_run(actor="tests", key=ZHYTOMYR, way=Way(), asked={}, candidates=[])
    assert run.suggestions.count() == 0


def test_one_place_stands_once_in_a_run():
    run, found = kept()
    for rank, key in ((1, "geonames:1"), (9, found[0].place.key)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.create(run=run, rank=rank, candidate=key, score=0, reasons=[])
