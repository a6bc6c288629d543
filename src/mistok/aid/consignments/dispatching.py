"""Goods leave the giver: lots of every line that is told exactly, on their way in the ledger."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.aid import ledger
from mistok.aid.consignments.guards import (
    EXPORT_PAPERS,
    check_papers,
    code_needed,
    declaration_missing,
)
from mistok.aid.consignments.passing import move
from mistok.aid.consignments.posting import posting, write_act
from mistok.aid.consignments.refusing import check_day, check_state
from mistok.aid.consignments.writing import in_short, living_lines
from mistok.aid.lifecycle import WITHOUT_GOODS, Account, ActKind, State
from mistok.aid.models import Consignment
from mistok.kernel.errors import Invalid


def dispatch(
    *,
    actor: Actor,
    consignment: Consignment,
    day: dt.date,
    key: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Consignment:
    """Record that the goods are on their way; the same `key` again records nothing.

    Raises NotAllowed, Conflict (`consignment_changed`, `wrong_state`, `declaration_missing`,
    `papers_missing`, `key_reused`, `clock_back`), Invalid (`no_lines`, `day_to_come`,
    `before_last_passage`, `key_unusable`).
    """
    at = at or timezone.now()
    body = {"day": day.isoformat()}
    kind = ActKind.DISPATCH
    with posting(actor, consignment, "dispatch", kind, key, body, expected) as act:
        if act is None:
            return consignment
        check_state(consignment, State.ACCEPTED, State.DECLARED)
        check_day(consignment, day, today or timezone.localdate(at))
        _check_ready(consignment, day)
        sheet = write_act(actor, consignment, kind, day, key, body, at)
        ledger.post(act=sheet, movements=_leaving(consignment, at))
        move(consignment=consignment, state=State.DISPATCHED, day=day, by=actor, at=at)
        act.done(after=in_short(consignment) | {"act": sheet.public_id})
    return consignment


def _check_ready(consignment: Consignment, day: dt.date) -> None:
    """Lines, the declaration where the day asks for one, and the papers for export (F4-30)."""
    if consignment.regime not in WITHOUT_GOODS and not living_lines(consignment):
        raise Invalid(
            _("The consignment has no lines. Write what comes, then record the dispatch."),
            code="no_lines",
        )
    if consignment.state == State.ACCEPTED and code_needed(consignment, day):
        raise declaration_missing()
    if consignment.declarations.filter(code__isnull=False, expired_on__isnull=True).exists():
        check_papers(consignment, EXPORT_PAPERS)


def _leaving(consignment: Consignment, at: dt.datetime) -> list[ledger.Movement]:
    """What was told exactly and has not left yet; an inequality is counted when it arrives."""
    if consignment.regime in WITHOUT_GOODS:
        return []
    lots = [
        lot
        for line in living_lines(consignment)
        if line.countable
        for lot in ledger.make_lots(line=line, at=at)
        # A dispatch that was reversed gave everything back to the giver.
        if lot.declared and not ledger.balance(lot, Account.DONOR)
    ]
    return [
        ledger.Movement(
            lot=lot,
            source=Account.DONOR,
            target=Account.IN_TRANSIT,
            amount=lot.declared or 0,
        )
        for lot in lots
    ]
