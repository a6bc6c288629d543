"""The life of a consignment as tables (facts D4-02, D4-05 and section 9); docs are made of them."""

from collections.abc import Mapping
from enum import StrEnum


class Regime(StrEnum):
    """Under which law goods come (D4-02); it decides which states, papers and rules apply."""

    HUMANITARIAN = "humanitarian_aid"
    GIFT = "charitable_gift"
    TECHNICAL = "technical_assistance"
    TRANSFER = "municipal_transfer"
    PATRONAGE = "state_patronage"
    LOAN = "loan"
    MONEY = "grant_money"
    MILITARY = "military_aid"


class State(StrEnum):
    """Where a consignment stands; the last six are side states."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CODE_ISSUED = "code_issued"
    DECLARED = "declared"
    DISPATCHED = "dispatched"
    EXPORT_CLEARED = "export_cleared"
    AT_BORDER = "at_border"
    CUSTOMS_CLEARED = "customs_cleared"
    RECEIVED = "received"
    ON_BALANCE = "on_balance"
    DISTRIBUTING = "distributing"
    DISTRIBUTED = "distributed"
    REPORTED = "reported"
    CLOSED = "closed"
    REFUSED = "refused"
    CODE_EXPIRED = "code_expired"
    DECLARATION_EXPIRED = "declaration_expired"
    SEIZED = "seized"
    LOST = "lost"
    RETURNED = "returned"


S, R = State, Regime

TRANSITIONS: Mapping[State, frozenset[State]] = {
    S.OFFERED: frozenset({S.ACCEPTED, S.REFUSED}),
    S.ACCEPTED: frozenset({S.CODE_ISSUED, S.DECLARED, S.DISPATCHED, S.REFUSED}),
    S.CODE_ISSUED: frozenset({S.DECLARED, S.CODE_EXPIRED, S.REFUSED}),
    S.DECLARED: frozenset({S.DISPATCHED, S.DECLARATION_EXPIRED, S.CODE_EXPIRED}),
    S.DISPATCHED: frozenset(
        {S.EXPORT_CLEARED, S.AT_BORDER, S.CUSTOMS_CLEARED, S.RECEIVED, S.LOST, S.SEIZED, S.RETURNED}
    ),
    S.EXPORT_CLEARED: frozenset({S.AT_BORDER, S.CUSTOMS_CLEARED, S.LOST, S.SEIZED, S.RETURNED}),
    S.AT_BORDER: frozenset(
        {S.CUSTOMS_CLEARED, S.DECLARATION_EXPIRED, S.LOST, S.SEIZED, S.RETURNED}
    ),
    S.CUSTOMS_CLEARED: frozenset({S.RECEIVED, S.LOST, S.SEIZED, S.RETURNED}),
    S.RECEIVED: frozenset({S.ON_BALANCE, S.RETURNED}),
    S.ON_BALANCE: frozenset({S.DISTRIBUTING, S.DISTRIBUTED}),
    S.DISTRIBUTING: frozenset({S.DISTRIBUTED}),
    S.DISTRIBUTED: frozenset({S.REPORTED, S.CLOSED}),
    S.REPORTED: frozenset({S.CLOSED}),
    S.CODE_EXPIRED: frozenset({S.CODE_ISSUED, S.REFUSED}),
    S.DECLARATION_EXPIRED: frozenset({S.DECLARED, S.CODE_ISSUED, S.RETURNED, S.REFUSED}),
    S.SEIZED: frozenset({S.CUSTOMS_CLEARED, S.RETURNED, S.CLOSED}),
    S.LOST: frozenset({S.RECEIVED, S.CLOSED}),
    S.RETURNED: frozenset({S.CLOSED}),
    S.REFUSED: frozenset(),
    S.CLOSED: frozenset(),
}
"""What may follow what; `aid.consignments` asks the guards of section 9 besides."""

CUSTOMS_STATES = frozenset(
    {S.CODE_ISSUED, S.DECLARED, S.EXPORT_CLEARED, S.AT_BORDER, S.CUSTOMS_CLEARED}
)
"""States that goods from abroad go through; what never crosses a border has none of them."""
CODED = frozenset({R.HUMANITARIAN})
"""Regimes whose goods need the unique code (since 2023-12-01, on paper until 2024-03-31)."""
WITHOUT_LINES = frozenset({R.MILITARY})
"""Recorded as restricted, and nothing is told of the goods (D4-02)."""
WITHOUT_GOODS = frozenset({R.MONEY, R.MILITARY})
"""Nothing that a ledger of goods could count."""
WRITABLE = frozenset({S.OFFERED, S.ACCEPTED, S.CODE_EXPIRED})
"""Lines may be written, changed and removed."""
MOVING = frozenset({S.DISPATCHED, S.EXPORT_CLEARED, S.AT_BORDER, S.CUSTOMS_CLEARED})
"""On the way: no time, route, crossing, carrier or plate leaves the two offices (D7-03)."""
HELD = frozenset({S.RECEIVED, S.ON_BALANCE, S.DISTRIBUTING})
"""Goods lie in the store and can be issued or disposed of."""
AFTER_RECEIPT = frozenset(
    {S.RECEIVED, S.ON_BALANCE, S.DISTRIBUTING, S.DISTRIBUTED, S.REPORTED, S.CLOSED}
)
ENDED = frozenset({S.CLOSED, S.REFUSED})


class Account(StrEnum):
    """Where goods of a lot are, as accounts of the ledger; the first two are outside of it."""

    DONOR = "donor"
    SURPLUS = "surplus"
    IN_TRANSIT = "in_transit"
    CUSTOMS = "customs"
    STORE = "store"
    DAMAGED = "damaged"
    SHORTAGE = "shortage"
    ISSUED = "issued"
    REDISTRIBUTED = "redistributed"
    RETURNED = "returned"
    WRITTEN_OFF = "written_off"
    LOST = "lost"
    SEIZED = "seized"


A = Account

SOURCES = frozenset({A.DONOR, A.SURPLUS})
"""Accounts that goods come from: theirs alone may be below zero."""
FINAL = frozenset(
    {A.SHORTAGE, A.ISSUED, A.REDISTRIBUTED, A.RETURNED, A.WRITTEN_OFF, A.LOST, A.SEIZED}
)
"""Accounts that goods leave by a reversal alone."""


class ActKind(StrEnum):
    """What happened to goods, written down in an act with a number (D4-10)."""

    DISPATCH = "dispatch"
    CLEARANCE = "clearance"
    ACCEPTANCE = "acceptance"
    DISCREPANCY = "discrepancy"
    VALUATION = "valuation"
    ISSUE = "issue"
    REDISTRIBUTION = "redistribution"
    RETURN = "return"
    WRITE_OFF = "write_off"
    LOSS = "loss"
    SEIZURE = "seizure"
    REVERSAL = "reversal"


K = ActKind

MOVEMENTS: Mapping[ActKind, frozenset[tuple[Account, Account]]] = {
    K.DISPATCH: frozenset({(A.DONOR, A.IN_TRANSIT)}),
    K.CLEARANCE: frozenset({(A.IN_TRANSIT, A.CUSTOMS)}),
    K.ACCEPTANCE: frozenset(
        (source, target)
        for source in (A.DONOR, A.IN_TRANSIT, A.CUSTOMS)
        for target in (A.STORE, A.DAMAGED, A.SHORTAGE)
    ),
    K.DISCREPANCY: frozenset({(A.SURPLUS, A.STORE)}),
    K.VALUATION: frozenset(),
    K.ISSUE: frozenset({(A.STORE, A.ISSUED)}),
    K.REDISTRIBUTION: frozenset({(A.STORE, A.REDISTRIBUTED)}),
    K.RETURN: frozenset(
        (source, A.RETURNED) for source in (A.STORE, A.DAMAGED, A.IN_TRANSIT, A.CUSTOMS)
    ),
    K.WRITE_OFF: frozenset({(A.STORE, A.WRITTEN_OFF), (A.DAMAGED, A.WRITTEN_OFF)}),
    K.LOSS: frozenset((source, A.LOST) for source in (A.STORE, A.IN_TRANSIT, A.CUSTOMS)),
    K.SEIZURE: frozenset((source, A.SEIZED) for source in (A.IN_TRANSIT, A.CUSTOMS)),
    K.REVERSAL: frozenset(),
}
"""From which account to which an act may move goods; a reversal turns another entry round."""
