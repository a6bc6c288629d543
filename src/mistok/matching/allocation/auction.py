"""A quick auction: not the answer, but prices from which the exact solver is soon there.

Seekers without a partner bid for the offerers that leave them most; a full offerer lets go of the
lowest bid (Bertsekas, "The auction algorithm", Annals of Operations Research 14, 1988).
"""

import heapq
from dataclasses import dataclass, field

import numpy as np

from mistok.matching.allocation.market import Indices, Market, Reals

# In each bout a bid rises by at least the best fit over one of these numbers: coarse bouts find
# the height of prices, fine ones their order.
BOUTS = (20, 100, 500)
BIDS = 20  # bids in a bout for each place that seekers have; then the rest is left to the solver


@dataclass(slots=True, eq=False)
class Auction:
    """Prices of offerers in millionths, what each holds, and who still seeks."""

    market: Market
    step: float
    price: Reals
    held: list[set[int]]
    books: list[list[tuple[float, int]]]
    hungry: list[int]
    bids: int = field(default=0)

    @classmethod
    def run(cls, market: Market) -> "Auction":
        """Let everybody bid, first seekers first, until all are content or enough was bid."""
        seekers, offerers = market.fit.shape
        price = np.zeros(offerers)
        for parts in BOUTS:
            step = float(market.fit.max(initial=0)) / parts
            auction = cls(
                market=market,
                step=step,
                # What the bout before may have overbid is taken back.
                price=np.maximum(price - step * parts / BOUTS[0], 0),
                held=[set() for _ in range(seekers)],
                books=[[] for _ in range(offerers)],
                hungry=list(range(seekers))[::-1],
            )
            most = BIDS * int(market.seeker_capacity.sum())
            while auction.hungry and auction.bids < most:
                auction._bid(auction.hungry.pop())
            price = auction.price
        return auction

    def pairs(self) -> tuple[Indices, Indices]:
        """What is held at the end."""
        pairs = [(seeker, offerer) for seeker, held in enumerate(self.held) for offerer in held]
        seekers, offerers = np.array(pairs, np.int64).reshape(-1, 2).T
        return seekers, offerers

    def _bid(self, seeker: int) -> None:
        """Bid for as many offerers as there is room, up to what the next best would leave."""
        net = self.market.fit[seeker] - self.price
        net[list(self.held[seeker])] = -np.inf
        room = int(self.market.seeker_capacity[seeker]) - len(self.held[seeker])
        wished = []
        for _ in range(min(room, len(net))):
            offerer = int(net.argmax())
            if net[offerer] <= 0:
                break
            wished.append((offerer, float(net[offerer])))
            net[offerer] = -np.inf
        next_best = max(float(net.max(initial=0)), 0.0)
        for offerer, gain in wished:
            self._take(offerer, seeker, self.price[offerer] + gain - next_best + self.step)

    def _take(self, offerer: int, seeker: int, bid: float) -> None:
        """Note a bid; who is outbid seeks again."""
        self.bids += 1
        book, capacity = self.books[offerer], int(self.market.offerer_capacity[offerer])
        heapq.heappush(book, (bid, seeker))
        self.held[seeker].add(offerer)
        if len(book) > capacity:
            _, outbid = heapq.heappop(book)
            self.held[outbid].discard(offerer)
            self.hungry.append(outbid)
        if len(book) == capacity:
            self.price[offerer] = book[0][0]
