"""Notices by mail: at once, every morning or every Monday; a failure stays in the queue.

A letter holds all that waits for its person. Before it is sent its notices are claimed, so that of
two runs at once one sends. What was read on the page is not mailed any more.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import timezone, translation

from mistok.accounts.models import User
from mistok.needs.models import Notice, NoticeChoice
from mistok.needs.notices.choosing import pace_of
from mistok.needs.notices.letters import letter

log = logging.getLogger(__name__)

MORNING = dt.time(6)
HOME = ZoneInfo("Europe/Kyiv")
"""Where morning is told: at six in Kyiv nobody in Europe has begun to work yet."""
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""After the first failures; then the last one again and again."""
MOST_TRIES = 20
"""About a week after the first failure: then the notice stays on the page only."""
LANGUAGES = ("en", "uk")
Pace = NoticeChoice.Pace


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the queue, in letters; `given_up`: of those that failed, for the last time."""

    sent: int
    failed: int
    given_up: int


def post_notices(now: dt.datetime | None = None) -> Posted:
    """Send what is due now. Running it twice sends nothing twice."""
    now = now or timezone.now()
    counts = {"sent": 0, "failed": 0, "given_up": 0}
    for person in _people_waiting(now):
        claimed = _claim(person, now)
        if claimed:
            counts[_send(person, claimed, now)] += 1
    return Posted(counts["sent"], counts["failed"] + counts["given_up"], counts["given_up"])


def due_before(pace: Pace, now: dt.datetime) -> dt.datetime:
    """Notices of this pace go out when they were kept up to this moment.

    For a digest this is the last morning that has come: so it goes out once, and on the next run
    where the machine was off in the morning.
    """
    if pace == Pace.AT_ONCE:
        return now
    here = now.astimezone(HOME)
    day = here.date() if here.time() >= MORNING else here.date() - dt.timedelta(days=1)
    if pace == Pace.WEEKLY:
        day -= dt.timedelta(days=day.weekday())
    return dt.datetime.combine(day, MORNING, HOME)


def _waiting(now: dt.datetime) -> models.QuerySet[Notice]:
    return Notice.objects.filter(
        mailed_at__isnull=True, read_at__isnull=True, tries__lt=MOST_TRIES, at__lte=now
    ).exclude(next_try_at__gt=now)


def _people_waiting(now: dt.datetime) -> Iterator[User]:
    """Those who want mail and for whom something waits."""
    quiet = NoticeChoice.objects.filter(pace=Pace.PAGE)
    people = User.objects.filter(
        pk__in=_waiting(now).order_by().values("person"), is_active=True, erased_at__isnull=True
    )
    yield from people.exclude(pk__in=quiet.values("person")).order_by("pk")


def _claim(person: User, now: dt.datetime) -> list[Notice]:
    """Take what is due for a person, so that no other run sends it too; oldest first."""
    until = due_before(pace_of(person), now)
    with transaction.atomic():
        rows = _waiting(now).filter(person=person, at__lte=until).order_by("at", "pk")
        claimed = list(rows.select_for_update())
        Notice.objects.filter(pk__in=[row.pk for row in claimed]).update(mailed_at=now)
    return claimed


def _send(person: User, claimed: list[Notice], now: dt.datetime) -> str:
    """Send one letter with these notices: "sent", "failed" or "given_up"."""
    language = person.language if person.language in LANGUAGES else LANGUAGES[0]
    try:
        with translation.override(language):
            letter(person, claimed).send()
    except (OSError, SMTPException, ValueError) as failure:
        # The server is away or refuses, or the address is none: the others must not wait for it.
        log.warning("notices could not be mailed: %s", type(failure).__name__)
        return _put_back(claimed, now, type(failure).__name__)
    return "sent"


def _put_back(claimed: list[Notice], now: dt.datetime, failure: str) -> str:
    """Into the queue again, with a pause that grows with the number of tries."""
    tries = 0
    for row in claimed:
        pause = PAUSES[min(row.tries, len(PAUSES) - 1)]
        Notice.objects.filter(pk=row.pk).update(
            mailed_at=None, tries=row.tries + 1, failure=failure, next_try_at=now + pause
        )
        tries = max(tries, row.tries + 1)
    return "given_up" if tries >= MOST_TRIES else "failed"
