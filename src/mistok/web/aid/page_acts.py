"""What may be done with a consignment as a whole: take it on, change it; doors to other acts."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.aid.acts import request_redistribution
from mistok.aid.consignments import change_consignment, living_lines, pass_to
from mistok.aid.consignments.passing import TELLS_WHY
from mistok.aid.lifecycle import (
    CODED,
    CUSTOMS_STATES,
    ENDED,
    TRANSITIONS,
    WITHOUT_GOODS,
    WITHOUT_LINES,
    WRITABLE,
    State,
)
from mistok.web.acting import Act, Acts, Done, Told
from mistok.web.aid.act_kinds import IN_BOOKS, KINDS, REPORT, report_act
from mistok.web.aid.consignment_form import ConsignmentForm
from mistok.web.aid.customs_acts import customs_acts, dispatch_act
from mistok.web.aid.due import consignment_url
from mistok.web.aid.fields import AidForm, day_of_act
from mistok.web.aid.head import crosses
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import state_word
from mistok.web.needs.words import day_words
from mistok.web.procedure.fields import text

S = State
BY_RECORD = frozenset(
    {
        *(S.CODE_ISSUED, S.DECLARED, S.DISPATCHED, S.REPORTED),
        *(S.CODE_EXPIRED, S.DECLARATION_EXPIRED),
    }
)
"""States that come by a code, a declaration, the dispatch, a report, or by themselves."""
BY_ACT = frozenset(
    {
        *(S.RECEIVED, S.ON_BALANCE, S.DISTRIBUTING, S.DISTRIBUTED),
        *(S.LOST, S.SEIZED, S.RETURNED),
    }
)
"""States that come by an act, where there are goods to act on."""
NEXT_BY_CUSTOMS = ("code", "declare", "dispatch", "clear")
"""Acts of the customs page that take the consignment on."""
BUTTONS = {
    S.ACCEPTED: gettext_lazy("Accept it"),
    S.REFUSED: gettext_lazy("Refuse it"),
    S.EXPORT_CLEARED: gettext_lazy("It is cleared for export"),
    S.AT_BORDER: gettext_lazy("It is at the border"),
    S.CUSTOMS_CLEARED: gettext_lazy("Customs have cleared it"),
    S.CLOSED: gettext_lazy("Close it"),
}


class PassageForm(AidForm):
    """On which day, and a word about it."""

    def __init__(self, data: Any = None, *, why: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        label = gettext_lazy("Reason") if why else gettext_lazy("Note")
        self.fields |= {
            "day": day_of_act(gettext_lazy("On which day")),
            "note": text(label, needed=why),
        }


class RequestForm(AidForm):
    """When the goods were asked for, and whether they are medical: then it takes longer."""

    day = day_of_act(gettext_lazy("On which day"))
    medical = forms.BooleanField(label=gettext_lazy("They are medical goods"), required=False)


def page_acts(seat: AidSeat) -> Acts:
    """The acts of the page itself that this person may do."""
    acts: dict[str, Act] = {}
    if seat.may(Permission.MOVE_CONSIGNMENT):
        acts |= {f"to_{state.value}": _passage(seat, state) for state in _ways(seat)}
        # What goes by code and declaration is dispatched on the customs page.
        if not crosses(seat):
            acts["dispatch"] = dispatch_act(seat)
    if seat.may(Permission.DISPOSE_OF_GOODS):
        acts["request"] = _request(seat)
    if seat.may(Permission.WRITE_CONSIGNMENT):
        acts["change"] = _change(seat)
    return acts


def _ways(seat: AidSeat) -> list[State]:
    """The states to which it goes by a word alone, in the order of a life."""
    found = TRANSITIONS[State(seat.consignment.state)] - BY_RECORD
    if seat.consignment.regime not in WITHOUT_GOODS:
        found = found - BY_ACT
    if not seat.consignment.abroad:
        found = found - CUSTOMS_STATES
    if seat.consignment.declarations.filter(expired_on=None, cleared_on=None).exists():
        found = found - {S.CUSTOMS_CLEARED}
    return [state for state in State if state in found]


def _passage(seat: AidSeat, state: State) -> Act:
    why = state in TELLS_WHY

    def do(told: Told) -> Done:
        pass_to(
            actor=told.actor,
            consignment=seat.consignment,
            state=state,
            day=told.values["day"],
            note=told.values["note"],
            expected=told.expected,
        )
        return Done(_("It stands now: %(state)s.") % {"state": state_word(state)})

    button = str(BUTTONS.get(state, "")) or _("Set it: %(state)s") % {"state": state_word(state)}
    return Act(
        title=button,
        button=button,
        make=partial(PassageForm, why=why),
        do=do,
        right=Permission.MOVE_CONSIGNMENT,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        follows=_("It ends here, and the giver reads your reason.") if state == S.REFUSED else "",
    )


def take_back(seat: AidSeat) -> Act:
    """The giver ends its own offer while nobody has answered it."""

    def do(told: Told) -> Done:
        pass_to(
            actor=told.actor,
            consignment=seat.consignment,
            state=S.REFUSED,
            day=told.values["day"],
            note=told.values["note"],
            expected=told.expected,
        )
        return Done(_("The offer is taken back."), consignment_url(seat.consignment))

    return Act(
        title=_("Take the offer back"),
        button=_("Take it back"),
        make=partial(PassageForm, why=True),
        do=do,
        right=Permission.GIVE_AID,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        follows=_("It ends here, and the other office reads your reason."),
        on=seat.writes,
    )


def _request(seat: AidSeat) -> Act:
    """That somebody asked for the goods: the days of the decision begin (R07)."""

    def do(told: Told) -> Done:
        row = request_redistribution(
            actor=told.actor,
            consignment=seat.consignment,
            day=told.values["day"],
            medical=told.values["medical"],
            expected=told.expected,
        )
        day = day_words(row.due_on) or row.told
        return Done(_("Recorded. The decision is due: %(day)s.") % {"day": day})

    return Act(
        title=_("Somebody asked for the goods"),
        button=_("Record the request"),
        make=RequestForm,
        do=do,
        right=Permission.DISPOSE_OF_GOODS,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        follows=_("The days begin in which it is decided whether the goods are passed on."),
        on=seat.consignment.state in IN_BOOKS and seat.consignment.regime in CODED,
    )


def _change(seat: AidSeat) -> Act:
    def do(told: Told) -> Done:
        form = told.form
        if not isinstance(form, ConsignmentForm):
            raise TypeError(type(form))
        change_consignment(
            actor=told.actor,
            consignment=seat.consignment,
            entry=form.entry(),
            expected=told.expected,
        )
        return Done(_("The consignment is changed."))

    return Act(
        title=_("Change what is told of it"),
        button=_("Save the change"),
        make=partial(ConsignmentForm, seat.office, of=seat.consignment),
        do=do,
        right=Permission.WRITE_CONSIGNMENT,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        on=seat.consignment.state not in ENDED,
    )


def doors(seat: AidSeat) -> list[tuple[str, str]]:
    """Acts with a page of their own that can be done now: title and address."""
    here = seat.consignment.public_id
    found = list(_rooms(seat))
    for name, kind in KINDS.items():
        if seat.may(kind.right) and kind.open(seat):
            found.append((str(kind.title), reverse("aid:act", args=[here, name])))
    report = report_act(seat)
    if report.on and seat.may(report.right):
        found.append((report.title, reverse("aid:act", args=[here, REPORT])))
    return found


def _rooms(seat: AidSeat) -> Iterator[tuple[str, str]]:
    """Rooms in which something is to be done next: lines that are missing, the way by customs."""
    here, now = [seat.consignment.public_id], seat.consignment
    writable = seat.writes and now.state in WRITABLE and now.regime not in WITHOUT_LINES
    if writable and not living_lines(now):
        yield _("Write the lines"), reverse("aid:lines", args=here)
    if crosses(seat):
        acts = customs_acts(seat)
        if any(acts[name].on for name in NEXT_BY_CUSTOMS if name in acts):
            yield _("Go on with code and customs"), reverse("aid:customs", args=here)
