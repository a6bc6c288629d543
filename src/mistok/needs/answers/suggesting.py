"""Which open needs an offer may meet, and which offers a need, among what each side is shown."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.needs.answers.amounts import steps_of
from mistok.needs.answers.matching import NeedCase, OfferCase, best_needs, best_offers
from mistok.needs.answers.reasons import SENTENCES, Reason
from mistok.needs.answers.seeing import offers_shown_to
from mistok.needs.items import Amount
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import COUNTING, OfferState
from mistok.needs.lines import open_to_public, partner_places, public_needs
from mistok.needs.lines.refusing import reader_language
from mistok.needs.models import Commitment, Need, Offer, Publication
from mistok.registry.gazetteer import the_world
from mistok.world.model import Point

MOST = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer and a need that may be brought together; `score` is the sum of its reasons.

    With a `publication` the other side is no partner: only what it projects may be shown of the
    need, and the reasons rest on nothing else.
    """

    offer: Offer
    need: Need
    publication: Publication | None
    score: int
    reasons: tuple[Reason, ...]


def suggestions(
    offer: Offer, *, today: dt.date | None = None, most: int = MOST
) -> tuple[Suggestion, ...]:
    """Needs of partners, and public needs, that an offer may meet, best first."""
    today = today or timezone.localdate()
    partners = partner_places([offer.place])
    wanted = {"cluster": offer.cluster, "kind": offer.kind}
    lines = Need.objects.open().filter(place__in=partners, **wanted).select_related("office")
    shown: dict[str, tuple[Need, Publication | None]] = {
        need.public_id: (need, None) for need in lines
    }
    cases = [*_need_cases([need for need, _none in shown.values()])]
    if not offer.restricted:
        named = {f"need__{name}": value for name, value in wanted.items()}
        for one in public_needs(today).filter(need__state="open", **named):
            if one.need.public_id not in shown:
                shown[one.need.public_id] = (one.need, one)
                cases.append(_public_case(one))
    fits = best_needs(_offer_case(offer), cases, tied=partners, today=today, most=most)
    return tuple(
        Suggestion(offer, *shown[found.need.key], found.score, found.reasons) for found in fits
    )


def offers_for(
    need: Need, *, today: dt.date | None = None, most: int = MOST
) -> tuple[Suggestion, ...]:
    """Offers of partners, and public offers, that may meet a need, best first."""
    today = today or timezone.localdate()
    rows = offers_shown_to(need.office).filter(state=OfferState.OPEN)
    shown = {
        offer.public_id: offer
        for offer in rows.filter(cluster=need.cluster, kind=need.kind).exclude(place=need.place)
    }
    (case,) = _need_cases([need])
    fits = best_offers(
        case,
        [_offer_case(offer) for offer in shown.values()],
        tied=partner_places([need.place]),
        today=today,
        most=most,
    )
    return tuple(
        Suggestion(shown[found.offer.key], need, None, found.score, found.reasons) for found in fits
    )


def told_reason(reason: Reason) -> str:
    """A reason in the language that is on, without its points."""
    return _(SENTENCES[reason.code]) % reason.params


@lru_cache(maxsize=4096)
def point_of(place: str) -> Point | None:
    """Where a municipality lies, as far as the gazetteer knows."""
    try:
        found = the_world().get(place)
    except Refusal:
        return None
    return None if found.lat is None or found.lon is None else (found.lat, found.lon)


def told_place(key: str) -> str:
    """The name of a municipality in the language that is on."""
    return the_world().get(key).name_in(reader_language())


def _need_cases(needs: Iterable[Need]) -> list[NeedCase]:
    rows = list(needs)
    helped = _helped_places({need.place for need in rows})
    return [
        NeedCase(
            key=need.public_id,
            item=need.item,
            hs6=need.hs6,
            cluster=need.cluster,
            kind=need.kind,
            unit=need.unit,
            still_open=need.still_open,
            committed=need.committed,
            priority=need.priority,
            season=need.season,
            needed_by=need.needed_by,
            waits_since=(need.opened_at or need.written_at).date(),
            place=need.place,
            country=need.country,
            point=point_of(need.place),
            nothing_here=need.place not in helped,
        )
        for need in rows
    ]


def _helped_places(places: set[str]) -> frozenset[str]:
    """Those to which anything is committed."""
    rows = Commitment.objects.filter(state__in=COUNTING, need__place__in=places)
    return frozenset(rows.values_list("need__place", flat=True))


def _public_case(publication: Publication) -> NeedCase:
    """A need as the public knows it: nothing that is not projected may speak from its reasons."""
    told = publication.projection
    known = item_of(told["item"]) if told["item"] else None
    still_open = steps_of(Amount(open_to_public(publication), told["unit"]))
    asked = steps_of(Amount(Decimal(told["asked"]), told["unit"]))
    return NeedCase(
        key=publication.need.public_id,
        item=told["item"],
        hs6=(known.hs6 or "") if known else "",
        cluster=told["cluster"],
        kind=told["kind"],
        unit=told["unit"],
        still_open=still_open,
        committed=asked - still_open,
        priority=told["priority"],
        season=told["season"],
        needed_by=_last_day(told["needed_by"]),
        waits_since=publication.not_before,
        place=told["place"],
        country=told["country"],
        point=point_of(told["place"]),
    )


def _last_day(text: str) -> dt.date | None:
    """The last day of a month (2026-12) or quarter (2026-Q4)."""
    if not text:
        return None
    year, part = text.split("-")
    month = 3 * int(part[1:]) if part.startswith("Q") else int(part)
    return dt.date(int(year), month, calendar.monthrange(int(year), month)[1])


def _offer_case(offer: Offer) -> OfferCase:
    known = item_of(offer.item) if offer.item else None
    return OfferCase(
        key=offer.public_id,
        item=offer.item,
        hs6=(known.hs6 or "") if known else "",
        cluster=offer.cluster,
        kind=offer.kind,
        unit=offer.unit,
        left=offer.left,
        season=offer.season,
        available_from=offer.available_from,
        available_until=offer.available_until,
        place=offer.place,
        countries=frozenset(offer.countries),
        point=point_of(offer.place),
    )
