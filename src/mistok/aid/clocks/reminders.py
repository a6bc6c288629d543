"""Reminders of days by mail: queued once, sent once; a failure stays in the queue.

A mail names the rule, the day and the consignment's id, and nothing of what comes or how.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Final

from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.accounts.permissions import Permission, roles_with
from mistok.accounts.selectors import people_at_work
from mistok.aid.clocks.board import report_late, rule_of, title_of
from mistok.aid.clocks.keeping import REPORT
from mistok.aid.models import AidDeadline, AidReminder
from mistok.law.models import Rule
from mistok.provenance.services import record

OFFSETS: Final = (30, 14, 7, 1, 0, -1)
"""Days before a day that is due; below zero it has passed (D4-06: configuration)."""
MOST_TRIES: Final = 20
LANGUAGES: Final = ("en", "uk")


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the queue."""

    queued: int
    sent: int
    failed: int
    dropped: int


def remind_aid(today: dt.date | None = None, offsets: Sequence[int] = OFFSETS) -> Sent:
    """Queue what is due and send what is queued. Running it twice sends nothing twice."""
    today = today or timezone.localdate()
    queued = sum(_queue(row, days) for row, days in due_today(today, offsets))
    counts = {"sent": 0, "failed": 0, "dropped": 0}
    waiting = AidReminder.objects.filter(
        sent_at__isnull=True, dropped_at__isnull=True, tries__lt=MOST_TRIES
    )
    for reminder in waiting.select_related("deadline__consignment__office"):
        counts[_send(reminder)] += 1
    return Sent(queued, **counts)


def due_today(
    today: dt.date, offsets: Sequence[int] = OFFSETS
) -> Iterator[tuple[AidDeadline, int]]:
    """Open days to be reminded of today, each with its offset.

    Of several offsets that were missed (the machine was off) only the nearest is wanted.
    """
    last = today + dt.timedelta(days=max(offsets, default=0))
    rows = AidDeadline.objects.filter(
        done_on__isnull=True, corrected_as__isnull=True, due_on__lte=last
    )
    for row in rows.select_related("consignment__office").order_by("due_on", "pk"):
        left = ((row.due_on or today) - today).days
        nearest = min((offset for offset in offsets if offset >= left), default=None)
        # By a day before which something may not happen nothing is due.
        if nearest is not None and rule_of(row).tells != Rule.Tells.EARLIEST:
            yield row, nearest


def letter(reminder: AidReminder, person: User) -> EmailMessage:
    """The mail of a reminder in the person's language; call under `translation.override`."""
    row = reminder.deadline
    words = {
        "title": title_of(row),
        "rule": row.rule,
        "day": date_format(row.due_on or row.start, "DATE_FORMAT"),
        "id": row.consignment.public_id,
    }
    if reminder.days_before < 0:
        subject, opening = _("Overdue: %(title)s (%(id)s)"), _("“%(title)s” was due on %(day)s.")
    else:
        subject = _("By %(day)s: %(title)s (%(id)s)")
        opening = _("“%(title)s” is due on %(day)s.")
    lines = [
        opening % words,
        _("It follows from rule %(rule)s for consignment %(id)s.") % words,
        *_consequence(reminder),
        _("Open the consignment in Mistok to go on. This mail is sent once for this day.") % words,
    ]
    return EmailMessage(subject=subject % words, body="\n\n".join(lines) + "\n", to=[person.email])


def _consequence(reminder: AidReminder) -> list[str]:
    row = reminder.deadline
    if row.rule != REPORT:
        return []
    if reminder.days_before < 0:
        return [report_late(row.consignment.public_id, -reminder.days_before)]
    return [_("While the report is late, no new declaration can be made.")]


def _queue(row: AidDeadline, days: int) -> int:
    """Put it into the queue for everybody who is not in it; gives how many are new."""
    roles = {
        *roles_with(Permission.MOVE_CONSIGNMENT),
        *roles_with(Permission.CORRECT_DEADLINE),
    }
    new = 0
    for person in people_at_work([row.consignment.office], roles):
        _row, made = AidReminder.objects.get_or_create(
            deadline=row,
            days_before=days,
            person=person.public_id,
            defaults={"queued_at": timezone.now()},
        )
        new += made
    return new


def _send(reminder: AidReminder) -> str:
    """Send one; what is no longer needed, or has nobody to go to, is dropped."""
    person = User.objects.filter(
        public_id=reminder.person, is_active=True, erased_at__isnull=True
    ).first()
    if person is None or not _still_due(reminder.deadline):
        AidReminder.objects.filter(pk=reminder.pk).update(dropped_at=timezone.now())
        return "dropped"
    if not _claim(reminder):
        return "dropped"
    try:
        with translation.override(_language(person)):
            letter(reminder, person).send()
    except (OSError, SMTPException) as failure:
        # The server is away or refuses: the reminder waits for the next run.
        AidReminder.objects.filter(pk=reminder.pk).update(
            sent_at=None, tries=models.F("tries") + 1, failure=type(failure).__name__
        )
        return "failed"
    after = {"rule": reminder.deadline.rule, "days": reminder.days_before, "to": reminder.person}
    subject = reminder.deadline.consignment.public_id
    record(actor="shell: remind_aid", verb="remind_aid", subject=subject, after=after)
    return "sent"


def _claim(reminder: AidReminder) -> bool:
    """Compare and set, so that of two runs at once one sends."""
    with transaction.atomic():
        rows = AidReminder.objects.filter(pk=reminder.pk, sent_at__isnull=True)
        return bool(rows.update(sent_at=timezone.now()))


def _still_due(row: AidDeadline) -> bool:
    replaced = AidDeadline.objects.filter(corrects=row).exists()
    return row.done_on is None and not replaced


def _language(person: User) -> str:
    return person.language if person.language in LANGUAGES else LANGUAGES[0]
