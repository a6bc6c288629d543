"""Whether the floors can be kept at all; if not, which is too high, and by how much."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from mistok.kernel.errors import Invalid
from mistok.matching.allocation.market import Indices, Market, Reals
from mistok.matching.allocation.program import Mask
from mistok.matching.allocation.rounds import NEVER, Counts, Floor

Pairs = tuple[Indices, Indices]


def keep_floors(market: Market) -> Mask:
    """Pairs, bool[s, o], that keep every floor, one for each seeker that was needed for it.

    Refuses (Invalid, floor_unreachable) floors that cannot be kept: one alone, or all together;
    the details tell the floor, how many it asks for and how many of its seekers can be served.
    """
    everybody = np.flatnonzero(market.members.any(axis=0))
    pairs = _serve_most(market, everybody)
    if market.keeps_floors(np.any(pairs, axis=1)):
        return pairs
    for floor, members in zip(market.floors, market.members, strict=True):
        reachable = int(_serve_most(market, np.flatnonzero(members)).any(axis=1).sum())
        if reachable < floor.at_least:
            raise _unreachable([(floor, reachable)])
    return _keep_together(market, everybody)


def _serve_most(market: Market, who: Indices) -> Mask:
    """As many of these seekers as possible with one partner each."""
    hard, waves = _hard(market, who)
    all_ = np.zeros(len(hard), np.int64)
    pairs, _ = _flow(market, hard, all_, np.array([len(hard)]))
    return _with_easy(market, pairs, waves)


def _keep_together(market: Market, who: Indices) -> Mask:
    """Serve those of the hard ones that the floors need, and all the easy ones.

    How many of each kind of seeker can be served together is bounded by how many of any set of
    kinds can be, and by nothing else (a polymatroid; Edmonds 1970). So: choose the fewest that
    keep the floors, try them by a flow, learn from its cut which kinds were too many, again.
    """
    hard, waves = _hard(market, who)
    served = market.members[:, [seeker for wave in waves for seeker in wave]].sum(axis=1)
    kinds, kind, sizes = np.unique(
        market.members[:, hard], axis=1, return_inverse=True, return_counts=True
    )
    limits, most = np.zeros((0, len(sizes))), np.zeros(0)
    tried = False
    while not tried:
        numbers, short = _fewest(market.at_least - served, kinds, sizes, limits, most)
        pairs, together = _flow(market, hard, kind.ravel(), numbers)
        tried = len(pairs[0]) == numbers.sum()
        limit, _ = _flow(market, hard, kind.ravel(), np.where(together, sizes, 0))
        limits, most = np.vstack((limits, together)), np.append(most, len(limit[0]))
    missed = zip(market.floors, short.tolist(), strict=True)
    if too_high := [(floor, floor.at_least - missing) for floor, missing in missed if missing]:
        raise _unreachable(too_high, beside=market.floors)
    return _with_easy(market, pairs, waves)


def _fewest(
    asked: Counts, kinds: Mask, sizes: Counts, limits: Reals, most: Reals
) -> tuple[Counts, Counts]:
    """How many of each kind to serve, and what each floor is then short of: as little as can be.

    `kinds`: bool[floors, kinds]. `limits`: bool[k, kinds], sets of kinds, and the `most` of each.
    """
    floors, width = kinds.shape
    found = linprog(
        # All that is served together weighs less than one seeker that a floor is short of.
        np.concatenate((np.full(width, 0.5 / (sizes.sum() + 1)), np.ones(floors))),
        A_ub=np.block(
            [[-kinds.astype(float), -np.eye(floors)], [limits, np.zeros((len(most), floors))]]
        ),
        b_ub=np.concatenate((-asked, most)),
        bounds=[(0, size) for size in sizes] + [(0, None)] * floors,
        integrality=1,
        options={"mip_rel_gap": 0},
    )
    whole: Counts = np.rint(found.x).astype(np.int64)
    return whole[:width], whole[width:]


def _hard(market: Market, who: Indices) -> tuple[Indices, list[Indices]]:
    """Those whose turn matters, and the others in waves.

    Where a seeker may have more places than there are seekers, one is always left for it, so it
    can wait until the rest is settled; without it the rest is smaller, and so on.
    """
    places = np.array([_places(market, seeker) for seeker in who.tolist()], np.int64)
    waves = []
    while np.any(easy := places >= len(who)):
        waves.append(who[easy])
        who, places = who[~easy], places[~easy]
    return who, waves


def _places(market: Market, seeker: int) -> int:
    """How many places there are at all offerers that the seeker may have."""
    return int(market.offerer_capacity[market.allowed(slice(seeker, seeker + 1))[0]].sum())


def _flow(market: Market, who: Indices, kind: Indices, numbers: Counts) -> tuple[Pairs, Mask]:
    """Serve up to so many seekers of each kind, as many as possible: a maximum flow (Dinic).

    The pairs, and the kinds on the near side of the smallest cut: those that are too many together
    if not all could be served.
    """
    seekers, offerers = np.nonzero(market.fit[who] != NEVER)
    capacity = market.offerer_capacity
    # Nodes: the source, the kinds, the seekers, the offerers, the sink.
    first, second = 1 + len(numbers), 1 + len(numbers) + len(who)
    sink = second + len(capacity)
    arcs = [
        (np.zeros(len(numbers)), np.arange(1, first), numbers),
        (kind + 1, np.arange(first, second), np.ones(len(who))),
        (seekers + first, offerers + second, np.ones(len(seekers))),
        (np.arange(second, sink), np.full(len(capacity), sink), np.minimum(capacity, len(who))),
    ]
    tails, heads, room = (np.concatenate(part).astype(np.int32) for part in zip(*arcs, strict=True))
    graph = sparse.csr_array((room, (tails, heads)), shape=(sink + 1, sink + 1))
    flow = maximum_flow(graph, 0, sink).flow
    left = (graph - flow).tocsr()
    left.eliminate_zeros()
    near = breadth_first_order(left, 0, return_predecessors=False)
    made = flow.tocoo()
    chosen = (made.data > 0) & (made.row >= first) & (made.row < second)
    pairs = (who[made.row[chosen] - first], made.col[chosen].astype(np.int64) - second)
    return pairs, np.isin(np.arange(1, first), near)


def _with_easy(market: Market, pairs: Pairs, waves: list[Indices]) -> Mask:
    """Give each of the easy ones, last wave first, the best offerer that still has room."""
    made = np.zeros(market.fit.shape, bool)
    made[pairs] = True
    room = market.offerer_capacity - made.sum(axis=0)
    for seeker in (seeker for wave in reversed(waves) for seeker in wave.tolist()):
        offerer = int(np.where(room > 0, market.fit[seeker], NEVER).argmax())
        made[seeker, offerer] = True
        room[offerer] -= 1
    return made


def _unreachable(missed: list[tuple[Floor, int]], beside: tuple[Floor, ...] = ()) -> Invalid:
    """The refusal: which floors are too high, the first of them in full, and by how much."""
    (floor, reachable), *also = missed
    others = [other.name for other in beside if other is not floor]
    together = f" beside the other floors ({', '.join(others)})" if others else ""
    lower = "".join(f", “{other.name}” by {other.at_least - most}" for other, most in also)
    return Invalid(
        f"The floor “{floor.name}” asks for {floor.at_least} seekers with a partner, but capacities"
        f" and exclusions allow only {reachable}{together}; lower it by"
        f" {floor.at_least - reachable}{lower}, or find offerers with room that these seekers may"
        " have.",
        code="floor_unreachable",
        details={
            "floor": floor.name,
            "asked": floor.at_least,
            "reachable": reachable,
            "together_with": others,
            "also": {other.name: other.at_least - most for other, most in also},
        },
    )
