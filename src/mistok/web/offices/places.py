"""Municipalities and the offices that speak for them, as everybody may know them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.accounts.selectors import memberships_of, scopes_of
from mistok.kernel.errors import Invalid, NotAllowed, NotFound
from mistok.kernel.ids import is_public_id
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.web.cards import PlaceCard
from mistok.web.offices.words import day_words, office_badge
from mistok.web.registry.lists import paged
from mistok.web.registry.present import place_card
from mistok.web.words import StateBadge
from mistok.world import Place

MOST_FOUND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """What everybody may know of a municipality's office: never people, never numbers."""

    place: PlaceCard
    state: StateBadge | None
    since: str
    since_iso: str
    site: str
    claim_url: str


def office_by_id(public_id: str) -> Office:
    """The office with this id. Raises NotFound (code `office_unknown`)."""
    office = None
    if is_public_id(public_id, "office"):
        office = Office.objects.filter(public_id=public_id).first()
    if office is None:
        raise NotFound(
            _("There is no office at this address. Look for the municipality by its name."),
            code="office_unknown",
        )
    return office


def claimable_place(key: str) -> Place:
    """The municipality that an office of this key would speak for; aliases lead on.

    Raises NotFound, Invalid (`office_of_no_municipality`), NotAllowed (`aggressor_state`).
    """
    standing = resolve_place(key)[0]
    place = None if standing.startswith("place_") else the_world().get(standing)
    if place is None or not place.is_municipality:
        raise Invalid(
            _("Only municipalities have an office, and this is none. Open one of its own."),
            code="office_of_no_municipality",
        )
    if place.country in {state.country for state in AGGRESSOR_STATES}:
        raise NotAllowed(
            _("Municipalities of an aggressor state have no office here."), code="aggressor_state"
        )
    return place


def card_of(office: Office) -> PlaceCard:
    """The municipality of an office in the reader's language."""
    return place_card(the_world().get(office.place))


def office_line(place: Place) -> OfficeLine:
    """The office of a municipality as its public page tells of it; also when there is none."""
    standing = Office.objects.of(place.key).filter(
        state__in=(OfficeState.VERIFIED, OfficeState.SUSPENDED)
    )
    return _line(standing.first(), place_card(place))


def _line(office: Office | None, place: PlaceCard) -> OfficeLine:
    claim_url = reverse("offices:claim", args=[place.key])
    if office is None:
        return OfficeLine(
            place=place, state=None, since="", since_iso="", site="", claim_url=claim_url
        )
    since = timezone.localdate(office.verified_at) if office.verified_at else None
    return OfficeLine(
        place=place,
        state=office_badge(office),
        since=day_words(since),
        since_iso=since.isoformat() if since else "",
        site=office.official_site,
        claim_url=claim_url,
    )


def offices_context(request: HttpRequest) -> dict[str, Any]:
    """Verified offices by name of their municipality; above them what is the reader's own."""
    query = request.GET.get("q", "").strip()[:200]
    offices: QuerySet[Office] = Office.objects.verified().order_by("name", "pk")
    if query:
        offices = _named(offices, query)
    pager, page = paged(request, offices)
    return {
        "query": query,
        "pager": pager,
        "offices": [_line(one, card_of(one)) for one in page],
        **_own(request),
    }


def _named(offices: "QuerySet[Office]", query: str) -> "QuerySet[Office]":
    """Those whose municipality has this name in any language, or one that contains it."""
    found = the_world().resolve(query, limit=MOST_FOUND).matches
    keys = [match.place.key for match in found]
    return offices.filter(Q(place__in=keys) | Q(name__icontains=query))


def _own(request: HttpRequest) -> dict[str, Any]:
    person = request.user
    if not isinstance(person, User):
        return {"mine": [], "coordinates": False}
    mine = [
        (card_of(office), one.get_role_display(), office_badge(office), _desk(person, office))
        for one in memberships_of(person)
        if (office := one.office) is not None
    ]
    return {"mine": mine, "coordinates": bool(scopes_of(Actor(user=person)))}


def _desk(person: User, office: Office) -> str:
    """Where the office's work lies for this member; a claim tells how far it is."""
    if can(person, Permission.READ_WORKING_PAPERS, office=office):
        return reverse("offices:desk", args=[office.public_id])
    return reverse("offices:claim", args=[office.place])
