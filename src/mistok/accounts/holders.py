"""What upper rooms keep about a person: how it is read for her, and how it is forgotten.

Imports go down only, so a room that keeps something about people says so itself, in `ready()` of
its app, and the services of one's own data ask every room that did.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mistok.accounts.models import User

Tables = Mapping[str, tuple[QuerySet[Any], str]]
"""By the name of a list: its rows, and the columns of it that the person takes away."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A room that keeps something about people.

    `forget` is called inside the transaction of the erasure, while the person's address is known.
    """

    room: str
    tables: Callable[[User], Tables]
    forget: Callable[[User, dt.datetime], None]


_HOLDERS: dict[str, Holder] = {}


def keep_holder(holder: Holder) -> None:
    """Name a room that keeps something about people; named again it is the same room."""
    _HOLDERS[holder.room] = holder


def holders() -> Iterator[Holder]:
    """Every room that said that it keeps something, by name."""
    yield from (_HOLDERS[room] for room in sorted(_HOLDERS))
