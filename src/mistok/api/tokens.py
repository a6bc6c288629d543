"""Who asks: an office's program by its token, or anybody without one."""

import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.models import AccessToken
from mistok.accounts.services import office_token
from mistok.api.problems import TOO_MANY
from mistok.kernel.errors import NotAllowed

MOST_WRONG: Final = 20
"""Wrong tokens that may come from one address in a minute; right ones are not counted."""
_MINUTE: Final = 60


class OfficeToken(HttpBearer):
    """A token of an office must be shown."""

    def __call__(self, request: HttpRequest) -> Actor:
        """The program that asks. Raises NotAllowed as `office_token` does."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            raise sentences.token_missing()
        return self.authenticate(request, secret.strip() if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The program with this token; too many wrong ones from one address have to wait."""
        try:
            return Actor(token=office_token(token))
        except NotAllowed as refusal:
            raise _too_many(request) or refusal from None


class TokenOrNobody(OfficeToken):
    """A token may be shown; without one what is public can be read."""

    def __call__(self, request: HttpRequest) -> Actor:
        """The program that asks, or nobody."""
        if "Authorization" not in request.headers:
            return Actor()
        return super().__call__(request)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as `must_show` or `may_show` found."""
    found: Actor = request.auth  # type: ignore[attr-defined]
    return found


def token_of(actor: Actor) -> AccessToken:
    """The token of whoever had to show one. Raises NotAllowed (code `token_missing`)."""
    if actor.token is None:
        raise sentences.token_missing()
    return actor.token


def _too_many(request: HttpRequest) -> NotAllowed | None:
    """Count a wrong token; where there were too many in this minute, say how long to wait.

    Nobody guesses a secret of 256 bits: this keeps a program that has gone wrong from asking the
    database without end.
    """
    minute, second = divmod(int(time.time()), _MINUTE)
    counter = f"wrong-token:{get_adapter().get_client_ip(request)}:{minute}"
    count = cache.get(counter, 0) + 1
    cache.set(counter, count, _MINUTE)
    if count <= MOST_WRONG:
        return None
    wait = _MINUTE - second
    return NotAllowed(
        _("Too many wrong tokens came from this address. Wait %(seconds)s seconds and try again.")
        % {"seconds": wait},
        code=TOO_MANY,
        details={"seconds": wait},
    )


must_show, may_show = OfficeToken(), TokenOrNobody()
ALSO_WITHOUT_TOKEN: Final[dict[str, Any]] = {"security": [{}]}
"""How the description for machines says that a token may be left out."""
