"""A document written so that a reader finds the old one or the whole new one, never a half."""

import os
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from mistok.kernel.errors import Unavailable


def write_whole(path: Path, text: str) -> None:
    """Put the text into the file in one step; what was there before stays until then.

    Raises Unavailable (code `file_unwritable`), and leaves nothing half-done behind.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # As any new file of this person, not for the owner alone as temporary files are.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        _("The file %(name)s cannot be written (%(why)s). Name another with --out.")
        % {"name": path.name, "why": error.strerror or error},
        code="file_unwritable",
    )
