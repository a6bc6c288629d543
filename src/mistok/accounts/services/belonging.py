"""Who joins an office, by invitation only, and how a membership ends."""

import datetime as dt
import re
import secrets
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.models import Invitation, Membership, Office, User
from mistok.accounts.permissions import OFFICE_ROLES, Permission, Role
from mistok.accounts.policies import check_acts, check_can
from mistok.accounts.scopes import WORLD
from mistok.accounts.services.texts import mail, words
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.kernel.ids import content_hash, is_place_key, public_id

GOOD_FOR = dt.timedelta(days=7)
MOST_OPEN = 30
"""Open invitations of one office: more is a mailing, and no office."""
A_DAY = dt.timedelta(hours=24)
MOST_A_DAY = 20
"""Invitations of one office within a day, the withdrawn too: a whole department joins at once, but
each is a letter to an address that nobody has checked, and in our name."""
MOST_A_DAY_BY_ONE = 60
"""Invitations by one person within a day: a coordinator may open an oblast in one meeting."""
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class Invited(NamedTuple):
    """An invitation, and the token of its link, which is kept nowhere."""

    invitation: Invitation
    token: str


def invite(
    *,
    actor: Actor,
    office: Office,
    email: str,
    role: str,
    good_for: dt.timedelta = GOOD_FOR,
    at: dt.datetime | None = None,
) -> Invited:
    """Invite an address into a verified office; an open one to it in this role is replaced.

    Raises NotAllowed without the right (an approver is invited by approvers and coordinators
    only, so that no officer can approve by a second mailbox) and for an office that may not act,
    Invalid for a bad address or role, Conflict when too many invitations are open or went out
    within a day.
    """
    at = at or timezone.now()
    with audited(actor, "invite", office.public_id) as act:
        check_can(actor, _right_to_invite(role), office=office)
        check_acts(office)
        address = mail(words(email, what=_("The e-mail address"), most=254))
        _check_day(actor, office, at)
        _make_room(office, address, role, at)
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            public_id=public_id("invitation", secrets.token_hex(16)),
            office=office,
            role=role,
            email=address,
            token_hash=content_hash(token),
            invited_by=str(actor),
            invited_at=at,
            expires_at=at + good_for,
        )
        act.done(after={"invitation": invitation.public_id, "role": role})
    return Invited(invitation, token)


def _check_day(actor: Actor, office: Office, at: dt.datetime) -> None:
    """However often they are withdrawn: every one of them was a letter."""
    sent = Invitation.objects.filter(invited_at__gt=at - A_DAY)
    for rows, most in (
        (sent.filter(office=office), MOST_A_DAY),
        (sent.filter(invited_by=str(actor)), MOST_A_DAY_BY_ONE),
    ):
        if rows.count() >= most:
            raise Conflict(
                _(
                    "%(most)s invitations went out within 24 hours, and more would be a mailing. "
                    "Send the others tomorrow."
                )
                % {"most": most},
                code="too_many_invitations_today",
            )


def _make_room(office: Office, address: str, role: str, at: dt.datetime) -> None:
    """An older link to the same address for the same role is void from now on."""
    unanswered = office.invitations.filter(accepted_at=None, withdrawn_at=None)
    unanswered.filter(email=address, role=role).update(withdrawn_at=at)
    if unanswered.filter(expires_at__gt=at).count() >= MOST_OPEN:
        raise Conflict(
            _("%(most)s invitations of this office are open. Withdraw some first.")
            % {"most": MOST_OPEN},
            code="too_many_invitations",
        )


def _right_to_invite(role: str) -> Permission:
    if role not in OFFICE_ROLES:
        raise Invalid(
            _("Nobody is invited as that. Choose officer, approver, storekeeper, auditor, donor."),
            code="role_unknown",
        )
    return Permission.INVITE_APPROVER if role == Role.APPROVER else Permission.INVITE


def invitation_of(token: str) -> Invitation:
    """The invitation of a link; raises NotFound (code `invitation_unknown`)."""
    known = Invitation.objects.select_related("office").filter(token_hash=content_hash(token))
    invitation = known.first()
    if invitation is None:
        raise NotFound(
            _("This invitation is not known here. Open the whole link of the message."),
            code="invitation_unknown",
        )
    return invitation


def accept_invitation(*, actor: Actor, token: str, at: dt.datetime | None = None) -> Membership:
    """Join an office by an invitation; it is good once, and for the address it was sent to.

    Raises NotFound for an unknown token, NotAllowed for whoever has not signed in or with another
    address, or when the office may not act, Conflict when it was used, withdrawn or is too old,
    or when the person has this role already.
    """
    at = at or timezone.now()
    known = Invitation.objects.filter(token_hash=content_hash(token)).first()
    subject = known.office.public_id if known is not None else "invitation"
    with audited(actor, "accept_invitation", subject) as act:
        check_can(actor, Permission.CLAIM_OFFICE)
        if actor.person is None:
            raise sentences.sign_in_needed()
        invitation = invitation_of(token)
        _check_open(invitation, at)
        if invitation.email != actor.person.email:
            raise _for_another()
        check_acts(invitation.office)
        open_still = Invitation.objects.filter(
            pk=invitation.pk, accepted_at=None, withdrawn_at=None
        )
        if not open_still.update(accepted_at=at, accepted_by=actor.person):
            raise _used()
        member = _join(actor.person, invitation.office, invitation.role, "", at)
        told = {"invitation": invitation.public_id, "role": invitation.role}
        act.done(after=told | {"membership": member.public_id})
    return member


