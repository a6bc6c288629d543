"""A declaration is cleared by customs: its goods stand there, and the clock of the report runs."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.aid import ledger
from mistok.aid.clocks import IMPORT, REPORT, finish_clock, start_clock
from mistok.aid.consignments.declaring import checked_customs_office
from mistok.aid.consignments.guards import check_not_seized
from mistok.aid.consignments.passing import move
from mistok.aid.consignments.posting import posting, write_act
from mistok.aid.consignments.refusing import (
    check_day,
    check_past,
    check_state,
    kept_short,
    told_day,
)
from mistok.aid.consignments.writing import in_short
from mistok.aid.lifecycle import MOVING, Account, ActKind, State
from mistok.aid.models import Consignment, Declaration, DeclaredLine
from mistok.kernel.errors import Conflict, Invalid


def clear(
    *,
    actor: Actor,
    declaration: Declaration,
    day: dt.date,
    key: str,
    customs_office: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Declaration:
    """Record that customs has cleared what a declaration names; the same `key` again does nothing.

    The consignment is cleared when all its declarations are that stand. Raises NotAllowed,
    Conflict (`consignment_changed`, `wrong_state`, `declaration_cleared`, `declaration_expired`,
    `goods_still_seized`, `key_reused`, `clock_back`), Invalid (`day_to_come`,
    `before_last_passage`, `before_declaration`, `key_unusable`, `text_too_long`).
    """
    at = at or timezone.now()
    consignment, kind = declaration.consignment, ActKind.CLEARANCE
    body = {"declaration": declaration.public_id, "day": day.isoformat(), "at": customs_office}
    with posting(actor, consignment, "clear", kind, key, body, expected) as act:
        declaration.refresh_from_db()
        if act is None:
            return declaration
        _check_state(consignment, day, today or timezone.localdate(at))
        _check_stands(declaration, day)
        sheet = write_act(actor, consignment, kind, day, key, body, at)
        ledger.post(act=sheet, movements=_at_customs(declaration))
        _mark(declaration, day, customs_office, at)
        if _all_cleared(consignment) and consignment.state != State.CUSTOMS_CLEARED:
            state = State.CUSTOMS_CLEARED
            move(consignment=consignment, state=state, day=day, by=actor, at=at)
        told = {"act": sheet.public_id, "declaration": declaration.public_id}
        act.done(after=in_short(consignment) | told)
    return declaration


def _mark(declaration: Declaration, day: dt.date, customs_office: str, at: dt.datetime) -> None:
    """Write down the clearance; from it on the report is awaited (R05)."""
    where = checked_customs_office(customs_office)
    declaration.cleared_on = day
    declaration.customs_office = where or declaration.customs_office
    declaration.save(update_fields=["cleared_on", "customs_office"])
    finish_clock(declaration.consignment, IMPORT, day, declaration=declaration)
    start_clock(declaration.consignment, REPORT, day, declaration=declaration, at=at)


def _check_state(consignment: Consignment, day: dt.date, today: dt.date) -> None:
    check_state(consignment, *sorted(MOVING), State.SEIZED)
    check_past(day, today)
    # A further vehicle may have been cleared before the one that was recorded last.
    if consignment.state != State.CUSTOMS_CLEARED:
        check_day(consignment, day, today)
    if consignment.state == State.SEIZED:
        check_not_seized(consignment)


def _check_stands(declaration: Declaration, day: dt.date) -> None:
    if declaration.cleared_on is not None:
        refusal = Conflict(
            _("This declaration was cleared on %(day)s already.")
            % {"day": told_day(declaration.cleared_on)},
            code="declaration_cleared",
        )
        raise kept_short(refusal, "This declaration was cleared already.")
    if day < declaration.created_on:
        raise Invalid(
            _("The clearance lies before the declaration was made. Correct the day."),
            code="before_declaration",
        )
    if declaration.expired_on is not None or day > declaration.valid_until:
        refusal = Conflict(
            _(
                "The declaration was valid until %(day)s, so goods cannot come in by it. Make a "
                "new declaration for the vehicle."
            )
            % {"day": told_day(declaration.valid_until)},
            code="declaration_expired",
            details={"valid_until": declaration.valid_until.isoformat()},
        )
        raise kept_short(refusal, "The declaration has run out.")


def _at_customs(declaration: Declaration) -> list[ledger.Movement]:
    """What the declaration names, lot by lot, as far as it is on the way."""
    movements = []
    for row in DeclaredLine.objects.filter(declaration=declaration).select_related("line"):
        left = row.amount
        for lot in row.line.lots.order_by("pk"):
            amount = min(left, ledger.balance(lot, Account.IN_TRANSIT))
            left -= amount
            if amount:
                movements.append(
                    ledger.Movement(
                        lot=lot,
                        source=Account.IN_TRANSIT,
                        target=Account.CUSTOMS,
                        amount=amount,
                    )
                )
    return movements


def _all_cleared(consignment: Consignment) -> bool:
    living = consignment.declarations.filter(expired_on__isnull=True)
    return not living.filter(cleared_on__isnull=True).exists()
