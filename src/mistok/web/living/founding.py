"""A tie that the registry does not know yet: whose, with whom, and with what it began."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, Refusal
from mistok.registry.gazetteer import the_world
from mistok.registry.life import party_of
from mistok.registry.services.rules import aggressors_on
from mistok.web.cards import PlaceCard
from mistok.web.living.events import EVENTS, FIRST
from mistok.web.living.seats import TELLING, Seat, own_seat
from mistok.web.living.telling import event_choices, tell_page
from mistok.web.refusals import sentence
from mistok.web.registry.lists import found_cards
from mistok.web.registry.present import country_name, place_card
from mistok.web.words import lang, stated_words
from mistok.world import Match
from mistok.world.finding.answers import GUESSED

MOST_PARTNERS = 12
FOUND = 8


def new_page(request: HttpRequest) -> HttpResponse:
    """Choose the partners, then the event, then tell it."""
    keys = _partners(request)
    seat = own_seat(request, keys, TELLING)
    return tell_page(seat, "living/new.html", _new_context(seat))


def _partners(request: HttpRequest) -> list[str]:
    """Canonical keys of the partners in the address. Raises Invalid, NotFound."""
    named = list(dict.fromkeys(request.GET.getlist("partner")))
    if len(named) > MOST_PARTNERS:
        raise Invalid(
            _("%(count)s partners are more than one tie has here. Name %(most)s at most.")
            % {"count": len(named), "most": MOST_PARTNERS},
            code="too_many_partners",
        )
    return list(dict.fromkeys(party_of(key).key for key in named))


def _new_context(seat: Seat) -> dict[str, Any]:
    others = [party for party in seat.life.known.parties if party.key != seat.office.place]
    found, refusal = _found(seat)
    chosen = [_chosen(seat, party.key) for party in others]
    told = bool(others and seat.life.known.facts)
    names = FIRST if others else ("search_mandate",)
    return {
        "own": _card(seat.office.place),
        "partners": chosen,
        "query": seat.request.GET.get("q", "")[:200],
        "found": found,
        "refusal": refusal,
        "is_told": told,
        "firm": [] if told else event_choices(seat, names),
        "more": event_choices(seat, _more()) if others and not told else [],
        "barred": _barred([party.country for party in others]),
        "kept": _kept(seat),
        "choose_url": _address(seat, seat.request.GET.getlist("partner")),
    }


def _more() -> list[str]:
    return [name for name in EVENTS if name not in (*FIRST, "search_mandate")]


def _card(key: str) -> PlaceCard:
    return place_card(the_world().get(key))


def _chosen(seat: Seat, key: str) -> dict[str, Any]:
    """A partner with the address of this page without it."""
    party = next(one for one in seat.life.known.parties if one.key == key)
    rest = [one for one in seat.request.GET.getlist("partner") if party_of(one).key != key]
    return {
        "name": party.name,
        "country": country_name(party.country, lang()),
        "without": _address(seat, rest),
    }


def _address(seat: Seat, partners: list[str]) -> str:
    """This page with these partners, before an event is chosen."""
    kept = [("office", seat.office.public_id), *(("partner", key) for key in partners)]
    return f"?{urlencode(kept)}"


def _found(seat: Seat) -> tuple[list[dict[str, Any]], str]:
    """Places with the name that is looked for, each with the address that adds it."""
    text = seat.request.GET.get("q", "").strip()
    if not text:
        return [], ""
    try:
        answer = the_world().resolve(text, limit=FOUND)
    except Refusal as refusal:
        return [], sentence(refusal)
    places = [match for match in answer.matches if match.place.key != seat.office.place]
    chosen = seat.request.GET.getlist("partner")
    found = [
        {"place": card, "add": _address(seat, [*chosen, card.key])}
        for card in found_cards(places, text)
    ]
    return found, _doubt(answer.best)


def _doubt(best: Match | None) -> str:
    """What to say of places that are only like what was written."""
    if best is None:
        return _("No place has this name. Look at the spelling, or write it in its language.")
    return _("No place has exactly this name. One of these?") if best.matched in GUESSED else ""


def _kept(seat: Seat) -> list[tuple[str, str]]:
    """What a search for one more partner keeps of the address."""
    kept = [("partner", key) for key in seat.request.GET.getlist("partner")]
    return [("office", seat.office.public_id), *kept]


def _barred(countries: list[str]) -> list[str]:
    """What the list of aggressor states says of the partners, before anything is written."""
    return [
        _("No new tie is made with %(country)s. %(ground)s What was before %(since)s may be told.")
        % {
            "country": country_name(state.country, lang()),
            "ground": state.ground,
            "since": stated_words(state.since),
        }
        for state in aggressors_on(timezone.localdate())
        if state.country in countries and state.refused
    ]
