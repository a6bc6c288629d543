"""Offices and people for tests of the life of ties: verified, with officer and approver."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import a_source
from mistok.accounts.actors import Actor
from mistok.accounts.models import Membership, Office
from mistok.accounts.policies import can
from mistok.kernel.ids import public_id
from mistok.provenance.services import Assertion, observe
from mistok.provenance.values import TieEvent
from mistok.provenance.vocabulary import COUNTRY, NAME
from mistok.registry.life import life_between, party_of
from mistok.registry.services import confirm, end_ties, municipalities, provisional_key, tell_event
from mistok.registry.services.living import needed_for
from signing import a_person, with_app

MINISTRY = "Ministry for Development of Communities and Territories"
ORDER = {"body": MINISTRY, "body_kind": "ministry"}


def a_member(office, role, *, app=False):
    """A person in an office, from now on."""
    number = Membership.objects.count()
    person = a_person(f"person{number}@example.org", password="")
    Membership.objects.create(
        public_id=public_id("member", office.public_id, role, str(number)),
        person=person,
        office=office,
        role=role,
        since=timezone.now(),
    )
    return Actor(user=with_app(person) if app else person)


def an_office(place, name=""):
    """A verified office of a municipality, with an officer and an approver who has an app."""
    party = party_of(place)
    claimer = a_person(f"claim{Office.objects.count()}@example.org", password="")
    now = timezone.now()
    office = Office.objects.create(
        public_id=public_id("office", party.key),
        place=party.key,
        country=party.country,
        name=name or f"Office of {party.name}",
        state="verified",
        official_email="office@example.org",
        claimed_by=claimer,
        claimed_at=now,
        verified_at=now,
    )
    return OfficeAtWork(office)


class OfficeAtWork:
    """An office that tells: the approver binds, the officer does the daily work."""

    def __init__(self, office):
        self.office = office
        self.officer = a_member(office, "officer")
        self.approver = a_member(office, "approver", app=True)

    @property
    def place(self):
        return self.office.place

    def tell(self, event, *partners, today=None, actor=None, expected=None, **fields):
        """Tell an event as whoever of the two may."""
        declared = fields.pop("declared", ())
        counterpart = fields.pop("counterpart", "authority")
        stated = TieEvent(event=event, **({"kind": "partnership"} | fields))
        return tell_event(
            actor=actor or self._who(stated, partners),
            office=self.office,
            parties=[self.place, *partners],
            event=stated,
            expected=expected,
            declared=declared,
            counterpart=counterpart,
            today=today,
        )

    def _who(self, event, partners):
        needed = needed_for(event, life_between([self.place, *partners]))
        people = (self.officer, self.approver)
        return next(one for one in people if can(one, needed, office=self.office))

    def end(self, *ties, today=None, expected=(), actor=None, **fields):
        """One act that ends the ties with these partners."""
        stated = TieEvent(event="severed", **({"kind": "partnership"} | fields))
        return end_ties(
            actor=actor or self.approver,
            office=self.office,
            ties=[[self.place, *([one] if isinstance(one, str) else one)] for one in ties],
            event=stated,
            expected=expected,
            today=today,
        )

    def confirm(self, *partners, fact, verdict="confirmed", actor=None, **fields):
        return confirm(
            actor=actor or self.approver,
            office=self.office,
            parties=[self.place, *partners],
            fact=fact,
            verdict=verdict,
            **fields,
        )

    def state(self, *partners):
        return self.life(*partners).known.state

    def life(self, *partners):
        return life_between([self.place, *partners])

    def fact(self, *partners, event):
        """The last fact of this event."""
        facts = [f for f in self.life(*partners).known.facts if f.event.event == event]
        return facts[-1]


def an_own_place(country, name):
    """A place that no gazetteer has, as a source names it."""
    key, source = provisional_key(country, name), a_source("names")
    said = [
        Assertion(source=source, subject=key, prop=COUNTRY, value=country),
        Assertion(source=source, subject=key, prop=NAME, value=name, lang="en"),
    ]
    observe(assertions=said, origin="tests", seen_at=dt.datetime.now(dt.UTC))
    municipalities(keys=[key])
    return key


def refuses(code, kind, act):
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    return caught.value
