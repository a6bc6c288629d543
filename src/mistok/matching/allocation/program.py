"""The linear program over some of the pairs, handed to HiGHS.

Given how many of each kind of seeker are served, the pairs are a flow in a network, and then the
corners of the program are whole numbers (Hoffman and Kruskal 1956). "Kind" means: belonging to the
same floors. So however many seekers there are, only a few numbers may have to be forced to be
whole, one for each kind; with floors that are apart or within each other, not even these.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import OptimizeResult, linprog

from mistok.kernel.errors import Unavailable
from mistok.matching.allocation.market import Indices, Market, Reals

WHOLE = 1e-6

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Duals:
    """Prices, in millionths: what one more would be worth of each thing that is short.

    `seeker`: a seeker's room. `offerer`: an offerer's room. `member`: that a seeker of a class is
    served (0 for others). `floor`: one more asked by a floor, which costs so much.
    """

    seeker: Reals
    offerer: Reals
    member: Reals
    floor: Reals

    @classmethod
    def none(cls, market: Market) -> "Duals":
        """Nothing has a price."""
        seekers, offerers = market.fit.shape
        return cls(*map(np.zeros, (seekers, offerers, seekers, len(market.floors))))

    def blend(self, other: "Duals", share: float) -> "Duals":
        """Between these prices and others: `share` of these."""
        return Duals(
            *(
                share * getattr(self, name) + (1 - share) * getattr(other, name)
                for name in Duals.__slots__
            )
        )

    @property
    def threshold(self) -> Reals:
        """What a pair must bring for the seeker's sake; below zero where a floor needs it."""
        return self.seeker - self.member

    def constant(self, market: Market) -> float:
        """The part of the upper bound that does not come from single pairs."""
        asked = self.floor @ market.members
        return float(
            self.seeker @ market.seeker_capacity
            + self.offerer @ market.offerer_capacity
            + np.maximum(asked - self.member, 0).sum()
            - self.floor @ market.at_least
        )


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Parts of pairs (0 to 1), and the prices."""

    parts: Reals
    duals: Duals

    @property
    def whole(self) -> bool:
        """Whether no pair is made in part."""
        return bool(np.all(np.abs(self.parts - np.rint(self.parts)) <= WHOLE))


class Program:
    """All rows and columns over the pairs bool[s, o], once for several ways of solving.

    Columns: a pair made, a member served, members of a kind served.
    Only offerers that can be short of room have a row for it.
    """

    def __init__(self, market: Market, considered: Mask) -> None:
        seekers, offerers = np.nonzero(considered)
        self.market, self.seekers, self.offerers = market, seekers, offerers
        self.members = np.flatnonzero(market.members.any(axis=0))
        kinds, kind = np.unique(market.members[:, self.members], axis=1, return_inverse=True)
        self.kinds, self.kind = kinds, kind.ravel()
        wanted = np.bincount(offerers, minlength=len(market.offerers))
        self.dear = np.flatnonzero(wanted > market.offerer_capacity)
        self.below, self.equal = self._rows(), self._equations()
        columns = len(seekers) + len(self.members)
        self.of_kinds = slice(columns, columns + kinds.shape[1])
        self.cost = np.zeros(self.of_kinds.stop)
        self.cost[: len(seekers)] = -market.weighed(seekers, offerers)
        self.bounds = np.tile((0.0, 1.0), (self.of_kinds.stop, 1))
        # Wider than can ever be, so that no price is hidden in these bounds.
        self.bounds[self.of_kinds] = (-1.0, len(self.members) + 1.0)

    def _rows(self) -> sparse.csr_array:
        """Room of seekers, room of offerers, members are served by pairs, floors."""
        seekers, offerers = len(self.market.seekers), len(self.market.offerers)
        dear, link = np.full(offerers, -1), np.full(seekers, -1)
        dear[self.dear], link[self.members] = np.arange(len(self.dear)), self._each_member()
        members = _ones(self._each_member(), len(self.members))
        kinds = sparse.csr_array(self.kinds.astype(float))
        blocks = [
            [_ones(self.seekers, seekers), None, None],
            [_ones(dear[self.offerers], len(self.dear)), None, None],
            [-_ones(link[self.seekers], len(self.members)), members, None],
            [None, None, -kinds],
        ]
        return sparse.block_array(blocks, format="csr")

    def _equations(self) -> sparse.csr_array:
        """Members of a kind add up."""
        kinds = self.kinds.shape[1]
        nothing = sparse.csr_array((kinds, len(self.seekers)))
        return sparse.hstack((nothing, _ones(self.kind, kinds), -sparse.eye_array(kinds)), "csr")

    def _each_member(self) -> Indices:
        return np.arange(len(self.members))

    def solve(self) -> Solution:
        """The optimum; pairs may come out in part when floors overlap."""
        return self._read(self._ask(self.bounds))

    def solve_whole(self) -> Solution:
        """The optimum in whole pairs."""
        forced = np.zeros(len(self.cost))
        forced[self.of_kinds] = 1
        found = self._ask(self.bounds, forced)
        bounds = self.bounds.copy()
        bounds[self.of_kinds] = np.rint(found.x[self.of_kinds])[:, None]
        # With the kinds settled, the corner that the simplex method finds is whole.
        return self._read(self._ask(bounds))

    def _ask(self, bounds: Reals, forced: npt.NDArray[np.float64] | None = None) -> OptimizeResult:
        """Let HiGHS solve it; refuses (Unavailable) when it fails, which it should not."""
        market = self.market
        none = np.zeros(len(self.members))
        room = (market.seeker_capacity, market.offerer_capacity[self.dear], none, -market.at_least)
        found = linprog(
            self.cost,
            A_ub=self.below,
            b_ub=np.concatenate(room),
            A_eq=self.equal,
            b_eq=np.zeros(self.equal.shape[0]),
            bounds=bounds,
            method="highs-ds" if forced is None else "highs",
            integrality=forced,
            options={} if forced is None else {"mip_rel_gap": 0},
        )
        if found.status != 0:
            raise Unavailable(
                f"The solver could not finish the round ({found.message}). Run it again with fewer"
                " floors, and report the round if that helps.",
                code="solver_failed",
                details={"status": int(found.status)},
            )
        return found

    def _read(self, found: OptimizeResult) -> Solution:
        """Give the solver's numbers their meaning."""
        market = self.market
        prices = np.maximum(-found.ineqlin.marginals, 0)
        first, second = len(market.seekers), len(market.seekers) + len(self.dear)
        offerer, member = np.zeros(len(market.offerers)), np.zeros(first)
        offerer[self.dear] = prices[first:second]
        member[self.members] = prices[second : second + len(self.members)]
        floor = prices[second + len(self.members) :]
        return Solution(
            parts=found.x[: len(self.seekers)],
            duals=Duals(prices[:first], offerer, member, floor),
        )


def _ones(rows: Indices, height: int) -> sparse.csr_array:
    """A one in each column, in the row that is told; none where it is told to be -1."""
    told = rows >= 0
    columns = np.flatnonzero(told)
    return sparse.csr_array(
        (np.ones(len(columns)), (rows[told], columns)), shape=(height, len(rows))
    )
