"""What comes of a spreadsheet: proposals of lines, problems, rows left out, and a preview."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from mistok.needs.importing.mapping import Columns
from mistok.needs.importing.table import Note


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A row that can become a line. Empty texts and None mean that nothing is told.

    `item`: a code of the catalogue; where none is sure enough it is "" and `suggestions` holds the
    likely ones; `text`: as the file has it; `unit`, `priority`, `currency`: codes.
    """

    row: int
    item: str
    text: str
    amount: Decimal
    unit: str
    priority: str
    needed_by: datetime.date | None
    specification: str
    value: Decimal | None
    currency: str
    note: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is no line: the column as a person calls it, and one full sentence."""

    row: int
    column: str
    field: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"Row {self.row}, column “{self.column}”: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no need: an example, a total, a repeated heading, the numbers of columns."""

    row: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that became of the rows; every row below the heading is in exactly one of the three."""

    lines: tuple[DraftLine, ...]
    problems: tuple[RowProblem, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Note, ...]

    @property
    def bad_rows(self) -> int:
        """How many rows have problems; a row may have several."""
        return len({problem.row for problem in self.problems})


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person sees before importing: the first rows as text, column by column.

    `headings`: the letter of a column that has none; `rows`: the row's number and its texts;
    `count`: of all rows below the heading.
    """

    columns: Columns
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    count: int
    notes: tuple[Note, ...]
