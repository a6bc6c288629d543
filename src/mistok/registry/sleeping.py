"""Which ties sleep, and whose anniversary comes next: of one municipality, or inside scopes.

A warning only. Ties with an aggressor state are never meant here: those are swept, not woken.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q

# First the services: `life` and they import each other, and only this order works.
import mistok.registry.services  # noqa: F401
from mistok.accounts.models import Office, OfficeCheck, ResponsibleUnit
from mistok.accounts.scopes import WORLD
from mistok.kernel.dates import PartialDate
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.dormancy import Contact, Dormancy, Level, Traces, dormancy
from mistok.registry.facts import Evidence, Fact, gather
from mistok.registry.life import dates_ahead
from mistok.registry.lifecycle import IN_FORCE, TieState
from mistok.registry.models import Confirmation, Tie, TieParty
from mistok.registry.models.ties import TieQuerySet
from mistok.registry.selectors import evidence_for, municipality_by_key

WATCHED = (*IN_FORCE, TieState.DORMANT)
"""States in which a tie can sleep; a suspended one was stopped by a decision."""


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A tie with its score, the last fact that happened in it, and when it began."""

    tie: Tie
    dormancy: Dormancy
    last: Fact | None
    began: PartialDate | None

    @property
    def asleep(self) -> bool:
        """Whether the score says so, or an office said it."""
        return self.dormancy.level is Level.ASLEEP or self.tie.state == TieState.DORMANT


def sleepers(ties: Iterable[Tie], today: dt.date) -> list[Sleeper]:
    """The score of each of these ties, which have their parties at hand; in the given order."""
    found = list(ties)
    said = evidence_for(subjects=[tie.public_id for tie in found])
    places = {seat.municipality.key for tie in found for seat in tie.parties.all()}
    contacts, confirmed = _contacts(places, today), _confirmed(found)
    made = []
    for tie in found:
        facts = _facts(said[tie.public_id].values())
        last = max((fact for fact in facts if _is_life(fact)), key=_day, default=None)
        heard = _later(last.placed if last else None, confirmed.get(tie.public_id))
        began = PartialDate.parse_or_none(tie.since)
        traces = Traces(
            last=heard,
            sides=_sides(tie, contacts),
            missed=sum(one.passed and not one.renews for one in dates_ahead(tie, facts, today)),
            began=began,
        )
        made.append(Sleeper(tie, dormancy(traces, today), last, began))
    return made


def sleeping_ties_of(place: str, today: dt.date) -> list[Sleeper]:
    """The sleeping ties of the municipality with this key, the fastest asleep first."""
    row = municipality_by_key(place)
    return asleep(watched_ties().of(row), today) if row is not None else []


def sleeping_ties_in(scopes: Iterable[str], today: dt.date) -> list[Sleeper]:
    """The sleeping ties with a party inside any of these scopes (see `accounts.scopes`)."""
    return asleep(watched_ties().filter(inside(scopes)), today)


def watched_ties() -> TieQuerySet:
    """Public ties that can sleep, without those of aggressor states."""
    swept = [state.country for state in AGGRESSOR_STATES]
    ties = Tie.objects.public().filter(state__in=WATCHED).with_parties()
    against = TieParty.objects.filter(municipality__country__in=swept)
    return ties.exclude(pk__in=against.values("tie_id"))


def inside(scopes: Iterable[str]) -> Q:
    """Ties with a party in a country, a region or a municipality that is one of the scopes."""
    wanted = set(scopes)
    if WORLD in wanted:
        return Q()
    places = (
        Q(municipality__country__in=wanted)
        | Q(municipality__region__in=wanted)
        | Q(municipality__key__in=wanted)
    )
    return Q(pk__in=TieParty.objects.filter(places).values("tie_id"))


def asleep(ties: Iterable[Tie], today: dt.date) -> list[Sleeper]:
    """Those of the ties that sleep, the fastest asleep first."""
    found = [one for one in sleepers(ties, today) if one.asleep]
    return sorted(found, key=lambda one: (-one.dormancy.score, one.tie.public_id))


def soonest_anniversaries(found: Iterable[Sleeper], days: int | None = None) -> list[Sleeper]:
    """Those whose next anniversary is known, the soonest first; within so many days if told."""
    dated = [(a.days_left, s.tie.public_id, s) for s in found if (a := s.dormancy.anniversary)]
    ordered = sorted(dated, key=lambda one: one[:2])
    return [sleeper for left, _id, sleeper in ordered if days is None or left <= days]


def _facts(statements: Iterable[Statement]) -> tuple[Fact, ...]:
    return gather(
        Evidence(
            said.pk,
            TieEvent.from_text(said.value),
            said.source.trust,
            PartialDate.parse_or_none(said.source.published),
        )
        for said in statements
        if said.prop == "event"
    )


def _is_life(fact: Fact) -> bool:
    """Whether something happened, on a known day; that a tie sleeps is no sign of life."""
    event = fact.event
    return not event.planned and event.event != "dormant" and fact.placed is not None


def _day(fact: Fact) -> PartialDate:
    assert fact.placed is not None  # noqa: S101 - only such facts are compared
    return fact.placed


def _later(one: PartialDate | None, day: dt.date | None) -> PartialDate | None:
    """An office that confirms a fact has been there on that day, whatever the fact's own date."""
    if day is None:
        return one
    other = PartialDate(day.year, day.month, day.day)
    return other if one is None else max(one, other)


def _confirmed(ties: Iterable[Tie]) -> dict[str, dt.date]:
    rows = Confirmation.objects.filter(tie__in=[tie.public_id for tie in ties])
    told = rows.values_list("tie").annotate(at=Max("at"))
    return {tie: at.date() for tie, at in told}


def _contacts(places: set[str], today: dt.date) -> dict[str, Contact]:
    """What is known of the verified offices of these places, by place."""
    offices = list(Office.objects.verified().filter(place__in=places))
    checks = OfficeCheck.objects.filter(
        office__in=offices,
        outcome=OfficeCheck.Outcome.CONFIRMED,
        kind__in=(OfficeCheck.Kind.CALL_BACK, OfficeCheck.Kind.OFFICIAL_MAIL),
    )
    checked = dict(checks.values_list("office").annotate(at=Max("at")))
    standing = Q(until__isnull=True) | Q(until__gte=today)
    units = ResponsibleUnit.objects.filter(standing, office__in=offices, since__lte=today)
    responsible = set(units.values_list("office", flat=True))
    return {
        office.place: Contact(
            name=office.name,
            verified=True,
            channel_on=checked[office.pk].date() if office.pk in checked else None,
            unit=office.pk in responsible,
        )
        for office in offices
    }


def _sides(tie: Tie, contacts: Mapping[str, Contact]) -> tuple[Contact, ...]:
    seats = [seat.municipality for seat in tie.parties.all()]
    return tuple(contacts.get(row.key) or Contact(row.name) for row in seats)
