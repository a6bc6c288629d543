"""Who stands before one need: its office, a partner, a coordinator, or anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import NotAllowed, NotFound
from mistok.needs.answers import sees_in_full
from mistok.needs.lines import needs_shown_to, public_needs
from mistok.needs.models import Need, Publication
from mistok.web.needs.seats import Writer, actor_of, readers_offices
from mistok.web.procedure.seats import may


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSeat:
    """One person before one need.

    `need` is there for whom it is shown; others read `publication` alone. `own` is the asking
    office where the person is of it; `partners` are her other offices that read needs.
    """

    request: HttpRequest
    actor: Actor
    public_id: str
    need: Need | None
    publication: Publication | None
    own: Office | None
    partners: tuple[Office, ...]

    def may(self, right: Permission) -> bool:
        """Whether the asking office's right is there, but for a second factor."""
        return self.own is not None and may(self.actor, right, self.own)

    @property
    def writes(self) -> bool:
        """Whether this person writes the needs of the asking office."""
        return self.may(Permission.WRITE_NEED)

    def helpers(self, right: Permission) -> list[Office]:
        """Her offices, not the asking one, in which she has this right."""
        return [office for office in self.partners if may(self.actor, right, office)]


def seat_of(request: HttpRequest, public_id: str) -> NeedSeat:
    """This person's place before a need. Raises NotFound, alike for none and for one not shown."""
    actor = actor_of(request)
    offices = readers_offices(actor)
    need = _shown(actor, public_id, offices)
    public = public_needs(timezone.localdate()).filter(need__public_id=public_id).first()
    if need is None and public is None:
        raise unknown()
    own = next((one for one in offices if need is not None and one.pk == need.office_id), None)
    return NeedSeat(
        request=request,
        actor=actor,
        public_id=public_id,
        need=need,
        publication=public,
        own=own,
        partners=tuple(one for one in offices if own is None or one.pk != own.pk),
    )


def _shown(actor: Actor, public_id: str, offices: Sequence[Office]) -> Need | None:
    """The need itself, for whom it is shown: by a tie, a letter, a scope, or as one's own."""
    need = needs_shown_to(actor).filter(public_id=public_id).first()
    if need is not None or not offices:
        return need
    other = Need.objects.select_related("office").filter(public_id=public_id).first()
    verified = (office for office in offices if office.state == OfficeState.VERIFIED)
    # An office that was asked by letter reads what it is asked for; of its own place it is not.
    told = (
        one for one in verified if other and one.place != other.place and sees_in_full(one, other)
    )
    return other if any(told) else None


def writer_before(request: HttpRequest, public_id: str) -> tuple[Writer, Need]:
    """Who may change this need. Raises NotFound, NotAllowed."""
    seat = seat_of(request, public_id)
    if seat.need is None or seat.own is None:
        raise unknown()
    if not seat.writes:
        raise NotAllowed(
            _("You read this need, and officers of its office change it."), code="role_cannot"
        )
    return Writer(
        request=request, actor=seat.actor, office=seat.own, choices=(seat.own,)
    ), seat.need


def unknown() -> NotFound:
    """Neither there nor shown."""
    return NotFound(
        _("There is no need at this address that you may read. See the list of needs."),
        code="need_unknown",
    )
