"""What people tell of an act: who took part, what was counted, valued, issued or disposed of.

Amounts are whole thousandths of the lot's unit, money is Decimal, days are dates.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple, TypedDict

from mistok.aid.lifecycle import Account
from mistok.aid.models import AidLine, Lot

ACCOUNTANT: Final = "accountant"
"""The duty that one member of every commission has (D4-10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of a commission; `duty` is `accountant` for one of them, else what she is."""

    name: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What came of a lot, or of a line that was told without an exact number.

    `received` is sound, `damaged` is not. Without `shortage` all that is still on the way of the
    lot is missing, unless there is `more_to_come` with another vehicle. What is more than was on
    the way is a surplus, which the act reckons itself. `batch`, `serial` and `expires_on` are for
    a line whose lot is made at the count.
    """

    lot: Lot | None = None
    line: AidLine | None = None
    batch: str = ""
    serial: str = ""
    expires_on: dt.date | None = None
    received: int = 0
    damaged: int = 0
    shortage: int | None = None
    more_to_come: bool = False


class Valued(NamedTuple):
    """What a commission finds one unit of a line worth; the rate tells hryvnias for the currency.

    Without `rate_day` a rate is of the day of the acceptance (D4-13).
    """

    unit_value: Decimal
    currency: str
    basis: str
    uah_rate: Decimal | None = None
    rate_day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """How much of a lot went to a category in a settlement (KATOTTG key), with counts, no names."""

    lot: Lot
    amount: int
    category: str
    settlement: str
    households: int | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalRow:
    """How much of a lot leaves which account; or a whole line that was never counted, by `line`."""

    lot: Lot | None = None
    amount: int = 0
    account: Account = Account.STORE
    line: AidLine | None = None


class Extras(TypedDict, total=False):
    """What an act of disposal may tell besides its rows and its ground."""

    commission: Sequence[Member]
    settlement: str
    remarks: str
    signed_by: str
    expected: int | None
    at: dt.datetime | None
    today: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCount:
    """A lot or line that a storekeeper is still to count; `moving` in thousandths, if known."""

    line: AidLine
    lot: Lot | None = None
    moving: int | None = None
