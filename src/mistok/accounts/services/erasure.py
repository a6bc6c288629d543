"""The end of all sessions of a person, and the end of what is known about her.

Erasure (D7-07) empties what tells who somebody is and keeps the skeleton of what was done: audit
events, memberships and cards go on naming `person_…`, and nobody can tell any more who that was.
"""

import datetime as dt
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import F, ManyToOneRel, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.holders import holders
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Invitation, ResponsibleUnit, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.services.answers import forget_address
from mistok.kernel.errors import Conflict

SIGN_IN_ROOMS = frozenset({"account", "mfa", "socialaccount", "usersessions"})
"""Apps of others whose rows about a person go with the person."""
ERASED_HOST = "erased.invalid"


def end_sessions(*, actor: Actor, person: User) -> None:
    """End every session of a person, wherever it is open; the next request asks to sign in.

    For a stolen session or a lost device: by the person, or by who may end her memberships. A new
    password ends all sessions by itself. Raises NotAllowed.
    """
    with audited(actor, "end_sessions", person.public_id) as act:
        _check_may_end_sessions(actor, person)
        # A session carries a hash over this count, so also one that is not in the list ends.
        User.objects.filter(pk=person.pk).update(session_round=F("session_round") + 1)
        person.refresh_from_db(fields=["session_round"])
        _forget_sessions(person)
        act.done()


def _check_may_end_sessions(actor: Actor, person: User) -> None:
    if actor.person == person and person.is_active:
        return
    for member in person.memberships.current(timezone.now()).exclude(office=None):
        if can(actor, Permission.END_MEMBERSHIP, office=member.office):
            return
    check_can(actor, Permission.ERASE_PERSON)


def _forget_sessions(person: User) -> None:
    for seen in UserSession.objects.filter(user=person):
        seen.end()


def erase_person(*, actor: Actor, person: User, at: dt.datetime | None = None) -> User:
    """Empty a person's personal fields, end her memberships and sessions; `person_…` stays.

    By the person, or by a coordinator of the whole world at the person's request. Raises
    NotAllowed, Conflict when it was done already.
    """
    at = at or timezone.now()
    with audited(actor, "erase_person", person.public_id) as act:
        if actor.person != person or not person.is_active:
            check_can(actor, Permission.ERASE_PERSON)
        person.refresh_from_db()
        if person.erased_at is not None:
            raise Conflict(
                _("This person was erased already. Nothing is left to erase."),
                code="erased_already",
            )
        ended = person.memberships.filter(Q(until=None) | Q(until__gt=at))
        told = {"memberships_ended": ended.count()}
        ended.filter(since__gt=at).update(until=F("since"))
        ended.filter(since__lte=at).update(until=at)
        _forget_in_offices(person, at)
        forget_address(person.email)
        for holder in holders():
            holder.forget(person, at)
        _forget_sign_in(person)
        _empty(person, at)
        act.done(after=told)
    return person


def _forget_in_offices(person: User, at: dt.datetime) -> None:
    """Her address in invitations, her name as the one responsible, what she told in vain."""
    hers = Invitation.objects.filter(Q(email=person.email) | Q(accepted_by=person))
    hers.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    hers.update(email="")
    named = ResponsibleUnit.objects.filter(person=person)
    named.filter(until=None, since__gt=at.date()).update(until=F("since"))
    named.filter(until=None).update(until=at.date())
    named.update(person_name="", work_contact="")
    unproved = person.claimed_offices.filter(state__in=(OfficeState.CLAIMED, OfficeState.REFUSED))
    unproved.update(told_phone="", told_email="", told_site="", told_at=None)


def _forget_sign_in(person: User) -> None:
    """Addresses, passkeys and seen sessions, kept by the libraries that sign people in."""
    _forget_sessions(person)
    for rows in sign_in_rows(person):
        rows.delete()


def sign_in_rows(person: User) -> list[QuerySet[Any]]:
    """What the libraries of sign-in keep about a person, one query a table."""
    tables = [
        (one.related_model, one.field.name)
        for one in User._meta.get_fields()
        if isinstance(one, ManyToOneRel) and one.related_model._meta.app_label in SIGN_IN_ROOMS
    ]
    return [model._base_manager.filter(**{name: person}) for model, name in tables]


def _empty(person: User, at: dt.datetime) -> None:
    person.email = f"{person.public_id}@{ERASED_HOST}"
    person.first_name = person.last_name = person.language = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.date_joined = person.erased_at = at
    person.set_unusable_password()  # another by chance each time: it ends every session
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
