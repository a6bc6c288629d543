"""Operations on the goods ledger: entries of a consignment, and acts that move goods."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from mistok.accounts.actors import Actor
from mistok.aid.acts import Counted, IssueRow, Member, accept, issue
from mistok.aid.consignments import clear, dispatch
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidAct, Consignment, Entry, Lot
from mistok.api.aid import telling
from mistok.api.aid.answers import ActDone, EntryPage
from mistok.api.aid.bodies import (
    AcceptanceBody,
    ActBody,
    ClearanceBody,
    CountedBody,
    DispatchBody,
    EntriesBody,
    IssueBody,
    IssueRowBody,
    steps_of,
)
from mistok.api.aid.own import own
from mistok.api.keys import NEEDS_KEY, needed_key, write
from mistok.api.pages import Turned, page_of
from mistok.api.shapes import PROBLEMS
from mistok.api.tokens import actor_of, must_show
from mistok.kernel.errors import NotFound

router = Router(tags=["entries"])


@router.get(
    "/{consignment_id}/entries",
    auth=must_show,
    response={200: EntryPage, **PROBLEMS},
    summary="Entries of the goods ledger for a consignment",
)
def list_entries(request: HttpRequest, consignment_id: str, turn: Turned) -> EntryPage:
    """In the order of the office's chain; `number` has gaps where other consignments are."""
    consignment = own(actor_of(request), consignment_id)
    rows = Entry.objects.filter(lot__line__consignment=consignment)
    found, following = page_of(rows.select_related("lot", "act", "reverses"), turn, by="number")
    return EntryPage(items=[telling.entry(one) for one in found], next=following)


@router.post(
    "/{consignment_id}/entries",
    auth=must_show,
    response={201: ActDone, **PROBLEMS},
    summary="Post an act: dispatch, clearance, acceptance, issue",
    description=(
        "Needs the header Idempotency-Key. What needs an approver (valuation, passing on, return, "
        "write-off, loss, seizure, reversal) is done by a person on the pages."
    ),
    openapi_extra=NEEDS_KEY,
)
def post_act(
    request: HttpRequest, consignment_id: str, body: EntriesBody
) -> Status[dict[str, Any]]:
    """The act, its entries, and where the consignment stands then."""
    key = needed_key(request)

    def do() -> dict[str, Any]:
        actor = actor_of(request)
        consignment = own(actor, consignment_id)
        act = ACTS[body.root.kind](actor, consignment, body.root, key)
        return telling.act_done(act, consignment).model_dump(mode="json")

    return write(request, body, do)


def _accept(actor: Actor, consignment: Consignment, body: AcceptanceBody, key: str) -> AidAct:
    return accept(
        actor=actor,
        consignment=consignment,
        counted=[_counted(consignment, row, n) for n, row in enumerate(body.rows)],
        key=key,
        **_signed(body),
    )


def _counted(consignment: Consignment, row: CountedBody, number: int) -> Counted:
    lot = _lot(consignment, row.lot) if row.lot is not None else None
    line = None
    if lot is None:
        line = consignment.lines.filter(public_id=row.line or "", removed_at=None).first()
        if line is None:
            raise _unknown(f"rows.{number}", "line_unknown")
    counted_in = lot.unit if lot is not None else line.unit if line is not None else ""

    def steps(name: str) -> int:
        field = f"rows.{number}.{name}"
        return steps_of(getattr(row, name), row.unit, counted_in, field=field)

    return Counted(
        lot=lot,
        line=line,
        batch=row.batch,
        serial=row.serial,
        expires_on=row.expires_on,
        received=steps("received"),
        damaged=steps("damaged"),
        shortage=None if row.shortage is None else steps("shortage"),
        more_to_come=row.more_to_come,
    )


def _issue(actor: Actor, consignment: Consignment, body: IssueBody, key: str) -> AidAct:
    return issue(
        actor=actor,
        consignment=consignment,
        rows=[_issued(consignment, row, n) for n, row in enumerate(body.rows)],
        ground=body.ground,
        key=key,
        **_signed(body),
    )


def _issued(consignment: Consignment, row: IssueRowBody, number: int) -> IssueRow:
    lot = _lot(consignment, row.lot)
    return IssueRow(
        lot=lot,
        amount=steps_of(row.amount, row.unit, lot.unit, field=f"rows.{number}.amount"),
        category=row.category,
        settlement=row.settlement,
        households=row.households,
        persons=row.persons,
    )


def _dispatch(actor: Actor, consignment: Consignment, body: DispatchBody, key: str) -> AidAct:
    dispatch(actor=actor, consignment=consignment, day=body.day, key=key, expected=body.expected)
    return _with_key(consignment, key)


def _clear(actor: Actor, consignment: Consignment, body: ClearanceBody, key: str) -> AidAct:
    declaration = consignment.declarations.filter(public_id=body.declaration).first()
    if declaration is None:
        raise _unknown("declaration", "declaration_unknown")
    clear(
        actor=actor,
        declaration=declaration,
        day=body.day,
        customs_office=body.customs_office,
        key=key,
        expected=body.expected,
    )
    return _with_key(consignment, key)


ACTS: Mapping[str, Callable[[Actor, Consignment, Any, str], AidAct]] = {
    ActKind.ACCEPTANCE: _accept,
    ActKind.ISSUE: _issue,
    ActKind.DISPATCH: _dispatch,
    ActKind.CLEARANCE: _clear,
}


def _signed(body: ActBody) -> dict[str, Any]:
    commission: Sequence[Member] = [Member(name=it.name, duty=it.duty) for it in body.commission]
    return {
        "day": body.day,
        "settlement": body.settlement,
        "remarks": body.remarks,
        "signed_by": body.signed_by,
        "commission": commission,
        "expected": body.expected,
    }


def _with_key(consignment: Consignment, key: str) -> AidAct:
    """The act that was just written; services of customs give back the consignment."""
    return AidAct.objects.get(office=consignment.office_id, key=key)


def _lot(consignment: Consignment, which: str) -> Lot:
    lot = Lot.objects.filter(line__consignment=consignment, public_id=which).first()
    if lot is None:
        raise _unknown(which, "lot_unknown")
    return lot


def _unknown(what: str, code: str) -> NotFound:
    return NotFound(
        _("“%(what)s” names nothing of this consignment. Read the consignment and look there.")
        % {"what": what[:60]},
        code=code,
        details={"what": what[:60]},
    )
