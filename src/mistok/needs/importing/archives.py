"""Looking over the archive that an XLSX or ODS file is, before anything in it is believed."""

import io
import zipfile
import zlib
from typing import Final

from mistok.needs.importing.limits import MOST_MEMBERS, MOST_UNPACKED
from mistok.needs.importing.table import refusal

BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What readers of archives and of XML raise on a file that is not what it seems."""

_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_HEAD: Final = 100
_PARTS: Final = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "text",
}
_CHUNK: Final = 256 * 1024
_XML: Final = (".xml", ".rels", ".vml")
_MARK: Final = b"\xef\xbb\xbf"
_PICTURE: Final = ".svg"
_DECLARED: Final = (b"<!DOCTYPE", b"<!ENTITY", b"<\x00!\x00D\x00O\x00C", b"<\x00!\x00E\x00N\x00T")
"""In UTF-16 too, of either order of bytes."""
_LOCKED: Final = 0x1


def kind_of(content: bytes) -> str:
    """What an archive is by its members: xlsx, ods, xlsb, text, or "" for none of these.

    Raises Invalid (code `table_broken`).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as told:
                    return "ods" if told.read(_HEAD).strip() == _OPEN_DOCUMENT else "text"
            return next((kind for name, kind in _PARTS.items() if name in names), "")
    except BROKEN as error:
        raise broken() from error


def looked_over(content: bytes) -> frozenset[str]:
    """The names of the archive's members, when it can be unpacked without harm.

    Every part is unpacked once in pieces and counted: neither what the archive says of sizes nor a
    document type with entities is trusted, whatever the part is called. Raises Invalid (codes
    `table_broken`, `table_too_large`, `table_locked`, `table_unsafe`).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise too_large()
            if any(member.flag_bits & _LOCKED for member in members):
                raise locked()
            left = MOST_UNPACKED
            for member in members:
                left = _unpacked(archive, member, left)
            return frozenset(member.filename for member in members)
    except BROKEN as error:
        raise broken() from error


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """How many bytes may still be unpacked after this part."""
    before, name = b"", member.filename.lower()
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise too_large()
            begins = chunk.removeprefix(_MARK).lstrip().startswith(b"<")
            if not before and name.endswith(_XML) and not begins:
                raise _unsafe()  # another encoding could hide what is looked for below
            if not name.endswith(_PICTURE) and any(word in before + chunk for word in _DECLARED):
                raise _unsafe()
            before = chunk[-16:]
    return left


def broken() -> Exception:
    """The refusal of a file that cannot be read at all."""
    return refusal(
        "broken",
        "The file cannot be read as a spreadsheet: it is damaged or of another kind. Open it in"
        " your spreadsheet program, save it as XLSX, and send it again.",
    )


def too_large() -> Exception:
    """The refusal of what is too large when unpacked."""
    return refusal(
        "too_large",
        f"The file is larger than {MOST_UNPACKED // 1024 // 1024} MB when unpacked. Copy the rows"
        " into our template, without pictures and formats, and send that.",
    )


def locked() -> Exception:
    """The refusal of a file that asks for a password."""
    return refusal(
        "locked", "The file is protected by a password. Save it without one, and send it again."
    )


def _unsafe() -> Exception:
    return refusal(
        "unsafe",
        "The file holds declarations that no spreadsheet program writes, so it is not read. Copy"
        " the rows into our template, and send that.",
    )
