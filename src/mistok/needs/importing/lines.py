"""From rows to proposals of lines: every good row counts, every bad one is told."""

import datetime

from mistok.kernel.errors import Invalid
from mistok.needs.importing.drafts import DraftLine, Preview, Report, RowProblem, Skipped
from mistok.needs.importing.mapping import Columns, data_rows, letters
from mistok.needs.importing.row_reading import RowReader
from mistok.needs.importing.table import Row, Table, shown
from mistok.needs.importing.vocabulary import vocabulary
from mistok.needs.items.folding import fold

_PREVIEWED = 10
_LEAST_NUMBERED = 3


def preview(table: Table, columns: Columns, rows: int = _PREVIEWED) -> Preview:
    """The first `rows` rows below the heading, and how many there are."""
    below = data_rows(table, columns)
    width = max((len(row.cells) for row in table.rows), default=0)
    known = {column.place: column.heading for column in columns.columns} | dict(columns.unknown)
    return Preview(
        columns,
        tuple(known.get(place, "") or letters(place) for place in range(width)),
        tuple(
            (row.number, tuple(shown(row.cell(place)) for place in range(width)))
            for row in below[:rows]
        ),
        len(below),
        table.notes,
    )


def import_lines(
    table: Table,
    columns: Columns,
    *,
    today: datetime.date | None = None,
    language: str | None = None,
) -> Report:
    """Read every row below the heading. A bad row never drops a good one.

    `today` refuses days that are over; `language` prefers items named in it. Raises Invalid
    (codes `columns_missing`, `table_too_many_rows`).
    """
    if columns.missing:
        names = [vocabulary().fields[field].names["en"] for field in columns.missing]
        raise Invalid(
            f"No column was found for {' and '.join(names)}. Say which columns they are, or copy"
            " the rows into our template.",
            code="columns_missing",
            details={"fields": list(columns.missing)},
        )
    lines: list[DraftLine] = []
    problems: list[RowProblem] = []
    skipped: list[Skipped] = []
    for row in data_rows(table, columns):
        if no_need := _no_need(row, columns):
            skipped.append(no_need)
            continue
        reader = RowReader(row, columns)
        line = reader.line(today, language)
        if line is None:
            problems += reader.problems
        else:
            lines.append(line)
    return Report(tuple(lines), tuple(problems), tuple(skipped), table.notes)


def _no_need(row: Row, columns: Columns) -> Skipped | None:
    """Why a row is no need; None where it is one."""
    words = vocabulary()
    texts = [shown(cell).strip() for cell in row.cells]
    filled = [text for text in texts if text]
    if any(fold(text) in words.examples for text in filled):
        return Skipped(row.number, "example_row", "This is the example of our template.")
    first = fold(filled[0])
    if first in words.totals or any(first.startswith(f"{total} ") for total in words.totals):
        return Skipped(row.number, "total_row", "This row holds totals.")
    counted = [str(number) for number in range(1, len(filled) + 1)]
    if len(filled) >= _LEAST_NUMBERED and filled == counted:
        return Skipped(row.number, "numbers_of_columns", "This row holds the numbers of columns.")
    headed = [column for column in columns.columns if column.heading]
    if headed and all(shown(row.cell(column.place)).strip() == column.heading for column in headed):
        return Skipped(row.number, "heading_again", "This row repeats the heading.")
    return None
