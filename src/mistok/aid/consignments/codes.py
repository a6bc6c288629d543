"""The unique code of the state's system: what must be there, what stands under it, until when."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.aid.clocks import CODE, finish_clock, start_clock
from mistok.aid.consignments.amounts import exact_steps, lines_by_id, more_than_line
from mistok.aid.consignments.flags import is_vehicle
from mistok.aid.consignments.guards import (
    CODE_PAPERS,
    check_coded,
    check_no_block,
    check_papers,
)
from mistok.aid.consignments.passing import move
from mistok.aid.consignments.recipients import active_recipient
from mistok.aid.consignments.refusing import check_day, check_state
from mistok.aid.consignments.writing import in_short, new_id, writing
from mistok.aid.lifecycle import State
from mistok.aid.models import AidLine, CodeLine, Consignment, UniqueCode
from mistok.kernel.errors import Conflict, Invalid
from mistok.law.selectors import deadline
from mistok.needs.models.lines import STEPS_PER_UNIT

LONGEST_CODE: Final = 60
BEFORE: Final = (State.ACCEPTED, State.CODE_EXPIRED, State.DECLARATION_EXPIRED)
"""States in which a code is asked for, the first or the next."""


def issue_code(
    *,
    actor: Actor,
    consignment: Consignment,
    value: str,
    issued_on: dt.date,
    lines: Mapping[str, Decimal] | None = None,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> UniqueCode:
    """Record the code that the state's system gave for a list of goods, valid as long as R03 says.

    `lines`: how much of which line (public id → units) stands in the list; without it all of
    every line. Raises NotAllowed, Conflict (`consignment_changed`, `wrong_state`,
    `no_code_needed`, `papers_missing`, `vin_missing`, `recipient_missing`, `recipient_suspended`,
    `recipient_excluded`, `report_overdue`, `code_known`, `more_than_line`, `amount_not_exact`),
    NotFound (`line_unknown`), Invalid (`day_to_come`, `before_last_passage`, `no_lines`,
    `rule_not_in_force`, and what `needs.items.exact_amount` raises).
    """
    at = at or timezone.now()
    permission = Permission.MOVE_CONSIGNMENT
    with writing(actor, consignment, "issue_code", permission, expected) as act:
        check_coded(consignment)
        check_state(consignment, *BEFORE)
        check_day(consignment, issued_on, today or timezone.localdate(at))
        recipient = active_recipient(consignment.office)
        check_no_block(consignment.office, issued_on)
        check_papers(consignment, CODE_PAPERS)
        listed = _listed(consignment, lines)
        _end_former(consignment, issued_on)
        code = _new_code(consignment, value, issued_on, recipient.number, actor, at)
        CodeLine.objects.bulk_create(
            CodeLine(code=code, line=line, amount=amount, packages=line.packages)
            for line, amount in listed
        )
        start_clock(consignment, CODE, issued_on, at=at)
        move(consignment=consignment, state=State.CODE_ISSUED, day=issued_on, by=actor, at=at)
        act.done(after=in_short(consignment) | {"code": code.public_id, "lines": len(listed)})
    return code


def living_code(consignment: Consignment) -> UniqueCode | None:
    """The code that has not ended."""
    return consignment.codes.filter(ended_on__isnull=True).first()


def _listed(
    consignment: Consignment, told: Mapping[str, Decimal] | None
) -> list[tuple[AidLine, int]]:
    """Lines with their amounts under the code; vehicles with their VIN."""
    known = lines_by_id(consignment)
    if told is None:
        listed = [(line, _whole(line)) for line in known.values()]
    else:
        listed = [exact_steps(known, name, number) for name, number in told.items()]
    if not listed:
        raise Invalid(
            _("No goods are listed. Write the lines of the consignment first."), code="no_lines"
        )
    for line, amount in listed:
        if line.countable and amount > (line.amount or 0):
            raise more_than_line(line)
        if is_vehicle(line):
            _check_vin(line, amount)
    return listed


def _whole(line: AidLine) -> int:
    """All of a line; an inequality is no amount for a list of goods."""
    if not line.countable:
        raise Conflict(
            _(
                "Line %(line)s has no exact amount, and the list of goods under a code needs one. "
                "Write how much of it stands in the list."
            )
            % {"line": line.position},
            code="amount_not_exact",
            details={"line": line.position},
        )
    return line.amount or 0


def _check_vin(line: AidLine, amount: int) -> None:
    """Each vehicle has its identification number in a lot (table 4.6)."""
    numbered = sum(lot["amount"] for lot in line.lot_details if lot["serial"])
    if numbered < amount:
        raise Conflict(
            _(
                "Line %(line)s holds vehicles, and %(count)s of them have no VIN. Write a lot "
                "with the VIN for each vehicle."
            )
            % {"line": line.position, "count": (amount - numbered) // STEPS_PER_UNIT},
            code="vin_missing",
            details={"line": line.position},
        )


def _end_former(consignment: Consignment, day: dt.date) -> None:
    """A new code takes the place of the former one."""
    UniqueCode.objects.filter(consignment=consignment, ended_on__isnull=True).update(ended_on=day)
    finish_clock(consignment, CODE, day)


def _new_code(
    consignment: Consignment, value: str, day: dt.date, number: str, actor: Actor, at: dt.datetime
) -> UniqueCode:
    plain = words(value, what=_("The unique code"), most=LONGEST_CODE)
    valid = deadline(CODE, day)
    try:
        with transaction.atomic():
            return UniqueCode.objects.create(
                public_id=new_id("code"),
                consignment=consignment,
                value=plain,
                recipient_number=number,
                issued_on=day,
                valid_until=valid.due_on,
                rule_version=valid.version,
                by=str(actor),
                at=at,
            )
    except IntegrityError as error:
        raise Conflict(
            _("This code was recorded already. Look it up, or correct the code."),
            code="code_known",
        ) from error
