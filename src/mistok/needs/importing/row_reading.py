"""Reading one row: every cell by the rules of its column, and all that is wrong with it."""

import datetime
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

from mistok.kernel.errors import Invalid
from mistok.needs.importing.drafts import DraftLine, RowProblem
from mistok.needs.importing.limits import MOST_LETTERS
from mistok.needs.importing.mapping import Columns
from mistok.needs.importing.table import Plain, Row, Unreadable, is_empty, shown
from mistok.needs.importing.values import Money, currency_of, day_of, money_of, priority_of
from mistok.needs.importing.vocabulary import vocabulary
from mistok.needs.items.amounts import Amount, exact_amount
from mistok.needs.items.catalogue import item as item_of
from mistok.needs.items.catalogue import unit_unknown
from mistok.needs.items.finding import Found, find_item
from mistok.needs.items.model import Unit
from mistok.needs.items.naming_units import find_units
from mistok.needs.items.parsing import parse_amount, unit_ambiguous, unit_missing

SURE: Final = 0.8
LEAD: Final = 0.05
"""An item is taken by itself when it is so sure and so far before the next."""
SUGGESTIONS: Final = 4
_CENT: Final = Decimal("0.01")
_NAMED: Final = 1.0

Read = TypeVar("Read")


def sure_item(found: Sequence[Found]) -> str:
    """The code of the first item when it is sure enough to be taken unasked, else ""."""
    if not found or found[0].score < SURE:
        return ""
    first, others = found[0], found[1:]
    if first.score == _NAMED or not others or first.score - others[0].score >= LEAD:
        return first.item.code
    return ""


class RowReader:
    """Reads one row; `problems` holds what is wrong with it, a sentence for each cell."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self.problems: list[RowProblem] = []
        self._row = row
        self._columns = {column.field: column for column in columns.columns}
        self._language = columns.language

    def line(self, today: datetime.date | None, language: str | None) -> DraftLine | None:
        """The line, or None where there are problems."""
        text, specification, note = map(self._text, ("item", "specification", "note"))
        found = find_item(text, language or self._language) if text else ()
        item = sure_item(found)
        units = self._read("unit", self._units) or ()
        amount = self._read("amount", lambda: self._amount(units, item))
        priority = self._read("priority", lambda: priority_of(self._cell("priority")))
        needed_by = self._read("needed_by", lambda: day_of(self._cell("needed_by"), today))
        money = self._money(amount)
        if self.problems or amount is None:
            return None
        return DraftLine(
            row=self._row.number,
            item=item,
            text=text,
            amount=amount.number,
            unit=amount.unit,
            priority=priority or "",
            needed_by=needed_by,
            specification=specification,
            value=money.value if money else None,
            currency=money.currency if money else "",
            note=note,
            suggestions=() if item else tuple(one.item.code for one in found[:SUGGESTIONS]),
        )

    def _cell(self, field: str) -> Plain:
        """The cell of a field, empty where there is no such column. Raises Invalid."""
        column = self._columns.get(field)
        value = self._row.cell(column.place) if column else ""
        if isinstance(value, Unreadable):
            raise Invalid(value.sentence, code=value.code, details={"value": value.shown})
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise Invalid(
                f"The cell holds more than {MOST_LETTERS:,} letters. Shorten the text.",
                code="text_too_long",
                details={"most": MOST_LETTERS},
            )
        return value

    def _read(self, field: str, read: Callable[[], Read]) -> Read | None:
        """What `read` gives; of a refusal a problem is kept, under the field's column."""
        try:
            return read()
        except Invalid as refusal:
            column = self._columns.get(field)
            name = column.name if column else vocabulary().fields[field].names["en"]
            self.problems.append(
                RowProblem(self._row.number, name, field, refusal.code, str(refusal))
            )
            return None

    def _text(self, field: str) -> str:
        text = self._read(field, lambda: shown(self._cell(field)).strip())
        if text == "" and field == "item":
            self._read(field, _no_item)
        return " ".join((text or "").split())

    def _units(self) -> tuple[Unit, ...]:
        """The units that the column of units names; none where it is empty."""
        told = shown(self._cell("unit")).strip()
        named = find_units(told, self._language)
        if told and not named:
            raise unit_unknown(told)
        return named

    def _amount(self, units: Sequence[Unit], item: str) -> Amount:
        """The cell's own unit, else the column's, else the heading's, else the item's."""
        value = self._cell("amount")
        usual = item_of(item).unit if item else ""
        unit = self._columns["amount"].unit or usual
        if units:
            codes = [one.code for one in units]
            unit = codes[0] if len(codes) == 1 else usual
            if unit not in codes:
                raise unit_ambiguous(shown(self._cell("unit")), units)
        if isinstance(value, Decimal):
            if not unit:
                raise unit_missing()
            return exact_amount(value, unit)
        if isinstance(value, datetime.date | bool):
            raise Invalid(
                f"The cell holds {shown(value)}, which is no amount: spreadsheet programs turn 5-7"
                " into a day. Write one number.",
                code="amount_malformed",
                details={"value": shown(value)},
            )
        amount = parse_amount(value, unit=unit)
        if units and amount.unit != unit:
            raise Invalid(
                f"The amount “{value[:40]}” has another unit than the column of units. Write the"
                " unit once.",
                code="unit_conflict",
                details={"value": value[:200], "unit": unit},
            )
        return amount

    def _money(self, amount: Amount | None) -> Money | None:
        """The value of the line; where only a price is told, that times the amount."""
        currency = self._read("currency", lambda: currency_of(shown(self._cell("currency")))) or ""
        value = self._read("value", lambda: self._one_money("value", currency))
        if value is not None or "unit_value" not in self._columns:
            return value
        price = self._read("unit_value", lambda: self._one_money("unit_value", currency))
        if price is None or amount is None:
            return None
        total = (price.value * amount.number).quantize(_CENT, ROUND_HALF_UP)
        return Money(total, price.currency)

    def _one_money(self, field: str, currency: str) -> Money | None:
        column = self._columns.get(field)
        if column is None or is_empty(self._cell(field)):
            return None
        return money_of(self._cell(field), currency or column.currency, column.scale)


def _no_item() -> None:
    raise Invalid("It is not told what is needed. Name the thing.", code="item_missing")
