"""Reading what belongs to offices: who is of which, what waits for whom, who did what."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import HandOver, Membership, Office, User
from mistok.accounts.permissions import Permission, Role
from mistok.accounts.policies import check_can
from mistok.accounts.scopes import WORLD
from mistok.kernel.errors import NotAllowed
from mistok.provenance.models import AuditEvent


def memberships_of(person: User) -> QuerySet[Membership]:
    """What a person is today, with the offices at hand."""
    return person.memberships.current(timezone.now()).select_related("office")


def verified_office(place: str) -> Office | None:
    """The office that may act for the municipality with this canonical key."""
    return Office.objects.of(place).verified().first()


def scopes_of(actor: Actor) -> frozenset[str]:
    """The scopes in which this actor coordinates; the shell and a superuser everywhere."""
    person = actor.person
    if actor.shell or (person is not None and person.is_active and person.is_superuser):
        return frozenset({WORLD})
    if person is None or not person.is_active:
        return frozenset()
    rows = memberships_of(person).filter(role=Role.COORDINATOR)
    return frozenset(rows.values_list("scope", flat=True))


def waiting_offices(actor: Actor) -> QuerySet[Office]:
    """Claims, and told contacts, that wait for this coordinator; oldest claims first."""
    inside = Office.objects.living().in_scopes(*scopes_of(actor))
    waits = Q(state="claimed") | Q(told_at__isnull=False)
    return inside.filter(waits).order_by("claimed_at", "pk")


def audit_of_office(actor: Actor, office: Office) -> QuerySet[AuditEvent]:
    """What was done to an office and in its name, newest first. Raises NotAllowed.

    An act in the name of an office tells it in `after.office`, unless the office is its subject.
    """
    check_can(actor, Permission.SEE_AUDIT, office=office)
    return AuditEvent.objects.filter(
        Q(subject=office.public_id) | Q(after__office=office.public_id)
    )


def hand_over_cards(actor: Actor, office: Office) -> QuerySet[HandOver]:
    """The cards of an office, those that wait for somebody first. Raises NotAllowed.

    Read by its people, and by coordinators in whose scope it lies: who left all of a sudden must
    be replaced. What a coordinator reads is kept by `services.open_cards`.
    """
    try:
        check_can(actor, Permission.READ_WORKING_PAPERS, office=office)
    except NotAllowed:
        if not scopes_of(actor):
            raise
        check_can(actor, Permission.HAND_OVER, office=office)
    cards = HandOver.objects.filter(office=office).select_related("from_person", "to_person")
    return cards.order_by(F("taken_at").asc(nulls_first=True), "-at", "-pk")


def people_at_work(offices: Iterable[Office], roles: Iterable[Role]) -> tuple[User, ...]:
    """Who has one of these roles today in these offices, as far as they are verified.

    Nobody who is erased or whose account is closed.
    """
    belonging = Membership.objects.current(timezone.now()).filter(
        office__in=Office.objects.verified().filter(pk__in=[one.pk for one in offices]),
        role__in=list(roles),
    )
    people = User.objects.filter(
        pk__in=belonging.values("person"), is_active=True, erased_at__isnull=True
    )
    return tuple(people.order_by("public_id"))
