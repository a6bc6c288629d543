"""Who reads a procedure and for which office: nothing of it is known to anybody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts import mfa
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Permission, Role, needs_second_factor
from mistok.accounts.policies import check_can
from mistok.accounts.scopes import PlaceScope
from mistok.accounts.selectors import memberships_of, scopes_of
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import NotAllowed, NotFound, Refusal
from mistok.kernel.ids import is_public_id
from mistok.partnering.models import ProcedureRun, RunSide
from mistok.registry.gazetteer import the_world
from mistok.web.account.second_factor import used_second_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person before one procedure.

    `office` takes part; `invited` was named and has not joined; with neither the person
    coordinates one of the sides and sees where the steps stand, but no papers and no notes.
    """

    request: HttpRequest
    actor: Actor
    run: ProcedureRun
    office: Office | None = None
    invited: Office | None = None

    def may(self, right: Permission) -> bool:
        """Whether the right is there; a second factor that is missing is told when it is tried."""
        if self.office is None:
            return False
        return may(self.actor, right, self.office)

    @property
    def own_office(self) -> Office:
        """The office that takes part. Raises NotAllowed for a coordinator, who only reads."""
        if self.office is None:
            raise NotAllowed(
                _("You see where this procedure stands. Its steps are done by its offices."),
                code="not_your_procedure",
            )
        return self.office

    @property
    def own_sides(self) -> list[RunSide]:
        """The sides for which this office tells: its own, and those without an office."""
        mine = ("", self.own_office.public_id)
        return [side for side in self.run.sides.all() if side.office in mine]

    @property
    def side(self) -> RunSide | None:
        """The office's own side."""
        if self.office is None:
            return None
        own = (s for s in self.run.sides.all() if s.office == self.office.public_id)
        return next(own, None)


def decided_alone(seat: Seat) -> bool:
    """Whether another side decides this procedure alone, and this office only sees and replies."""
    return seat.side is not None and not seat.side.initiator


def seat_of(request: HttpRequest, public_id: str) -> Seat:
    """This person's place in a procedure. Raises NotFound, alike for what is not and not theirs."""
    seat = _seat(request, public_id)
    if seat is None:
        raise NotFound(
            _("There is no procedure of yours at this address. See the list of your procedures."),
            code="procedure_unknown",
        )
    return seat


def working_seat(request: HttpRequest, public_id: str) -> Seat:
    """The same for somebody whose office takes part; others see the page of the run at most."""
    seat = seat_of(request, public_id)
    if seat.office is None:
        raise NotFound(
            _("There is no procedure of yours at this address. See the list of your procedures."),
            code="procedure_unknown",
        )
    return seat


def _seat(request: HttpRequest, public_id: str) -> Seat | None:
    run = None
    if is_public_id(public_id, "procedure"):
        run = ProcedureRun.objects.filter(public_id=public_id).first()
    if run is None:
        return None
    actor = Actor(user=request.user)
    sides = list(run.sides.all())
    offices = list(offices_of(actor, Permission.READ_WORKING_PAPERS))
    taken = [side.office for side in sides if side.office]
    mine = next((office for office in offices if office.public_id in taken), None)
    if mine is not None:
        return Seat(request=request, actor=actor, run=run, office=mine)
    open_places = [side.place for side in sides if not side.office]
    named = next((o for o in offices if _verified(o) and o.place in open_places), None)
    if named is not None:
        return Seat(request=request, actor=actor, run=run, invited=named)
    scopes = scopes_of(actor)
    if scopes and any(scopes & scopes_covering(side) for side in sides):
        return Seat(request=request, actor=actor, run=run)
    return None


def offices_of(actor: Actor, right: Permission) -> Iterator[Office]:
    """The living offices in which this person has a right today, each once."""
    if actor.person is None:
        return
    seen: set[int] = set()
    for membership in memberships_of(actor.person):
        office = membership.office
        if office is None or office.pk in seen:
            continue
        seen.add(office.pk)
        if may(actor, right, office):
            yield office


def may(actor: Actor, right: Permission, office: Office) -> bool:
    """Whether the right is there but for a second factor."""
    try:
        check_can(actor, right, office=office)
    except NotAllowed as refusal:
        return refusal.code in FACTOR_CODES
    return True


def scopes_covering(side: RunSide) -> frozenset[str]:
    """Every scope in which the side's municipality lies."""
    try:
        return PlaceScope.of(the_world().get(side.place)).scopes
    except Refusal:
        # A place that only sources know lies in its country at least.
        return PlaceScope(side.place, side.country).scopes


def check_shown(seat: Seat, verb: str, right: Permission) -> None:
    """Refuse a binding act in a session that began before the second factor was set up.

    Raises NotAllowed (`second_factor_not_shown`), which is kept in the audit trail.
    """
    person, office = seat.actor.person, seat.office
    if person is None or office is None or not _wants_factor(person, right, office):
        return
    if mfa.has_second_factor(person) and not used_second_factor(seat.request):
        with audited(seat.actor, verb, seat.run.public_id):
            check_can(seat.actor, right, office=office)
            raise NotAllowed(
                _("This act binds, and this session has not shown your second factor yet."),
                code="second_factor_not_shown",
            )


def _wants_factor(person: User, right: Permission, office: Office) -> bool:
    roles = [one for one in memberships_of(person) if one.office_id == office.pk]
    return any(needs_second_factor(Role(one.role), right) for one in roles)


def _verified(office: Office) -> bool:
    return office.state == OfficeState.VERIFIED and not office.contested


def can_open(actor: Actor, place: str = "") -> list[Office]:
    """The offices for which this person may begin a procedure; of one municipality when named."""
    offices = offices_of(actor, Permission.OPEN_PROCEDURE)
    return [one for one in offices if not place or one.place == place]
