"""The kept copies: the very bytes that were read, by their hash; private, never overwritten."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from mistok.kernel.errors import Unavailable


def hash_of(data: bytes) -> str:
    """SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Keep the bytes below MISTOK_ARCHIVE; gives their name there, the same for the same bytes.

    Whole or not at all: they are written beside their place and moved there. Readable by the
    server's own user alone. Raises Unavailable (`archive_unusable`).
    """
    sha256 = hash_of(data)
    name = f"{sha256[:2]}/{sha256}"
    path = Path(settings.MISTOK_ARCHIVE) / name
    if path.is_file():
        return name
    passing = path.with_name(f".{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError as error:
        with suppress(OSError):
            passing.unlink()
        raise Unavailable(
            _(
                "The copy of the document cannot be kept, so nothing was recorded. Tell whoever "
                "runs this server that the data folder cannot be written, and send it again later."
            ),
            code="archive_unusable",
        ) from error
    return name


def kept(name: str) -> bytes:
    """The bytes that were kept under this name. Raises Unavailable (`archive_lost`)."""
    try:
        return (Path(settings.MISTOK_ARCHIVE) / name).read_bytes()
    except OSError as error:
        raise Unavailable(
            _(
                "The kept copy is not in the archive any more. Restore the data folder from its "
                "backup."
            ),
            code="archive_lost",
        ) from error