def _check_open(invitation: Invitation, at: dt.datetime) -> None:
    if invitation.accepted_at is not None:
        raise _used()
    if invitation.withdrawn_at is not None:
        raise Conflict(
            _("This invitation was withdrawn. Ask the office whether there is a newer one."),
            code="invitation_withdrawn",
        )
    if not invitation.is_open(at):
        raise Conflict(
            _("This invitation was good until %(day)s. Ask the office for a new one.")
            % {"day": invitation.expires_at.date().isoformat()},
            code="invitation_expired",
        )


def _used() -> Conflict:
    return Conflict(
        _(
            "This invitation was used already. If it was not you, tell the office: somebody else "
            "has opened your link."
        ),
        code="invitation_used",
    )


def _for_another() -> NotAllowed:
    return NotAllowed(
        _(
            "This invitation was sent to another address. Sign in with the address that got it, "
            "or ask the office to invite the one you use."
        ),
        code="invitation_for_another",
    )


def _join(
    person: User, office: Office | None, role: str, scope: str, at: dt.datetime
) -> Membership:
    """The database itself keeps a person from having one role twice."""
    try:
        with transaction.atomic():
            return Membership.objects.create(
                public_id=public_id("membership", secrets.token_hex(16)),
                person=person,
                office=office,
                role=role,
                scope=scope,
                since=at,
            )
    except IntegrityError as error:
        raise Conflict(
            _("This person has this role already. Nothing more is needed."), code="member_already"
        ) from error


def withdraw_invitation(
    *, actor: Actor, invitation: Invitation, at: dt.datetime | None = None
) -> Invitation:
    """Make an invitation void. Raises NotAllowed as `invite` does, Conflict when it was used."""
    office = invitation.office
    with audited(actor, "withdraw_invitation", office.public_id) as act:
        check_can(actor, _right_to_invite(invitation.role), office=office)
        open_still = Invitation.objects.filter(
            pk=invitation.pk, accepted_at=None, withdrawn_at=None
        )
        if not open_still.update(withdrawn_at=at or timezone.now()):
            raise Conflict(
                _("This invitation was used or withdrawn already. Open the list again."),
                code="invitation_not_open",
            )
        invitation.refresh_from_db()
        act.done(after={"invitation": invitation.public_id})
    return invitation


def appoint_coordinator(
    *, actor: Actor, person: User, scope: str, at: dt.datetime | None = None
) -> Membership:
    """Make a person coordinator of "world", a country ("UA") or a region (canonical key).

    Only who coordinates the whole world may. Raises NotAllowed, Invalid for a malformed scope,
    Conflict when the person has this scope already.
    """
    with audited(actor, "appoint_coordinator", person.public_id) as act:
        check_can(actor, Permission.APPOINT_COORDINATOR)
        if scope != WORLD and not _COUNTRY.fullmatch(scope) and not is_place_key(scope):
            raise Invalid(
                _("“%(scope)s” is no scope. Write a country (UA) or the key of a region.")
                % {"scope": scope[:60]},
                code="scope_unknown",
            )
        member = _join(person, None, Role.COORDINATOR, scope, at or timezone.now())
        act.done(after={"membership": member.public_id, "scope": scope})
    return member


def end_membership(
    *, actor: Actor, membership: Membership, reason: str = "", at: dt.datetime | None = None
) -> Membership:
    """End a membership: one's own, or as approver or coordinator that of another.

    It stays as history. Raises NotAllowed, Conflict when it has ended already.
    """
    office = membership.office
    subject = office.public_id if office is not None else membership.person.public_id
    with audited(actor, "end_membership", subject) as act:
        if actor.person != membership.person:
            _check_may_end(actor, office)
        why = words(reason, what=_("The reason"), most=400, needed=False)
        until = max(at or timezone.now(), membership.since)
        running = Membership.objects.filter(pk=membership.pk, until=None)
        if not running.update(until=until):
            raise Conflict(
                _("This membership has ended already. Nothing more is needed."),
                code="membership_ended",
            )
        membership.refresh_from_db()
        told = {"membership": membership.public_id, "role": membership.role}
        act.done(after=told | ({"reason": without_addresses(why)} if why else {}))
    return membership


def _check_may_end(actor: Actor, office: Office | None) -> None:
    if office is None:
        check_can(actor, Permission.APPOINT_COORDINATOR)
    else:
        check_can(actor, Permission.END_MEMBERSHIP, office=office)
