"""Two candidates side by side: facts, contributions, and which is ahead by what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.matching import Reason, TieGraph
from mistok.matching.declared import Profile
from mistok.partnering.matchers import live_ties
from mistok.partnering.search import Candidate, find_partners, fit_between
from mistok.partnering.sentences import DESCRIPTIONS, LABELS
from mistok.partnering.shortlists import fits_of
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.web.cards import PlaceCard, ReasonBar
from mistok.web.partnering.asking import Asked
from mistok.web.partnering.bars import bar, longest, points, signed_points
from mistok.web.partnering.profile_hints import hint_sentences, own_profile, public_profiles_of
from mistok.web.partnering.shortlist_keeping import noted
from mistok.web.registry.present import place_card
from mistok.web.words import grouped, lang
from mistok.world import Place, distance_km

TELLING = 3
"""Criteria that the sentence on who is ahead names on each side."""
SIDES = ("a", "b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One candidate of a comparison; `back` is the fit as it is seen from there."""

    place: PlaceCard
    score: str
    back: str
    tied: bool
    kept: bool
    hints: list[str]
    profile_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One criterion: bar and points of each candidate, and by how much the first is ahead."""

    label: str
    description: str
    cells: list[tuple[ReasonBar, str]]
    difference: str

    @property
    def counts(self) -> bool:
        """Whether it contributes anything to either fit."""
        return any(told != "0" for _bar, told in self.cells)


def compare_context(request: HttpRequest, key: str) -> dict[str, Any]:
    """One or two candidates in full, and the choice of others.

    Raises what the search raises for an unknown key and for a place that cannot be a partner,
    and Invalid for one candidate named twice.
    """
    asked, own = Asked.of(request.GET), own_profile(request, key)
    keys = [resolve_place(k)[0] for side in SIDES if (k := request.GET.get(side, "").strip())]
    if len(set(keys)) < len(keys):
        raise Invalid(
            _("Both candidates are the same municipality. Choose two different ones."),
            code="compared_with_itself",
        )
    seeker = the_world().get(key)
    found = fits_of(key=key, others=keys, profile=own, **asked.weights) if keys else []
    lines = _lines(found, longest(one.fit for one in found))
    return {
        "place": place_card(seeker),
        "candidates": _compared(request, key, found, asked, own),
        "lines": [line for line in lines if line.counts],
        "silent": [line for line in lines if not line.counts],
        "facts": _facts(seeker, [one.place for one in found]),
        "ahead": _ahead(found) if len(found) > 1 else [],
        "total": signed_points(found[0].fit.score - found[-1].fit.score) if found else "",
        "choices": _choices(request, key, keys, asked, own),
        "asked": asked,
        "algorithm": asked.label,
        "partners_url": reverse("partnering:partners", args=[key]) + asked.query(),
        "shortlist_url": reverse("partnering:shortlist", args=[key]),
        "next": request.get_full_path(),
    }


def _compared(
    request: HttpRequest, key: str, found: Sequence[Candidate], asked: Asked, own: Profile | None
) -> list[Compared]:
    profiles = public_profiles_of(one.place.key for one in found)
    kept = {one.candidate for one in noted(request, key)}
    return [
        Compared(
            place=place_card(one.place),
            score=points(one.fit.score),
            back=points(fit_between(key=one.place.key, other=key, **asked.weights).fit.score),
            tied=one.tied,
            kept=one.place.key in kept,
            hints=hint_sentences(own, one.place.key, profiles),
            profile_url=reverse("profiles:profile", args=[one.place.key])
            if one.place.key in profiles
            else "",
        )
        for one in found
    ]


def _lines(found: Sequence[Candidate], whole: float) -> list[Line]:
    """Criteria with their reasons, those first that count most for one of the two."""
    criteria = zip(*(one.fit.reasons for one in found), strict=True)
    return [
        Line(
            label=str(LABELS[reasons[0].criterion]),
            description=str(DESCRIPTIONS[reasons[0].criterion]),
            cells=[(bar(reason, whole), points(reason.contribution)) for reason in reasons],
            difference=signed_points(_difference(reasons)),
        )
        for reasons in sorted(criteria, key=_weight, reverse=True)
    ]


def _weight(reasons: Sequence[Reason]) -> float:
    return max(abs(reason.contribution) for reason in reasons)


def _difference(reasons: Sequence[Reason]) -> float:
    return reasons[0].contribution - reasons[-1].contribution


def _ahead(found: Sequence[Candidate]) -> list[str]:
    """Who is ahead and by what, in sentences."""
    first, second = sorted(found, key=lambda one: -one.fit.score)
    pairs = zip(first.fit.reasons, second.fit.reasons, strict=True)
    gaps = [(_difference(pair), str(LABELS[pair[0].criterion])) for pair in pairs]
    names = {"first": first.place.name_in(lang()), "second": second.place.name_in(lang())}
    gap = points(first.fit.score - second.fit.score)
    told = [
        _("%(first)s is ahead of %(second)s by %(points)s points.") % {**names, "points": gap}
        if gap != "0"
        else _("%(first)s and %(second)s fit equally well.") % names
    ]
    for frame, sign in (
        (_("For %(first)s: %(criteria)s."), 1),
        (_("For %(second)s: %(criteria)s."), -1),
    ):
        criteria = _most(gaps, sign)
        told += [frame % {**names, "criteria": criteria}] if criteria else []
    return told


def _most(gaps: Sequence[tuple[float, str]], sign: int) -> str:
    """The criteria that speak most for one side, with the points by which they do."""
    ordered = sorted(gaps, key=lambda gap: -sign * gap[0])[:TELLING]
    named = [(signed_points(sign * gap), label) for gap, label in ordered if sign * gap > 0]
    return ", ".join(f"{label} ({told})" for told, label in named if told != "0")


def _facts(seeker: Place, places: Sequence[Place]) -> list[tuple[str, list[str]]]:
    """What is known of each; what is not is said."""
    ties = live_ties()
    rows: list[tuple[str, Callable[[Place], str]]] = [
        (_("Country"), lambda one: place_card(one).country),
        (_("Region"), lambda one: place_card(one).region),
        (_("Inhabitants"), lambda one: grouped(str(one.population)) if one.population else ""),
        (_("Distance"), lambda one: _distance(seeker, one)),
        (_("Foreign ties known"), lambda one: str(_degree(ties, one))),
        (_("Of these with your country"), lambda one: str(_with(ties, one, seeker))),
    ]
    unknown = _("not known")
    return [(label, [tell(one) or unknown for one in places]) for label, tell in rows]


def _distance(seeker: Place, other: Place) -> str:
    if seeker.lat is None or seeker.lon is None or other.lat is None or other.lon is None:
        return ""
    km = distance_km((seeker.lat, seeker.lon), (other.lat, other.lon))
    return _("%(km)s km as the crow flies") % {"km": grouped(f"{km:.0f}")}


def _degree(ties: TieGraph, place: Place) -> int:
    return len(ties.neighbours(the_world().index(place.key)))


def _with(ties: TieGraph, place: Place, seeker: Place) -> int:
    """Its ties with places of the seeker's country."""
    country = ties.country[the_world().index(seeker.key)]
    partners = ties.neighbours(the_world().index(place.key))
    return int((ties.country[partners] == country).sum())


def _choices(
    request: HttpRequest, key: str, keys: Sequence[str], asked: Asked, own: Profile | None
) -> list[dict[str, Any]]:
    """For each side the candidates to choose from: those at hand, noted, and suggested."""
    at_hand = [*keys, *(one.candidate for one in noted(request, key))]
    best = find_partners(key=key, profile=own, **asked.weights)
    offered = dict.fromkeys([*at_hand, *(one.place.key for one in best)])
    cards = [place_card(the_world().get(one)) for one in offered]
    chosen = dict(zip(SIDES, keys, strict=False))
    labels = {"a": _("First candidate"), "b": _("Second candidate")}
    return [
        {"name": side, "label": labels[side], "chosen": chosen.get(side, ""), "cards": cards}
        for side in SIDES
    ]
