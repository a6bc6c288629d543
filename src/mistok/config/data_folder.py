"""The data folder: made when missing, refused in one sentence when it cannot be written."""

import errno
import tempfile
from pathlib import Path

from mistok.kernel.errors import Unavailable

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
DISK_TROUBLE = FULL | CLOSED


def prepare_data_folder(folder: Path) -> None:
    """Make the folder and prove that it can be written.

    Raises Unavailable with code `data_full`, `data_read_only` or `data_unusable`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".write-check-") as probe:
            probe.write(bytes(4096))
            probe.flush()
    except OSError as error:
        raise refusal_for(folder, error) from error


def refusal_for(folder: Path, error: OSError) -> Unavailable:
    """The sentence for what the operating system said of the folder."""
    if error.errno in FULL:
        return Unavailable(
            f"The data folder {folder} is full. Free at least 500 MB, or name another folder "
            "in MISTOK_DATA.",
            code="data_full",
        )
    if error.errno in CLOSED:
        return Unavailable(
            f"The data folder {folder} cannot be written. Give this user the right to write "
            "there, or name another folder in MISTOK_DATA.",
            code="data_read_only",
        )
    return Unavailable(
        f"The data folder {folder} cannot be used ({error.strerror or error}). Name another "
        "folder in MISTOK_DATA.",
        code="data_unusable",
    )
