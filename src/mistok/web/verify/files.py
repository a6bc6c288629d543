"""An uploaded letter: looked at, never kept. Too large or no PDF is said before it is compared."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid

MOST_BYTES: Final = 5_000_000
"""A letter of a hundred lines has a tenth of that."""


def content_of(file: "UploadedFile[Any]") -> bytes:
    """The bytes of a PDF, or of the working copy as DOCX.

    Raises Invalid (`file_too_large`, `not_a_pdf`).
    """
    # One byte more than is allowed is enough to refuse a file that is too large.
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Invalid(
            _("The file is larger than 5 megabytes, and no letter of ours is. Check which it is."),
            code="file_too_large",
        )
    if not content.startswith((b"%PDF-", b"PK")):
        raise Invalid(
            _("This file is no PDF. Upload the PDF itself; a picture of it cannot be compared."),
            code="not_a_pdf",
        )
    return bytes(content)
