"""Operations on consignments: the list, one of them, a new one, its lines and passages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from mistok.aid.consignments import (
    consignments_of,
    offer_consignment,
    open_consignment,
    pass_to,
    write_line,
)
from mistok.aid.lifecycle import State
from mistok.api.aid import telling
from mistok.api.aid.answers import (
    ConsignmentPage,
    ConsignmentWhole,
    LineDone,
    PublicTrace,
    Standing,
    TracePage,
)
from mistok.api.aid.bodies import ConsignmentBody, LineBody, PassageBody
from mistok.api.aid.own import office_with, own, own_or_offered
from mistok.api.aid.public import one_trace, traces
from mistok.api.keys import TAKES_KEY, write
from mistok.api.pages import Turned, page_of
from mistok.api.shapes import PROBLEMS
from mistok.api.tokens import ALSO_WITHOUT_TOKEN, actor_of, may_show, must_show, token_of

router = Router(tags=["consignments"])


@router.get(
    "",
    auth=may_show,
    response={200: ConsignmentPage | TracePage, **PROBLEMS},
    summary="Consignments of the token's office; without a token those that are public",
    openapi_extra=ALSO_WITHOUT_TOKEN,
)
def list_consignments(request: HttpRequest, turn: Turned) -> ConsignmentPage | TracePage:
    """The newest first, in pages; without a token the public traces, the latest month first."""
    actor = actor_of(request)
    if actor.token is None:
        return traces(turn)
    rows = consignments_of(actor, actor.token.office)
    found, following = page_of(rows.select_related("donor_office", "series"), turn)
    return ConsignmentPage(items=[telling.row(one) for one in found], next=following)


@router.get(
    "/{consignment_id}",
    auth=may_show,
    response={200: ConsignmentWhole | PublicTrace, **PROBLEMS},
    summary="One consignment; without a token its public trace",
    openapi_extra=ALSO_WITHOUT_TOKEN,
)
def get_consignment(request: HttpRequest, consignment_id: str) -> ConsignmentWhole | PublicTrace:
    """With lines, sums, lots, balances, vehicles, declarations and passages."""
    actor = actor_of(request)
    if actor.token is None:
        return one_trace(consignment_id)
    return telling.whole(own(actor, consignment_id))


@router.post(
    "",
    auth=must_show,
    response={201: Standing, **PROBLEMS},
    summary="Record a consignment that is coming, or offer one to a partner",
    openapi_extra=TAKES_KEY,
)
def post_consignment(request: HttpRequest, body: ConsignmentBody) -> Status[dict[str, Any]]:
    """It is accepted already, or only offered (`state`); lines are written to it next.

    With `receiver` the token's office gives: then it is offered until the receiver accepts it.
    """

    def do() -> dict[str, Any]:
        actor = actor_of(request)
        office = token_of(actor).office
        if body.receiver is not None:
            consignment = offer_consignment(
                actor=actor,
                giver=office,
                receiver=office_with(body.receiver),
                entry=body.entry(),
                day=body.day,
            )
        else:
            consignment = open_consignment(
                actor=actor,
                office=office,
                entry=body.entry(),
                day=body.day,
                state=State(body.state),
            )
        return telling.standing(consignment).model_dump(mode="json")

    return write(request, body, do)


@router.post(
    "/{consignment_id}/lines",
    auth=must_show,
    response={201: LineDone, **PROBLEMS},
    summary="Write a line of goods",
    openapi_extra=TAKES_KEY,
)
def post_line(request: HttpRequest, consignment_id: str, body: LineBody) -> Status[dict[str, Any]]:
    """As long as nothing of the consignment is under a code, declared or on its way."""

    def do() -> dict[str, Any]:
        actor = actor_of(request)
        consignment = own_or_offered(actor, consignment_id)
        line = write_line(
            actor=actor, consignment=consignment, entry=body.entry(), expected=body.expected
        )
        consignment.refresh_from_db()
        told = LineDone(
            line=line.public_id,
            position=line.position,
            consignment=telling.standing(consignment),
        )
        return told.model_dump(mode="json")

    return write(request, body, do)


@router.post(
    "/{consignment_id}/passages",
    auth=must_show,
    response={201: Standing, **PROBLEMS},
    summary="Take a consignment on to another state",
    openapi_extra=TAKES_KEY,
)
def post_passage(
    request: HttpRequest, consignment_id: str, body: PassageBody
) -> Status[dict[str, Any]]:
    """For passages that no act, code or declaration does: acceptance, border, refusal, closing."""

    def do() -> dict[str, Any]:
        actor = actor_of(request)
        consignment = pass_to(
            actor=actor,
            consignment=own(actor, consignment_id),
            state=State(body.state),
            day=body.day,
            note=body.note,
            expected=body.expected,
        )
        return telling.standing(consignment).model_dump(mode="json")

    return write(request, body, do)
