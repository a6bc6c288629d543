"""Who reads which offers, and for which office."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import NotAllowed, NotFound
from mistok.kernel.ids import is_public_id
from mistok.needs.answers import offers_shown_to, public_offers
from mistok.needs.models import Offer
from mistok.web.needs.seats import actor_of, readers_offices
from mistok.web.procedure.seats import may, offices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeat:
    """One person before one offer; `own`: the offering office where she is of it, `others`: her
    other offices that read needs.
    """

    request: HttpRequest
    actor: Actor
    offer: Offer
    own: Office | None
    others: tuple[Office, ...]

    @property
    def writes(self) -> bool:
        """Whether she may change the offer."""
        return self.own is not None and may(self.actor, Permission.WRITE_OFFER, self.own)

    @property
    def gives(self) -> bool:
        """Whether she may propose it for a need."""
        return self.own is not None and may(self.actor, Permission.COMMIT_HELP, self.own)

    def takers(self) -> list[Office]:
        """Her offices that may take it for a need of their own."""
        return [one for one in self.others if may(self.actor, Permission.ACCEPT_HELP, one)]


def shown_offers(offices: Sequence[Office]) -> "QuerySet[Offer]":
    """What people of these offices see: public ones, those of partners, all of their own."""
    shown = Q(pk__in=public_offers().values("pk"))
    for office in offices:
        shown |= Q(pk__in=offers_shown_to(office).values("pk"))
    return Offer.objects.filter(shown).select_related("office")


def seat_of(request: HttpRequest, public_id: str) -> OfferSeat:
    """This person's place before an offer. Raises NotFound, alike for none and for others'."""
    actor = actor_of(request)
    offices = readers_offices(actor)
    offer = None
    if is_public_id(public_id, "offer"):
        offer = shown_offers(offices).filter(public_id=public_id).first()
    if offer is None:
        raise unknown()
    own = next((one for one in offices if one.pk == offer.office_id), None)
    others = tuple(one for one in offices if own is None or one.pk != own.pk)
    return OfferSeat(request=request, actor=actor, offer=offer, own=own, others=others)


def unknown() -> NotFound:
    """Neither there nor shown."""
    return NotFound(
        _("There is no offer at this address that you may read. See the list of offers."),
        code="offer_unknown",
    )


def writer_of(request: HttpRequest) -> tuple[Actor, Office, list[Office]]:
    """For which office this person writes offers: the named one, else the first; and all of them.

    Raises NotAllowed with the reason, for who writes for none.
    """
    actor = actor_of(request)
    offices = list(offices_of(actor, Permission.WRITE_OFFER))
    if not offices:
        raise _why_not(actor)
    asked = request.POST.get("office") or request.GET.get("office", "")
    office = next((one for one in offices if one.public_id == asked), offices[0])
    return actor, office, offices


def _why_not(actor: Actor) -> NotAllowed:
    if actor.person is None:
        return sentences.sign_in_needed()
    return NotAllowed(
        _(
            "Offers are written by officers of verified offices, and you are of none. Do you work "
            "for a municipality? Open its page and claim its office."
        ),
        code="role_cannot",
    )
