"""A day is said to be done where no record tells so: copies were sent, property was published."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid.clocks.correcting import check_open
from mistok.aid.clocks.keeping import CODE, IMPORT, REPORT
from mistok.aid.models import AidDeadline
from mistok.kernel.errors import Conflict, Invalid

BY_RECORD: Final = frozenset({CODE, IMPORT, REPORT})
"""Rules whose days end with the clearance, or with the report."""


def mark_done(
    *,
    actor: Actor,
    deadline: AidDeadline,
    day: dt.date,
    today: dt.date | None = None,
) -> AidDeadline:
    """Say that what was due was done on a day.

    Raises NotAllowed, Conflict (`done_by_record` for a code, a declaration or a report,
    `deadline_done`, `deadline_corrected`), Invalid (`day_to_come`, `day_before_start`).
    """
    consignment = deadline.consignment
    with audited(actor, "mark_done", consignment.public_id) as act:
        check_can(actor, Permission.FILE_AID_REPORT, office=consignment.office)
        if deadline.rule in BY_RECORD:
            raise Conflict(
                _("This day ends with its own record: the clearance, or the report. Record that."),
                code="done_by_record",
            )
        row = AidDeadline.objects.select_for_update().get(pk=deadline.pk)
        check_open(row)
        _check_day(row, day, today or timezone.localdate())
        row.done_on = day
        row.save(update_fields=["done_on"])
        act.done(
            after={
                "office": consignment.office.public_id,
                "rule": row.rule,
                "deadline": row.public_id,
            }
        )
    return row


def _check_day(row: AidDeadline, day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Invalid(
            _("This day lies ahead. Say that it is done when it is done."), code="day_to_come"
        )
    if day < row.start:
        raise Invalid(
            _("It cannot have been done before the day from which it is counted. Correct the day."),
            code="day_before_start",
        )
