"""A table as it is brought in: bytes of any kind to headings and rows, read one by one."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.runs import Row
from mistok.ingest.tables.headings import Columns, count_of, recognise, unique
from mistok.kernel.errors import Invalid, NotFound, Unavailable
from mistok.needs.importing.delimited import opened
from mistok.needs.importing.gathering import too_many_rows
from mistok.needs.importing.limits import HEADING_ROWS, MOST_COLUMNS, MOST_LETTERS
from mistok.needs.importing.opening import check_plain, read_table
from mistok.needs.importing.table import Unreadable, Value, shown

MOST_ROWS: Final = 200_000
"""At the shell; a page takes fewer."""
MOST_BYTES: Final = 200 * 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
_ARCHIVE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PIECE: Final = 1024 * 1024
_LEAST_COUNTED: Final = 2
Cells = tuple[int, Sequence[Value]]
Count = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A table with its headings; `cells` goes through its rows from the first, as often as asked.

    `heading_row` is the number of the row of headings. `sha256` is of the bytes as they came.
    """

    name: str
    sha256: str
    data: bytes = field(repr=False)
    headings: tuple[str, ...]
    heading_row: int
    notes: tuple[str, ...]
    cells: Callable[[], Iterator[Cells]] = field(repr=False)
    most_rows: int = MOST_ROWS

    def columns(
        self, chosen: Mapping[str, str] | None = None, told: Mapping[str, str] | None = None
    ) -> Columns:
        """Which column holds what; `chosen` corrects it, `told` holds for every row."""
        return recognise(self.headings, chosen or {}, told or {})

    def rows(self) -> Iterator[Row]:
        """The rows below the headings, cells by heading; a cell that cannot be read sets it aside.

        Raises Invalid (`table_too_many_rows`).
        """
        names = unique(self.headings)
        count = 0
        for number, cells in self.cells():
            texts = [shown(cell).strip() for cell in cells]
            if number <= self.heading_row or not any(texts) or _are_numbers(texts):
                continue
            count += 1
            if count > self.most_rows:
                raise too_many_rows(self.most_rows)
            yield _row(number, names, cells)

    def count(self) -> int:
        """How many rows there are; goes through them all once."""
        return sum(1 for _row in self.rows())


def open_table(path: Path, count: Count = count_of) -> Opened:
    """A table file at the shell. Raises NotFound, Unavailable, and Invalid as `table_of` does."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(MOST_BYTES)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            _("There is no file %(name)s here. Check its name.") % {"name": path.name},
            code="file_missing",
        ) from error
    except OSError as error:
        raise Unavailable(
            _("The file %(name)s cannot be read. Check that it may be read by you.")
            % {"name": path.name},
            code="file_unreadable",
        ) from error
    return table_of(data, name=path.name, count=count)


def table_of(
    data: bytes,
    *,
    name: str,
    most_rows: int = MOST_ROWS,
    most_bytes: int = MOST_BYTES,
    count: Count = count_of,
) -> Opened:
    """The table that these bytes are: CSV of any kind, also packed with gzip, XLSX or ODS.

    `count` says how many of some texts are headings; the row with the most of them holds these.

    Raises Invalid: the codes `table_…` of the importing of needs, `table_no_headings`.
    """
    content = _unpacked(data, most_bytes) if data.startswith(_GZIP) else data
    if content.startswith(_ARCHIVE) or len(content) > most_bytes or not content.strip():
        table = read_table(content, most_rows=most_rows, most_bytes=most_bytes)
        rows = [(row.number, row.cells) for row in table.rows]
        notes = tuple(note.sentence for note in table.notes)

        def cells() -> Iterator[Cells]:
            return iter(rows)
    else:
        check_plain(content)
        text = opened(content)
        notes, cells = (text.note.sentence,), text.rows
    number, headings = _headings(cells(), count)
    return Opened(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        headings=headings,
        heading_row=number,
        notes=notes,
        cells=cells,
        most_rows=most_rows,
    )


def _headings(cells: Iterator[Cells], count: Count) -> tuple[int, tuple[str, ...]]:
    """Among the first rows the one with the most headings that mean something."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    most = 1
    for place, (number, row) in enumerate(cells):
        texts = tuple(shown(cell).strip()[:200] for cell in row[:MOST_COLUMNS])
        found = count(texts)
        if found > most:
            best, most = (number, texts), found
        if place >= HEADING_ROWS:
            break
    if not best[0]:
        raise Invalid(
            _(
                "No row of headings was found in the table. Name the columns in the first row, "
                "for example as in the template."
            ),
            code="table_no_headings",
        )
    return best


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether a row only counts the columns: 1, 2, 3, … as official lists do."""
    return len(texts) > _LEAST_COUNTED and texts == [str(n) for n in range(1, len(texts) + 1)]


def _row(number: int, names: Sequence[str], row: Sequence[Value]) -> Row:
    texts = [shown(cell).strip()[:MOST_LETTERS] for cell in row[: len(names)]]
    cells = dict(zip(names, texts, strict=False))
    for cell in row[: len(names)]:
        if isinstance(cell, Unreadable):
            return Row(number, cells, refusal=Invalid(cell.sentence, code=cell.code))
    beyond = [cell for cell in row[len(names) : MOST_COLUMNS] if shown(cell).strip()]
    if beyond:
        return Row(number, cells, refusal=_too_wide(len(row), len(names)))
    return Row(number, cells)


def _unpacked(data: bytes, most: int) -> bytes:
    """What gzip packed, piece by piece: whatever the file says, no more than `most` bytes."""
    pieces: list[bytes] = []
    size = 0
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            while piece := packed.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise _too_large(most)
                pieces.append(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise _broken() from error
    return b"".join(pieces)


def _too_large(most: int) -> Invalid:
    return Invalid(
        _("The file is larger than %(most)s MB. Split it into several files.")
        % {"most": most // 1024 // 1024},
        code="table_too_large",
    )


def _broken() -> Invalid:
    return Invalid(
        _("The packed file is damaged or cut off. Fetch it once more."), code="table_broken"
    )


def _too_wide(cells: int, headings: int) -> Invalid:
    return Invalid(
        _(
            "The row has %(cells)s cells, the headings are %(headings)s. Check its separators and "
            "quotation marks."
        )
        % {"cells": cells, "headings": headings},
        code="row_width",
    )
