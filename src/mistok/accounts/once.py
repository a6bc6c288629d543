"""What is known of people, read once for as long as a page is only read.

A page asks for many rights of one reader; each would otherwise read her memberships again.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Known = TypeVar("Known")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


def once(name: Hashable, read: Callable[[], Known]) -> Known:
    """What `read` gives; inside `read_once` it is asked the first time only."""
    known = _known.get()
    if known is None:
        return read()
    if name not in known:
        known[name] = read()
    told: Known = known[name]
    return told


@contextmanager
def read_once() -> Iterator[None]:
    """Until the block ends, what is read of people is remembered: for what changes nothing."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)
