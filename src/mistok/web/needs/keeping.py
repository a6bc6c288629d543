"""A spreadsheet between two pages: kept in the data folder for an hour, for who sent it alone."""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict

GOOD_FOR = 60 * 60
"""Seconds that somebody has to look at the preview."""
_SALT = "mistok.needs.import"


def keep(content: bytes, person: str) -> str:
    """Keep the bytes; gives the token by which the same person finds them again."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(time.time())
    name = secrets.token_hex(16)
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return signing.dumps({"file": name, "by": person}, salt=_SALT)


def kept(token: str, person: str) -> bytes:
    """The bytes again. Raises Conflict (`upload_gone`) for what has expired or is another's."""
    try:
        return _path(token, person).read_bytes()
    except (signing.BadSignature, OSError):
        raise _gone() from None


def drop(token: str, person: str) -> None:
    """The bytes are not needed any more. Raises Conflict where somebody was quicker."""
    try:
        _path(token, person).unlink()
    except (signing.BadSignature, OSError):
        raise _gone() from None


def sweep(now: float) -> None:
    """Remove what is older than an hour."""
    with suppress(FileNotFoundError):
        for path in _folder().iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < now - GOOD_FOR:
                    path.unlink()


def _path(token: str, person: str) -> Path:
    told = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    if told["by"] != person:
        raise signing.BadSignature
    return _folder() / str(told["file"])


def _folder() -> Path:
    return Path(settings.MISTOK_DATA) / "uploads"


def _gone() -> Conflict:
    return Conflict(
        _(
            "The file is no longer here: it was taken already, or an hour has passed. Look into "
            "the list, and send the file again if its lines are missing."
        ),
        code="upload_gone",
    )
