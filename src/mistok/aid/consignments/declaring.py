"""The declaration of goods recognised as humanitarian aid, one for each vehicle (F4-12, F4-14)."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.aid.clocks import IMPORT, in_force, start_clock
from mistok.aid.consignments.amounts import exact_steps, lines_by_id, more_than_line
from mistok.aid.consignments.codes import living_code
from mistok.aid.consignments.guards import check_coded, check_no_block, code_needed
from mistok.aid.consignments.passing import move
from mistok.aid.consignments.refusing import (
    check_day,
    check_past,
    check_state,
    kept_short,
    told_day,
)
from mistok.aid.consignments.writing import in_short, new_id, writing
from mistok.aid.lifecycle import MOVING, State
from mistok.aid.models import (
    AidLine,
    CodeLine,
    Consignment,
    Declaration,
    DeclaredLine,
    UniqueCode,
    Vehicle,
)
from mistok.kernel.errors import Conflict, Invalid
from mistok.law.selectors import deadline
from mistok.needs.lines import told_amount
from mistok.registry.gazetteer import the_world

LONGEST_NUMBER: Final = 60
LONGEST_OFFICE: Final = 200
NO_TERM: Final = dt.date.max
"""Until when a declaration of the time before rule R04 is valid: no term is known of it."""
FIRST: Final = (State.ACCEPTED, State.CODE_ISSUED, State.DECLARATION_EXPIRED)
"""States that the first declaration ends; a further vehicle changes no state."""
FURTHER: Final = (State.DECLARED, *sorted(MOVING))


def declare(
    *,
    actor: Actor,
    consignment: Consignment,
    vehicle: Vehicle,
    number: str,
    created_on: dt.date,
    lines: Mapping[str, Decimal],
    unloading: str = "",
    customs_office: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Declaration:
    """Record the declaration of one vehicle: how much of which line it brings.

    `unloading`: the key of the territory. Raises NotAllowed, Conflict (`consignment_changed`,
    `wrong_state`, `no_code_needed`, `code_missing`, `code_expired`, `report_overdue`,
    `not_in_code`, `more_than_code`, `more_than_line`, `vehicle_elsewhere`, `vehicle_declared`,
    `declaration_known`), NotFound (`line_unknown`, and what `World.get` raises), Invalid
    (`day_to_come`, `before_last_passage`, `before_code`, `no_lines`, and what
    `needs.items.exact_amount` raises).
    """
    at = at or timezone.now()
    permission = Permission.MOVE_CONSIGNMENT
    with writing(actor, consignment, "declare", permission, expected) as act:
        code = _way(consignment, created_on, today or timezone.localdate(at))
        check_no_block(consignment.office, created_on)
        _check_vehicle(consignment, vehicle)
        brought = _brought(consignment, code, lines)
        told = _told(number, unloading, customs_office) | {"code": code, "vehicle": vehicle}
        row = _new(consignment, created_on, by=str(actor), at=at, **told)
        DeclaredLine.objects.bulk_create(
            DeclaredLine(declaration=row, line=line, amount=steps) for line, steps in brought
        )
        start_clock(consignment, IMPORT, created_on, declaration=row, at=at)
        if consignment.state in FIRST:
            move(consignment=consignment, state=State.DECLARED, day=created_on, by=actor, at=at)
        act.done(after=in_short(consignment) | {"declaration": row.public_id})
    return row


def term_of(declaration: Declaration) -> dt.date | None:
    """Until when goods may come in by it; none for a declaration of the time before the rule."""
    return None if declaration.valid_until == NO_TERM else declaration.valid_until


def code_expired(day: dt.date) -> Conflict:
    """For a declaration after the code has run out (`code_expired`)."""
    refusal = Conflict(
        _(
            "The code was valid until %(day)s. Ask the state's system for a new one, and record it "
            "before you declare."
        )
        % {"day": told_day(day)},
        code="code_expired",
        details={"valid_until": day.isoformat()},
    )
    return kept_short(refusal, "The code has run out.")


def _way(consignment: Consignment, day: dt.date, today: dt.date) -> UniqueCode | None:
    """The code that it is declared under, or none in the old ways."""
    check_coded(consignment)
    last = consignment.codes.order_by("pk").last()
    if consignment.state == State.CODE_EXPIRED and last is not None:
        raise code_expired(last.valid_until)
    check_state(consignment, *FIRST, *FURTHER)
    if consignment.state in FIRST:
        check_day(consignment, day, today)
    check_past(day, today)
    code = living_code(consignment)
    if code is None:
        _check_old_way(consignment, last, day)
        return None
    if day > code.valid_until:
        raise code_expired(code.valid_until)
    if day < code.issued_on:
        refusal = Invalid(
            _("The declaration lies before %(day)s, when its code was issued. Correct the day.")
            % {"day": told_day(code.issued_on)},
            code="before_code",
        )
        raise kept_short(refusal, "The declaration lies before its code.")
    return code


def _check_old_way(consignment: Consignment, last: UniqueCode | None, day: dt.date) -> None:
    """Before the code there was none, and papers did without it for a time (R26)."""
    if not code_needed(consignment, day):
        return
    if last is not None:
        raise code_expired(last.valid_until)
    refusal = Conflict(
        _(
            "On %(day)s humanitarian aid from abroad was declared by its unique code only. Record "
            "the code first."
        )
        % {"day": told_day(day)},
        code="code_missing",
    )
    raise kept_short(refusal, "Humanitarian aid from abroad is declared by its code only.")


def _check_vehicle(consignment: Consignment, vehicle: Vehicle) -> None:
    vehicle.refresh_from_db()
    if vehicle.consignment_id != consignment.pk or vehicle.removed_at is not None:
        raise Conflict(
            _("This vehicle does not belong to the consignment. Choose one of its vehicles."),
            code="vehicle_elsewhere",
        )
    if vehicle.declarations.filter(expired_on__isnull=True).exists():
        raise Conflict(
            _(
                "This vehicle has its declaration already: there is one for each vehicle. Add the "
                "next vehicle first."
            ),
            code="vehicle_declared",
        )


def _brought(
    consignment: Consignment, code: UniqueCode | None, told: Mapping[str, Decimal]
) -> list[tuple[AidLine, int]]:
    """Lines with what the vehicle brings of them, no more than the list under the code allows."""
    known = lines_by_id(consignment)
    found = [exact_steps(known, name, number) for name, number in told.items()]
    if not found:
        raise Invalid(
            _("The declaration names no goods. Write how much of which line the vehicle brings."),
            code="no_lines",
        )
    for line, steps in found:
        if code is not None:
            _check_code(code, line, steps)
        elif line.countable and _declared(line, None) + steps > (line.amount or 0):
            raise more_than_line(line)
    return found


def _check_code(code: UniqueCode, line: AidLine, steps: int) -> None:
    """The declared list is a part of the list under the code (F4-13)."""
    listed = CodeLine.objects.filter(code=code, line=line).first()
    if listed is None:
        raise Conflict(
            _("Line %(line)s does not stand in the list of goods under the code. Leave it out.")
            % {"line": line.position},
            code="not_in_code",
            details={"line": line.position},
        )
    left = listed.amount - _declared(line, code)
    if steps > left:
        refusal = Conflict(
            _(
                "Of line %(line)s %(left)s are left under the code, and the declaration names "
                "%(told)s. Declare less."
            )
            % {
                "line": line.position,
                "left": told_amount(left, line.unit),
                "told": told_amount(steps, line.unit),
            },
            code="more_than_code",
            details={"line": line.position},
        )
        raise kept_short(refusal, "More is declared than is left under the code.")


def _declared(line: AidLine, code: UniqueCode | None) -> int:
    """How much of a line the declarations that stand name already."""
    rows = DeclaredLine.objects.filter(line=line, declaration__expired_on__isnull=True)
    if code is not None:
        rows = rows.filter(declaration__code=code)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def _term(day: dt.date) -> dict[str, Any]:
    if not in_force(IMPORT, day):
        return {"valid_until": NO_TERM, "rule_version": ""}
    found = deadline(IMPORT, day)
    return {"valid_until": found.due_on, "rule_version": found.version}


def _told(number: str, unloading: str, customs_office: str) -> dict[str, Any]:
    return {
        "number": words(number, what=_("The number of the declaration"), most=LONGEST_NUMBER),
        "unloading": the_world().get(unloading.strip()).key if unloading.strip() else "",
        "customs_office": checked_customs_office(customs_office),
    }


def checked_customs_office(name: str) -> str:
    """The name of a customs office, or "" for none. Raises Invalid (`text_too_long`)."""
    return words(name, what=_("The customs office"), most=LONGEST_OFFICE, needed=False)


def _new(consignment: Consignment, day: dt.date, **fields: Any) -> Declaration:
    try:
        with transaction.atomic():
            return Declaration.objects.create(
                public_id=new_id("declaration"),
                consignment=consignment,
                created_on=day,
                **_term(day),
                **fields,
            )
    except IntegrityError as error:
        raise Conflict(
            _("This number of a declaration was recorded already. Look it up, or correct it."),
            code="declaration_known",
        ) from error
