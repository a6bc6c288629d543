"""How often one address may ask: codes are too many to be guessed, and nobody shall try."""

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.kernel.ids import content_hash

LOOKUPS: Final = 60
"""Looks a minute from one address: a whole department behind one line may check its letters."""
MISSES: Final = 20
"""Codes that lead nowhere in ten minutes from one address: more is guessing."""
MINUTE: Final = 60


class TooMany(Refusal):
    """Asked too often from one address."""

    status = 429


def count_lookup(request: HttpRequest) -> None:
    """Count one look. Raises TooMany (`too_many_lookups`) beyond LOOKUPS a minute or MISSES."""
    if _count(request, "look", MINUTE) > LOOKUPS or _counted(request) >= MISSES:
        raise TooMany(
            _(
                "Letters were looked up too often from here. Wait a few minutes and try again; "
                "in a hurry, call the sender on a number that you know already."
            ),
            code="too_many_lookups",
        )


def count_miss(request: HttpRequest) -> None:
    """Count a code or a file that led nowhere."""
    _count(request, "miss", 10 * MINUTE)


def _count(request: HttpRequest, what: str, seconds: int) -> int:
    """One more in the current span of so many seconds; the address is kept as a hash only."""
    name = _name(request, what, seconds)
    if cache.add(name, 1, 2 * seconds):
        return 1
    try:
        return cache.incr(name)
    except ValueError:  # it went out of the cache just now
        return 1


def _counted(request: HttpRequest) -> int:
    return int(cache.get(_name(request, "miss", 10 * MINUTE), 0))


def _name(request: HttpRequest, what: str, seconds: int) -> str:
    span = int(timezone.now().timestamp()) // seconds
    address = content_hash("verify", get_adapter(request).get_client_ip(request))
    return f"verify:{what}:{span}:{address[:32]}"
