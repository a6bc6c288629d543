"""The verified channel of an office: who is shown it, and what its letters are held against.

It is shown to its partners and to coordinators alone: a number that anybody can read is a number
that anybody can pretend to call from.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Role
from mistok.kernel.errors import NotAllowed
from mistok.partnering.models import ProcedureRun
from mistok.provenance.services import record
from mistok.registry.lifecycle import ENDED
from mistok.registry.models import Act, Decision, Tie


@dataclass(frozen=True, slots=True)
class Channel:
    """How an office can be called back: what a coordinator has checked."""

    phone: str
    mail: str
    site: str


def may_call_back(actor: Actor, office: Office) -> bool:
    """Whether the actor is of the office, of a partner's verified office, or a coordinator.

    Partners are the parties of a public tie that has not ended, and of a procedure under way.
    """
    person = actor.person
    if person is None or not person.is_active or person.erased_at is not None:
        return False
    current = person.memberships.current(timezone.now())
    if current.filter(role=Role.COORDINATOR).exists():
        return True
    own = _own_offices(person)
    return any(one.place == office.place or _partners(one, office) for one in own)


def verified_channel(actor: Actor, office: Office) -> Channel:
    """The channel, for those who may know it; that they were shown it is audited.

    Raises NotAllowed (`channel_for_partners`).
    """
    if office.state != OfficeState.VERIFIED or not may_call_back(actor, office):
        raise NotAllowed(
            _(
                "The verified number is shown to partners of this office and to coordinators. "
                "Reach the office through its official site."
            ),
            code="channel_for_partners",
        )
    record(actor=str(actor), verb="show_channel", subject=office.public_id)
    return Channel(office.callback_phone, office.official_email, office.official_site)


def numbers_of(place: str) -> frozenset[str]:
    """Numbers of acts and decisions of the municipality with this key that the registry knows."""
    decisions = Decision.objects.filter(body__key=place, tie__public=True)
    acts = Act.objects.filter(body__key=place, facts__tie__public=True)
    numbers = {*decisions.values_list("number", flat=True), *acts.values_list("number", flat=True)}
    return frozenset(numbers - {""})


def _own_offices(person: User) -> list[Office]:
    memberships = person.memberships.current(timezone.now()).select_related("office")
    return [
        one.office
        for one in memberships
        if one.office is not None
        and one.office.state == OfficeState.VERIFIED
        and not one.office.contested
    ]


def _partners(own: Office, other: Office) -> bool:
    ties = Tie.objects.public().exclude(state__in=ENDED)
    ties = ties.filter(parties__municipality__key=own.place)
    if ties.filter(Q(parties__municipality__key=other.place)).exists():
        return True
    runs = ProcedureRun.objects.going_on().filter(sides__office=own.public_id)
    return runs.filter(sides__office=other.public_id).exists()
