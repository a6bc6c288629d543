"""Letters that tell a partner at once of what the other side has begun: a suspension, an end."""

import datetime as dt

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Permission, roles_with
from mistok.accounts.selectors import people_at_work
from mistok.partnering.models import ProcedureRun, Reminder, RunSide
from mistok.partnering.procedure.steps import Aim

OPENED = "run_opened"
"""In place of a step's code: the letter is about the whole procedure."""


def people_of(offices: set[str]) -> tuple[User, ...]:
    """Everybody who does the daily work or signs in these verified offices."""
    roles = {*roles_with(Permission.DO_STEP), *roles_with(Permission.SIGN)}
    return people_at_work(Office.objects.filter(public_id__in=offices), roles)


def tell_partners(run: ProcedureRun, today: dt.date) -> int:
    """Queue a letter to everybody in the offices that sit in a run that is not their own.

    It goes out with the next reminders. Gives how many were queued.
    """
    queued = 0
    for side in run.sides.filter(initiator=False).exclude(office=""):
        for person in people_of({side.office}):
            queued += 1
            Reminder.objects.create(
                run=run,
                position=side.position,
                step=OPENED,
                due_on=today,
                days_before=0,
                person=person.public_id,
                queued_at=timezone.now(),
            )
    return queued


def opened_letter(run: ProcedureRun, person: User) -> EmailMessage:
    """The mail that says what was begun; call under `translation.override`."""
    sides = list(run.sides.all())
    words = {
        "who": ", ".join(side.shown for side in sides if side.initiator),
        "names": " – ".join(side.shown for side in sides),
        "id": run.public_id,
    }
    suspends = run.aim == Aim.SUSPENSION
    if suspends:
        subject = _("%(who)s has begun to suspend your tie (%(names)s)")
    else:
        subject = _("%(who)s has begun to end your tie (%(names)s)")
    lines = [
        subject % words + ".",
        _("Nothing is decided yet."),
        _(
            "One side decides this alone: your consent is not asked for. You see each step, and "
            "you may reply to the notice."
        ),
        _("Open procedure %(id)s in Mistok.") % words,
    ]
    body = "\n\n".join(lines) + "\n"
    return EmailMessage(subject=subject % words, body=body, to=[person.email])


def former_office(tie: str, place: str) -> str:
    """The office, still verified, that last sat for this place in a procedure of the tie.

    Empty where none did, and while there is no tie yet.
    """
    sat = RunSide.objects.filter(run__tie=tie, place=place).exclude(run__tie="").exclude(office="")
    for side in sat.order_by("-run__opened_at", "-pk"):
        if Office.objects.verified().filter(public_id=side.office).exists():
            return side.office
    return ""
