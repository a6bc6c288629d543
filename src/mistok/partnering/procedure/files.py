"""Whether an uploaded file is what it says: by its bytes, never by its name. Pure."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid

MOST_BYTES = 15 * 1024 * 1024
"""Fifteen megabytes: a scan of twenty pages in colour is smaller."""
_PNG = b"\x89PNG\r\n\x1a\n"
_TAIL = 2048
"""A PDF may have some bytes after its end mark; further away it is cut off or something else."""


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]


def _is_png(content: bytes) -> bool:
    return content.startswith(_PNG) and content[12:16] == b"IHDR" and b"IEND" in content[-16:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00").endswith(b"\xff\xd9")


TYPES: Mapping[str, Callable[[bytes], bool]] = {
    "application/pdf": _is_pdf,
    "image/png": _is_png,
    "image/jpeg": _is_jpeg,
}
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}


def checked_type(content: bytes, name: str) -> str:
    """The type of a scan: PDF, PNG or JPEG.

    Raises Invalid (`file_empty`, `file_too_large`, `file_type_unknown`, `file_not_what_it_says`).
    """
    shown = {"name": name[-80:]}
    if not content:
        raise Invalid(
            _("“%(name)s” is empty. Scan the paper again and upload it.") % shown,
            code="file_empty",
        )
    if len(content) > MOST_BYTES:
        raise Invalid(
            _("“%(name)s” has %(size)s MB; %(most)s MB are the most. Scan it in less detail.")
            % {**shown, "size": len(content) // 2**20, "most": MOST_BYTES // 2**20},
            code="file_too_large",
        )
    found = next((kind for kind, is_one in TYPES.items() if is_one(content)), None)
    if found is None:
        raise Invalid(
            _("“%(name)s” is no whole PDF, PNG or JPEG. Save the scan as PDF and upload it.")
            % shown,
            code="file_type_unknown",
        )
    if not name.lower().endswith(ENDINGS[found]):
        raise Invalid(
            _("“%(name)s” is not what its name says: inside it is a %(kind)s. Name it so.")
            % {**shown, "kind": found},
            code="file_not_what_it_says",
        )
    return found
