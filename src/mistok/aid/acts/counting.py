"""What was counted of a lot or line, held against what the papers and the customs say of it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Min

from mistok.aid import ledger
from mistok.aid.acts import refusing
from mistok.aid.acts.entries import Counted
from mistok.aid.acts.standing import (
    cleared_on,
    declared_lines,
    moving,
    reachable,
    sent_on,
    waits_for_customs,
)
from mistok.aid.acts.units import check_amount
from mistok.aid.lifecycle import Account
from mistok.aid.models import AidLine, Consignment, Lot

_A = Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What an acceptance does with one lot; no lot where nothing of an uncounted line came.

    `sources`: how much can be taken from which account. `settles_line`: of a line told without
    an exact number nothing more is to come.
    """

    line: AidLine
    lot: Lot | None
    sources: Mapping[Account, int]
    received: int
    damaged: int
    shortage: int
    surplus: int
    more_to_come: bool
    settles_line: bool

    @property
    def key(self) -> tuple[int, int]:
        """What may be counted once in an act."""
        return (self.line.pk, self.lot.pk if self.lot else 0)

    @property
    def found(self) -> Lot:
        """The lot of what came."""
        assert self.lot is not None  # noqa: S101 - what came has a lot, `take_of` sees to it
        return self.lot

    @property
    def differs(self) -> bool:
        """Whether a discrepancy act must tell of it."""
        return bool(self.damaged or self.shortage or self.surplus)

    @property
    def tells_something(self) -> bool:
        """Whether anything came, is missing, or is said not to come any more."""
        return bool(self.received or self.differs or self.settles_line)

    def movements(self) -> Iterator[ledger.Movement]:
        """What goes where, what customs cleared first; the surplus is another act's."""
        left = dict(self.sources)
        ends = (
            (_A.STORE, self.received - self.surplus),
            (_A.DAMAGED, self.damaged),
            (_A.SHORTAGE, self.shortage),
        )
        for target, wanted in ends:
            rest = wanted
            for source in left:
                taken = min(rest, left[source])
                left[source] -= taken
                rest -= taken
                if taken:
                    yield ledger.Movement(self.found, source, target, taken)

    def row(self) -> dict[str, Any]:
        """What the act says of it; `received` is all that is sound, with the surplus."""
        return {
            "line": self.line.public_id,
            "lot": self.lot.public_id if self.lot else "",
            "unit": self.line.unit,
            "received": self.received,
            "damaged": self.damaged,
            "shortage": self.shortage,
            "surplus": self.surplus,
            "more_to_come": self.more_to_come,
            "settles_line": self.settles_line,
        }


def take_of(consignment: Consignment, one: Counted, at: dt.datetime) -> Take:
    """What an acceptance does with what was counted; makes the lot where none is yet.

    Raises Invalid (`lot_elsewhere`, `lot_unclear`, `amount_impossible`, `amount_not_whole`,
    `more_damaged_than_came`, `more_missing_than_came`), Conflict (`not_cleared`,
    `more_than_cleared`).
    """
    line = one.lot.line if one.lot else one.line
    if line is None or line.consignment_id != consignment.pk or line.removed_at is not None:
        raise refusing.elsewhere()
    for amount in (one.received, one.damaged, one.shortage or 0):
        check_amount(amount, line, zero=True)
    return _counted_take(line, one, at) if line.countable else _open_take(line, one, at)


def check_day(consignment: Consignment, take: Take, day: dt.date) -> None:
    """Raise Invalid (`before_clearance`, `before_dispatch`) for a day before the goods could be.

    By the passages, and for a line that was never counted by the first of its declarations; what
    was counted before is checked by its entries (`leaving.check_there`).
    """
    sent = sent_on(consignment)
    if sent and day < sent:
        raise refusing.too_early("before_dispatch", day, take.line)
    first = declared_lines(take.line).aggregate(day=Min("declaration__cleared_on"))["day"]
    if first is None and not declared_lines(take.line).exists():
        first = cleared_on(consignment)
    if first and day < first:
        raise refusing.too_early("before_clearance", day, take.line)


def _counted_take(line: AidLine, one: Counted, at: dt.datetime) -> Take:
    """A lot of a line whose papers tell how much it is."""
    lot = one.lot or _lot_of(line, one, at)
    sources = reachable(lot)
    there, waiting = sum(sources.values()), sum(moving(lot).values())
    if waiting and not there:
        raise refusing.not_cleared(line)
    if one.damaged > there:
        raise refusing.more_damaged(line, there)
    surplus = max(0, one.received + one.damaged - there)
    if surplus and waiting > there:
        raise refusing.more_than_cleared(line, surplus)
    missing = there - (one.received + one.damaged - surplus)
    shortage = one.shortage
    if shortage is None:
        shortage = 0 if one.more_to_come else missing
    if shortage > missing:
        raise refusing.more_missing(line, missing)
    return Take(
        line=line,
        lot=lot,
        sources=sources,
        received=one.received,
        damaged=one.damaged,
        shortage=shortage,
        surplus=surplus,
        more_to_come=one.more_to_come,
        settles_line=False,
    )


def _open_take(line: AidLine, one: Counted, at: dt.datetime) -> Take:
    """A line that was told with a bound or without a number: what came is what it was."""
    declared = declared_lines(line)
    cleared = declared.filter(declaration__cleared_on__isnull=False)
    if declared.exists() and not cleared.exists():
        raise refusing.not_cleared(line)
    if one.shortage:
        raise refusing.more_missing(line, 0)
    came = one.received + one.damaged
    lot = one.lot or (_found_lot(line, one, at) if came else None)
    return Take(
        line=line,
        lot=lot,
        sources={_A.DONOR: came},
        received=one.received,
        damaged=one.damaged,
        shortage=0,
        surplus=0,
        more_to_come=one.more_to_come,
        settles_line=not one.more_to_come and not waits_for_customs(line),
    )


def _lot_of(line: AidLine, one: Counted, at: dt.datetime) -> Lot:
    """The lot that is meant: the only one, or the one with this batch or serial number.

    A batch that no paper names is a lot of its own, and all of it is a surplus.
    """
    if one.batch or one.serial:
        return _found_lot(line, one, at)
    lots = list(line.lots.select_related("office", "line__consignment")[:2])
    if len(lots) != 1:
        raise refusing.lot_unclear(line)
    return lots[0]


def _found_lot(line: AidLine, one: Counted, at: dt.datetime) -> Lot:
    """The lot with this batch and serial number, made where it is missing."""
    batch = ledger.Batch(
        batch=one.batch,
        serial=one.serial,
        expires_on=one.expires_on,
        declared=0 if line.countable else None,
    )
    lots = ledger.make_lots(line=line, at=at, counted=[batch])
    return next(lot for lot in lots if (lot.batch, lot.serial) == (one.batch, one.serial))
