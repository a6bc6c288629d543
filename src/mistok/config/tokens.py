"""What `mistok token` does, and how it tells of a token: never with its secret but once."""

import datetime as dt
from typing import Any

from mistok.accounts.actors import Actor
from mistok.accounts.models import AccessToken, Office
from mistok.accounts.services import end_token, make_token, tokens_of
from mistok.kernel.errors import NotFound


def make(*, office: str, role: str, name: str, days: int, **_options: Any) -> dict[str, Any]:
    """Make a token; its secret is told this once, first. Raises NotFound, Invalid, Conflict."""
    good_for = dt.timedelta(days=days)
    made = make_token(
        actor=Actor.at_the_shell(), office=_office(office), role=role, name=name, good_for=good_for
    )
    return {"secret": made.secret, **_told(made.token)}


def list_all(*, office: str, **_options: Any) -> list[dict[str, Any]]:
    """Every token of an office, those in use first. Raises NotFound."""
    return [_told(one) for one in tokens_of(Actor.at_the_shell(), _office(office))]


def end(*, token: str, reason: str, **_options: Any) -> dict[str, Any]:
    """End a token. Raises NotFound, Conflict."""
    known = AccessToken.objects.filter(public_id=token).first()
    if known is None:
        raise NotFound(
            f"There is no token {token}. List those of its office: mistok token list OFFICE.",
            code="token_not_there",
        )
    return _told(end_token(actor=Actor.at_the_shell(), token=known, reason=reason))


def _told(token: AccessToken) -> dict[str, Any]:
    used, ended = token.last_used_at, token.ended_at
    return {
        "token": token.public_id,
        "office": token.office.public_id,
        "role": token.role,
        "name": token.name,
        "prefix": token.prefix,
        "good_until": token.expires_at.date().isoformat(),
        "last_used": used.isoformat() if used else "",
        "ended": ended.isoformat() if ended else "",
    }


def _office(named: str) -> Office:
    offices = Office.objects.verified()
    known = offices.filter(public_id=named).first() or offices.filter(place=named).first()
    if known is None:
        raise NotFound(
            f"There is no verified office {named}. Give its id (office_…) or the key of its place.",
            code="office_unknown",
        )
    return known
