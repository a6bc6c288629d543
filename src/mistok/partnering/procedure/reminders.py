"""Reminders by mail: which are due, queued once, sent once; a failure stays in the queue."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.partnering.models import ProcedureRun, Reminder
from mistok.partnering.procedure.notices import OPENED, opened_letter, people_of
from mistok.partnering.procedure.selectors import StepView, names_of, run_view
from mistok.provenance.services import record

OFFSETS = (14, 7, 1, 0, -1)
"""Days before a day that is due; below zero it has passed. `mistok remind --days` changes them."""
MOST_TRIES = 20
LANGUAGES = ("en", "uk")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that should go out today: of which step and day, to which people."""

    run: ProcedureRun
    step: StepView
    due_on: dt.date
    days_before: int
    people: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the queue."""

    queued: int
    sent: int
    failed: int
    dropped: int


def due_today(today: dt.date, offsets: Sequence[int] = OFFSETS) -> Iterator[Wanted]:
    """The reminders that belong to this day, of every running procedure.

    Of several offsets that were missed (the machine was off) only the nearest is wanted.
    """
    for run in ProcedureRun.objects.going_on().prefetch_related("sides"):
        for step in run_view(run, today).steps:
            if step.due_on is None or not _open(step):
                continue
            left = (step.due_on - today).days
            nearest = min((offset for offset in offsets if offset >= left), default=None)
            if nearest is not None:
                yield Wanted(run, step, step.due_on, nearest, _people(run, step))


def remind(today: dt.date | None = None, offsets: Sequence[int] = OFFSETS) -> Sent:
    """Queue what is due and send what is queued. Running it twice sends nothing twice."""
    today = today or timezone.localdate()
    queued = sum(_queue(wanted) for wanted in due_today(today, offsets))
    counts = {"sent": 0, "failed": 0, "dropped": 0}
    waiting = Reminder.objects.filter(
        run__isnull=False, sent_at__isnull=True, dropped_at__isnull=True, tries__lt=MOST_TRIES
    )
    for reminder in waiting.select_related("run"):
        counts[_send(reminder, today)] += 1
    return Sent(queued, **counts)


def letter(reminder: Reminder, step: StepView, person: User) -> EmailMessage:
    """The mail of a reminder in the person's language; call under `translation.override`."""
    names = names_of(run_of(reminder))
    words = {
        "step": step.title,
        "names": names,
        "day": reminder.due_on.isoformat(),
        "id": run_of(reminder).public_id,
        "doer": step.doer,
    }
    if reminder.days_before < 0:
        subject = _("Overdue: %(step)s (%(names)s)")
        opening = _("“%(step)s” was due on %(day)s and is not done.")
    else:
        subject = _("By %(day)s: %(step)s (%(names)s)")
        opening = _("“%(step)s” is due on %(day)s.")
    lines = [
        opening % words,
        _("Partnership: %(names)s. Who acts: %(doer)s.") % words,
        *step.blocks,
        _("Open procedure %(id)s in Mistok to go on. This mail is sent once for this day.") % words,
    ]
    return EmailMessage(subject=subject % words, body="\n\n".join(lines) + "\n", to=[person.email])


def run_of(reminder: Reminder) -> ProcedureRun:
    """The run of a reminder of a step; those of ties never come here."""
    assert reminder.run is not None  # noqa: S101 - held by the table's own constraint
    return reminder.run


def _open(step: StepView) -> bool:
    return step.goes_on or step.state == "blocked"


def _people(run: ProcedureRun, step: StepView) -> tuple[User, ...]:
    """Who does the step or can get it done: the people of the offices whose step it is."""
    concerned = [side for side in run.sides.all() if step.is_of(side.position)]
    offices = {side.office for side in concerned if side.office}
    # For a side without an office those who tell for it are reminded.
    if not offices:
        offices = {side.office for side in run.sides.all() if side.office}
    return people_of(offices)


def _queue(wanted: Wanted) -> int:
    """Put it into the queue for everybody who is not in it; gives how many are new."""
    new = 0
    for person in wanted.people:
        _row, made = Reminder.objects.get_or_create(
            run=wanted.run,
            position=wanted.step.position,
            step=wanted.step.code,
            due_on=wanted.due_on,
            days_before=wanted.days_before,
            person=person.public_id,
            defaults={"queued_at": timezone.now()},
        )
        new += made
    return new


def _send(reminder: Reminder, today: dt.date) -> str:
    """Send one; what is no longer needed, or has nobody to go to, is dropped."""
    person = User.objects.filter(
        public_id=reminder.person, is_active=True, erased_at__isnull=True
    ).first()
    if person is not None and reminder.step == OPENED and run_of(reminder).closed_at is None:
        return deliver([reminder], person, lambda _claimed: opened_letter(run_of(reminder), person))
    step = _still_due(reminder, today)
    if person is None or step is None:
        return _drop(reminder)

    def compose(_claimed: Sequence[Reminder]) -> EmailMessage:
        return letter(reminder, _still_due(reminder, today) or step, person)

    return deliver([reminder], person, compose)


def deliver(
    rows: Sequence[Reminder],
    person: User,
    compose: Callable[[Sequence[Reminder]], EmailMessage],
) -> str:
    """Send one letter for these rows of one person: "sent", "failed" or "dropped".

    `compose` is called in the person's language with the rows that nobody else is sending.
    """
    claimed = [row for row in rows if _claim(row)]
    if not claimed:
        return "dropped"
    try:
        with translation.override(_language(person)):
            compose(claimed).send()
    except (OSError, SMTPException) as failure:
        # The server is away or refuses: the reminders wait for the next run.
        Reminder.objects.filter(pk__in=[row.pk for row in claimed]).update(
            sent_at=None, tries=models.F("tries") + 1, failure=type(failure).__name__
        )
        return "failed"
    for row in claimed:
        after = {"step": row.step, "due": row.due_on.isoformat(), "to": row.person}
        record(actor="shell: remind", verb="remind", subject=row.about, after=after)
    return "sent"


def _claim(reminder: Reminder) -> bool:
    """Compare and set, so that of two runs at once one sends."""
    with transaction.atomic():
        rows = Reminder.objects.filter(pk=reminder.pk, sent_at__isnull=True)
        return bool(rows.update(sent_at=timezone.now()))


def _drop(reminder: Reminder) -> str:
    Reminder.objects.filter(pk=reminder.pk).update(dropped_at=timezone.now())
    return "dropped"


def _still_due(reminder: Reminder, today: dt.date) -> StepView | None:
    """The step as it stands, in the language that is on; none when it is done or moved."""
    if run_of(reminder).closed_at is not None:
        return None
    for step in run_view(run_of(reminder), today).steps:
        if (step.position, step.code) == (reminder.position, reminder.step):
            return step if _open(step) and step.due_on == reminder.due_on else None
    return None


def _language(person: User) -> str:
    return person.language if person.language in LANGUAGES else LANGUAGES[0]
