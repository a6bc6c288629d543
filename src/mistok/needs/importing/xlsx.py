"""Reading an Excel workbook: stored values only; formulas and macros are never carried out."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from openpyxl import load_workbook  # type: ignore[import-untyped]

from mistok.needs.importing.archives import BROKEN, broken, looked_over
from mistok.needs.importing.gathering import Gatherer, macros_ignored, one_sheet, told_of
from mistok.needs.importing.limits import MOST_COLUMNS, MOST_LETTERS
from mistok.needs.importing.table import Table, Value, error, formula, is_empty, sized

_MACROS: Final = re.compile(r"vbaproject\.bin$|/macrosheets/", re.IGNORECASE)
_SHEETS: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA: Final = (b"<f>", b"<f ", b"<f/", b":f>", b":f ")
_ERROR: Final = "e"
_VISIBLE: Final = "visible"
_DIGITS: Final = ".15g"
"""As many digits as Excel itself shows; the rest is noise of binary fractions."""


def read_xlsx(content: bytes, most_rows: int | None = None) -> Table:
    """The first visible sheet that holds something. Raises Invalid (codes `table_…`)."""
    names = looked_over(content)
    notes = (macros_ignored(),) if any(map(_MACROS.search, names)) else ()
    try:
        stored = _book(content, stored=True)
        formulas = _book(content, stored=False) if _has_formulas(content, names) else None
        sheets = [sheet for sheet in stored.worksheets if sheet.sheet_state == _VISIBLE]
        for place, sheet in enumerate(sheets):
            wide = (sheet.max_column or 0) > MOST_COLUMNS + 1
            written = None if formulas is None else formulas[sheet.title]
            gatherer = _gathered(sheet, written, most_rows)
            if gatherer.rows or place == len(sheets) - 1:
                others = [other.title for other in sheets if other is not sheet]
                notes = (*notes, *one_sheet(sheet.title, others), *told_of(gatherer, wide=wide))
                return Table("xlsx", sheet.title, tuple(gatherer.rows), notes)
    except BROKEN as wrong:
        raise broken() from wrong
    raise broken()


def _book(content: bytes, *, stored: bool) -> Any:
    return load_workbook(
        io.BytesIO(content), read_only=True, data_only=stored, keep_vba=False, keep_links=False
    )


def _has_formulas(content: bytes, names: frozenset[str]) -> bool:
    """Whether any sheet holds a formula; only then the workbook is read a second time."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            sign in archive.read(name)
            for name in names
            if _SHEETS.fullmatch(name)
            for sign in _FORMULA
        )


def _gathered(sheet: Any, formulas: Any, most_rows: int | None) -> Gatherer:
    gatherer = Gatherer(most_rows)
    written = None if formulas is None else _cells(formulas)
    for number, cells in enumerate(_cells(sheet), 1):
        beside = next(written, ()) if written is not None else ()
        width = max(_width(cells), _width(beside))
        values = [
            _value(cell, beside[place] if place < len(beside) else None)
            for place, cell in enumerate(cells[:width])
        ]
        if not gatherer.add(number, values):
            break
    return gatherer


def _width(cells: Sequence[Any]) -> int:
    """How many cells there are up to the last that holds something."""
    places = range(len(cells), 0, -1)
    return next((place for place in places if cells[place - 1].value is not None), 0)


def _cells(sheet: Any) -> Iterator[Sequence[Any]]:
    """The rows from the first one on, whatever size the file says that the sheet has."""
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(min_row=1, max_col=MOST_COLUMNS + 1))


def _value(cell: Any, written: Any) -> Value:
    value = _stored(cell)
    if is_empty(value) and written is not None and written.data_type == "f":
        return formula(str(written.value))
    return value


def _stored(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == _ERROR:
        return error(str(value))
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return sized(Decimal(format(value, _DIGITS) if isinstance(value, float) else value))
    if isinstance(value, datetime.datetime):
        return value.date()
    return str(value).replace("\x00", "").strip()[: MOST_LETTERS + 1]
