"""Partner search: who would suit a municipality, with reasons, over the whole world."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, NotAllowed
from mistok.matching import ALGORITHM as BY_HAND
from mistok.matching import (
    FIT_1,
    LATEST,
    Fit,
    Matcher,
    Profile,
    TieGraph,
    Weights,
    load_model,
    rank,
)
from mistok.matching.batch import Recipe
from mistok.matching.model import LASTING, MOST_FACTOR
from mistok.partnering.matchers import CLOSED, live_pairs, live_ties, pool, the_matcher
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.world import Place

MOST = 200
"""The longest list that is told with reasons; further down nobody reads."""

ALGORITHMS = (LATEST, BY_HAND)
"""Ways of ranking, the usual one first; older ones stay usable."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may suit, its rank and the fit with its reasons."""

    rank: int
    place: Place
    fit: Fit
    tied: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How to weigh: an algorithm, a weighting of it, and criteria made to count more or less."""

    algorithm: str = LATEST
    weighting: str = LASTING
    factors: tuple[tuple[str, float], ...] = ()

    @property
    def label(self) -> str:
        """The algorithm with what was changed in it, as stored with runs."""
        if self.algorithm == BY_HAND:
            return " ".join([self.algorithm, *(f"{n}×{f:g}" for n, f in self.factors)])
        return load_model(self.algorithm).weighted(self.weighting, dict(self.factors)).label


def criteria(algorithm: str = LATEST, weighting: str = LASTING) -> list[tuple[str, float]]:
    """Every criterion and what it can weigh at most; burdens below 0.

    Raises Invalid (algorithm_unknown, weighting_unknown).
    """
    if algorithm == BY_HAND:
        return [(criterion.name, criterion.weight) for criterion in FIT_1.criteria]
    return list(load_model(algorithm).weighted(weighting).typical_weights().items())


def find_partners(
    *,
    key: str,
    countries: Collection[str] = (),
    limit: int = 20,
    include_tied: bool = False,
    factors: Mapping[str, float] | None = None,
    weighting: str = LASTING,
    algorithm: str = LATEST,
    profile: Profile | None = None,
) -> list[Candidate]:
    """The best foreign partners for the municipality, best first.

    Aliases and merged keys lead on. Places in aggressor states are never proposed (D2-11).
    `factors`: criteria that count more or less (0 to 10 times); `profile`: what the seeker says
    of itself, else its public profile. Raises NotFound for an unknown key, Invalid for a region,
    an unknown country, criterion, weighting or algorithm, or a limit outside 1 to 200,
    NotAllowed when the seeker lies in an aggressor state.
    """
    seeker = the_seeker(key)
    way = Way(algorithm, weighting, tuple(sorted((factors or {}).items())))
    asked = narrowed(countries=countries, limit=limit, include_tied=include_tied)
    if algorithm == BY_HAND:
        ties = live_ties()
        fits = rank(seeker, pool(), ties, weights=_by_hand(way, profile), **asked)
        return candidates_of(seeker, fits, ties)
    matcher = matcher_for(seeker, way, profile)
    return candidates_of(seeker, matcher.rank(seeker, **asked), matcher.graph)


def narrowed(
    *, countries: Collection[str] = (), limit: int = 20, include_tied: bool = False
) -> dict[str, Any]:
    """What narrows a search, as the library takes it.

    Raises Invalid (limit_out_of_range, country_unknown).
    """
    if not 1 <= limit <= MOST:
        raise Invalid(
            _("A list of %(limit)s partners cannot be shown. Ask for 1 to %(most)s.")
            % {"limit": limit, "most": MOST},
            code="limit_out_of_range",
        )
    return {
        "countries": {country_index(code) for code in countries} if countries else None,
        "limit": limit,
        "include_tied": include_tied,
        "excluded_countries": {country_index(code) for code in CLOSED},
    }


def recipe(way: Way) -> Recipe:
    """How any process makes the matcher of today that weighs this way."""
    if way.algorithm == BY_HAND:
        raise Invalid(
            _("Many searches at once are made with %(latest)s only.") % {"latest": LATEST},
            code="algorithm_one_by_one",
        )
    load_model(way.algorithm).weighted(way.weighting, dict(way.factors))  # refuses bad weights
    declaring = the_matcher().declaring
    return Recipe(
        world=str(the_world().folder),
        pairs=live_pairs().tobytes(),
        profiles=tuple(zip(declaring.places.tolist(), declaring.profiles, strict=True)),
        ukraine=the_matcher().ukraine,
        algorithm=way.algorithm,
        weighting=way.weighting,
        factors=way.factors,
    )


def fit_between(
    *,
    key: str,
    other: str,
    factors: Mapping[str, float] | None = None,
    weighting: str = LASTING,
    algorithm: str = LATEST,
    profile: Profile | None = None,
) -> Candidate:
    """One candidate as the seeker sees it, tied or not; its rank is 1. Raises what search raises.

    A place of the seeker's own country is compared too; the search itself never proposes one.
    """
    seeker, candidate = the_seeker(key), the_seeker(other)
    if seeker == candidate:
        raise Invalid(_("A municipality is no partner of itself."), code="seeker_is_candidate")
    way = Way(algorithm, weighting, tuple(sorted((factors or {}).items())))
    if algorithm == BY_HAND:
        raise Invalid(
            _("Single candidates are compared with %(latest)s only.") % {"latest": LATEST},
            code="algorithm_ranks_only",
        )
    fits = matcher_for(seeker, way, profile).between(seeker, np.array([candidate]))
    return candidates_of(seeker, fits)[0]


def matcher_for(seeker: int, way: Way, profile: Profile | None) -> Matcher:
    """The matcher that weighs this way, for a seeker who says this of itself."""
    matcher = the_matcher()
    if way.weighting != LASTING or way.factors or way.algorithm != LATEST:
        model = load_model(way.algorithm).weighted(way.weighting, dict(way.factors))
        matcher = matcher.with_model(model)
    own = profile if profile is not None else matcher.declaring.profile(seeker)
    return matcher.with_declaring(matcher.declaring.asked_by(own))


def the_seeker(key: str) -> int:
    """The position of a municipality that may seek or be sought.

    Raises NotFound (place_unknown), Invalid (not_a_municipality), NotAllowed (aggressor_state).
    """
    world = the_world()
    place = world.get(resolve_place(key)[0])
    if place.country in CLOSED:
        raise NotAllowed(
            _("Partners are not sought for municipalities of an aggressor state."),
            code="aggressor_state",
        )
    if not place.is_municipality:
        raise Invalid(
            _(
                "Partner search ranks municipalities, and %(name)s is none. Open one of its "
                "municipalities and search from there."
            )
            % {"name": place.name},
            code="not_a_municipality",
        )
    return world.index(place.key)


def country_index(code: str) -> int:
    """The number of a country in the pool. Raises Invalid (country_unknown)."""
    codes = the_world().columns.country_codes
    try:
        return codes.index(code.upper())
    except ValueError:
        raise Invalid(
            _("“%(code)s” is not a country's code. Write two letters, for example DE.")
            % {"code": code[:20]},
            code="country_unknown",
        ) from None


def candidates_of(
    seeker: int, fits: Collection[Fit], graph: TieGraph | None = None
) -> list[Candidate]:
    """Fits as candidates: ranked in their order, with their places; `graph` knows who is tied."""
    world = the_world()
    tied = set((graph or the_matcher().graph).neighbours(seeker).tolist())
    return [
        Candidate(position, world.place_at(fit.index), fit, fit.index in tied)
        for position, fit in enumerate(fits, start=1)
    ]


def _by_hand(way: Way, profile: Profile | None) -> Weights:
    """Weights of fit-1 with its criteria made to count more or less."""
    if way.weighting != LASTING or profile is not None:
        raise Invalid(
            _("%(algorithm)s knows neither profiles nor other weightings; use %(latest)s.")
            % {"algorithm": BY_HAND, "latest": LATEST},
            code="algorithm_ranks_plainly",
        )
    if not way.factors:
        return FIT_1
    weights = {criterion.name: criterion.weight for criterion in FIT_1.criteria}
    for name, factor in way.factors:
        if name not in weights:
            return FIT_1.reweighted(way.label, dict(way.factors))  # refuses the strange name
        if not 0 <= factor <= MOST_FACTOR:
            raise Invalid(
                _("%(name)s cannot count %(factor)s times. Give a number from 0 to %(most)s.")
                % {"name": name, "factor": factor, "most": int(MOST_FACTOR)},
                code="factor_unusable",
            )
        weights[name] *= factor
    return FIT_1.reweighted(way.label, weights)
