"""Trucks and wagons that bring a consignment; plates and drivers stay inside the office (7.2)."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.aid.consignments.refusing import check_state
from mistok.aid.consignments.writing import in_short, new_id, writing
from mistok.aid.lifecycle import AFTER_RECEIPT, ENDED, State
from mistok.aid.models import Consignment, Vehicle
from mistok.aid.models.consignments import VehicleKind
from mistok.kernel.errors import Conflict, Invalid

LONGEST_PLATE: Final = 40
LONGEST_DRIVER: Final = 200
MOST_VEHICLES: Final = 200
COMING: Final = tuple(state for state in State if state not in ENDED | AFTER_RECEIPT)


def add_vehicle(
    *,
    actor: Actor,
    consignment: Consignment,
    kind: str,
    plate: str = "",
    trailer: str = "",
    driver: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Vehicle:
    """A truck, van or wagon that brings a part of the consignment.

    Raises NotAllowed, Conflict (`consignment_changed`, `wrong_state`), Invalid
    (`vehicle_kind_unknown`, `too_many_vehicles`, `text_too_long`).
    """
    at = at or timezone.now()
    permission = Permission.WRITE_CONSIGNMENT
    with writing(actor, consignment, "add_vehicle", permission, expected) as act:
        check_state(consignment, *COMING)
        _check_kind(kind)
        _check_count(consignment)
        vehicle = Vehicle.objects.create(
            public_id=new_id("vehicle"),
            consignment=consignment,
            kind=kind,
            plate=_told(plate, _("The plate"), LONGEST_PLATE),
            trailer=_told(trailer, _("The plate of the trailer"), LONGEST_PLATE),
            driver=_told(driver, _("The driver"), LONGEST_DRIVER),
        )
        consignment.changed_at = at
        consignment.save(update_fields=["changed_at"])
        act.done(after=in_short(consignment) | {"vehicle": vehicle.public_id})
    return vehicle


def remove_vehicle(
    *,
    actor: Actor,
    vehicle: Vehicle,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Vehicle:
    """Take a vehicle out that brings nothing; who would have driven it is forgotten.

    Raises NotAllowed, Conflict (`consignment_changed`, `wrong_state`, `vehicle_declared`,
    `vehicle_removed`).
    """
    at = at or timezone.now()
    consignment, permission = vehicle.consignment, Permission.WRITE_CONSIGNMENT
    with writing(actor, consignment, "remove_vehicle", permission, expected) as act:
        check_state(consignment, *COMING)
        vehicle.refresh_from_db()
        if vehicle.removed_at is not None:
            raise Conflict(
                _("This vehicle was taken out already. Open the page again."),
                code="vehicle_removed",
            )
        if vehicle.declarations.filter(expired_on__isnull=True).exists():
            raise Conflict(
                _("A declaration names this vehicle, so it stays."), code="vehicle_declared"
            )
        vehicle.removed_at, vehicle.driver = at, ""
        vehicle.save(update_fields=["removed_at", "driver"])
        consignment.changed_at = at
        consignment.save(update_fields=["changed_at"])
        act.done(after=in_short(consignment) | {"vehicle": vehicle.public_id})
    return vehicle


def _check_kind(kind: str) -> None:
    if kind not in VehicleKind.values:
        raise Invalid(
            _("“%(value)s” is not in the list of vehicles. Choose one of the list.")
            % {"value": kind[:40]},
            code="vehicle_kind_unknown",
        )


def _check_count(consignment: Consignment) -> None:
    if consignment.vehicles.filter(removed_at__isnull=True).count() >= MOST_VEHICLES:
        raise Invalid(
            _("A consignment has %(most)s vehicles at the most. Record a second consignment.")
            % {"most": MOST_VEHICLES},
            code="too_many_vehicles",
        )


def _told(text: str, what: str, most: int) -> str:
    return words(text, what=what, most=most, needed=False)
