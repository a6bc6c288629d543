"""People of an office: who is what, who is invited, how a membership and its sessions end."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Invitation, Membership
from mistok.accounts.permissions import Permission, Role
from mistok.accounts.policies import can, check_can
from mistok.accounts.services import (
    end_membership,
    end_sessions,
    invite,
    withdraw_invitation,
)
from mistok.web.offices.acting import Act, Acts, Doing, Done, can_but_for_factor
from mistok.web.offices.forms import InviteForm, WhichForm, unknown_row
from mistok.web.offices.letters import invitation_link, send_invitation
from mistok.web.offices.words import moment_words


def people_context(doing: Doing) -> dict[str, Any]:
    """Members now and before; invitations for those who may invite. Raises NotAllowed."""
    if not may_see_people(doing):
        check_can(doing.actor, Permission.SEE_AUDIT, office=doing.office)
    now = timezone.now()
    rows = list(doing.office.memberships.select_related("person"))
    may_end = can_but_for_factor(doing, Permission.END_MEMBERSHIP)
    may_invite = can_but_for_factor(doing, Permission.INVITE)
    sent = doing.office.invitations.all() if may_invite else Invitation.objects.none()
    return {
        "members": [_member(one, doing, may_end) for one in rows if one.is_current(now)],
        "former": [_member(one, doing, False) for one in rows if not one.is_current(now)],
        "may_end": may_end,
        "may_invite": may_invite,
        "invitations": [_invited(one) for one in sent if one.is_open(now)],
        "answered": [_answered(one) for one in sent if not one.is_open(now)],
        "no_approver": may_invite and not _has(rows, Role.APPROVER),
    }


def _has(rows: Iterable[Membership], role: Role) -> bool:
    now = timezone.now()
    return any(one.role == role and one.is_current(now) for one in rows)


def _member(one: Membership, doing: Doing, may_end: bool) -> dict[str, Any]:
    own = one.person == doing.actor.person
    return {
        "id": one.public_id,
        "name": one.person.name,
        "email": "" if one.person.erased_at else one.person.email,
        "role": one.get_role_display(),
        "since": moment_words(one.since),
        "until": moment_words(one.until),
        "own": own,
        "may_end": own or may_end,
        "may_end_sessions": may_end and not own,
    }


def _invited(one: Invitation) -> dict[str, str]:
    return {
        "id": one.public_id,
        "email": one.email,
        "role": one.get_role_display(),
        "sent": moment_words(one.invited_at),
        "until": moment_words(one.expires_at),
    }


def _answered(one: Invitation) -> dict[str, str]:
    if one.accepted_at is not None:
        became, at = _("accepted"), one.accepted_at
    elif one.withdrawn_at is not None:
        became, at = _("withdrawn"), one.withdrawn_at
    else:
        became, at = _("not answered in time"), one.expires_at
    return _invited(one) | {"became": became, "at": moment_words(at)}


def _do_invite(doing: Doing) -> Done:
    invited = invite(
        actor=doing.actor,
        office=doing.office,
        email=doing.told["email"],
        role=doing.told["role"],
    )
    told = {"email": invited.invitation.email}
    if send_invitation(doing.request, invited):
        return Done(_("The invitation is on its way to %(email)s.") % told)
    return Done(
        _(
            "The invitation for %(email)s is made, but no mail server took the letter. Hand on "
            "this link yourself; it is shown only this once."
        )
        % told,
        {"link": invitation_link(doing.request, invited)},
    )


def _do_withdraw(doing: Doing) -> Done:
    one = doing.office.invitations.filter(public_id=doing.told["which"]).first()
    if one is None:
        raise unknown_row()
    withdraw_invitation(actor=doing.actor, invitation=one)
    return Done(_("The invitation is withdrawn; its link no longer works."))


def _membership(doing: Doing) -> Membership:
    rows = doing.office.memberships.select_related("person", "office")
    one = rows.filter(public_id=doing.told["which"]).first()
    if one is None:
        raise unknown_row()
    return one


def _do_end(doing: Doing) -> Done:
    one = _membership(doing)
    end_membership(actor=doing.actor, membership=one, reason=doing.told["reason"])
    return Done(_("The membership of %(name)s has ended.") % {"name": one.person.name})


def _do_end_sessions(doing: Doing) -> Done:
    person = _membership(doing).person
    end_sessions(actor=doing.actor, person=person)
    told = {"name": person.name}
    return Done(_("All sessions of %(name)s have ended; the next page asks to sign in.") % told)


def _right_to_invite(doing: Doing) -> Permission:
    return _inviting(str(doing.told["role"]))


def _inviting(role: str) -> Permission:
    return Permission.INVITE_APPROVER if role == Role.APPROVER else Permission.INVITE


def _right_to_withdraw(doing: Doing) -> Permission:
    one = doing.office.invitations.filter(public_id=doing.told["which"]).first()
    return _inviting(one.role if one else "")


def _right_to_end(doing: Doing) -> Permission | None:
    own = Q(public_id=doing.told["which"], person=doing.actor.person)
    return None if doing.office.memberships.filter(own).exists() else Permission.END_MEMBERSHIP


ACTS: Acts = {
    "invite": Act(do=_do_invite, right=_right_to_invite, form=InviteForm),
    "withdraw_invitation": Act(do=_do_withdraw, right=_right_to_withdraw, form=WhichForm),
    "end_membership": Act(do=_do_end, right=_right_to_end, form=WhichForm),
    "end_sessions": Act(do=_do_end_sessions, right=_right_to_end, form=WhichForm),
}


def may_see_people(doing: Doing) -> bool:
    """Members who read its papers, and coordinators in whose scope it lies."""
    return can(
        doing.actor, Permission.READ_WORKING_PAPERS, office=doing.office
    ) or can_but_for_factor(doing, Permission.SEE_AUDIT)
