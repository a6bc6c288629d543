"""Gathering the rows of a sheet within the limits, and telling what was left out."""

from collections.abc import Sequence

from mistok.needs.importing.limits import (
    MOST_COLUMNS,
    MOST_EMPTY_ROWS,
    MOST_ROWS,
    MOST_SHEET_ROWS,
)
from mistok.needs.importing.table import Note, Row, Value, is_empty, refusal

_SPARE = 50
"""Rows above the heading, and the heading itself, are not counted against the limit."""


class Gatherer:
    """Takes the rows one after another and refuses what goes beyond the limits."""

    def __init__(self, most_rows: int | None = None) -> None:
        """`most_rows` in place of MOST_ROWS, for lists that are brought in at the shell."""
        self.rows: list[Row] = []
        self._most = MOST_ROWS if most_rows is None else most_rows
        self._most_gone_through = MOST_SHEET_ROWS if most_rows is None else 4 * most_rows
        self.is_wide = False
        self._empty = 0

    def add(self, number: int, cells: Sequence[Value]) -> bool:
        """Take a row; False when the sheet is over. Raises Invalid as `refusal` says."""
        filled = [place for place, cell in enumerate(cells) if not is_empty(cell)]
        if not filled:
            return self.skip(1)
        self._empty = 0
        if number > self._most_gone_through:
            raise too_many_rows(self._most)
        self.is_wide = self.is_wide or filled[-1] >= MOST_COLUMNS
        self.rows.append(Row(number, tuple(cells[: min(filled[-1] + 1, MOST_COLUMNS)])))
        if len(self.rows) > self._most + _SPARE:
            raise too_many_rows(self._most)
        return True

    def skip(self, count: int) -> bool:
        """Take so many empty rows at once; False when the sheet is over."""
        self._empty += count
        return self._empty < MOST_EMPTY_ROWS


def told_of(gatherer: Gatherer, *, wide: bool = False) -> tuple[Note, ...]:
    """What was left out on the right; `wide` tells what the gatherer could not see."""
    if not (gatherer.is_wide or wide):
        return ()
    told = f"Only the first {MOST_COLUMNS} columns were read."
    return (Note("columns_left_out", told),)


def macros_ignored() -> Note:
    """That a file holds macros."""
    return Note(
        "macros_ignored", "The file holds macros. They were not carried out, and are not kept."
    )


def one_sheet(title: str, others: Sequence[str]) -> tuple[Note, ...]:
    """That there are other sheets, if there are."""
    if not others:
        return ()
    told = f"Only the sheet “{title}” was read, and not: {', '.join(others[:5])}."
    return (Note("one_sheet", told),)


def too_many_rows(most: int = MOST_ROWS) -> Exception:
    """The refusal of a sheet with more than so many rows."""
    return refusal(
        "too_many_rows",
        f"The sheet has more than {most:,} rows. Split it into several files.",
        most=most,
    )
