"""Reading a text table (CSV): which letters, which separator, then the rows."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mistok.needs.importing.archives import broken
from mistok.needs.importing.gathering import Gatherer, told_of
from mistok.needs.importing.limits import MOST_COLUMNS, MOST_LETTERS
from mistok.needs.importing.table import Note, Table, Value, formula, refusal

SEPARATORS: Final = ";,\t|"
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE: Final = 60
_TOLD: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_RUN: Final = re.compile("[\u0400-\u04ff]{3,}")
_HIGH: Final = re.compile("[\u0400-\u04ff]")
_POLISH: Final = frozenset(b"\x9c\x9f\xb3\xb9\xbf\xa3\xaf\x8c\x8f\xa5")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufffd]")
_MOST_CONTROL: Final = 50
"""More than one such sign in so many is no text."""
_FORMULA: Final = re.compile(r"=\s*[\w(+\-\"]")


def read_delimited(content: bytes, most_rows: int | None = None) -> Table:
    """The rows of a CSV file. Raises Invalid (`table_broken`, `table_not_text`, and limits)."""
    text = opened(content)
    gatherer = Gatherer(most_rows)
    for number, cells in text.rows():
        if not gatherer.add(number, cells):
            break
    return Table("csv", "", tuple(gatherer.rows), (text.note, *told_of(gatherer)))


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text table that was looked over: its rows are read one by one, as often as one likes."""

    body: str
    separator: str
    first: int
    note: Note

    def rows(self) -> Iterator[tuple[int, list[Value]]]:
        """Each row's number and cells, empty rows too. Raises Invalid (`table_broken`)."""
        lines = csv.reader(io.StringIO(self.body, newline=""), delimiter=self.separator)
        try:
            for number, cells in enumerate(lines, self.first):
                yield number, [_value(cell) for cell in cells]
        except csv.Error as error:
            raise broken() from error


def opened(content: bytes) -> Delimited:
    """The encoding and the separator found. Raises Invalid (`table_broken`, `table_not_text`)."""
    text, encoding = _decoded(content)
    if len(_CONTROL.findall(text)) * _MOST_CONTROL > len(text):
        raise _not_text()
    told = _TOLD.match(text)
    separator = told[1] if told else _separator(text)
    body = text[told.end() :] if told else text
    note = Note(
        "read_as",
        f"The text was read in the encoding {encoding} with {_named(separator)} between columns.",
    )
    return Delimited(body, separator, 2 if told else 1, note)


def _value(cell: str) -> Value:
    """Text stays text; what a spreadsheet program would carry out as a formula is none."""
    text = cell.replace("\x00", "").strip()
    return formula(text) if _FORMULA.match(text) else text[: MOST_LETTERS + 1]


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding; old files of Ukrainian, Polish and western programs too."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise broken() from error
    zeros = content.count(0)
    if zeros:
        return _wide(content, zeros), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _old(content)
        return content.decode(encoding, errors="replace"), encoding


def _wide(content: bytes, zeros: int) -> str:
    """UTF-16 without its mark: every other byte of most letters is zero or four."""
    if zeros * 10 < len(content):
        raise _not_text()
    encoding = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    return content[: len(content) // 2 * 2].decode(encoding, errors="replace")


def _not_text() -> Exception:
    return refusal(
        "not_text", "The file is neither a spreadsheet nor a text table. Send XLSX, ODS or CSV."
    )


def _old(content: bytes) -> str:
    """Cyrillic letters come in runs, accented Latin ones alone; Polish has bytes of its own."""
    cyrillic = content.decode("cp1251", errors="replace")
    letters = len(_HIGH.findall(cyrillic))
    if sum(map(len, _RUN.findall(cyrillic))) * 2 >= letters:
        return "cp1251"
    return "cp1250" if _POLISH & set(content) else "cp1252"


def _separator(text: str) -> str:
    """The separator by which most of the first lines have equally many columns."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    return max(SEPARATORS, key=lambda sign: (_evenness(sample, sign), -SEPARATORS.index(sign)))


def _evenness(sample: str, separator: str) -> int:
    try:
        widths = [
            len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        ]
    except csv.Error:
        return 0
    counts = {width: widths.count(width) for width in set(widths) if 1 < width <= MOST_COLUMNS}
    return max((count * (width - 1) for width, count in counts.items()), default=0)


def _named(separator: str) -> str:
    names = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
    return names.get(separator, f"“{separator}”")
