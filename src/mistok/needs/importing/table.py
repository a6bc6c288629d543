"""A spreadsheet as it was read: rows of values, nothing carried out, nothing interpreted."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from mistok.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value that could be taken: a formula never computed, or an error."""

    code: str
    sentence: str
    shown: str


Plain = str | Decimal | datetime.date | bool
"""An empty cell is the empty text."""
Value = Plain | Unreadable

_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as the spreadsheet shows it, from 1 on."""

    number: int
    cells: tuple[Value, ...]

    def cell(self, place: int) -> Value:
        """The value at a place from 0 on; beyond the end it is empty."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader should know of the file: macros left out, other sheets, the encoding."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; rows without any value are left out."""

    kind: str
    sheet: str
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


def sized(number: Decimal) -> Plain:
    """The number, or as text what is none: nothing anybody asks for has more than 30 digits."""
    if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS:
        return number
    return str(number)[:_MOST_DIGITS]


def shown(value: Value) -> str:
    """A value as text, as a person would read it in the cell."""
    if isinstance(value, Unreadable):
        return value.shown
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


def is_empty(value: Value) -> bool:
    """Whether there is nothing in the cell."""
    return isinstance(value, str) and not value.strip()


def refusal(code: str, sentence: str, **details: object) -> Invalid:
    """The refusal of a whole file; `code` is shown with the prefix `table_`."""
    return Invalid(sentence, code=f"table_{code}", details=details)


FORMULA: str = (
    "The cell holds a formula whose result is not stored in the file. Open the file, save it"
    " again in a spreadsheet program, or write the value itself."
)


def formula(text: str) -> Unreadable:
    """A formula without a stored value; formulas are never carried out."""
    return Unreadable("formula_without_value", FORMULA, text[:40])


def error(text: str) -> Unreadable:
    """A cell that shows an error of the spreadsheet program, such as #REF!."""
    told = f"The cell shows the error {text[:20]}. Write the value itself."
    return Unreadable("cell_error", told, text[:40])
