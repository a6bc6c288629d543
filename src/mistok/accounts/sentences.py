"""Every refusal of a right in one full sentence: what, why, what to do now."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mistok.accounts.descriptions import DESCRIPTIONS
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import AccessToken, Office
from mistok.accounts.permissions import ROLE_LABELS, Permission, Role, roles_with
from mistok.kernel.errors import NotAllowed


def sign_in_needed() -> NotAllowed:
    """For whoever has not signed in."""
    return NotAllowed(_("Only people who signed in may do this. Sign in."), code="sign_in_needed")


def account_closed() -> NotAllowed:
    """For an account that is switched off or erased."""
    return NotAllowed(
        _("This account is closed and can do nothing. Ask a coordinator if that is a mistake."),
        code="account_closed",
    )


def office_cannot(office: Office) -> NotAllowed:
    """Why an office cannot act, and who moves next."""
    told = {"office": office.name}
    if office.contested:
        return NotAllowed(
            _(
                "Another office claims the municipality of %(office)s too, so nobody of this "
                "office can act yet. A coordinator calls back both and decides; nothing is lost."
            )
            % told,
            code="office_contested",
        )
    text, code = {
        OfficeState.CLAIMED: (
            _(
                "The office of %(office)s is not verified yet. A coordinator calls back on a "
                "number of the municipality; until then you can read and prepare."
            ),
            "office_not_verified",
        ),
        OfficeState.SUSPENDED: (
            _(
                "The office of %(office)s is suspended. Its papers stay readable; ask the "
                "coordinator what must be cleared up."
            ),
            "office_suspended",
        ),
        OfficeState.CLOSED: (
            _("The office of %(office)s is closed. Claim a new one if the municipality needs it."),
            "office_closed",
        ),
        OfficeState.REFUSED: (
            _(
                "The claim to the office of %(office)s was refused. Write to the coordinator, or "
                "claim it again with a contact that can be checked."
            ),
            "office_refused",
        ),
    }[OfficeState(office.state)]
    return NotAllowed(text % told, code=code)


FACTOR_CODES = frozenset({"second_factor_needed", "second_factor_not_shown"})
"""Refusals that a person can lift herself: nothing but her second factor is missing."""


def second_factor_needed() -> NotAllowed:
    """For an act for which a password is not enough."""
    return NotAllowed(
        _(
            "This act binds, so a password alone is not enough. Set up a passkey or an "
            "authenticator app in your account, then do it again."
        ),
        code="second_factor_needed",
    )


def second_factor_not_shown() -> NotAllowed:
    """For a session that began before the factor was set up: it may be in other hands."""
    return NotAllowed(
        _(
            "This act binds, and this session has not shown your second factor yet. "
            "Show it, then do it again."
        ),
        code="second_factor_not_shown",
    )


def role_cannot(permission: Permission) -> NotAllowed:
    """For a member of the right office whose role does not reach so far."""
    roles = [str(ROLE_LABELS[role]) for role in roles_with(permission)]
    return NotAllowed(
        _("Your role in this office does not allow this: %(act)s Ask for one of: %(roles)s.")
        % {"act": DESCRIPTIONS[permission], "roles": ", ".join(roles)},
        code="role_cannot",
    )


def membership_ended() -> NotAllowed:
    """For somebody who was a member."""
    return NotAllowed(
        _("Your membership of this office has ended. Ask the office for a new invitation."),
        code="membership_ended",
    )


def not_yet_begun() -> NotAllowed:
    """For somebody whose membership begins later."""
    return NotAllowed(
        _("Your membership of this office has not begun yet. Wait for its first day."),
        code="membership_not_begun",
    )


def outside_scope(permission: Permission) -> NotAllowed:
    """For a coordinator of another country or region."""
    return NotAllowed(
        _("This lies outside of what you coordinate: %(act)s Ask the coordinator of that place.")
        % {"act": DESCRIPTIONS[permission]},
        code="outside_scope",
    )


def not_yours(permission: Permission) -> NotAllowed:
    """For everybody else."""
    roles = [str(ROLE_LABELS[role]) for role in roles_with(permission)]
    return NotAllowed(
        _("You have no right to do this here: %(act)s It is done by: %(roles)s.")
        % {"act": DESCRIPTIONS[permission], "roles": ", ".join(roles)},
        code="not_yours",
    )


TOKEN_CODES = frozenset({"token_missing", "token_unknown", "token_ended", "token_expired"})
"""Refusals of a program that another token would lift."""


def token_missing() -> NotAllowed:
    """For a program that shows no token."""
    return NotAllowed(
        _(
            "This needs a token of an office. Send it with the request, as “Authorization: Bearer "
            "mistok_…”; an approver of the office makes one."
        ),
        code="token_missing",
    )


def token_unknown() -> NotAllowed:
    """For a secret that belongs to no token."""
    return NotAllowed(
        _(
            "This token is not known here. Check that it was copied whole, or ask an approver of "
            "the office for a new one."
        ),
        code="token_unknown",
    )


def token_over(token: AccessToken) -> NotAllowed:
    """For a token that was ended, or whose day has passed."""
    if token.ended_at is not None:
        return NotAllowed(
            _("This token was ended on %(day)s. Ask an approver of the office for a new one.")
            % {"day": date_format(token.ended_at.date())},
            code="token_ended",
        )
    return NotAllowed(
        _("This token was good until %(day)s. Ask an approver of the office for a new one.")
        % {"day": date_format(token.expires_at.date())},
        code="token_expired",
    )


def token_elsewhere(office: Office) -> NotAllowed:
    """For a token of one office in the matters of another."""
    return NotAllowed(
        _(
            "This token is of the office of %(office)s and does nothing elsewhere. Use a token of "
            "the office whose matter this is."
        )
        % {"office": office.name},
        code="token_elsewhere",
    )


def token_without_factor(permission: Permission) -> NotAllowed:
    """For an act that needs a second factor, which a program does not have."""
    return NotAllowed(
        _("This act needs a person with a second factor, and no token does it: %(act)s Sign in.")
        % {"act": DESCRIPTIONS[permission]},
        code="token_without_factor",
    )


def token_role_cannot(role: Role, permission: Permission) -> NotAllowed:
    """For a token whose role is another."""
    return NotAllowed(
        _("A token of the role “%(role)s” does not allow this: %(act)s Use a token that does.")
        % {"role": ROLE_LABELS[role], "act": DESCRIPTIONS[permission]},
        code="token_role_cannot",
    )
