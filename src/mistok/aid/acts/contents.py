"""Whether a file that somebody adds is what it says: by its bytes, never by its name alone."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from mistok.aid.acts.refusing import untold
from mistok.kernel.errors import Invalid, Refusal
from mistok.needs.importing.archives import looked_over

MOST_BYTES: Final = 25 * 1024 * 1024
"""A photo of a new telephone has up to 20 MB, a scan of twenty pages less."""
_TAIL: Final = 2048
"""A PDF may have some bytes after its end mark; further away it is cut off or something else."""
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE: Final[Mapping[str, str]] = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
_MACROS: Final = "vbaproject.bin"
_ZIP: Final = b"PK\x03\x04"


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-_TAIL:]


def _is_png(data: bytes) -> bool:
    begins = data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR"
    return begins and b"IEND" in data[-16:]


def _is_jpeg(data: bytes) -> bool:
    # Telephones put further pictures and data behind the first one, so its end is not looked for.
    return data.startswith(b"\xff\xd8\xff")


def _is_webp(data: bytes) -> bool:
    told = int.from_bytes(data[4:8], "little") + 8
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP" and told <= len(data) + 1


_TYPES: Final[Mapping[str, Callable[[bytes], bool]]] = {
    PDF: _is_pdf,
    "image/png": _is_png,
    "image/jpeg": _is_jpeg,
    "image/webp": _is_webp,
}
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
_KINDS: Final[Mapping[str, str]] = {
    PDF: "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    DOCX: "DOCX",
    XLSX: "XLSX",
}


def checked_type(data: bytes, name: str) -> str:
    """The type of a file: PDF, PNG, JPEG, WebP, DOCX or XLSX; `name` may have no ending at all.

    Raises Invalid (`file_empty`, `file_too_large`, `file_not_what_it_says`, `file_type_unknown`,
    `file_unsafe`).
    """
    try:
        return _checked(data, name)
    except Invalid as refusal:
        # Names of files tell of people and places.
        raise untold(refusal, "A file") from None


def _checked(data: bytes, name: str) -> str:
    shown = {"name": name[-80:] or _("the file")}
    if not data:
        raise Invalid(
            _("“%(name)s” is empty. Choose the file again and upload it.") % shown,
            code="file_empty",
        )
    if len(data) > MOST_BYTES:
        raise Invalid(
            _("“%(name)s” has %(size)s MB; %(most)s MB are the most. Make it smaller.")
            % {**shown, "size": -(-len(data) // 2**20), "most": MOST_BYTES // 2**20},
            code="file_too_large",
        )
    found = next((kind for kind, is_one in _TYPES.items() if is_one(data)), None)
    found = found or _office_type(data, shown)
    ending = _ending(name)
    if found is None:
        raise _unknown(shown, ending)
    if ending and ending not in ENDINGS[found]:
        raise Invalid(
            _("“%(name)s” is not what its name says: inside it is %(kind)s. Name it so.")
            % {**shown, "kind": _KINDS[found]},
            code="file_not_what_it_says",
        )
    return found


def _ending(name: str) -> str:
    """What follows the last dot, with it; empty where nothing does."""
    before, dot, after = name.lower().strip().rpartition(".")
    return f"{dot}{after}" if before and after else ""


def _unknown(shown: Mapping[str, str], ending: str) -> Invalid:
    """A known ending over foreign bytes is a lie; an unknown one only another kind of file."""
    if any(ending in endings for endings in ENDINGS.values()):
        return Invalid(
            _(
                "“%(name)s” is damaged or is not what its name says. Open it, save it anew, and "
                "upload that."
            )
            % shown,
            code="file_not_what_it_says",
        )
    return Invalid(
        _(
            "“%(name)s” is of a kind that is not kept here. Save it as PDF, JPEG, PNG, WebP, DOCX "
            "or XLSX."
        )
        % shown,
        code="file_type_unknown",
    )


def _office_type(data: bytes, shown: Mapping[str, str]) -> str | None:
    """DOCX or XLSX, looked over for what harms whoever opens it; None for another archive."""
    if not data.startswith(_ZIP):
        return None
    try:
        members = looked_over(data)
    except Refusal as error:
        raise _unsafe(shown) from error
    found = next((kind for kind, part in _OFFICE.items() if part in members), None)
    if found and any(member.lower().endswith(_MACROS) for member in members):
        raise _unsafe(shown)
    return found


def _unsafe(shown: Mapping[str, str]) -> Invalid:
    return Invalid(
        _(
            "“%(name)s” is damaged, is protected by a password or holds macros, so it is not "
            "kept. Save it as PDF and upload that."
        )
        % shown,
        code="file_unsafe",
    )
