"""The two ways to run a round: the best for all together, and the one that nobody would leave."""

from dataclasses import replace
from typing import cast

import numpy as np

from mistok.matching.allocation.displacing import cost_of_room
from mistok.matching.allocation.market import Indices, Market, Reals
from mistok.matching.allocation.optimum import Optimum, Start, begin, optimum
from mistok.matching.allocation.outcome import Allocation, Short, tell
from mistok.matching.allocation.program import Duals
from mistok.matching.allocation.reach import keep_floors
from mistok.matching.allocation.rounds import MILLIONTH, Round
from mistok.matching.allocation.stability import deferred_acceptance, least_kept, wanted


def best(asked: Round) -> Allocation:
    """The pairs with the largest total mutual fit that capacities and floors allow.

    A pair of negative fit, or of none, is made only where a floor needs it. Equally good rounds:
    earlier seekers and offerers first, as far as the solver can tell them apart. The same input
    always gives the same answer. Refuses (Invalid, floor_unreachable) floors that cannot be kept.
    """
    market = Market.of(asked)
    free = _without_floors(asked, market)
    served = np.isin(np.arange(len(market.seekers)), free.seekers)
    found = free if market.keeps_floors(served) else _with_floors(market, free)
    return tell(
        asked,
        (market.seekers[found.seekers], market.offerers[found.offerers]),
        bound=found.bound,
        without_floors=free.value,
        wanted=asked.fit > 0,
        short=_short_of_room(asked, market, found),
    )


def stable(asked: Round) -> Allocation:
    """Pairs such that no two would rather have each other, the best such for the seekers.

    Floors are not enforced; what each is short of is told. `upper_bound` and `price_of_fairness`
    compare with the best round without floors.
    """
    seekers, offerers = deferred_acceptance(asked)
    free = _without_floors(asked, Market.of(asked))
    likes = asked.offerer_view[seekers, offerers]
    least = least_kept(asked.offerer_capacity, offerers, likes)

    def short(seeker: int, offerers: Indices) -> Reals:
        return cast(Reals, np.maximum(least[offerers] - asked.offerer_view[seeker, offerers], 0.0))

    return tell(
        asked,
        (seekers, offerers),
        bound=free.bound,
        without_floors=free.value,
        wanted=wanted(asked, slice(None)),
        short=short,
    )


def _short_of_room(asked: Round, market: Market, found: Optimum) -> Short:
    """How far a seeker's fit is from what it would cost to make room for it."""
    costs: dict[bytes, Reals] = {}
    place = np.zeros(len(asked.seeker_capacity), np.int64)
    place[market.seekers] = np.arange(len(market.seekers))

    def short(seeker: int, offerers: Indices) -> Reals:
        floors = market.members[:, place[seeker]]
        kind = floors.tobytes()
        if kind not in costs:
            costs[kind] = np.zeros(len(asked.offerer_capacity))
            costs[kind][market.offerers] = cost_of_room(market, found, floors)
        missing = costs[kind][offerers] - asked.fit[seeker, offerers]
        return cast(Reals, np.maximum(missing, 0) * MILLIONTH)

    return short


def _without_floors(asked: Round, market: Market) -> Optimum:
    """The optimum if nothing were promised, computed once for a round."""
    if "without_floors" not in asked.known:
        free = market.without_floors()
        asked.known["without_floors"] = optimum(free, begin(free))
    return cast(Optimum, asked.known["without_floors"])


def _with_floors(market: Market, free: Optimum) -> Optimum:
    """Begin where the round without floors ended, and with pairs that keep the floors."""
    duals: Duals = replace(free.duals, floor=np.zeros(len(market.floors)))
    return optimum(market, Start(free.considered | keep_floors(market), duals))
