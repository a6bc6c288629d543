"""Who reads a letter of appeal: the office that writes it, and those to which it went out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import NotFound
from mistok.kernel.ids import is_public_id
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Addressee, Appeal, Letter
from mistok.web.procedure.seats import may, offices_of

HOME = "UA"
WENT_OUT = (AppealState.SENT, AppealState.CLOSED, AppealState.RECALLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person before one letter.

    `addressee` is set for somebody of the office that got it; without it the person is of the
    office that writes it, or coordinates where that lies. `office`: for whom the person acts.
    """

    request: HttpRequest
    actor: Actor
    appeal: Appeal
    office: Office
    addressee: Addressee | None = None

    def may(self, right: Permission) -> bool:
        """Whether the right is there; a second factor that is missing is told when it is tried."""
        return may(self.actor, right, self.office)


def seat_of(request: HttpRequest, public_id: str) -> Seat:
    """This person's place before a letter. Raises NotFound, alike for none and for others'."""
    appeal = None
    if is_public_id(public_id, "appeal"):
        found = Appeal.objects.select_related("office").filter(public_id=public_id)
        appeal = found.first()
    actor = Actor(user=request.user)
    if appeal is not None:
        if may(actor, reading(appeal.state), appeal.office):
            return Seat(request=request, actor=actor, appeal=appeal, office=appeal.office)
        for office, addressee in _received(actor, appeal):
            return Seat(
                request=request, actor=actor, appeal=appeal, office=office, addressee=addressee
            )
    raise unknown_letter()


def _received(actor: Actor, appeal: Appeal) -> Iterator[tuple[Office, Addressee]]:
    if appeal.state not in WENT_OUT:
        return
    by_place = {one.place: one for one in appeal.addressees.all()}
    for office in reading_offices(actor):
        if office.place in by_place:
            yield office, by_place[office.place]


def own_seat(request: HttpRequest, public_id: str) -> Seat:
    """The same for who writes letters for its office; others do not come to the editor."""
    seat = seat_of(request, public_id)
    if seat.addressee is not None:
        raise unknown_letter()
    check_can(seat.actor, Permission.WRITE_APPEAL, office=seat.appeal.office)
    return seat


def letter_of(request: HttpRequest, public_id: str) -> Letter:
    """A letter as it was made, for its writers and its addressee. Raises NotFound."""
    letter = None
    if is_public_id(public_id, "letter"):
        rows = Letter.objects.select_related("addressee__appeal")
        letter = rows.filter(public_id=public_id).first()
    if letter is None:
        raise unknown_letter()
    seat = seat_of(request, letter.addressee.appeal.public_id)
    if seat.addressee is not None and seat.addressee.pk != letter.addressee_id:
        raise unknown_letter()
    return letter


def reading(state: str) -> Permission:
    """The right to read an own letter: before it goes out, it is a working paper of the office."""
    return Permission.READ_NEEDS if state in WENT_OUT else Permission.READ_WORKING_PAPERS


def unknown_letter() -> NotFound:
    """The same sentence for what is not there and for what is not theirs."""
    return NotFound(
        _("There is no letter of yours at this address. See the register of your letters."),
        code="appeal_unknown",
    )


def reading_offices(actor: Actor) -> list[Office]:
    """The offices whose letters this person reads."""
    return list(offices_of(actor, Permission.READ_NEEDS))


def writing_offices(actor: Actor) -> list[Office]:
    """The offices for which this person writes letters: hromadas of Ukraine alone ask for help."""
    offices = offices_of(actor, Permission.WRITE_APPEAL)
    return [one for one in offices if one.country == HOME]
