"""Who stands before a consignment or an office's aid: nothing is known of it to anybody else."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid.consignments import unknown_consignment
from mistok.aid.lifecycle import Regime, State
from mistok.aid.models import Consignment
from mistok.kernel.errors import NotFound
from mistok.web.offices.places import office_by_id
from mistok.web.procedure.seats import may


@dataclass(frozen=True, slots=True, kw_only=True)
class AidSeat:
    """One person before one consignment: of the office that gets it, or of the one that gives."""

    request: HttpRequest
    actor: Actor
    consignment: Consignment
    office: Office
    gives: bool = False

    def may(self, right: Permission) -> bool:
        """Whether her office's right is there, but for a second factor."""
        return may(self.actor, right, self.office)

    @property
    def writes(self) -> bool:
        """Whether she may write lines now: the giver only what it still offers."""
        if self.gives:
            return self.consignment.state == State.OFFERED and self.may(Permission.GIVE_AID)
        return self.may(Permission.WRITE_CONSIGNMENT)

    @property
    def writing_right(self) -> Permission:
        """By which right she writes."""
        return Permission.GIVE_AID if self.gives else Permission.WRITE_CONSIGNMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSeat:
    """One person before the aid of one office."""

    request: HttpRequest
    actor: Actor
    office: Office

    def may(self, right: Permission) -> bool:
        """Whether the office's right is there, but for a second factor."""
        return may(self.actor, right, self.office)


def consignment_of(public_id: str) -> Consignment:
    """The consignment at an address. Raises NotFound (`consignment_unknown`)."""
    rows = Consignment.objects.select_related("office", "donor_office", "series")
    found = rows.filter(public_id=public_id[:40]).first()
    if found is None:
        raise unknown()
    return found


def seat_before(request: HttpRequest, consignment: Consignment) -> AidSeat | None:
    """This person's place before a consignment; none for whoever is of neither office."""
    actor, giver = Actor(user=request.user), consignment.donor_office
    plain = AidSeat(
        request=request, actor=actor, consignment=consignment, office=consignment.office
    )
    if plain.may(Permission.READ_AID):
        return plain
    # Military aid is nobody's to read but the office's that keeps it.
    if giver is None or consignment.regime == Regime.MILITARY:
        return None
    giving = replace(plain, office=giver, gives=True)
    return giving if giving.may(Permission.READ_AID) else None


def one_of_both(request: HttpRequest, public_id: str) -> AidSeat:
    """Somebody of the office that gets it or gives it. Raises NotFound, alike for all others."""
    seat = seat_before(request, consignment_of(public_id))
    if seat is None:
        raise unknown()
    return seat


def working_seat(request: HttpRequest, public_id: str) -> AidSeat:
    """The same for the office that gets it. Raises NotFound, alike for none and for another's."""
    seat = one_of_both(request, public_id)
    if seat.gives:
        raise unknown()
    return seat


def writing_seat(request: HttpRequest, public_id: str) -> AidSeat:
    """Who may see its lines to write them: the office that gets it, the giver while it offers.

    Raises NotFound, alike for none and for another's.
    """
    seat = one_of_both(request, public_id)
    if seat.gives and seat.consignment.state != State.OFFERED:
        raise unknown()
    return seat


def desk_of(request: HttpRequest, office_id: str) -> DeskSeat:
    """This person before the aid of an office. Raises NotFound, alike for none and another's."""
    office = office_by_id(office_id)
    actor = Actor(user=request.user)
    if not may(actor, Permission.READ_AID, office):
        raise no_office()
    return DeskSeat(request=request, actor=actor, office=office)


def opening_seat(request: HttpRequest, office_id: str, right: Permission) -> DeskSeat:
    """The same for whoever has this right too. Raises NotFound, NotAllowed with the reason."""
    seat = desk_of(request, office_id)
    if not seat.may(right):
        check_can(seat.actor, right, office=seat.office)
    return seat


def no_office() -> NotFound:
    """Neither there nor one's own: said in the words of an office that is not there."""
    return NotFound(
        _("There is no office at this address. Look for the municipality by its name."),
        code="office_unknown",
    )


def unknown() -> NotFound:
    """Neither there nor shown."""
    return unknown_consignment()
