"""The reader of this process, over the one gazetteer."""

from functools import cache
from typing import TYPE_CHECKING

from mistok.registry.gazetteer import the_world

if TYPE_CHECKING:
    from mistok.reading.reader import Reader


@cache
def the_reader() -> "Reader":
    """One reader for the whole process, made on first need.

    Raises Unavailable when the gazetteer has not been built.
    """
    # Its rules are many: pages and commands that read nothing start without them.
    from mistok.reading.reader import Reader

    return Reader(the_world())


def reader_version() -> str:
    """Which version of the reader's rules reads today; kept with each document."""
    from mistok.reading.reader import VERSION

    return VERSION
