"""The goods ledger: what moved from which account to which, by which act, for ever.

Belongs here: lots and their labels, numbered acts that are written once under a key, entries in a
chain of hashes, balances that never fall below zero, reversals, sums, signed heads and the check of
everything. Does not belong here: who may receive or issue in which state of a consignment
(`aid.acts`, `aid.consignments`), papers, pages.

Whoever writes holds the ledger of her office first (`hold`), and only then rows of a consignment:
so two acts wait for each other instead of standing in each other's way. Then `act_with_key` tells
whether the same was sent before, and only then the state is looked at: what was done once is
answered once more also when the state has moved on. All of it in one transaction of the caller.
"""

from mistok.aid.ledger.acts import act_with_key, new_act
from mistok.aid.ledger.checking import Checked, check
from mistok.aid.ledger.heads import sign_heads
from mistok.aid.ledger.holding import hold
from mistok.aid.ledger.lots import Batch, lot_with_label, make_lots, read_label
from mistok.aid.ledger.posting import Movement, post
from mistok.aid.ledger.reading import (
    LineSums,
    balance,
    balances,
    held,
    lot_sums,
    sums,
    sums_of,
)
from mistok.aid.ledger.reversing import is_reversed, reverse_act

__all__ = [
    "Batch",
    "Checked",
    "LineSums",
    "Movement",
    "act_with_key",
    "balance",
    "balances",
    "check",
    "held",
    "hold",
    "is_reversed",
    "lot_sums",
    "lot_with_label",
    "make_lots",
    "new_act",
    "post",
    "read_label",
    "reverse_act",
    "sign_heads",
    "sums",
    "sums_of",
]
