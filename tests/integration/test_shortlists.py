"""Shortlists: who may keep a stored one, what is kept of a candidate, what is never lost."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from factories import DORTMUND, GDYNIA, PARDUBICE, TODAY, ZHYTOMYR
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.partnering import shortlists
from mistok.partnering.models import ShortlistEntry
from mistok.partnering.models.shortlists import ShortlistEntryQuerySet
from mistok.partnering.policies import Actor
from mistok.partnering.search import find_partners, fit_between
from mistok.partnering.shortlists import (
    MOST,
    add_to_shortlist,
    can_keep_shortlists,
    checked_note,
    fits_of,
    input_hash,
    note_on_shortlist,
    remove_from_shortlist,
    shortlist_of,
)
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
SHELL = Actor(shell="tests")


def candidates(count=2, country="PL"):
    return find_partners(key=ZHYTOMYR, countries=[country], limit=count)


def add(candidate, actor=SHELL, **more):
    sound = {"actor": actor, "key": ZHYTOMYR, "candidate": candidate, "algorithm": "fit-1"}
    return add_to_shortlist(**(sound | {"at": TODAY} | more))


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "subject", "actor"))


def test_candidate_is_kept_with_the_fit_of_the_day(cast):
    best, second = candidates()
    one = add(best, Actor(user=cast.coordinator), note="  ask\tfirst \x00")
    two = add(second)
    assert set(shortlist_of(ZHYTOMYR)) == {one, two}
    assert (one.candidate, one.note, one.score) == (best.place.key, "ask first", best.fit.score)
    assert (one.algorithm, one.added_at, one.removed_at) == ("fit-1", TODAY, None)
    assert one.input_hash == input_hash(ZHYTOMYR, best, "fit-1") != two.input_hash
    assert events()[0] == ("add_to_shortlist", one.public_id, cast.coordinator.public_id)
    assert str(one) == f"{ZHYTOMYR}: {best.place.key}"


def test_candidate_stands_once_and_again_after_it_was_taken_off():
    (best,) = candidates(1)
    first = add(best, note="a")
    assert add(best, note="b").note == "a"
    assert len(events()) == 1
    gone = remove_from_shortlist(actor=SHELL, key=ZHYTOMYR, candidate=best.place.key)
    assert gone.removed_at > TODAY
    assert shortlist_of(ZHYTOMYR) == []
    assert add(best, note="b").public_id != first.public_id
    assert ShortlistEntry.objects.count() == 2


def test_entry_is_not_taken_off_before_it_was_added():
    (best,) = candidates(1)
    add(best)
    early = TODAY - dt.timedelta(days=1)
    gone = remove_from_shortlist(actor=SHELL, key=ZHYTOMYR, candidate=best.place.key, at=early)
    assert gone.removed_at == TODAY
    with pytest.raises(IntegrityError), transaction.atomic():
        ShortlistEntry.objects.update(removed_at=early)


def test_note_is_changed_and_the_old_one_told_in_the_event():
    (best,) = candidates(1)
    entry = add(best, note="a")
    changed = note_on_shortlist(actor=SHELL, key=ZHYTOMYR, candidate=best.place.key, note="b")
    assert (changed.pk, changed.note) == (entry.pk, "b")
    event = AuditEvent.objects.get(verb="note_on_shortlist")
    assert (event.before, event.after) == ({"note": "a"}, {"note": "b"})


ACTS = {
    "add": lambda actor: add(candidates(1)[0], actor),
    "note": lambda actor: note_on_shortlist(actor=actor, key=ZHYTOMYR, candidate=GDYNIA, note=""),
    "remove": lambda actor: remove_from_shortlist(actor=actor, key=ZHYTOMYR, candidate=GDYNIA),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["owner", "partner", "stranger", "nobody"])
def test_stored_shortlists_are_kept_by_stewards_only(cast, act, who):
    actor = Actor(user=getattr(cast, who, None) or AnonymousUser())
    assert not can_keep_shortlists(actor)
    with pytest.raises(NotAllowed) as refused:
        ACTS[act](actor)
    assert refused.value.code == "shortlist_not_kept"
    assert (ShortlistEntry.objects.count(), events()) == (0, [])


@pytest.mark.parametrize("act", ["note", "remove"])
def test_candidate_that_is_not_on_the_list_is_told(act):
    with pytest.raises(Conflict) as refused:
        ACTS[act](SHELL)
    assert refused.value.code == "shortlist_changed"


@pytest.mark.parametrize("act", ["note", "remove"])
def test_of_two_who_act_at_once_one_is_refused(monkeypatch, act):
    entry = ShortlistEntry.objects.create(
        public_id="shortlist_a",
        municipality=ZHYTOMYR,
        candidate=GDYNIA,
        added_at=TODAY,
        score=0.5,
    )

    def taken_off_meanwhile(rows):
        ShortlistEntry.objects.filter(pk=entry.pk).update(removed_at=TODAY)
        return rows.filter(removed_at__isnull=True)

    monkeypatch.setattr(shortlists, "_entry", lambda key, candidate: entry)
    monkeypatch.setattr(ShortlistEntryQuerySet, "standing", taken_off_meanwhile)
    with pytest.raises(Conflict):
        ACTS[act](SHELL)
    assert events() == []


def test_full_list_takes_nobody_and_other_lists_do_not_fill_it():
    entries = [
        ShortlistEntry(
            public_id=f"shortlist_{municipality}{number}",
            municipality=municipality,
            candidate=f"geonames:{number}",
            added_at=TODAY,
            score=0.5,
        )
        for municipality, count in ((ZHYTOMYR, MOST - 1), (PARDUBICE, MOST))
        for number in range(1, count + 1)
    ]
    ShortlistEntry.objects.bulk_create(entries)
    best, second = candidates()
    add(best)
    with pytest.raises(Conflict) as refused:
        add(second)
    assert refused.value.code == "shortlist_full"
    assert len(shortlist_of(ZHYTOMYR)) == MOST


def test_row_that_another_wrote_first_is_taken_as_it_is(monkeypatch):
    (best,) = candidates(1)
    entry = add(best)
    # As if both had looked before either wrote.
    monkeypatch.setattr(ShortlistEntryQuerySet, "of", lambda rows, key: rows.none())
    assert add(best) == entry
    assert len(events()) == 1


def test_database_refuses_a_candidate_twice():
    (best,) = candidates(1)
    entry = add(best)
    entry.pk, entry.public_id = None, "shortlist_other"
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_note_has_an_end():
    assert checked_note("ї" * 200) == "ї" * 200
    with pytest.raises(Invalid) as refused:
        checked_note("ї" * 201)
    assert refused.value.code == "text_too_long"


def test_hash_follows_what_the_score_follows_from():
    best, second = candidates()
    told = input_hash(ZHYTOMYR, best, "fit-1")
    assert told == input_hash(ZHYTOMYR, candidates(1)[0], "fit-1")
    others = [(DORTMUND, best, "fit-1"), (ZHYTOMYR, second, "fit-1"), (ZHYTOMYR, best, "fit-2")]
    assert told not in [input_hash(*other) for other in others]


def test_fits_of_several_are_those_of_each():
    others = [one.place.key for one in candidates(3)] + [GDYNIA, DORTMUND]
    weights = {"factors": {"size": 2.0}, "weighting": "solidarity"}
    found = fits_of(key=ZHYTOMYR, others=others, **weights)
    assert [one.place.key for one in found] == others
    for one, other in zip(found, others, strict=True):
        assert one.fit == fit_between(key=ZHYTOMYR, other=other, **weights).fit
    with pytest.raises(Invalid) as refused:
        fits_of(key=ZHYTOMYR, others=[GDYNIA, ZHYTOMYR])
    assert refused.value.code == "seeker_is_candidate"
