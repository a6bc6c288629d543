"""Goods that came are counted by a commission: what is sound, damaged, missing or too much."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.aid import ledger
from mistok.aid.acts.counting import Take, check_day, take_of
from mistok.aid.acts.doing import Doing, Told, do
from mistok.aid.acts.entries import Counted, Member
from mistok.aid.acts.leaving import check_there
from mistok.aid.acts.refusing import border_ahead, check_open, counted_twice, nothing_named
from mistok.aid.lifecycle import MOVING, Account, ActKind, State
from mistok.aid.models import AidAct, Consignment

BORDER = frozenset({State.EXPORT_CLEARED, State.AT_BORDER})


def accept(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    counted: Sequence[Counted],
    commission: Sequence[Member],
    settlement: str = "",
    remarks: str = "",
    signed_by: str = "",
    key: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidAct:
    """Take over what came; what differs from the papers goes into a discrepancy act that follows.

    A part may be taken over at a time: the consignment is received when nothing of it is on the
    way any more. Lines told without an exact number are counted for the first time here. Needs
    RECEIVE_GOODS and a commission of three with an accountant. Raises what `doing.do` and
    `counting.take_of` raise, Conflict (`consignment_closed`, `wrong_state`, `not_cleared`),
    Invalid (`counted_twice`, `nothing_named`, `before_clearance`, `before_dispatch`).
    """
    told = Told(
        actor=actor,
        consignment=consignment,
        kind=ActKind.ACCEPTANCE,
        day=day,
        key=key,
        sent=[_sent(one) for one in counted],
        settlement=settlement,
        remarks=remarks,
        signed_by=signed_by,
        commission=commission,
        expected=expected,
        at=at,
        today=today,
    )
    return do(told, Permission.RECEIVE_GOODS, partial(_accept, counted=counted))


def _accept(doing: Doing, counted: Sequence[Counted]) -> AidAct:
    consignment = doing.consignment
    check_open(consignment, *MOVING)
    declared = consignment.declarations.filter(expired_on__isnull=True)
    if consignment.state in BORDER and not declared.exists():
        raise border_ahead()
    takes = _takes(doing, counted)
    for take in takes:
        check_day(consignment, take, doing.day)
    act = doing.write([take.row() for take in takes])
    movements = [move for take in takes for move in take.movements()]
    ledger.post(act=act, movements=movements)
    check_there(movements, doing.day)
    _tell_differences(doing, act, takes)
    return act


def _takes(doing: Doing, counted: Sequence[Counted]) -> list[Take]:
    takes, seen = [], set()
    for one in counted:
        take = take_of(doing.consignment, one, doing.at)
        if take.key in seen:
            raise counted_twice(take.line)
        seen.add(take.key)
        takes.append(take)
    if not any(take.tells_something for take in takes):
        raise nothing_named()
    return takes


def _tell_differences(doing: Doing, act: AidAct, takes: Sequence[Take]) -> None:
    """The discrepancy act, where anything is missing, damaged or more than the papers say."""
    differing = [take for take in takes if take.differs]
    if not differing:
        return
    further = doing.write_after(act, ActKind.DISCREPANCY, [take.row() for take in differing])
    movements = [
        ledger.Movement(take.found, Account.SURPLUS, Account.STORE, take.surplus)
        for take in differing
        if take.surplus
    ]
    ledger.post(act=further, movements=movements)


def _sent(one: Counted) -> list[object]:
    """As it was sent, for telling a repetition."""
    return [
        one.lot.public_id if one.lot else "",
        one.line.public_id if one.line else "",
        one.batch,
        one.serial,
        one.expires_on,
        one.received,
        one.damaged,
        one.shortage,
        one.more_to_come,
    ]
