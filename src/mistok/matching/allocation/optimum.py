"""The best pairs, by solving over few pairs and proving that the others cannot help.

Column generation: solve over some pairs, let the prices of that solution judge all others, take
in those that would help, again (Dantzig and Wolfe 1960; the prices are smoothed as in Wentges,
"Weighted Dantzig–Wolfe decomposition", 1997). Any prices give an upper bound over all pairs, so
the answer comes with its proof even where the work ends early.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from mistok.matching.allocation.auction import Auction
from mistok.matching.allocation.market import Indices, Market, Reals
from mistok.matching.allocation.program import Duals, Mask, Program, Solution
from mistok.matching.allocation.rounds import ROWS

NEAREST = 12  # pairs of each seeker, and of each offerer that is short, to begin with
MOST_NEW = 10  # pairs that are taken in for one seeker at a time
TURNS = 20
ENOUGH = 5e-5  # a gap as small as this is not worth another turn
SMOOTH = 0.5
NOISE = 1e-3  # what sums of prices may get wrong, in millionths


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The pairs (as numbers of the market), their fit and its upper bound in millionths.

    `duals` are the last prices; `considered`: bool[s, o], the pairs that were looked at.
    """

    seekers: Indices
    offerers: Indices
    value: int
    bound: int
    duals: Duals
    considered: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where to begin: bool[s, o], the first pairs, and prices that are known to give a bound.

    With floors, the first pairs must be able to keep them.
    """

    considered: Mask
    centre: Duals


def begin(market: Market) -> Start:
    """All pairs of a small round; of a large one, those that an auction finds promising."""
    if market.small:
        return Start(market.allowed(slice(None)), Duals.none(market))
    auction = Auction.run(market)
    considered = np.zeros(market.fit.shape, bool)
    considered[auction.pairs()] = True
    worth = _nearest_of_seekers(market, auction.price, considered)
    _nearest_of_offerers(market, auction.price, worth, considered)
    considered &= market.fit > 0
    centre = Duals.none(market)
    return Start(considered, replace(centre, seeker=worth, offerer=auction.price))


def optimum(market: Market, start: Start) -> Optimum:
    """The pairs with the largest sum of fits within capacities and floors."""
    considered = start.considered.copy()
    if not considered.any():
        nobody = np.zeros(0, np.int64)
        return Optimum(nobody, nobody, 0, 0, start.centre, considered)
    program, found, bound = _turns(market, considered, start.centre)
    if not found.whole:
        found = replace(program.solve_whole(), duals=found.duals)
    made = found.parts > 0.5
    seekers, offerers = program.seekers[made], program.offerers[made]
    value = int(market.fit[seekers, offerers].sum(dtype=np.int64))
    if market.small:
        bound = value  # all pairs were there: nothing can be better than what was found
    return Optimum(seekers, offerers, value, max(value, bound), found.duals, considered)


def _turns(market: Market, considered: Mask, centre: Duals) -> tuple[Program, Solution, int]:
    """Solve and take in pairs until none would help, or the gap is small; and the bound."""
    lowest, turn, settled = math.inf, 0, False
    while not settled:
        program = Program(market, considered)
        found = program.solve()
        value = float(market.fit[program.seekers, program.offerers] @ found.parts)
        for share in (SMOOTH, 0.0):
            prices = centre.blend(found.duals, share)
            bound, new = _judge(market, considered, prices)
            if bound < lowest:
                lowest, centre = bound, prices
            if new.any():
                break
        turn += 1
        gap_is_small = lowest - value <= max(0.5, ENOUGH * abs(value))
        settled = gap_is_small or not new.any() or turn >= TURNS
        if not settled:
            considered |= new
    return program, found, math.floor(lowest + NOISE)


def _judge(market: Market, considered: Mask, prices: Duals) -> tuple[float, Mask]:
    """The upper bound that the prices give over all pairs, and the pairs that would help most."""
    new = np.zeros_like(considered)
    bound = prices.constant(market) + market.tie * market.most_pairs
    for start in range(0, len(new), ROWS):
        rows = slice(start, start + ROWS)
        gain = market.fit[rows] - (prices.threshold[rows, None] + market.tie) - prices.offerer
        gain[~market.allowed(rows)] = -1
        bound += gain[gain > 0].sum()
        gain[considered[rows]] = -1
        seekers, offerers = np.nonzero(gain > NOISE)
        # Sorted by seeker and then by gain, so that the first of each seeker can be kept.
        order = np.lexsort((-gain[seekers, offerers], seekers))
        seekers, offerers = seekers[order], offerers[order]
        nth = np.arange(len(seekers)) - np.searchsorted(seekers, seekers)
        kept = nth < MOST_NEW
        new[start + seekers[kept], offerers[kept]] = True
    return float(bound), new


def _nearest_of_seekers(market: Market, price: Reals, considered: Mask) -> Reals:
    """Mark the pairs that leave each seeker most; what the first beyond its room would leave."""
    worth = np.zeros(len(considered))
    most = min(len(price), int(market.seeker_capacity.max(initial=0)) + NEAREST)
    for start in range(0, len(considered), ROWS):
        rows = slice(start, start + ROWS)
        cost = price - market.fit[rows]
        nearest = np.argpartition(cost + _spread(rows, cost.shape), most - 1, axis=1)[:, :most]
        np.put_along_axis(considered[rows], nearest, True, axis=1)
        left = -np.sort(np.take_along_axis(cost, nearest, axis=1), axis=1)
        beyond = np.minimum(market.seeker_capacity[rows], most - 1)
        worth[rows] = np.maximum(np.take_along_axis(left, beyond[:, None], axis=1)[:, 0], 0)
    return worth


def _nearest_of_offerers(market: Market, price: Reals, worth: Reals, considered: Mask) -> None:
    """Mark the pairs that bring most to each offerer that has a price: one that is short."""
    dear = np.flatnonzero(price > 0)
    for start in range(0, len(dear), ROWS):
        offerers = dear[start : start + ROWS]
        cost = (worth[:, None] - market.fit[:, offerers]).T
        most = min(len(worth), int(market.offerer_capacity[offerers].max()) + NEAREST)
        cost += _spread(slice(start, start + ROWS), cost.shape)
        nearest = np.argpartition(cost, most - 1, axis=1)[:, :most]
        considered[nearest, offerers[:, None]] = True


def _spread(rows: slice, shape: tuple[int, int]) -> Reals:
    """Numbers from 0 to 1 that let equal pairs be chosen here and there, not all in one place."""
    row = np.arange(rows.start, rows.start + shape[0], dtype=np.int64)[:, None]
    column = np.arange(shape[1], dtype=np.int64)
    spread: Reals = (row * 40_503 + column * 25_173) % 65_536 / 65_536
    return spread
