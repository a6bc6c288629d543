"""Tokens by which programs of an office act: made by an approver, shown once, ended on a day."""

import datetime as dt
import secrets
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.models import TOKEN_ROLES, AccessToken, Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_acts, check_can
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.kernel.ids import content_hash, public_id

BEGINS_WITH = "mistok_"
"""So that whoever finds a secret in a file, and every scanner for lost secrets, knows it."""
_SHOWN = len(BEGINS_WITH) + 6
_RANDOM_BYTES = 32
LONGEST_SECRET = 200
LONGEST_GOOD = dt.timedelta(days=366)
"""A year: who still needs it makes another, and nobody forgets one for ever."""
MOST_LIVING = 20
"""Tokens of one office at a time: more than programs that anybody there still knows of."""
_A_MINUTE = dt.timedelta(minutes=1)


class MadeToken(NamedTuple):
    """A token, and its secret, which is shown once and kept nowhere."""

    token: AccessToken
    secret: str


def make_token(
    *,
    actor: Actor,
    office: Office,
    role: str,
    name: str,
    good_for: dt.timedelta = LONGEST_GOOD,
    at: dt.datetime | None = None,
) -> MadeToken:
    """Let a program act for a verified office as officer or storekeeper; gives the secret once.

    Raises NotAllowed without the right, Invalid for another role (`token_role_unknown`), no name
    or a time outside of a day to 366 days (`token_time`), Conflict when 20 are in use
    (`too_many_tokens`).
    """
    at = at or timezone.now()
    with audited(actor, "make_token", office.public_id) as act:
        check_can(actor, Permission.KEEP_TOKENS, office=office)
        check_acts(office)
        _check_role(role)
        called = words(name, what=_("What the token is for"), most=100)
        _check_time(good_for)
        _make_room(office, at)
        made = _new(office, role, called, str(actor), at, at + good_for)
        act.done(
            after={
                "token": made.token.public_id,
                "role": role,
                "expires": made.token.expires_at.date().isoformat(),
                "office": office.public_id,
            }
        )
    return made


def _new(
    office: Office, role: str, name: str, by: str, at: dt.datetime, until: dt.datetime
) -> MadeToken:
    secret = BEGINS_WITH + secrets.token_urlsafe(_RANDOM_BYTES)
    token = AccessToken.objects.create(
        public_id=public_id("token", secrets.token_hex(16)),
        office=office,
        role=role,
        name=without_addresses(name),
        token_hash=content_hash(secret),
        prefix=secret[:_SHOWN],
        made_by=by,
        made_at=at,
        expires_at=until,
    )
    return MadeToken(token, secret)


def _check_role(role: str) -> None:
    if role not in dict(TOKEN_ROLES):
        raise Invalid(
            _("A program is an officer or a storekeeper and nothing else. Choose one of the two."),
            code="token_role_unknown",
        )


def _check_time(good_for: dt.timedelta) -> None:
    if not dt.timedelta(days=1) <= good_for <= LONGEST_GOOD:
        raise Invalid(
            _("A token is good for one day at least and %(most)s days at most. Choose another day.")
            % {"most": LONGEST_GOOD.days},
            code="token_time",
        )


def _make_room(office: Office, at: dt.datetime) -> None:
    if office.tokens.living(at).count() >= MOST_LIVING:
        raise Conflict(
            _("%(most)s tokens of this office are in use. End those that nobody needs first.")
            % {"most": MOST_LIVING},
            code="too_many_tokens",
        )


def end_token(
    *, actor: Actor, token: AccessToken, reason: str = "", at: dt.datetime | None = None
) -> AccessToken:
    """End a token: from now on it opens nothing. What was done with it stays.

    Raises NotAllowed without the right, Conflict when it has ended already (`token_ended`).
    """
    office = token.office
    with audited(actor, "end_token", office.public_id) as act:
        check_can(actor, Permission.KEEP_TOKENS, office=office)
        why = words(reason, what=_("The reason"), most=400, needed=False)
        running = AccessToken.objects.filter(pk=token.pk, ended_at=None)
        if not running.update(ended_at=at or timezone.now(), ended_by=str(actor)):
            raise Conflict(
                _("This token has ended already. Nothing more is needed."), code="token_ended"
            )
        token.refresh_from_db()
        told = {"token": token.public_id, "office": office.public_id}
        act.done(after=told | ({"reason": without_addresses(why)} if why else {}))
    return token


def office_token(secret: str, *, at: dt.datetime | None = None) -> AccessToken:
    """The token of this secret, with its office at hand; notes when it was used, by the minute.

    Raises NotAllowed for a secret that belongs to none (`token_unknown`), and for one that was
    ended (`token_ended`) or whose day has passed (`token_expired`).
    """
    at = at or timezone.now()
    known = AccessToken.objects.select_related("office")
    # A secret of ours has one form: what has another need not be looked up, however long it is.
    sound = secret.startswith(BEGINS_WITH) and len(secret) <= LONGEST_SECRET
    token = known.filter(token_hash=content_hash(secret)).first() if sound else None
    if token is None:
        raise sentences.token_unknown()
    if not token.is_living(at):
        raise sentences.token_over(token)
    if token.last_used_at is None or token.last_used_at <= at - _A_MINUTE:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=at - _A_MINUTE)
        AccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
    return token


def tokens_of(actor: Actor, office: Office) -> list[AccessToken]:
    """Every token that an office ever had, those in use first. Raises NotAllowed."""
    check_can(actor, Permission.KEEP_TOKENS, office=office)
    return list(office.tokens.order_by(F("ended_at").desc(nulls_first=True), "-made_at", "-pk"))


def token_of(office: Office, which: str) -> AccessToken:
    """A token of this office by its public id. Raises NotFound (code `token_not_there`)."""
    token = office.tokens.filter(public_id=which).first()
    if token is None:
        raise NotFound(
            _("This office has no such token. Look at the list of its tokens."),
            code="token_not_there",
        )
    return token
