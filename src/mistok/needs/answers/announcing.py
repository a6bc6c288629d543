"""Offices hear of offers and needs that may fit: looked up by the worker, told once to each."""

import datetime as dt
from typing import Final

from django.utils import timezone

from mistok.needs.answers.naming import need_by_language, offer_by_language
from mistok.needs.answers.suggesting import offers_for, suggestions
from mistok.needs.lines import partner_places
from mistok.needs.models import Need, Offer
from mistok.needs.notices import tell

FRESH: Final = dt.timedelta(days=2)
"""How long after it was opened or changed a line or offer is still announced; the worker may have
been off for a day."""
MOST: Final = 5
"""More at once would be a mailing; the rest stands on the page of the offer or need."""


def announce_matches(now: dt.datetime | None = None) -> int:
    """Tell offices of fresh offers and needs that may meet theirs; gives how many people are told.

    An office hears only of what it may see: offers of partners and public ones, needs of partners.
    """
    now = now or timezone.now()
    fresh = now - FRESH
    offers = Offer.objects.open().filter(changed_at__gte=fresh).select_related("office")
    needs = Need.objects.open().filter(opened_at__gte=fresh).select_related("office")
    told = sum(_announce_offer(offer, now) for offer in offers)
    return told + sum(_announce_need(need, now) for need in needs)


def _announce_offer(offer: Offer, now: dt.datetime) -> int:
    partners = partner_places([offer.place])
    told = 0
    for one in suggestions(offer, today=timezone.localdate(now), most=MOST):
        if offer.public or one.need.place in partners:
            told += tell(
                kind="offer_matches",
                subject=offer.public_id,
                params={
                    "who": offer.office.name,
                    "what": offer_by_language(offer),
                    "need": need_by_language(one.need),
                },
                offices=[one.need.office],
                once=True,
                at=now,
            )
    return told


def _announce_need(need: Need, now: dt.datetime) -> int:
    partners = partner_places([need.place])
    told = 0
    for one in offers_for(need, today=timezone.localdate(now), most=MOST):
        if one.offer.place in partners:
            told += tell(
                kind="need_matches",
                subject=need.public_id,
                params={
                    "who": need.office.name,
                    "what": need_by_language(need),
                    "offer": offer_by_language(one.offer),
                },
                offices=[one.offer.office],
                once=True,
                at=now,
            )
    return told
