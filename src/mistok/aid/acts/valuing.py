"""A commission says what the goods are worth, and they come into the books (F4-33)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.aid.acts.doing import Doing, Told, do
from mistok.aid.acts.entries import Member, Valued
from mistok.aid.acts.refusing import check_open, elsewhere, nothing_named, still_coming, too_early
from mistok.aid.acts.standing import accepted_on, received_lines
from mistok.aid.consignments.entries import LineEntry
from mistok.aid.consignments.line_values import checked_value
from mistok.aid.lifecycle import HELD, MOVING, ActKind
from mistok.aid.models import AidAct, AidLine, Consignment
from mistok.aid.models.consignments import LineBasis

Told3 = tuple[Decimal, str, str]
"""A value told without a rate: of one unit, currency, basis."""


def value(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    values: Mapping[str, Valued | Told3],
    commission: Sequence[Member],
    ground: str = "",
    settlement: str = "",
    remarks: str = "",
    signed_by: str = "",
    key: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidAct:
    """Value lines of which something came, by their public ids; a later act corrects an earlier.

    In the books is a consignment of which every such line is valued. A rate is stored as told,
    without `rate_day` as of the last acceptance (D4-13). Needs DISPOSE_OF_GOODS. Raises what
    `doing.do`, `checked_value` and `_value` raise.
    """
    told = Told(
        actor=actor,
        consignment=consignment,
        kind=ActKind.VALUATION,
        day=day,
        key=key,
        sent=_sent(values),
        ground=ground,
        settlement=settlement,
        remarks=remarks,
        signed_by=signed_by,
        commission=commission,
        expected=expected,
        at=at,
        today=today,
    )
    return do(told, Permission.DISPOSE_OF_GOODS, partial(_value, values=values))


def _sent(values: Mapping[str, Valued | Told3]) -> list[list[str]]:
    """As it was sent, for telling a repetition."""
    return [[line, *map(str, worth)] for line, worth in sorted(values.items())]


def _value(doing: Doing, values: Mapping[str, Valued | Told3]) -> AidAct:
    """Raises Conflict (`consignment_closed`, `wrong_state`, `still_coming`), Invalid
    (`nothing_named`, `lot_elsewhere`, `before_acceptance`)."""
    consignment = doing.consignment
    if consignment.state in MOVING:
        raise still_coming()
    check_open(consignment, *HELD)
    accepted, came = accepted_on(consignment), received_lines(consignment)
    if not values or accepted is None:
        raise nothing_named()
    lines = {line.public_id: line for line in consignment.lines.filter(public_id__in=came)}
    if not set(values) <= set(lines):
        raise elsewhere()
    if doing.day < accepted:
        raise too_early("before_acceptance", doing.day, lines[next(iter(values))])
    told = {line: _checked(Valued(*worth), accepted, doing.today) for line, worth in values.items()}
    act = doing.write([_row(line, fields) for line, fields in told.items()])
    for line, fields in told.items():
        _keep(lines[line], fields)
    return act


def _checked(worth: Valued, accepted: dt.date, today: dt.date) -> dict[str, Any]:
    """The fields of the line by name; the basis is a commission's where no other is told."""
    rate_day = worth.rate_day or accepted if worth.uah_rate is not None else None
    entry = LineEntry(
        unit_value=worth.unit_value,
        currency=worth.currency,
        value_basis=worth.basis or LineBasis.COMMISSION.value,
        uah_rate=worth.uah_rate,
        rate_day=rate_day,
    )
    return checked_value(entry, today)


def _row(line: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """What the act says of a line: money and days as text."""
    texts = {name: "" if one is None else str(one) for name, one in fields.items()}
    return {"line": line} | texts


def _keep(line: AidLine, fields: Mapping[str, Any]) -> None:
    """Write the value; a rate that was stored for the same currency stays unless another comes."""
    kept = dict(fields)
    if fields["uah_rate"] is None and fields["currency"] == line.currency:
        del kept["uah_rate"], kept["rate_day"]
    for name, one in kept.items():
        setattr(line, name, one)
    line.save(update_fields=list(kept))
