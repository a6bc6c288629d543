"""The board of offers: what is public for everybody, what partners offer for offices."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.needs.answers import offers_for
from mistok.needs.lifecycle import OfferState
from mistok.needs.models import Need, Offer
from mistok.registry.gazetteer import the_world
from mistok.web.cards import Choice, PlaceCard
from mistok.web.maps import Map, MapPoint, build_map
from mistok.web.needs.filters import Filter
from mistok.web.needs.seats import actor_of, readers_offices
from mistok.web.needs.words import field_of, kind_of, steps_text
from mistok.web.offers.matching import MatchRow, offers_rows
from mistok.web.offers.seats import shown_offers
from mistok.web.offers.words import added_words, for_words, offer_badge, offer_title, when_words
from mistok.web.procedure.seats import may
from mistok.web.registry.lists import paged
from mistok.web.registry.present import country_name, place_card, place_url
from mistok.web.words import StateBadge, by_name, lang

NAMES = ("kind", "cluster", "country")
MOST_MATCHED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """An offer in the table."""

    url: str
    title: str
    added: str
    place: PlaceCard
    field: str
    left: str
    when: str
    countries: str
    state: StateBadge
    own: bool
    public: bool


def board_context(request: HttpRequest) -> dict[str, Any]:
    """Everything that offers/board.html shows."""
    actor = actor_of(request)
    offices = readers_offices(actor)
    own = [office.pk for office in offices]
    seen = shown_offers(offices)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in NAMES}
    rows = seen.filter(**{name: value for name, value in asked.items() if value})
    whose = request.GET.get("whose", "") if own else ""
    rows = rows.filter(office__in=own) if whose == "own" else rows.exclude(state=OfferState.CLOSED)
    pager, page = paged(request, rows.order_by("-changed_at", "-pk"))
    taking = [office for office in offices if may(actor, Permission.ACCEPT_HELP, office)]
    return {
        "filters": _filters(seen, asked),
        "whose": _whose(whose) if own else [],
        "narrowed": any(asked.values()) or bool(whose),
        "pager": pager,
        "rows": [offer_row(one, own=one.office_id in own) for one in page],
        "map": offers_map(rows),
        "matches": matches(Need.objects.open().filter(office__in=taking)),
        "writes": any(may(actor, Permission.WRITE_OFFER, one) for one in offices),
        "sees": bool(own),
    }


def offer_row(offer: Offer, *, own: bool) -> OfferRow:
    """An offer as a row of the table."""
    return OfferRow(
        url=reverse("offers:offer", args=[offer.public_id]),
        title=offer_title(offer),
        added=added_words(offer),
        place=place_card(the_world().get(offer.place)),
        field=field_of(offer.cluster),
        left=steps_text(offer.left, offer.unit),
        when=when_words(offer),
        countries=for_words(offer),
        state=offer_badge(offer),
        own=own,
        public=offer.public,
    )


def matches(needs: "QuerySet[Need]") -> list[MatchRow]:
    """Offers that fit open needs of the reader's offices: the best for each need."""
    ordered = needs.select_related("office").order_by("needed_by", "pk")[:MOST_MATCHED]
    best = [one for need in ordered for one in offers_for(need)[:1]]
    return offers_rows(best, proposes=True)


def _filters(seen: "QuerySet[Offer]", asked: dict[str, str]) -> list[Filter]:
    """Lists to choose from, of what there is to see."""
    held = seen.exclude(state=OfferState.CLOSED).order_by().values_list(*NAMES).distinct()
    values = list(zip(*held, strict=True)) or [()] * len(NAMES)
    told = (
        (_("Kind of help"), _("Any kind"), kind_of),
        (_("Field of help"), _("Any field"), field_of),
        (_("Country"), _("Any country"), lambda code: country_name(code, lang())),
    )
    return [
        Filter(name, label, empty, _choices(set(codes), words, asked[name]))
        for name, (label, empty, words), codes in zip(NAMES, told, values, strict=True)
        if len(set(codes)) > 1 or asked[name] in codes
    ]


def _choices(codes: Iterable[str], words: Any, selected: str) -> list[Choice]:
    named = by_name((words(code), code) for code in codes)
    return [
        Choice(value=code, label=name[:1].upper() + name[1:], selected=code == selected)
        for name, code in named
    ]


def _whose(chosen: str) -> list[Choice]:
    told = (("", _("All that we may see")), ("own", _("Our own, the closed too")))
    return [Choice(value=v, label=label, selected=v == chosen) for v, label in told]


def offers_map(rows: "QuerySet[Offer]") -> Map | None:
    """A point for each municipality that offers something; None where there is none."""
    points = []
    for key, count in Counter(rows.values_list("place", flat=True)).items():
        place = the_world().get(key)
        if place.lat is not None and place.lon is not None:
            points.append(
                MapPoint(key, place.name_in(lang()), place.lat, place.lon, count, place_url(key))
            )
    return build_map(
        id="offers-map",
        title=_("Offers on the map"),
        description=_("A point stands for a municipality that offers something."),
        points=points,
        caption=_("Where the offers come from"),
        counted=_("Offers of help"),
    )
