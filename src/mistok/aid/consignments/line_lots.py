"""How a line is counted: its batches and serial numbers, which add up to its amount."""

from collections import Counter
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.accounts.services.texts import words
from mistok.aid.consignments.entries import LineEntry, LotEntry
from mistok.aid.consignments.refusing import kept_short
from mistok.kernel.errors import Invalid
from mistok.needs.items import exact_amount
from mistok.needs.lines import told_amount
from mistok.needs.models.lines import STEPS_PER_UNIT

LONGEST_NUMBER: Final = 60
MOST_LOTS: Final = 500


def checked_lots(entry: LineEntry, unit: str, steps: int | None) -> list[dict[str, Any]]:
    """The lots as `AidLine.lot_details` keeps them.

    Of an amount that is told exactly they are all; of an inequality they may be a part. Raises
    Invalid (`too_many_lots`, `lot_twice`, `serial_is_for_one`, `expires_before_made`,
    `lots_do_not_add_up`, `text_too_long`, and what `needs.items.exact_amount` raises).
    """
    if len(entry.lots) > MOST_LOTS:
        raise Invalid(
            _("The line has %(count)s lots; %(most)s are the most. Write a second line.")
            % {"count": len(entry.lots), "most": MOST_LOTS},
            code="too_many_lots",
        )
    found = [_lot(lot, entry, unit) for lot in entry.lots]
    _check_once(found)
    total = sum(row["amount"] for row in found)
    if found and steps is not None and not entry.bound and total != steps:
        refusal = Invalid(
            _("The lots make %(lots)s, and the line has %(line)s. Correct one of the two.")
            % {"lots": told_amount(total, unit), "line": told_amount(steps, unit)},
            code="lots_do_not_add_up",
        )
        raise kept_short(refusal, "The lots do not add up to the line.")
    return found


def _lot(lot: LotEntry, entry: LineEntry, unit: str) -> dict[str, Any]:
    amount = int(exact_amount(lot.number, unit).number * STEPS_PER_UNIT)
    serial = _number(lot.serial, _("The serial number"))
    if serial and amount != STEPS_PER_UNIT:
        raise Invalid(
            _("A serial number or VIN is that of one thing. Write a lot for each of them."),
            code="serial_is_for_one",
        )
    made, expires = entry.produced_on, lot.expires_on
    if made is not None and expires is not None and expires < made:
        raise Invalid(
            _("A lot would expire before it was produced. Correct one of the two days."),
            code="expires_before_made",
        )
    return {
        "batch": _number(lot.batch, _("The batch number")),
        "serial": serial,
        "expires_on": expires.isoformat() if expires else None,
        "amount": amount,
    }


def _number(text: str, what: str) -> str:
    return words(text, what=what, most=LONGEST_NUMBER, needed=False)


def _check_once(found: list[dict[str, Any]]) -> None:
    """A serial number stands once; without one, a batch with one day of expiry."""
    keys = Counter(row["serial"] or (row["batch"], row["expires_on"]) for row in found)
    if any(count > 1 for count in keys.values()):
        raise Invalid(
            _("Two lots have the same numbers. Join them, or correct one of them."),
            code="lot_twice",
        )
