"""Partner search: who would suit a municipality, with reasons, over the whole world."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, NotAllowed
from mistok.matching import FIT_1, Fit, Pool, TieGraph, rank
from mistok.registry.gazetteer import the_world
from mistok.registry.lifecycle import IN_FORCE
from mistok.registry.models import TieParty
from mistok.registry.selectors import resolve_place
from mistok.registry.sweep import AGGRESSOR_STATES
from mistok.world import Place

WEIGHTS = FIT_1
CLOSED = frozenset(state.country for state in AGGRESSOR_STATES)
"""Countries whose municipalities neither seek nor are proposed (D2-11)."""
MOST = 200
"""The longest list that is told with reasons; further down nobody reads."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may suit, its rank and the fit with its reasons."""

    rank: int
    place: Place
    fit: Fit
    tied: bool


@cache
def pool() -> Pool:
    """Every place of the world as the arrays that matching compares; made once per process."""
    columns = the_world().columns
    return Pool(
        lat=columns.lat,
        lon=columns.lon,
        population=columns.population,
        country=columns.country,
        eligible=columns.is_municipality,
    )


def live_ties() -> TieGraph:
    """Ties in force between places of the world, every pair of parties of a tie.

    A tie with an aggressor state recommends nobody, so it counts for nothing here.
    """
    members: dict[int, list[int]] = {}
    rows = TieParty.objects.filter(tie__public=True, tie__state__in=IN_FORCE)
    rows = rows.exclude(municipality__country__in=CLOSED)
    for tie, key in rows.values_list("tie_id", "municipality__key"):
        if not key.startswith("place_"):
            members.setdefault(tie, []).append(the_world().index(key))
    pairs = [
        (a, b) for places in members.values() for i, a in enumerate(places) for b in places[i + 1 :]
    ]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return TieGraph.from_pairs(ends[:, 0], ends[:, 1], the_world().columns.country)


def find_partners(
    *,
    key: str,
    countries: Collection[str] = (),
    limit: int = 20,
    include_tied: bool = False,
) -> list[Candidate]:
    """The best foreign partners for the municipality, best first.

    Aliases and merged keys lead on. Places in aggressor states are never proposed (D2-11).
    Raises NotFound for an unknown key, Invalid for a region, an unknown country or a limit outside
    1 to 200, NotAllowed when the seeker lies in an aggressor state.
    """
    world = the_world()
    seeker = world.get(resolve_place(key)[0])
    _check(seeker, limit)
    wanted = {_country_index(code) for code in countries} if countries else None
    index = world.index(seeker.key)
    ties = live_ties()
    fits = rank(
        index,
        pool(),
        ties,
        countries=wanted,
        limit=limit,
        include_tied=include_tied,
        excluded_countries={_country_index(code) for code in CLOSED},
        weights=WEIGHTS,
    )
    tied = set(ties.neighbours(index).tolist())
    return [
        Candidate(position, world.place_at(fit.index), fit, fit.index in tied)
        for position, fit in enumerate(fits, start=1)
    ]


def _check(seeker: Place, limit: int) -> None:
    if seeker.country in CLOSED:
        raise NotAllowed(
            _("Partners are not sought for municipalities of an aggressor state."),
            code="aggressor_state",
        )
    if not seeker.is_municipality:
        raise Invalid(
            _(
                "Partner search ranks municipalities, and %(name)s is none. Open one of its "
                "municipalities and search from there."
            )
            % {"name": seeker.name},
            code="not_a_municipality",
        )
    if not 1 <= limit <= MOST:
        raise Invalid(
            _("A list of %(limit)s partners cannot be shown. Ask for 1 to %(most)s.")
            % {"limit": limit, "most": MOST},
            code="limit_out_of_range",
        )


def _country_index(code: str) -> int:
    codes = the_world().columns.country_codes
    try:
        return codes.index(code.upper())
    except ValueError:
        raise Invalid(
            _("“%(code)s” is not a country's code. Write two letters, for example DE.")
            % {"code": code[:20]},
            code="country_unknown",
        ) from None
