"""Goods leave otherwise than by an issue: passed on, returned, written off, lost, seized."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.aid import clocks, ledger
from mistok.aid.acts.doing import Doing, Told, do
from mistok.aid.acts.entries import DisposalRow, Extras
from mistok.aid.acts.leaving import check_in_books, check_rows, check_there
from mistok.aid.acts.refusing import check_open, elsewhere, way_unknown
from mistok.aid.acts.standing import uncounted_lines
from mistok.aid.consignments.refusing import check_past
from mistok.aid.consignments.writing import in_short, writing
from mistok.aid.lifecycle import CODED, HELD, MOVEMENTS, MOVING, Account, ActKind
from mistok.aid.models import AidAct, AidDeadline, AidLine, Consignment

LONGEST_RECEIVER: Final = 300
REQUEST, MEDICAL_REQUEST, COPIES = "R07", "R07-M", "R08"
_TARGETS: Final = {
    ActKind.REDISTRIBUTION: Account.REDISTRIBUTED,
    ActKind.RETURN: Account.RETURNED,
    ActKind.WRITE_OFF: Account.WRITTEN_OFF,
    ActKind.LOSS: Account.LOST,
    ActKind.SEIZURE: Account.SEIZED,
}
_ON_THE_WAY: Final = frozenset({ActKind.RETURN, ActKind.LOSS, ActKind.SEIZURE})
"""What can happen to a line that nobody has counted yet."""


def redistribute(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[DisposalRow],
    ground: str,
    receiver: str,
    key: str,
    **extras: Unpack[Extras],
) -> AidAct:
    """Pass goods in the books on to another acquirer, named in `receiver` (F4-25).

    `ground`: request and consent. Of humanitarian aid it ends the days of the decision (R07) and
    begins that of the certified copies (R08). Raises what `write_off` raises, Conflict
    (`not_on_balance`, `still_coming`).
    """
    told = _told(ActKind.REDISTRIBUTION, actor, consignment, day, rows, ground, key, extras)
    told = replace(told, sent=[*told.sent, receiver])
    return do(
        told, Permission.DISPOSE_OF_GOODS, partial(_redistribute, rows=rows, receiver=receiver)
    )


def give_back(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[DisposalRow],
    ground: str,
    key: str,
    **extras: Unpack[Extras],
) -> AidAct:
    """Return goods to the giver, sound or damaged, or from the way. Raises as `write_off`."""
    told = _told(ActKind.RETURN, actor, consignment, day, rows, ground, key, extras)
    return do(told, Permission.DISPOSE_OF_GOODS, partial(_dispose, rows=rows))


def write_off(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[DisposalRow],
    ground: str,
    key: str,
    **extras: Unpack[Extras],
) -> AidAct:
    """Write goods off, by a commission of three with an accountant (F4-27).

    Needs DISPOSE_OF_GOODS. Raises what `doing.do` raises, Conflict (`consignment_closed`,
    `wrong_state`, `not_enough`), Invalid (`nothing_named`, `lot_elsewhere`, `account_wrong`,
    `amount_impossible`, `amount_not_whole`, `before_acceptance`, `before_clearance`,
    `before_dispatch`).
    """
    told = _told(ActKind.WRITE_OFF, actor, consignment, day, rows, ground, key, extras)
    return do(told, Permission.DISPOSE_OF_GOODS, partial(_dispose, rows=rows))


def record_loss(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[DisposalRow],
    ground: str,
    key: str,
    **extras: Unpack[Extras],
) -> AidAct:
    """Record what was lost, in the store or on the way. Raises as `write_off`."""
    told = _told(ActKind.LOSS, actor, consignment, day, rows, ground, key, extras)
    return do(told, Permission.DISPOSE_OF_GOODS, partial(_dispose, rows=rows))


def record_seizure(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[DisposalRow],
    ground: str,
    key: str,
    **extras: Unpack[Extras],
) -> AidAct:
    """Record what was seized on the way, by whom and why in `ground`. Raises as `write_off`."""
    told = _told(ActKind.SEIZURE, actor, consignment, day, rows, ground, key, extras)
    return do(told, Permission.DISPOSE_OF_GOODS, partial(_dispose, rows=rows))


def request_redistribution(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    medical: bool = False,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidDeadline:
    """Record that a redistribution was asked for: the decision is due by R07, medical by R07-M.

    Needs DISPOSE_OF_GOODS. Raises Conflict (`consignment_closed`, `wrong_state`, `still_coming`,
    `not_on_balance`, `consignment_changed`), Invalid (`day_to_come`), NotAllowed.
    """
    at = at or timezone.now()
    with writing(
        actor, consignment, "request_redistribution", Permission.DISPOSE_OF_GOODS, expected
    ) as event:
        check_in_books(consignment)
        check_past(day, today or timezone.localdate(at))
        rule = MEDICAL_REQUEST if medical else REQUEST
        row = clocks.start_clock(consignment, rule, day, at=at)
        event.done(after=in_short(consignment) | {"rule": rule})
    return row


def _told(
    kind: ActKind,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[DisposalRow],
    ground: str,
    key: str,
    extras: Extras,
) -> Told:
    sent = [
        [
            row.lot.public_id if row.lot else "",
            row.line.public_id if row.line else "",
            row.amount,
            str(row.account),
        ]
        for row in rows
    ]
    return Told(
        actor=actor,
        consignment=consignment,
        kind=kind,
        day=day,
        key=key,
        sent=sent,
        ground=ground,
        **extras,
    )


def _redistribute(doing: Doing, rows: Sequence[DisposalRow], receiver: str) -> AidAct:
    check_in_books(doing.consignment)
    to = words(receiver, what=_("Who gets it"), most=LONGEST_RECEIVER)
    act = _post(doing, rows, {"to": to})
    if doing.consignment.regime in CODED:
        for rule in (REQUEST, MEDICAL_REQUEST):
            clocks.finish_clock(doing.consignment, rule, doing.day)
        clocks.start_clock(doing.consignment, COPIES, doing.day, at=doing.at)
    return act


def _dispose(doing: Doing, rows: Sequence[DisposalRow]) -> AidAct:
    check_open(doing.consignment, *HELD, *MOVING)
    return _post(doing, rows, {})


def _post(doing: Doing, rows: Sequence[DisposalRow], further: Mapping[str, str]) -> AidAct:
    """Lots move to where the act takes them; whole lines that nobody counted are named alone."""
    kind = doing.told.kind
    whole = _whole_lines(doing, rows)
    movements = [
        ledger.Movement(row.lot, _account(row), _TARGETS[kind], row.amount)
        for row in rows
        if row.lot is not None
    ]
    if any((move.source, move.target) not in MOVEMENTS[kind] for move in movements):
        raise way_unknown()
    if movements or not whole:
        check_rows(doing.consignment, movements)
    told = [{**_row(move), **further} for move in movements]
    told += [{**_line_row(line), **further} for line in whole]
    act = doing.write(told)
    ledger.post(act=act, movements=movements)
    check_there(movements, doing.day)
    return act


def _account(row: DisposalRow) -> Account:
    """Where the goods are said to be; a form or a program may say it as text."""
    if row.account not in set(Account):
        raise way_unknown()
    return Account(row.account)


def _whole_lines(doing: Doing, rows: Sequence[DisposalRow]) -> list[AidLine]:
    """Lines named instead of a lot: told without an exact number, and still to come."""
    named = [row.line for row in rows if row.lot is None]
    if not named:
        return []
    still = set()
    if doing.told.kind in _ON_THE_WAY and doing.consignment.state in MOVING:
        still = {line.pk for line in uncounted_lines(doing.consignment)}
    lines = [line for line in named if line is not None and line.pk in still]
    if len(lines) != len(named):
        raise elsewhere()
    return lines


def _row(move: ledger.Movement) -> dict[str, object]:
    """What the act says of a lot."""
    return {
        "line": move.lot.line.public_id,
        "lot": move.lot.public_id,
        "unit": move.lot.unit,
        "amount": move.amount,
        "from": str(move.source),
        "settles_line": False,
    }


def _line_row(line: AidLine) -> dict[str, object]:
    """What the act says of a line that was never counted: nothing more of it is to come."""
    return {
        "line": line.public_id,
        "lot": "",
        "unit": line.unit,
        "amount": 0,
        "from": "",
        "settles_line": True,
    }
