"""What is read without a token: traces of consignments that their offices let be seen."""

from django.utils.translation import gettext as _

from mistok.aid.models import Consignment
from mistok.aid.seeing import public_trace, public_traces
from mistok.api.aid import telling
from mistok.api.aid.answers import PublicTrace, TracePage
from mistok.api.pages import Turn
from mistok.kernel.errors import Invalid, NotFound


def traces(turn: Turn) -> TracePage:
    """A page of the public traces. Raises Invalid (code `cursor_unknown`)."""
    found = public_traces()
    begin = 0
    if turn.cursor:
        places = {one["id"]: place for place, one in enumerate(found)}
        if turn.cursor not in places:
            raise Invalid(
                _("This cursor is of another list. Begin again without a cursor."),
                code="cursor_unknown",
            )
        begin = places[turn.cursor] + 1
    shown = found[begin : begin + turn.limit]
    more = len(found) > begin + turn.limit
    return TracePage(
        items=[telling.trace(one) for one in shown], next=shown[-1]["id"] if more else None
    )


def one_trace(consignment_id: str) -> PublicTrace:
    """The public trace. Raises NotFound (`consignment_unknown`) also for what is not public."""
    known = Consignment.objects.select_related("office", "donor_office")
    consignment = known.filter(public_id=consignment_id).first()
    told = public_trace(consignment) if consignment is not None else None
    if told is None:
        raise NotFound(
            _(
                "There is no consignment at this address that everybody may read. With a token of "
                "its office more can be read."
            ),
            code="consignment_unknown",
        )
    return telling.trace(told)
