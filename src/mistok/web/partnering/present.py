"""What the page of ranked partners shows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.matching.declared import Profile
from mistok.partnering.matchers import CLOSED
from mistok.partnering.search import Candidate, criteria, find_partners
from mistok.partnering.sentences import DESCRIPTIONS, LABELS
from mistok.registry.gazetteer import the_world
from mistok.web.cards import Choice, PlaceCard
from mistok.web.maps import Map, MapArc, MapPoint, build_map
from mistok.web.partnering.asking import LIMITS, Asked
from mistok.web.partnering.bars import SHOWN, bar, longest, points, told
from mistok.web.partnering.cards import Suggestion, Weighed
from mistok.web.partnering.profile_hints import hint_sentences, own_profile, public_profiles_of
from mistok.web.partnering.shortlist_keeping import noted
from mistok.web.registry.present import country_name, place_card, place_url
from mistok.web.words import by_name, lang


def partners_context(request: HttpRequest, key: str) -> dict[str, Any]:
    """Candidates and filters; a filter that cannot be read falls back to its default."""
    asked, own = Asked.of(request.GET), own_profile(request, key)
    candidates = find_partners(key=key, **asked.search, profile=own)
    kept = {one.candidate for one in noted(request, key)}
    seeker = place_card(the_world().get(key))
    cards = suggestions(key, candidates, asked, own, kept)
    return {
        "place": seeker,
        "candidates": cards,
        "countries": _countries(asked.country),
        "limits": [Choice(value=str(n), label=str(n), selected=n == asked.limit) for n in LIMITS],
        "include_tied": asked.include_tied,
        "asked": asked,
        "weighings": asked.weighting_choices(),
        "weighed": [_weighed(asked, *one) for one in criteria(weighting=asked.weighting)],
        "nothing_counts": all(asked.factors.get(name) == "0" for name, _weight in criteria()),
        "algorithm": asked.label,
        "map": _map(seeker, [card.place for card in cards]),
        "shortlist_url": reverse("partnering:shortlist", args=[key]),
        "shortlisted": len(kept),
        "profile_url": reverse("profiles:profile", args=[key]),
        "profiled": own is not None,
        "next": request.get_full_path(),
    }


def suggestions(
    key: str, candidates: list[Candidate], asked: Asked, own: Profile | None, kept: set[str]
) -> list[Suggestion]:
    """Candidates with bars, hints, and links to what can be done with them."""
    profiles = public_profiles_of(one.place.key for one in candidates)
    whole, compare = (
        longest(one.fit for one in candidates),
        reverse("partnering:compare", args=[key]),
    )
    return [
        Suggestion(
            rank=one.rank,
            place=place_card(one.place),
            score=one.fit.score,
            score_text=points(one.fit.score),
            url=place_url(one.place.key),
            reasons=[bar(reason, whole) for reason in told(one.fit, SHOWN)],
            tied=one.tied,
            anchor=anchor(one.place.key),
            more=len(one.fit.reasons) - len(told(one.fit, SHOWN)),
            kept=one.place.key in kept,
            compare_url=compare + asked.query(a=one.place.key),
            profile_url=_profile_url(one.place.key) if one.place.key in profiles else "",
            hints=hint_sentences(own, one.place.key, profiles),
        )
        for one in candidates
    ]


def anchor(key: str) -> str:
    """The id of a candidate's row, by which the page is opened again where it was left."""
    return f"candidate-{key.replace(':', '-')}"


def _profile_url(key: str) -> str:
    return reverse("profiles:profile", args=[key])


def _weighed(asked: Asked, name: str, weight: float) -> Weighed:
    return Weighed(
        name=name,
        label=str(LABELS[name]),
        description=str(DESCRIPTIONS[name]),
        weight=points(weight * float(asked.factors.get(name, 1))),
        choices=asked.factor_choices(name),
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
