"""The stable round, and how many pairs would rather have each other than what a round gives."""

import heapq
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from mistok.matching.allocation.market import Indices
from mistok.matching.allocation.rounds import NEVER, ROWS, Counts, Round, Views

FIRST_WISHES = 64  # wishes that are put in order at first; then twice as many, and so on
TOLD = 20


def deferred_acceptance(asked: Round) -> tuple[Indices, Indices]:
    """Seekers ask in the order of their wishes, offerers keep the best that asked so far.

    Gale and Shapley 1962, with capacities on both sides (Roth and Sotomayor 1990, chapter 5). A
    view of 0 or less is nobody's wish; equal views are taken in the order of the numbers.
    """
    wishes = [_wishes(asked, seeker) for seeker in range(len(asked.seeker_capacity))]
    kept: list[list[tuple[float, int]]] = [[] for _ in asked.offerer_capacity]
    room = [int(capacity) for capacity in asked.offerer_capacity]
    asking = [
        seeker
        for seeker, capacity in enumerate(asked.seeker_capacity.tolist())
        for _ in range(int(capacity))
    ][::-1]
    while asking:
        seeker = asking.pop()
        wish = next(wishes[seeker], None)
        if wish is None:
            continue
        offerer, liking = wish
        # The later of two that are liked equally is let go first.
        heapq.heappush(kept[offerer], (liking, -seeker))
        if len(kept[offerer]) > room[offerer]:
            asking.append(-heapq.heappop(kept[offerer])[1])
    pairs = sorted((-number, offerer) for offerer, all_ in enumerate(kept) for _, number in all_)
    seekers, offerers = np.array(pairs, np.int64).reshape(-1, 2).T
    return seekers, offerers


def wanted(asked: Round, rows: slice) -> npt.NDArray[np.bool_]:
    """The pairs of some seekers that both sides would rather have than nothing, bool[rows, o]."""
    open_: npt.NDArray[np.bool_] = np.not_equal(asked.fit[rows], NEVER)
    open_ &= (asked.seeker_view[rows] > 0) & (asked.offerer_view[rows] > 0)
    return open_


def _wishes(asked: Round, seeker: int) -> Iterator[tuple[int, float]]:
    """Offerers that like the seeker too, most wished first, each with how it likes the seeker."""
    offerers = np.flatnonzero(wanted(asked, slice(seeker, seeker + 1))[0])
    views, most = asked.seeker_view[seeker, offerers], FIRST_WISHES
    while len(offerers):
        # With all that are equal to the last of them, so that the order of numbers holds.
        last = np.partition(views, max(len(views) - most, 0))[max(len(views) - most, 0)]
        now = views >= last
        order = np.argsort(-views[now], kind="stable")
        next_ = offerers[now][order]
        likings = asked.offerer_view[seeker, next_]
        yield from zip(next_.tolist(), likings.tolist(), strict=True)
        offerers, views, most = offerers[~now], views[~now], 2 * most


def blocking_pairs(asked: Round, seekers: Indices, offerers: Indices) -> tuple[int, Indices]:
    """How many pairs would block these, and the first 20 of them, int[k, 2], ascending.

    A pair blocks if it may be, is not made, and each side would gain: it has room left and sees
    the other above 0, or it sees the other above the least of those that it has (and above 0).
    """
    likes = (asked.seeker_view[seekers, offerers], asked.offerer_view[seekers, offerers])
    seeker_least = least_kept(asked.seeker_capacity, seekers, likes[0])
    offerer_least = least_kept(asked.offerer_capacity, offerers, likes[1])
    count, first = 0, np.zeros((0, 2), np.int64)
    for start in range(0, len(seeker_least), ROWS):
        rows = slice(start, start + ROWS)
        blocking = asked.seeker_view[rows] > seeker_least[rows, None]
        blocking &= asked.offerer_view[rows] > offerer_least
        blocking &= asked.fit[rows] != NEVER
        here = (seekers >= start) & (seekers < start + ROWS)
        blocking[seekers[here] - start, offerers[here]] = False
        count += int(np.count_nonzero(blocking))
        if len(first) < TOLD and blocking.any():
            found = np.argwhere(blocking)[: TOLD - len(first)]
            found[:, 0] += start
            first = np.concatenate((first, found))
    return count, first


def least_kept(capacity: Counts, who: Indices, likes: Views) -> Views:
    """What somebody new must be liked above: 0 with room left, else the least of those kept."""
    least = np.full(len(capacity), np.inf, np.float32)
    np.minimum.at(least, who, likes)
    full = np.bincount(who, minlength=len(capacity)) >= capacity
    kept: Views = np.where(full, np.maximum(least, 0), 0).astype(np.float32)
    return kept
