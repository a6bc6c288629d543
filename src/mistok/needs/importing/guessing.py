"""Which column holds what where no row of headings tells it: by what stands in the columns."""

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.needs.importing.table import Row, Value
from mistok.needs.items.finding import find_item
from mistok.needs.items.naming_units import find_units
from mistok.needs.items.parsing import parse_amount

_SAMPLE: Final = 40
_MOST: Final = 0.5
_SURE: Final = 0.75
_ITEM_LETTERS: Final = 3
_LONGEST_COUNT: Final = 10


def guessed_columns(rows: Sequence[Row]) -> dict[int, str]:
    """Place to field. A column is taken when more than half of its cells fit.

    A column of running numbers (1, 2, 3, …) is no amount.
    """
    sample = rows[:_SAMPLE]
    found: dict[int, str] = {}
    for field, fits in _FITS:
        shares = {
            place: _share([row.cell(place) for row in sample], fits)
            for place in range(max((len(row.cells) for row in sample), default=0))
            if place not in found
        }
        if field == "amount":
            for place in shares:
                if _counts([row.cell(place) for row in sample]):
                    shares[place] = 0.0
        best = max(shares, key=lambda place: (shares[place], -place), default=None)
        if best is not None and shares[best] > _MOST:
            found[best] = field
    return found


def _share(cells: Sequence[Value], fits: Callable[[Value], bool]) -> float:
    filled = [cell for cell in cells if cell != ""]
    return sum(map(fits, filled)) / len(cells) if filled else 0.0


def _counts(cells: Sequence[Value]) -> bool:
    """Whether the cells are 1, 2, 3, … as far as they are numbers."""
    texts = (str(cell).rstrip(".") for cell in cells)
    numbers = [text for text in texts if text.isdecimal() and len(text) < _LONGEST_COUNT]
    return len(numbers) > 1 and [int(number) for number in numbers] == list(
        range(int(numbers[0]), int(numbers[0]) + len(numbers))
    )


def _is_item(cell: Value) -> bool:
    if not isinstance(cell, str) or len(cell) < _ITEM_LETTERS or find_units(cell):
        return False
    found = find_item(cell, limit=1)
    return bool(found) and found[0].score >= _SURE


def _is_amount(cell: Value) -> bool:
    if isinstance(cell, Decimal):
        return cell > 0
    try:
        return isinstance(cell, str) and bool(parse_amount(cell, unit="kilogram"))
    except Invalid:
        return False


def _is_unit(cell: Value) -> bool:
    return isinstance(cell, str) and bool(find_units(cell))


def _is_day(cell: Value) -> bool:
    return isinstance(cell, datetime.date)


_FITS: Final = (
    ("item", _is_item),
    ("unit", _is_unit),
    ("amount", _is_amount),
    ("needed_by", _is_day),
)
