"""Goods leave the store for those who need them: settlement, category, counts, never a name."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.aid import ledger
from mistok.aid.acts.doing import Doing, Told, do
from mistok.aid.acts.entries import IssueRow, Member
from mistok.aid.acts.leaving import check_in_books, check_rows, check_there
from mistok.aid.acts.places import checked_settlement
from mistok.aid.acts.refusing import category_wrong
from mistok.aid.lifecycle import Account, ActKind
from mistok.aid.models import AidAct, Consignment, Distribution
from mistok.kernel.errors import Invalid
from mistok.needs.models.lines import EndUser

MOST_PEOPLE = 10_000_000
"""More than this is a slip of the keyboard."""


def issue(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    rows: Sequence[IssueRow],
    ground: str = "",
    commission: Sequence[Member] = (),
    settlement: str = "",
    remarks: str = "",
    signed_by: str = "",
    key: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidAct:
    """Issue goods that are in the books; nothing left in the store ends the distribution.

    Needs ISSUE_GOODS. Raises what `doing.do` and `check_in_books` raise, Conflict (`not_enough`),
    Invalid (what `check_rows` raises, `category_wrong`, `settlement_missing`,
    `settlement_unknown`, `count_impossible`, `before_acceptance`).
    """
    told = Told(
        actor=actor,
        consignment=consignment,
        kind=ActKind.ISSUE,
        day=day,
        key=key,
        sent=[_sent(row) for row in rows],
        ground=ground,
        settlement=settlement,
        remarks=remarks,
        signed_by=signed_by,
        commission=commission,
        expected=expected,
        at=at,
        today=today,
    )
    return do(told, Permission.ISSUE_GOODS, partial(_issue, rows=rows))


def _issue(doing: Doing, rows: Sequence[IssueRow]) -> AidAct:
    check_in_books(doing.consignment)
    movements = [
        ledger.Movement(row.lot, Account.STORE, Account.ISSUED, row.amount, row.category)
        for row in rows
    ]
    check_rows(doing.consignment, movements)
    for row in rows:
        if row.category not in EndUser.values:
            raise category_wrong(row.lot.line)
        _check_counts(row)
    places = [_settlement(doing.consignment, row) for row in rows]
    act = doing.write([_row(row, settlement) for row, settlement in zip(rows, places, strict=True)])
    ledger.post(act=act, movements=movements)
    check_there(movements, doing.day)
    Distribution.objects.bulk_create(
        Distribution(
            act=act,
            line=row.lot.line,
            day=doing.day,
            settlement=settlement,
            category=row.category,
            households=row.households,
            persons=row.persons,
            amount=row.amount,
        )
        for row, settlement in zip(rows, places, strict=True)
    )
    return act


def _sent(row: IssueRow) -> list[object]:
    """As it was sent, for telling a repetition."""
    counts = [row.households, row.persons]
    return [row.lot.public_id, row.amount, row.category, row.settlement, *counts]


def _row(row: IssueRow, settlement: str) -> dict[str, object]:
    """What the issue sheet says of a lot."""
    return {
        "line": row.lot.line.public_id,
        "lot": row.lot.public_id,
        "unit": row.lot.unit,
        "amount": row.amount,
        "category": row.category,
        "settlement": settlement,
        "households": row.households,
        "persons": row.persons,
    }


def _settlement(consignment: Consignment, row: IssueRow) -> str:
    settlement = checked_settlement(row.settlement, consignment.office)
    if not settlement:
        raise Invalid(
            _("Where it was given out is missing. Choose the settlement; no address is needed."),
            code="settlement_missing",
        )
    return settlement


def _check_counts(row: IssueRow) -> None:
    """Counts are whole numbers, and a household has at least one person."""
    told = [one for one in (row.households, row.persons) if one is not None]
    if any(not 0 <= one <= MOST_PEOPLE for one in told) or told != sorted(told):
        raise Invalid(
            _(
                "These numbers of households and persons cannot be. Write whole numbers, with at "
                "least as many persons as households."
            ),
            code="count_impossible",
        )
