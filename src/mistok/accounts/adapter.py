"""Where allauth, which signs people in, meets our rules: sentences, letters, audit events."""

import logging
import time
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import User
from mistok.kernel.errors import NotAllowed, Unavailable
from mistok.provenance.services import record

log = logging.getLogger(__name__)

JUST_NOW = 5 * 60
"""Seconds for which a sign-in counts as fresh; as ACCOUNT_REAUTHENTICATION_TIMEOUT."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with our sentences; every change of how somebody signs in is an audit event."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask whoever runs this server."),
        "email_password_mismatch": _(
            "This address and this password do not belong together. Check both, or let us mail you "
            "a code to sign in with."
        ),
        "enter_current_password": _("This is not your present password. Type it again."),
        "incorrect_code": _("This code is not right. Check it, or wait for the next one."),
        "incorrect_password": _("This is not your password. Type it again."),
        "invalid_or_expired_key": _("This link has expired or was used. Ask for a new one."),
        "invalid_password_reset": _("This link has expired or was used. Ask for a new one."),
        "same_as_current": _("This is your address already. Write the new one."),
        "duplicate_email": _("This is your address already. Write the new one."),
        "too_many_login_attempts": _(
            "Too many attempts have failed. Wait a quarter of an hour, or sign in another way."
        ),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
        "unverified_primary_email": _("Confirm your address first: we have sent you a letter."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; raises Unavailable when the mail server does not take it."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.warning("letter not sent: %s", type(error).__name__)
            raise Unavailable(
                _(
                    "The letter could not be sent, because the mail server does not take it now. "
                    "Try again in a few minutes; if that does not help, ask whoever runs this "
                    "server."
                ),
                code="mail_unavailable",
            ) from error

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Keep the audit event of a change to somebody's sign-in, and tell them by letter.

        The change has been made: a letter that cannot be sent does not undo it.
        """
        verb = template_prefix.rpartition("/")[2]
        record(actor=str(Actor(user)), verb=f"sign_in_{verb}", subject=user.public_id)
        with suppress(Unavailable):  # the log has told it
            super().send_notification_mail(template_prefix, user, context, email)

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        """Keep a failed attempt on an account that exists; who tried is not known."""
        person = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        if person is not None:
            record(actor=str(Actor()), verb="refused_sign_in", subject=person.public_id)

    def login(self, request: Any, user: User) -> None:
        """Let somebody in, all checks done, and keep that it happened and how."""
        super().login(request, user)
        ways = [one["method"] for one in get_authentication_records(request, user)]
        record(actor=str(Actor(user)), verb="signed_in", subject=user.public_id, after={"by": ways})

    def logout(self, request: Any) -> None:
        """Let somebody out, and keep that it happened."""
        person = request.user
        super().logout(request)
        if isinstance(person, User):
            record(actor=str(Actor(person)), verb="signed_out", subject=person.public_id)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the person must show a password or factor again before such a change.

        Who has neither signs in by mailed codes: allauth would ask nothing of them, which is a
        gift to whoever stole the session. Raises NotAllowed unless they signed in just now.
        """
        request = context.request
        if not get_reauthentication_flows(request.user):
            signed_in = [one["at"] for one in get_authentication_records(request, request.user)]
            if time.time() - max(signed_in, default=0) > JUST_NOW:
                raise NotAllowed(
                    _(
                        "You signed in some time ago. Sign out, sign in again with a mailed code, "
                        "and make this change within five minutes."
                    ),
                    code="sign_in_again",
                )
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors with our sentences, and with our name where a device shows one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This was not accepted. A code of an app holds for half a minute and works once: wait "
            "for the next one and type it again."
        ),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002
        """A name to begin with; its owner may write a better one."""
        known = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": known + 1}

    def _get_site_name(self) -> str:
        """What a device calls this site; an address with a port would mean nothing there."""
        return "Mistok"


def confirm_address(person: User) -> User:
    """Take somebody's address for confirmed: whoever has the server's shell vouches for it."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


@transaction.atomic
def forget_second_factors(*, person: User, actor: Actor) -> int:
    """Remove passkeys, app and recovery codes of somebody who has lost them; returns how many.

    Their next sign-in asks for the password or a mailed code alone.
    """
    factors = Authenticator.objects.filter(user=person)
    count = int(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count())
    factors.delete()
    record(
        actor=str(actor),
        verb="sign_in_factors_forgotten",
        subject=person.public_id,
        before={"factors": count},
    )
    return count
