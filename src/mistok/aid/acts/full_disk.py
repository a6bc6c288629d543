"""A disk without room: told in a sentence, with nothing half kept."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError
from django.utils.translation import gettext as _

from mistok.kernel.errors import Unavailable

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_WORDS: Final = ("disk is full", "no space left")
"""What SQLite and PostgreSQL say of a full disk."""


@contextmanager
def told_when_full() -> Iterator[None]:
    """Raise Unavailable (`disk_full`) when the disk has no room for a file or a row.

    It stands around the transaction, so that nothing of the act is kept.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _disk_full() from error
    except OperationalError as error:
        if not any(words in str(error).lower() for words in _FULL_WORDS):
            raise
        raise _disk_full() from error


def _disk_full() -> Unavailable:
    return Unavailable(
        _(
            "The disk of this server is full, so nothing was kept. Try again later, and tell "
            "whoever looks after the server."
        ),
        code="disk_full",
    )
