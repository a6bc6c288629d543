"""From the bytes of a file to a table; what a file is, is told by its bytes and not by its name."""

import re
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.needs.importing.archives import broken, kind_of
from mistok.needs.importing.delimited import read_delimited
from mistok.needs.importing.limits import MOST_BYTES
from mistok.needs.importing.ods import read_ods
from mistok.needs.importing.table import Table, refusal
from mistok.needs.importing.xlsx import read_xlsx

_ARCHIVE: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"\{\\rtf"), "an RTF document"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "a picture"),
    (re.compile(rb"\s*(?:<!doctype html|<html|<table)", re.IGNORECASE), "a web page"),
    (re.compile(rb"\s*<\?xml"), "an XML file"),
)
_READERS: Final = {"xlsx": read_xlsx, "ods": read_ods}
_NAMES: Final = {"xlsb": "a binary workbook (XLSB)", "text": "a text document"}
_HEAD: Final = 512


def read_table(
    content: bytes, *, most_rows: int | None = None, most_bytes: int = MOST_BYTES
) -> Table:
    """The rows of a spreadsheet in CSV, XLSX or ODS.

    `most_rows` and `most_bytes` are for lists that are brought in at the shell, and may be larger.

    Raises Invalid: `table_empty`, `table_too_large`, `table_too_many_rows`, `table_too_wide`,
    `table_broken`, `table_locked`, `table_unsafe`, `table_old_excel`, `table_not_text`,
    `table_other_kind`.
    """
    if len(content) > most_bytes:
        raise refusal(
            "too_large",
            f"The file is larger than {most_bytes // 1024 // 1024} MB. Copy the rows into our"
            " template, without pictures and formats, and send that.",
        )
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _empty()
    table = _read(content, most_rows)
    if not table.rows:
        raise _empty()
    return table


def _read(content: bytes, most_rows: int | None) -> Table:
    if content.startswith(_ARCHIVE):
        return _archive(content, most_rows)
    if content.startswith(_OLD_EXCEL):
        raise refusal(
            "old_excel",
            "The file is of an old Excel (XLS) or protected by a password. Save it as XLSX"
            " without a password, and send it again.",
        )
    check_plain(content)
    return read_delimited(content, most_rows)


def check_plain(content: bytes) -> None:
    """Raise Invalid (`table_other_kind`) for a PDF, a picture or a page in place of a table."""
    for pattern, kind in _OTHERS:
        if pattern.match(content[:_HEAD]):
            raise _other(kind)


def _archive(content: bytes, most_rows: int | None) -> Table:
    kind = kind_of(content)
    if kind in _READERS:
        return _READERS[kind](content, most_rows)
    if kind in _NAMES:
        raise _other(_NAMES[kind])
    raise broken()


def _other(kind: str) -> Invalid:
    return refusal(
        "other_kind",
        f"The file is {kind}, not a spreadsheet. Send XLSX, ODS or CSV, or fill in our template.",
        kind=kind,
    )


def _empty() -> Invalid:
    return refusal("empty", "The file holds no rows. Fill in our template, and send it.")
