"""Which office may see which need and offer."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.kernel.errors import NotFound
from mistok.needs.lifecycle import COUNTING, AppealState, NeedState, OfferState
from mistok.needs.lines import partner_places, public_needs
from mistok.needs.models import AppealLine, Need, Offer, Publication

_GIVES = Q(state__in=COUNTING) | Q(asks="giver")
"""An office gives already, or is asked to."""


def sees_in_full(office: Office, need: Need) -> bool:
    """Whether the office is shown the line itself.

    It is its own, that of a partner, of a letter to it, or of a proposal to take from its offer.
    """
    if need.place == office.place:
        return True
    if need.state == NeedState.DRAFT:
        return False
    return (
        need.place in partner_places([office.place])
        or _letters_with(need, office).exists()
        or need.commitments.filter(_GIVES, giver_office=office).exists()
    )


def check_shown(office: Office, need: Need, today: dt.date) -> None:
    """Raise NotFound (`need_unknown`) for an office that is shown neither line nor publication."""
    if not sees_in_full(office, need) and published(need, today) is None:
        raise NotFound(
            _("There is no such need among those that %(office)s may see. Open the list again.")
            % {"office": office.name},
            code="need_unknown",
        )


def published(need: Need, today: dt.date) -> Publication | None:
    """What the public may read of it today, if anything."""
    return public_needs(today).filter(need=need).first()


def offers_shown_to(office: Office) -> QuerySet[Offer]:
    """Offers that this office may take from while they go on, and its own in every state."""
    others = Q(public=True) | Q(place__in=partner_places([office.place]))
    going = (OfferState.OPEN, OfferState.TAKEN)
    shown = Q(office=office) | (others & Q(state__in=going))
    return Offer.objects.filter(shown).select_related("office")


def public_offers() -> QuerySet[Offer]:
    """What everybody may read of offers: those that their office opened to all."""
    return Offer.objects.open().filter(public=True).select_related("office")


def check_offer_shown(office: Office, offer: Offer) -> None:
    """Raise NotFound (`offer_unknown`) for an office that the offer is not shown to."""
    if not offers_shown_to(office).filter(pk=offer.pk).exists():
        raise NotFound(
            _("There is no such offer among those that %(office)s may see. Open the list again.")
            % {"office": office.name},
            code="offer_unknown",
        )


def _letters_with(need: Need, office: Office) -> "QuerySet[Any]":
    return AppealLine.objects.filter(
        need=need,
        appeal__state__in=(AppealState.SENT, AppealState.CLOSED),
        appeal__addressees__place=office.place,
    )
