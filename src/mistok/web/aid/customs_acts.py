"""What an office does on the way through customs, as forms of one page."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.aid.consignments import (
    add_vehicle,
    clear,
    declare,
    dispatch,
    issue_code,
    remove_vehicle,
    set_recipient,
)
from mistok.aid.consignments.vehicles import COMING
from mistok.aid.lifecycle import MOVING, State
from mistok.aid.models import AidLine, Declaration, Recipient, UniqueCode, Vehicle
from mistok.aid.models.consignments import VehicleKind
from mistok.web.acting import Act, Acts, Done, Told
from mistok.web.aid.customs_forms import (
    ClearanceForm,
    CodeForm,
    DayForm,
    DeclarationForm,
    LinesForm,
    RecipientForm,
    RemoveVehicleForm,
    VehicleForm,
    left_under,
    vehicle_words,
)
from mistok.web.aid.head import crosses
from mistok.web.aid.seats import AidSeat
from mistok.web.needs.words import day_words

S = State
CODE_WANTED = frozenset({S.ACCEPTED, S.CODE_EXPIRED, S.DECLARATION_EXPIRED})
DECLARABLE = frozenset({S.ACCEPTED, S.CODE_ISSUED, S.DECLARED, S.DECLARATION_EXPIRED, *MOVING})
CLEARABLE = frozenset({*MOVING, S.SEIZED})


def customs_acts(seat: AidSeat) -> Acts:
    """The acts that this person may do on this page, in the order in which they come."""
    acts: dict[str, Act] = {}
    if seat.may(Permission.WRITE_CONSIGNMENT):
        acts |= {"vehicle": _vehicle(seat), "remove_vehicle": _remove_vehicle(seat)}
    if seat.may(Permission.MOVE_CONSIGNMENT):
        acts["recipient"] = _recipient(seat)
        acts["code"] = _code(seat)
        acts["declare"] = _declare(seat)
        acts["dispatch"] = dispatch_act(seat)
        acts["clear"] = _clear(seat)
    order = ("recipient", "code", "vehicle", "remove_vehicle", "declare", "dispatch", "clear")
    return {name: acts[name] for name in order if name in acts}


def _act(seat: AidSeat, right: Permission = Permission.MOVE_CONSIGNMENT, **more: Any) -> Act:
    return Act(
        right=right,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        **more,
    )


def _recipient(seat: AidSeat) -> Act:
    known = Recipient.objects.filter(office=seat.office).first()

    def do(told: Told) -> Done:
        set_recipient(actor=told.actor, office=seat.office, **told.values)
        return Done(_("The standing of your office as a recipient is recorded."))

    return _act(
        seat,
        title=_("Your office as a recipient"),
        button=_("Record it"),
        make=partial(RecipientForm, known),
        do=do,
        follows=_("It holds for every consignment of your office, as the state's system tells it."),
        on=crosses(seat),
    )


def _code(seat: AidSeat) -> Act:
    lines = _lines(seat)

    def do(told: Told) -> Done:
        made = issue_code(
            actor=told.actor,
            consignment=seat.consignment,
            value=told.values["value"],
            issued_on=told.values["issued_on"],
            lines=_amounts(told) or None,
            expected=told.expected,
        )
        day = day_words(made.valid_until)
        return Done(_("The code is recorded. It is valid until %(day)s.") % {"day": day})

    return _act(
        seat,
        title=_("Record the unique code"),
        button=_("Record the code"),
        make=partial(CodeForm, lines),
        do=do,
        follows=_("Its term is counted from the day of issue by the rule in force on that day."),
        on=crosses(seat) and seat.consignment.state in CODE_WANTED,
    )


def _vehicle(seat: AidSeat) -> Act:
    def do(told: Told) -> Done:
        add_vehicle(
            actor=told.actor,
            consignment=seat.consignment,
            kind=VehicleKind(told.values["kind"]),
            plate=told.values["plate"],
            trailer=told.values["trailer"],
            driver=told.values["driver"],
            expected=told.expected,
        )
        return Done(_("The vehicle is written down."))

    return _act(
        seat,
        Permission.WRITE_CONSIGNMENT,
        title=_("Add a vehicle"),
        button=_("Add it"),
        make=VehicleForm,
        do=do,
        follows=_("Plates and drivers are for your office alone; they are never published."),
        on=seat.consignment.state in COMING,
    )


def _remove_vehicle(seat: AidSeat) -> Act:
    vehicles = _vehicles(seat)

    def do(told: Told) -> Done:
        one = next(one for one in vehicles if one.public_id == told.values["vehicle"])
        remove_vehicle(actor=told.actor, vehicle=one, expected=told.expected)
        return Done(_("The vehicle is removed."))

    return _act(
        seat,
        Permission.WRITE_CONSIGNMENT,
        title=_("Remove a vehicle"),
        button=_("Remove it"),
        make=partial(RemoveVehicleForm, _named(vehicles, vehicles)),
        do=do,
        on=seat.consignment.state in COMING and bool(vehicles),
    )


def _declare(seat: AidSeat) -> Act:
    consignment, lines, vehicles = seat.consignment, _lines(seat), _vehicles(seat)
    code = consignment.codes.filter(ended_on=None).first()
    taken = _living(seat).values_list("vehicle", flat=True)
    free = [one for one in vehicles if one.pk not in set(taken)]

    def do(told: Told) -> Done:
        one = next(one for one in free if one.public_id == told.values["vehicle"])
        made = declare(
            actor=told.actor,
            consignment=consignment,
            vehicle=one,
            number=told.values["number"],
            created_on=told.values["created_on"],
            lines=_amounts(told),
            unloading=told.values["unloading"],
            customs_office=told.values["customs_office"],
            expected=told.expected,
        )
        day = day_words(made.valid_until)
        return Done(_("The declaration is recorded. It is valid until %(day)s.") % {"day": day})

    return _act(
        seat,
        title=_("Record a declaration"),
        button=_("Record the declaration"),
        make=partial(
            DeclarationForm,
            _covered(lines, code),
            _named(vehicles, free),
            amounts=left_under(code, lines),
        ),
        do=do,
        follows=_("One for each vehicle. What it names must stand under the code."),
        on=crosses(seat) and consignment.state in DECLARABLE and bool(free),
    )


def dispatch_act(seat: AidSeat) -> Act:
    """That it has left: the ledger takes the goods from here on."""

    def do(told: Told) -> Done:
        dispatch(
            actor=told.actor,
            consignment=seat.consignment,
            day=told.values["day"],
            key=told.key,
            expected=told.expected,
        )
        return Done(_("It is on the way. The ledger holds its lots now."))

    return _act(
        seat,
        title=_("It has left the giver"),
        button=_("Record the dispatch"),
        make=DayForm,
        do=do,
        follows=_("Lines cannot be changed any more. The day stays between the two offices."),
        on=seat.consignment.state in (S.ACCEPTED, S.DECLARED),
    )


def _clear(seat: AidSeat) -> Act:
    waiting = list(_living(seat).filter(cleared_on=None).order_by("pk"))

    def do(told: Told) -> Done:
        one = next(one for one in waiting if one.public_id == told.values["declaration"])
        clear(
            actor=told.actor,
            declaration=one,
            day=told.values["day"],
            customs_office=told.values["customs_office"],
            key=told.key,
            expected=told.expected,
        )
        return Done(_("The clearance is recorded, and the term of the report begins."))

    return _act(
        seat,
        title=_("Customs have cleared a declaration"),
        button=_("Record the clearance"),
        make=partial(ClearanceForm, [(one.public_id, one.number) for one in waiting]),
        do=do,
        on=seat.consignment.state in CLEARABLE and bool(waiting),
    )


def _living(seat: AidSeat) -> Any:
    return Declaration.objects.filter(consignment=seat.consignment, expired_on=None)


def _lines(seat: AidSeat) -> list[AidLine]:
    return list(seat.consignment.lines.filter(removed_at=None).order_by("position"))


def _covered(lines: list[AidLine], code: UniqueCode | None) -> list[AidLine]:
    """The lines that a declaration may name: those under the code, where there is one."""
    if code is None:
        return lines
    under = set(code.lines.values_list("line", flat=True))
    return [one for one in lines if one.pk in under]


def _vehicles(seat: AidSeat) -> list[Vehicle]:
    return list(seat.consignment.vehicles.filter(removed_at=None).order_by("pk"))


def _named(every: list[Vehicle], some: list[Vehicle]) -> list[tuple[str, str]]:
    numbers = {one.pk: place for place, one in enumerate(every, 1)}
    return [(one.public_id, vehicle_words(one, numbers[one.pk])) for one in some]


def _amounts(told: Told) -> Any:
    form = told.form
    if not isinstance(form, LinesForm):
        raise TypeError(type(form))
    return form.amounts()
