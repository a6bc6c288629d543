"""Who stands before the needs, and for which office."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.selectors import memberships_of
from mistok.kernel.errors import NotAllowed
from mistok.web.procedure.seats import may, offices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody who writes needs for one office; `choices` are the offices she may write for."""

    request: HttpRequest
    actor: Actor
    office: Office
    choices: tuple[Office, ...]


def actor_of(request: HttpRequest) -> Actor:
    """Whoever signed in, or nobody."""
    return Actor(user=request.user)


def readers_offices(actor: Actor) -> list[Office]:
    """The offices whose needs this person reads as one of theirs."""
    return list(offices_of(actor, Permission.READ_NEEDS))


def writer_of(request: HttpRequest) -> Writer:
    """The office for which this person writes: the one that is named, else the first.

    Raises NotAllowed with the reason, for who writes for none.
    """
    actor = actor_of(request)
    offices = tuple(offices_of(actor, Permission.WRITE_NEED))
    if not offices:
        raise _why_not(actor)
    asked = request.POST.get("office") or request.GET.get("office", "")
    named = next((one for one in offices if one.public_id == asked), offices[0])
    return Writer(request=request, actor=actor, office=named, choices=offices)


def writes_for(actor: Actor, offices: Sequence[Office]) -> list[Office]:
    """Those of the offices for which this person writes needs."""
    return [office for office in offices if may(actor, Permission.WRITE_NEED, office)]


def _why_not(actor: Actor) -> NotAllowed:
    """Why somebody writes for no office: what the rights say, if she is of one."""
    person = actor.person
    if person is None:
        return sentences.sign_in_needed()
    for membership in memberships_of(person):
        try:
            if membership.office is not None:
                check_can(actor, Permission.WRITE_NEED, office=membership.office)
        except NotAllowed as refusal:
            return refusal
    return NotAllowed(
        _(
            "Needs are written by officers of verified offices, and you are of none. Do you work "
            "for a municipality? Open its page and claim its office."
        ),
        code="role_cannot",
    )
