"""How much fit an unserved seeker was short of: what it would cost to make room for it."""

import numpy as np
import numpy.typing as npt

from mistok.matching.allocation.market import Indices, Market, Reals
from mistok.matching.allocation.optimum import Optimum


def cost_of_room(market: Market, found: Optimum, floors: npt.NDArray[np.bool_]) -> Reals:
    """What the round loses, in millionths, when one place at each offerer is freed.

    Whoever holds it moves to the next best, which may push out another, and so on; at the end one
    finds room or goes without. Going without is not open to a seeker that a floor needs, unless
    the newcomer belongs to that floor too; `floors`: bool[floors], those of the newcomer.
    0 where there is room, inf where floors need every place. Other changes that a newcomer might
    allow are not looked at.
    """
    moving, instead = _moves(found)
    stays = -_needed(market, found, floors)
    fit = market.fit[found.seekers, found.offerers].astype(float)
    taken = np.bincount(found.offerers, minlength=len(market.offerers))
    full = taken == market.offerer_capacity
    cost, before = np.where(full, np.inf, 0.0), np.full(len(full), -1.0)
    turns = 0
    # Shortest ways by Bellman and Ford; none has more steps than there are offerers.
    while turns <= len(full) and not np.array_equal(cost, before):
        before, turns = cost, turns + 1
        elsewhere = stays.copy()
        np.maximum.at(elsewhere, moving, market.fit[moving, instead] - cost[instead])
        cost = np.where(full, np.inf, 0.0)
        at_full = full[found.offerers]
        np.minimum.at(cost, found.offerers[at_full], (fit - elsewhere[found.seekers])[at_full])
    return cost


def _moves(found: Optimum) -> tuple[Indices, Indices]:
    """Pairs that were looked at and not made, of the seekers that have a partner."""
    looked_at = found.considered.copy()
    looked_at[found.seekers, found.offerers] = False
    served = np.unique(found.seekers)
    seekers, offerers = np.nonzero(looked_at[served])
    return served[seekers], offerers


def _needed(market: Market, found: Optimum, floors: npt.NDArray[np.bool_]) -> Reals:
    """inf for seekers that cannot go without their only partner, 0 for the others."""
    partners = np.bincount(found.seekers, minlength=len(market.seekers))
    tight = (market.members & (partners > 0)).sum(axis=1) <= market.at_least
    needed = market.members[tight & ~floors].any(axis=0) & (partners == 1)
    return np.where(needed, np.inf, 0.0)
