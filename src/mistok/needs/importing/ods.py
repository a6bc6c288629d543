"""Reading an OpenDocument spreadsheet: stored values only; formulas and macros stay where they are.

The one part that holds the sheets, `content.xml`, is walked through by a parser of events; nothing
else of the file is opened but the manifest, for encryption.
"""

import datetime
import io
import zipfile
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.parsers import expat

from mistok.needs.importing.archives import BROKEN, broken, locked, looked_over
from mistok.needs.importing.gathering import Gatherer, macros_ignored, one_sheet, told_of
from mistok.needs.importing.limits import MOST_COLUMNS, MOST_LETTERS
from mistok.needs.importing.table import Table, Value, error, formula, sized

_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CALC: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HIDDEN: Final = (f"{_OFFICE}annotation", f"{_TABLE}tracked-changes", f"{_TABLE}dde-links")
_NUMBERS: Final = ("float", "currency", "percentage")
_MACROS: Final = ("Basic/", "Scripts/")
_MOST_REPEATED: Final = 1 << 21


def read_ods(content: bytes, most_rows: int | None = None) -> Table:
    """The first sheet that holds something. Raises Invalid (codes `table_…`)."""
    names = looked_over(content)
    sheets = _Sheets(most_rows)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise locked()
            with archive.open("content.xml") as part:
                sheets.walk(part)
    except BROKEN as wrong:
        raise broken() from wrong
    except expat.ExpatError as wrong:
        raise broken() from wrong
    macros = any(name.startswith(_MACROS) for name in names)
    notes = (
        *((macros_ignored(),) if macros else ()),
        *one_sheet(sheets.title, sheets.others),
        *told_of(sheets.gatherer),
    )
    return Table("ods", sheets.title, tuple(sheets.gatherer.rows), notes)


class _Sheets:
    """Takes the parser's events and keeps the first sheet with rows; of others the names."""

    def __init__(self, most_rows: int | None = None) -> None:
        self.title = ""
        self.others: list[str] = []
        self.gatherer = Gatherer(most_rows)
        self._depth = 0
        self._hidden = 0
        self._reading = False
        self._number = 0
        self._row: list[Value] = []
        self._rows_repeated = 1
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []

    def walk(self, part: object) -> None:
        """Read the whole part. Raises ExpatError, and Invalid beyond the limits."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        parser.buffer_text = True
        parser.ParseFile(part)  # type: ignore[arg-type]

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name in _HIDDEN:
            self._hidden += 1
        elif name == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1 and not self._hidden:
                self._open(given.get(f"{_TABLE}name", ""))
        elif not self._reading or self._hidden or self._depth > 1:
            return
        elif name == f"{_TABLE}table-row":
            self._row, self._rows_repeated = [], _times(given, "number-rows-repeated")
        elif name in _CELLS:
            self._cell, self._texts = given, []
        elif name == f"{_TEXT}s":
            self._texts.append(" " * min(int(given.get(f"{_TEXT}c", "1")), 20))
        elif name in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            self._texts.append(" ")

    def _letters(self, letters: str) -> None:
        seen = self._cell is not None and not self._hidden and self._depth == 1
        if seen and len(self._texts) <= MOST_LETTERS:
            self._texts.append(letters)

    def _end(self, name: str) -> None:
        if name in _HIDDEN:
            self._hidden -= 1
        elif name == f"{_TABLE}table":
            self._depth -= 1
            self._reading = self._reading and self._depth > 0
        elif not self._reading or self._hidden or self._depth > 1:
            return
        elif name == f"{_TEXT}p":
            self._texts.append("\n")
        elif name in _CELLS and self._cell is not None:
            times = _times(self._cell, "number-columns-repeated")
            value = _value(self._cell, "".join(self._texts).strip()[: MOST_LETTERS + 1])
            self._row += [value] * min(times, MOST_COLUMNS + 1 if value != "" else MOST_COLUMNS)
            self._cell = None
        elif name == f"{_TABLE}table-row":
            self._end_row()

    def _open(self, title: str) -> None:
        if self.gatherer.rows:
            self.others.append(title)
        else:
            self.title, self._reading = title, True
            self.gatherer, self._number = Gatherer(), 0

    def _end_row(self) -> None:
        """A row that is repeated counts each time; of empty ones only the number matters."""
        if any(cell != "" for cell in self._row):
            for _ in range(self._rows_repeated):
                self._number += 1
                self.gatherer.add(self._number, self._row)
        else:
            self._number += self._rows_repeated
            self._reading = self.gatherer.skip(self._rows_repeated)


def _times(given: dict[str, str], name: str) -> int:
    """How often a row or a cell stands there; nonsense counts as once."""
    told = given.get(f"{_TABLE}{name}", "1")
    return min(max(int(told), 1), _MOST_REPEATED) if told.isdigit() else 1


def _value(given: dict[str, str], text: str) -> Value:
    """The stored value of a cell; of a formula without one, that there is none."""
    kind = given.get(f"{_OFFICE}value-type", "")
    if given.get(f"{_CALC}value-type") == "error":
        return error(text or "#ERR")
    if kind in _NUMBERS:
        try:
            return sized(Decimal(given.get(f"{_OFFICE}value", "")))
        except InvalidOperation:
            return text
    if kind == "date":
        try:
            return datetime.date.fromisoformat(given.get(f"{_OFFICE}date-value", "")[:10])
        except ValueError:
            return text
    if kind == "boolean":
        return given.get(f"{_OFFICE}boolean-value") == "true"
    text = text or given.get(f"{_OFFICE}string-value", "").strip()[: MOST_LETTERS + 1]
    written = given.get(f"{_TABLE}formula", "")
    return formula(written) if written and not text else text
