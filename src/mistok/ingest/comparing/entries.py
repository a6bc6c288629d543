"""Ties of one list: rows that tell of the same parties are one entry, with several events. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from mistok.ingest.comparing.placing import Placer, Seat
from mistok.ingest.comparing.rows import Event, TieRow
from mistok.kernel.ids import public_id

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A tie of a list: its seats and the rows that tell of it, in the order of the list."""

    number: int
    seats: tuple[Seat, ...]
    rows: tuple[TieRow, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """What its rows say happened."""
        return tuple(row.event for row in self.rows)

    @property
    def id(self) -> str:
        """The tie between its places, or an id of its words; the same in every comparison.

        Places that are only guessed by their name give no tie: another list may mean others.
        """
        if all(seat.how == "key" for seat in self.seats):
            return public_id("tie", *sorted({seat.key for seat in self.seats}))
        return self.rows[0].told_id

    @property
    def tokens(self) -> Iterator[Token]:
        """Pairs of tokens, one of each of two parties, under which another list may hold it."""
        for one, two in combinations(self.seats, 2):
            for first in one.tokens:
                for second in two.tokens:
                    yield (first, second) if first < second else (second, first)


def entries_of(rows: Iterable[TieRow], placer: Placer) -> list[Entry]:
    """The ties of a list in the order in which it first names them."""
    gathered: dict[tuple[str, ...], tuple[tuple[Seat, ...], list[TieRow]]] = {}
    for row in rows:
        seats = tuple(placer.seat(party) for party in row.parties)
        identity = tuple(sorted({seat.identity for seat in seats}))
        gathered.setdefault(identity, (seats, []))[1].append(row)
    return [
        Entry(number, seats, tuple(told)) for number, (seats, told) in enumerate(gathered.values())
    ]


def by_token(entries: Sequence[Entry]) -> dict[Token, list[int]]:
    """Numbers of entries by every pair of tokens that they may be met under."""
    index: dict[Token, list[int]] = {}
    for entry in entries:
        for token in set(entry.tokens):
            index.setdefault(token, []).append(entry.number)
    return index
