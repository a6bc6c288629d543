"""Rows of the ledger as the database holds them: read once, in their order, page by page.

They are read by plain SQL, past the models: what somebody wrote into a column by hand must be found
whatever it is, and not stop the reader. Only what SQLite and PostgreSQL have in common is used.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

from django.db import connection

PAGE: Final = 2000
_BEGIN: Final[Mapping[str, str]] = {
    # IMMEDIATE, which writers use, would keep every storekeeper waiting until the end.
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}

Row = tuple[Any, ...]


@contextmanager
def one_moment() -> Iterator[None]:
    """Show the database as it is now for the whole block, and hold up nobody who writes.

    Inside a transaction of the caller it shows what that one sees.
    """
    connection.ensure_connection()
    with _TOLERANT[connection.vendor]():
        if connection.in_atomic_block:
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN[connection.vendor])
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """All rows of a small query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Row] = cursor.fetchall()
        return found


def pages(sql: str, parameters: Mapping[str, Any], start: Mapping[str, Any]) -> Iterator[list[Row]]:
    """The rows of a long query, so many at a time, by names in it.

    It is ordered by its first columns and asks for what is behind `start`, which names them, and
    for no more than `page`.
    """
    after = dict(start)
    while page := rows(sql, {**parameters, **after, "page": PAGE}):
        yield page
        after = dict(zip(start, page[-1], strict=False))


def marks(values: Sequence[object]) -> str:
    """A place in the SQL for each of these values."""
    return ", ".join(["%s"] * len(values))


@contextmanager
def _broken_texts() -> Iterator[None]:
    """SQLite takes any bytes as text; those that are none are read as far as they can be."""
    usual = connection.connection.text_factory
    connection.connection.text_factory = lambda data: data.decode(errors="surrogateescape")
    try:
        yield
    finally:
        connection.connection.text_factory = usual


_TOLERANT: Final[Mapping[str, Callable[[], AbstractContextManager[None]]]] = {
    "sqlite": _broken_texts,
    "postgresql": nullcontext,
}
