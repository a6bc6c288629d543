"""A kept day is corrected by an act of its own, with the reason: both days stay (D8-02)."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid.clocks.keeping import CODE, IMPORT, Counted, counted, new_id
from mistok.aid.models import AidDeadline, Declaration, UniqueCode
from mistok.kernel.errors import Conflict, Invalid

LONGEST_REASON: Final = 400


def correct_deadline(
    *,
    actor: Actor,
    deadline: AidDeadline,
    reason: str,
    due_on: dt.date | None = None,
    recompute: bool = False,
    at: dt.datetime | None = None,
) -> AidDeadline:
    """Replace a kept day by another one that is told, or by what the law says today.

    The code or declaration that runs out on it runs out on the new day. Raises NotAllowed,
    Conflict (`deadline_corrected`, `deadline_done`, `deadline_same`), Invalid (`day_missing`,
    `day_before_start`, `text_missing`, `text_too_long`).
    """
    at = at or timezone.now()
    consignment = deadline.consignment
    with audited(actor, "correct_deadline", consignment.public_id) as act:
        check_can(actor, Permission.CORRECT_DEADLINE, office=consignment.office)
        why = words(reason, what=_("The reason"), most=LONGEST_REASON)
        row = AidDeadline.objects.select_for_update().get(pk=deadline.pk)
        check_open(row)
        made = _replacing(row, _found(row, due_on, recompute=recompute), at)
        made.correction_reason, made.corrected_by = why, str(actor)
        made.save()
        _carry_over(made)
        act.done(
            after={
                "office": consignment.office.public_id,
                "rule": row.rule,
                "deadline": made.public_id,
                "corrects": row.public_id,
            }
        )
    return made


def _replacing(row: AidDeadline, found: Counted, at: dt.datetime) -> AidDeadline:
    """A row in the place of another, not saved yet."""
    return AidDeadline(
        public_id=new_id(),
        consignment=row.consignment,
        declaration=row.declaration,
        rule=row.rule,
        rule_version=found.version,
        start=row.start,
        country=found.country,
        due_on=found.due_on,
        told=found.told,
        corrects=row,
        computed_at=at,
    )


def check_open(row: AidDeadline) -> None:
    """Raise Conflict for a day that was replaced (`deadline_corrected`) or is done
    (`deadline_done`)."""
    if AidDeadline.objects.filter(corrects=row).exists():
        raise Conflict(
            _("This day was corrected already. Open the page again and correct the newer one."),
            code="deadline_corrected",
        )
    if row.done_on is not None:
        raise Conflict(
            _("What was due on this day is done, so the day stays as it was."),
            code="deadline_done",
        )


def _found(row: AidDeadline, told: dt.date | None, *, recompute: bool) -> Counted:
    """The new day; without one that is told, what the law says of the start today."""
    if recompute:
        found = counted(row.rule, row.start)
    elif told is None:
        raise Invalid(
            _("No new day is told. Write it, or let it be counted anew by the rule."),
            code="day_missing",
        )
    else:
        found = Counted(told, row.rule_version, row.country, "")
    if found.due_on is not None and found.due_on < row.start:
        raise Invalid(
            _("The new day lies before the day from which it is counted. Correct the day."),
            code="day_before_start",
        )
    if found.due_on == row.due_on:
        raise Conflict(
            _("The day is the same as before, so there is nothing to correct."),
            code="deadline_same",
        )
    return found


def _carry_over(made: AidDeadline) -> None:
    """What is valid until a day is valid until the corrected one, where there still is one."""
    if made.due_on is None:
        return
    if made.rule == CODE:
        codes = UniqueCode.objects.filter(
            consignment=made.consignment, issued_on=made.start, ended_on__isnull=True
        )
        codes.update(valid_until=made.due_on, rule_version=made.rule_version)
    if made.rule == IMPORT:
        Declaration.objects.filter(deadlines=made).update(
            valid_until=made.due_on, rule_version=made.rule_version
        )
