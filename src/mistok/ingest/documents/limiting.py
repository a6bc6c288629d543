"""How often one address, person or program may have texts read: reading costs work."""

from typing import Final

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.kernel.ids import content_hash

HOUR: Final = 3600


class TooMany(Refusal):
    """Asked too often in one hour."""

    status = 429


def count_use(what: str, who: str, *, most: int) -> None:
    """Count one use in this hour; `who` is kept as a hash only.

    Raises TooMany (`too_many_readings`; `details["seconds"]` tells how long to wait) beyond
    `most` an hour.
    """
    span, second = divmod(int(timezone.now().timestamp()), HOUR)
    name = f"read:{what}:{span}:{content_hash('read', who)[:32]}"
    if _count(name) <= most:
        return
    wait = HOUR - second
    raise TooMany(
        _(
            "This was done too often from here in one hour, and %(most)s times are the most. "
            "Wait %(minutes)s minutes and try again."
        )
        % {"most": most, "minutes": wait // 60 + 1},
        code="too_many_readings",
        details={"seconds": wait, "most": most},
    )


def _count(name: str) -> int:
    if cache.add(name, 1, 2 * HOUR):
        return 1
    try:
        return cache.incr(name)
    except ValueError:  # it went out of the cache just now
        return 1
