"""From CSV text to rows with their line numbers; pure, and forgiving row by row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mistok.ingest.report import Report
from mistok.kernel.errors import Invalid, Refusal, Unavailable

COLUMNS = {
    "sources.csv": """
        slug title publisher url language published kind trust
    """.split(),
    "retrievals.csv": """
        source retrieved_on sha256 note
    """.split(),
    "ties.csv": """
        parties party_names kind label label_language instrument event date planned as_of body
        act act_number votes mode fields source locator note_en note_uk
    """.split(),
    "support.csv": """
        giver giver_name receiver receiver_name kind what_en what_uk quantity unit date status
        condition_en condition_uk sensitivity public_what_en public_what_uk series source
        note_en note_uk
    """.split(),
}
"""Columns that each starter file must have; others are passed over."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its columns by name, without surrounding blanks."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def languages(self, column: str) -> dict[str, str]:
        """The texts of a column that comes in English and Ukrainian."""
        texts = {lang: self.cells[f"{column}_{lang}"] for lang in ("en", "uk")}
        return {lang: text for lang, text in texts.items() if text}


def read_rows(path: Path, report: Report) -> Iterator[Row]:
    """Yield the rows of a starter file; rows of another width are set aside in the report.

    Raises Unavailable when the file cannot be read, Invalid when columns are missing.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            f"The starter file {path.name} cannot be read ({error}). Restore it from the "
            "project's repository.",
            code="starter_unreadable",
        ) from error
    # Lines as CSV means them: splitlines() would also break a cell at U+2028 and its like.
    reader = csv.reader(io.StringIO(text, newline=""))
    header = _cells(reader) or []
    missing = [column for column in COLUMNS[path.name] if column not in header]
    if missing:
        raise Invalid(
            f"{path.name} lacks the column {', '.join(missing)}. Add it to the first line.",
            code="columns_missing",
            details={"file": path.name, "columns": missing},
        )
    while True:
        try:
            cells = _cells(reader)
            if cells is None:
                return
            report.rows += 1
            yield _row(path.name, reader.line_num, header, cells)
        except Refusal as refusal:
            report.set_aside(path.name, reader.line_num, refusal)


def _cells(reader: Iterator[list[str]]) -> list[str] | None:
    """The cells of the next row; None after the last."""
    try:
        return next(reader, None)
    except csv.Error as error:
        raise Invalid(
            f"The row cannot be read ({error}). Shorten its texts, and check its quotation marks.",
            code="row_unreadable",
        ) from error


def _row(file: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise Invalid(
            f"The row has {len(cells)} cells, the first line {len(header)}. Count the commas, and "
            "put quotation marks around a text that contains one.",
            code="row_width",
        )
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if any(ord(letter) < 32 for cell in row.values() for letter in cell if letter not in "\n\t"):
        raise Invalid(
            "The row contains control characters. Type its text anew and save the file as UTF-8.",
            code="control_characters",
        )
    return Row(file, line, row)
