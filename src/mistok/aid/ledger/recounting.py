"""Balances counted again from the entries, lot by lot, in bounded memory."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from mistok.aid.ledger.looking import Row, pages, rows
from mistok.aid.ledger.posting import category_in
from mistok.aid.lifecycle import SOURCES, Account

_LOTS: Final = """
SELECT id, public_id, office_id, CAST(declared AS BIGINT) FROM aid_lot
 WHERE {} id > %(id)s ORDER BY id LIMIT %(page)s"""
# What is no number any more counts as none here; the chain tells that it was changed.
_ENTRIES: Final = """
SELECT lot_id, number, id, source, target, category, CAST(amount AS BIGINT) FROM aid_entry
 WHERE lot_id <= %(last)s AND (lot_id, number) >= (%(lot)s, %(number)s)
   AND (lot_id, number, id) > (%(lot)s, %(number)s, %(id)s)
 ORDER BY lot_id, number, id LIMIT %(page)s"""
_BALANCES: Final = """
SELECT lot_id, account, category, CAST(amount AS BIGINT) FROM aid_balance
 WHERE lot_id BETWEEN %s AND %s"""

Place = tuple[str, str]


class Miscount(NamedTuple):
    """A lot that does not add up; `number` of the entry that breaks it or names it last."""

    office: int
    lot: str
    number: Any
    wrong: str


@dataclass
class Tally:
    """One lot: what its entries make of it."""

    public_id: str
    office: int
    declared: int | None
    amounts: Counter[Place] = field(default_factory=Counter)
    last: Any = None
    below: Any = None

    def count(self, row: Row) -> None:
        """Take an entry in, as `_ENTRIES` has it."""
        number, (source, target, category, amount) = row[1], row[3:7]
        amounts = self.amounts
        amounts[source, category_in(source, category)] -= amount
        amounts[target, category_in(target, category)] += amount
        self.last = number
        if self.below is None and self._is_below(source, category_in(source, category)):
            self.below = number

    def _is_below(self, account: str, category: str) -> bool:
        """Whether an account gave more than it had: the giver, more than was declared."""
        amount = self.amounts[account, category]
        if account not in SOURCES:
            return amount < 0
        return account == Account.DONOR and self.declared is not None and -amount > self.declared

    def wrong(self, kept: Mapping[Place, int]) -> str:
        """What does not add up, beside the balances that are kept; empty where all does."""
        if self.below is not None:
            return "below_zero"
        places = self.amounts.keys() | kept.keys()
        same = all(self.amounts[place] == kept.get(place, 0) for place in places)
        return "" if same else "balance"


def miscounts(office: int | None) -> Iterator[tuple[int, int, list[Miscount]]]:
    """For so many lots at a time: how many, of how many entries, and which do not add up."""
    mine = "" if office is None else "office_id = %(office)s AND"
    for page in pages(_LOTS.format(mine), {"office": office}, {"id": 0}):
        tallies = {row[0]: Tally(row[1], row[2], row[3]) for row in page}
        first, last = page[0][0], page[-1][0]
        entries = 0
        start = {"lot": first, "number": -(2**62), "id": 0}
        for part in pages(_ENTRIES, {"last": last}, start):
            entries += len(part)
            for row in part:
                if row[0] in tallies:
                    tallies[row[0]].count(row)
        kept: dict[int, dict[Place, int]] = {}
        for lot, account, category, amount in rows(_BALANCES, [first, last]):
            kept.setdefault(lot, {})[account, category] = amount
        yield len(page), entries, list(_found(tallies, kept))


def _found(
    tallies: Mapping[int, Tally], kept: Mapping[int, Mapping[Place, int]]
) -> Iterator[Miscount]:
    for lot, tally in tallies.items():
        wrong = tally.wrong(kept.get(lot, {}))
        if wrong:
            number = tally.last if tally.below is None else tally.below
            yield Miscount(tally.office, tally.public_id, number, wrong)
