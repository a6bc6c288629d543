"""What waits to be done, turn by turn: letters of appeal, notices, reminders, signed heads.

Each part claims its rows before it sends, so that a second worker beside this one does no harm.
"""

import logging
import select
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Final

from django.db import close_old_connections

from mistok.accounts.services import forget_answers
from mistok.aid.clocks import remind_aid
from mistok.aid.consignments import expire
from mistok.aid.ledger import sign_heads
from mistok.ingest.documents.services import reread_old
from mistok.ingest.feeds.checking import check_due
from mistok.needs.answers.announcing import announce_matches
from mistok.needs.appeals import post_letters
from mistok.needs.lines.telling import warn_of_publications
from mistok.needs.notices import post_notices
from mistok.partnering.procedure.reminders import remind
from mistok.partnering.waking import warn_of_sleepers

log = logging.getLogger(__name__)

Counts = dict[str, dict[str, int]]
SELDOM: Final = 3600.0
"""Seconds between looks for days that are due and for offers and needs that fit."""


def letters() -> dict[str, int]:
    """Send letters of appeal that are due."""
    return asdict(post_letters())


def notices() -> dict[str, int]:
    """Send notices that are due."""
    return asdict(post_notices())


def reminders() -> dict[str, int]:
    """Send what `mistok remind` sends."""
    days, ties = remind(), warn_of_sleepers()
    names = ("queued", "sent", "failed", "dropped")
    return {name: getattr(days, name) + getattr(ties, name) for name in names}


def announcements() -> dict[str, int]:
    """Tell offices of fresh offers and needs that may fit, and of what is public from tomorrow."""
    return {"told": announce_matches() + warn_of_publications()}


def heads() -> dict[str, int]:
    """Sign the ends of the goods ledgers that have grown."""
    return {"signed": sign_heads()}


def expired() -> dict[str, int]:
    """Mark codes and declarations of aid whose last day has passed."""
    return {"marked": expire()}


def aid_reminders() -> dict[str, int]:
    """Remind offices of days that the law gives to their aid."""
    return asdict(remind_aid())


def kept_answers() -> dict[str, int]:
    """Forget what programs were answered a month ago."""
    return {"forgotten": forget_answers()}


def feeds() -> dict[str, int]:
    """Ask the news feeds that are due, each once an hour, and read their new items."""
    checked = check_due()
    names = ("new", "taken", "failed")
    return {name: sum(getattr(one, name) for one in checked) for name in names}


def readings() -> dict[str, int]:
    """Read texts that wait for review anew where the reader's rules are newer."""
    return {"read": reread_old()}


JOBS: Final[Mapping[str, Callable[[], dict[str, int]]]] = {
    "letters": letters,
    "announcements": announcements,
    "notices": notices,
    "reminders": reminders,
    "heads": heads,
    "expired": expired,
    "aid_reminders": aid_reminders,
    "kept_answers": kept_answers,
    "feeds": feeds,
    "readings": readings,
}
HOURLY: Final = frozenset(JOBS) - {"letters", "notices", "feeds"}


def turn() -> Counts:
    """Do everything once; what fails for another reason than the mail server is raised."""
    return {name: job() for name, job in JOBS.items()}


def turns(every: float, *, until_closed: bool) -> Iterator[Counts]:
    """Do everything again and again with a pause of `every` seconds; ends never, or with stdin.

    What fails is logged, and tried again with the next turn; HOURLY jobs have theirs each hour.
    """
    seldom = -SELDOM
    while True:
        now = time.monotonic()
        due = now - seldom >= SELDOM
        seldom = now if due else seldom
        yield {name: _try(job) for name, job in JOBS.items() if due or name not in HOURLY}
        if _wait(every, until_closed=until_closed):
            return


def _try(job: Callable[[], dict[str, int]]) -> dict[str, int]:
    close_old_connections()
    try:
        return job()
    except Exception:
        log.exception("%s could not be sent; they are tried again", job.__name__)
        return {"broken": 1}
    finally:
        close_old_connections()


def _wait(seconds: float, *, until_closed: bool) -> bool:
    """Wait; true when the process that started this one has closed our input, or has ended."""
    if not until_closed:
        time.sleep(seconds)
        return False
    readable, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(readable) and not sys.stdin.readline()
