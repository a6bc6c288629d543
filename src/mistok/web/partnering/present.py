"""What the page of ranked partners shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.matching import Reason
from mistok.partnering.search import CLOSED, MOST, WEIGHTS, Candidate, find_partners
from mistok.partnering.sentences import DESCRIPTIONS, LABELS, sentence
from mistok.registry.gazetteer import the_world
from mistok.web.cards import CandidateCard, Choice, PlaceCard, ReasonBar
from mistok.web.maps import Map, MapArc, MapPoint, build_map
from mistok.web.registry.present import country_name, place_card, place_url
from mistok.web.words import by_name, lang

LIMITS = (20, 50, 100)


def partners_context(request: HttpRequest, key: str) -> dict[str, Any]:
    """Candidates and filters; a filter that cannot be read falls back to its default."""
    codes = the_world().columns.country_codes
    country = request.GET.get("country", "").upper()
    country = country if country in codes else ""
    include_tied = request.GET.get("include_tied") == "1"
    limit = request.GET.get("limit", "")
    number = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 4 else LIMITS[0]
    candidates = find_partners(
        key=key,
        countries=[country] if country else [],
        include_tied=include_tied,
        limit=min(max(number, 1), MOST),
    )
    seeker = place_card(the_world().get(key))
    cards = [candidate_card(candidate) for candidate in candidates]
    return {
        "place": seeker,
        "candidates": cards,
        "countries": _countries(country),
        "limits": [Choice(value=str(n), label=str(n), selected=n == number) for n in LIMITS],
        "include_tied": include_tied,
        "algorithm": WEIGHTS.algorithm,
        "explanation": [
            {
                "label": LABELS[criterion.name],
                "description": DESCRIPTIONS[criterion.name],
                "weight": criterion.weight,
            }
            for criterion in WEIGHTS.criteria
        ],
        "map": _map(seeker, [card.place for card in cards]),
    }


def candidate_card(candidate: Candidate) -> CandidateCard:
    """A candidate with bars: the longest bar is the weightiest criterion fulfilled."""
    return CandidateCard(
        rank=candidate.rank,
        place=place_card(candidate.place),
        score=candidate.fit.score,
        score_text=f"{candidate.fit.score * 100:.0f}",
        url=place_url(candidate.place.key),
        reasons=[_bar(reason) for reason in candidate.fit.reasons],
        tied=candidate.tied,
    )


def _bar(reason: Reason) -> ReasonBar:
    longest = max(abs(criterion.weight) for criterion in WEIGHTS.criteria)
    return ReasonBar(
        criterion=reason.criterion,
        label=str(LABELS[reason.criterion]),
        sentence=sentence(reason),
        contribution=reason.contribution,
        width=round(abs(reason.contribution) / longest * 100),
        negative=reason.weight < 0,
    )


def _countries(selected: str) -> list[Choice]:
    codes = set(the_world().columns.country_codes) - CLOSED
    named = by_name((country_name(code, lang()), code) for code in codes)
    return [Choice(value=code, label=name, selected=code == selected) for name, code in named]


def _map(seeker: PlaceCard, places: list[PlaceCard]) -> Map | None:
    shown = [card for card in [seeker, *places] if card.lat is not None and card.lon is not None]
    return build_map(
        id="partners-map",
        title=_("Suggested partners on the map"),
        description=_("Each arc leads to a suggested partner; it is not a tie."),
        points=[
            MapPoint(card.key, card.name, card.lat or 0.0, card.lon or 0.0, 1, card.url)
            for card in shown
        ],
        arcs=[
            MapArc(seeker.key, card.key, f"{seeker.name} ⌒ {card.name}", card.url, "river")
            for card in shown[1:]
        ],
        caption=_("Suggested places"),
    )
