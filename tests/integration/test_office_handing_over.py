"""Work passes from one person to another; responsibilities are history, never overwritten."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import ResponsibleUnit
from mistok.accounts.selectors import hand_over_cards
from mistok.accounts.services import (
    end_membership,
    end_responsible,
    hand_over,
    name_responsible,
    open_cards,
    take_over,
)
from mistok.accounts.services.handing_over import LARGEST, MOST_ITEMS
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent
from office_cast import join, person, the_cast

pytestmark = pytest.mark.django_db
ITEMS = [
    {"title": "Answer of the ministry on Dortmund", "due": "2026-12-23", "subject": "procedure_x"},
    {"title": "Call Ms Weber", "contact": "weber@dortmund.example"},
]
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def second(people):
    successor = person("second")
    join(successor, people.home, "officer")
    return successor


def hand(people, to=None, **changes):
    sound = {
        "actor": Actor(user=people.officer),
        "office": people.home,
        "from_person": people.officer,
        "to_person": to,
        "items": ITEMS,
        "note": "The seal is with Ms Koval.",
    }
    return hand_over(**sound | changes)


def test_card_stays_readable_after_the_person_has_left(people, second):
    card = hand(people, second)
    end_membership(actor=Actor(user=people.officer), membership=people.officer.memberships.get())
    (seen,) = hand_over_cards(Actor(user=second), people.home)
    assert (seen, seen.items, seen.note) == (card, ITEMS, "The seal is with Ms Koval.")
    assert seen.taken_at == seen.at
    assert str(card) == f"Zhytomyr {card.at:%Y-%m-%d}"
    with pytest.raises(NotAllowed):
        hand_over_cards(Actor(user=people.officer), people.home)


def test_event_of_a_card_names_people_by_reference_and_tells_no_contact(people, second):
    card = hand(people, second)
    event = AuditEvent.objects.get(verb="hand_over")
    assert event.after == {
        "card": card.public_id,
        "from": people.officer.public_id,
        "to": second.public_id,
        "items": 2,
    }


def test_card_waits_for_a_successor_who_takes_it_once(people, second):
    older, waiting = hand(people, second), hand(people)
    assert (waiting.to_person, waiting.taken_at) == (None, None)
    cards = hand_over_cards(Actor(user=people.auditor), people.home)
    assert list(cards) == [waiting, older]
    take_over(actor=Actor(user=second), card=waiting, to_person=second)
    assert waiting.to_person == second
    assert waiting.taken_at is not None
    with pytest.raises(Conflict) as refused:
        take_over(actor=Actor(user=second), card=waiting, to_person=people.approver)
    assert refused.value.code == "taken_over_already"


@pytest.mark.parametrize("who", ["officer", "stranger", "partner_officer"])
def test_successor_is_another_member_of_the_office(people, who):
    with pytest.raises(Conflict) as refused:
        hand(people, getattr(people, who))
    assert refused.value.code == "successor_no_member"


def test_card_is_about_somebody_who_belonged_to_the_office(people, second):
    with pytest.raises(Conflict) as refused:
        hand(people, second, from_person=people.stranger)
    assert refused.value.code == "not_a_member"


@pytest.mark.parametrize(
    "items",
    [
        [{}],
        [{"title": " "}],
        [{"title": 5}],
        [{"title": "a"}] * (MOST_ITEMS + 1),
        [{"title": "a" * LARGEST}],
    ],
)
def test_items_without_title_or_too_many_are_refused(people, items):
    with pytest.raises(Invalid) as refused:
        hand(people, items=items)
    assert refused.value.code == "items_malformed"


def test_coordinator_writes_the_card_of_somebody_who_cannot(people, monkeypatch):
    with pytest.raises(NotAllowed) as refused:
        hand(people, actor=Actor(user=people.coordinator))
    assert refused.value.code == "second_factor_needed"
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)
    card = hand(people, actor=Actor(user=people.coordinator), items=[], note="")
    assert (card.items, card.written_by) == ([], people.coordinator.public_id)


@pytest.mark.parametrize("who", ["auditor", "stranger", "elsewhere"])
def test_card_is_written_by_nobody_else(people, who):
    with pytest.raises(NotAllowed):
        hand(people, actor=Actor(user=getattr(people, who)))


def test_coordinator_in_scope_reads_cards_and_that_is_kept(people, second, monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)
    older, waiting = hand(people, second), hand(people)
    for reader in (Actor(user=people.officer), Actor(user=people.auditor)):
        assert list(open_cards(actor=reader, office=people.home)) == [waiting, older]
    assert not AuditEvent.objects.filter(verb="read_cards").exists()
    actor = Actor(user=people.coordinator)
    assert list(open_cards(actor=actor, office=people.home, card_id=older.public_id)) == [older]
    event = AuditEvent.objects.get(verb="read_cards")
    assert (event.actor, event.subject) == (people.coordinator.public_id, people.home.public_id)
    assert event.after == {"cards": [older.public_id]}
    take_over(actor=actor, card=waiting, to_person=second)
    assert waiting.to_person == second


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("coordinator", "second_factor_needed"),
        ("elsewhere", "outside_scope"),
        ("stranger", "not_yours"),
        ("donor", "role_cannot"),
    ],
)
def test_cards_are_read_by_nobody_else_and_that_is_kept_too(people, who, code):
    with pytest.raises(NotAllowed) as refused:
        open_cards(actor=Actor(user=getattr(people, who)), office=people.home)
    assert refused.value.code == code
    event = AuditEvent.objects.get(verb="refused_read_cards")
    assert event.after["code"] == code


def named(people, name="Olha Koval", **changes):
    sound = {
        "actor": Actor(user=people.officer),
        "office": people.home,
        "unit": "Legal department",
        "role": "legal",
        "person_name": name,
        "work_contact": "legal@zt.example",
        "since": DAY,
    }
    return name_responsible(**sound | changes)


def test_replacement_of_a_responsible_person_is_history(people):
    first = named(people, since=DAY - dt.timedelta(days=90))
    second = named(people, "Ivan Bondar")
    other = named(people, role="finance", since=None)
    first.refresh_from_db()
    assert (first.person_name, first.until, second.until) == ("Olha Koval", DAY, None)
    assert other.since == timezone.localdate()
    assert str(second) == "Legal department (legal)"
    assert ResponsibleUnit.objects.count() == 3
    told = AuditEvent.objects.filter(verb="name_responsible").first()
    assert "Koval" not in str(told.after)


def test_responsible_person_is_not_put_before_the_present_one(people):
    named(people)
    with pytest.raises(Conflict) as refused:
        named(people, since=DAY - dt.timedelta(days=1))
    assert refused.value.code == "responsible_since"


def test_responsibility_ends_once_without_a_successor(people):
    row = named(people)
    actor = Actor(user=people.approver)
    with pytest.raises(Conflict):
        end_responsible(actor=actor, named=row, until=DAY - dt.timedelta(days=1))
    end_responsible(actor=actor, named=row, until=DAY)
    assert row.until == DAY
    with pytest.raises(Conflict) as refused:
        end_responsible(actor=actor, named=row)
    assert refused.value.code == "responsible_ended"


def test_unknown_responsibility_is_refused(people):
    with pytest.raises(Invalid) as refused:
        named(people, role="mayor")
    assert refused.value.code == "role_unknown"


def test_database_itself_holds_one_responsible_person_at_a_time(people):
    row = named(people)
    row.pk, row.public_id = None, "unit_x"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("who", ["auditor", "coordinator", "partner_officer"])
def test_responsible_people_are_named_by_the_office_itself(people, who):
    with pytest.raises(NotAllowed):
        named(people, actor=Actor(user=getattr(people, who)))
