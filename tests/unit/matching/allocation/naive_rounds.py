"""Rounds for tests, and what is true of them by trying everything out."""

from collections import defaultdict
from functools import cache
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from mistok.matching.allocation import Floor, Round

EIGHTH = 125_000  # in millionths; fits in eighths are exact in single precision


@st.composite
def rounds(draw, *, most=5, capacity=2, floors=2, least=-3, symmetric=False):
    """Small rounds: fits in eighths, some pairs excluded, overlapping floors."""
    s, o = draw(st.integers(1, most)), draw(st.integers(1, most))
    # A third of the pairs is excluded; of the others, most have a fit above nothing.
    cells = st.sampled_from([*range(least, 9), *range(1, 9), *[None] * 10])

    def view():
        eighths = draw(st.lists(cells, min_size=s * o, max_size=s * o))
        return np.array([np.nan if e is None else e / 8 for e in eighths], np.float32)

    one = view().reshape(s, o)
    other = one if symmetric else view().reshape(s, o)
    promises = []
    for number in range(draw(st.integers(0, floors))):
        members = np.array(draw(st.lists(st.booleans(), min_size=s, max_size=s)), dtype=bool)
        asked = draw(st.integers(0, int(members.sum())))
        promises.append(Floor(f"floor {number}", members, asked))
    room = st.integers(0, capacity)
    return Round(
        seeker_view=one,
        offerer_view=other,
        seeker_capacity=np.array(draw(st.lists(room, min_size=s, max_size=s))),
        offerer_capacity=np.array(draw(st.lists(room, min_size=o, max_size=o))),
        floors=tuple(promises),
    )


def simple(fits, seeker_capacity=None, offerer_capacity=None, floors=()):
    """A symmetric round; capacities of 1 where none are given."""
    fits = np.array(fits, np.float32)
    return Round(
        seeker_view=fits,
        offerer_view=fits,
        seeker_capacity=np.array(seeker_capacity or [1] * fits.shape[0]),
        offerer_capacity=np.array(offerer_capacity or [1] * fits.shape[1]),
        floors=tuple(floors),
    )


def everyone(at_least, s, name="everyone"):
    return Floor(name, np.ones(s, bool), at_least)


def allowed(asked, s, o):
    return not (np.isnan(asked.seeker_view[s, o]) or np.isnan(asked.offerer_view[s, o]))


def fit(asked, s, o):
    """The mutual fit, in millionths."""
    return round((float(asked.seeker_view[s, o]) + float(asked.offerer_view[s, o])) / 2 * 1e6)


def best_by_trying(asked, forced=None):
    """The largest sum of fits in millionths; None when the floors cannot be kept.

    With `forced`, only rounds with that pair count.
    """
    seekers, offerers = asked.seeker_view.shape

    @cache
    def rest(seeker, room, missing):
        if seeker == seekers:
            return None if any(missing) else 0
        open_ = [o for o in range(offerers) if room[o] and allowed(asked, seeker, o)]
        sums = []
        for size in range(min(int(asked.seeker_capacity[seeker]), len(open_)) + 1):
            for chosen in combinations(open_, size):
                if forced and forced[0] == seeker and forced[1] not in chosen:
                    continue
                left = tuple(n - (o in chosen) for o, n in enumerate(room))
                still = tuple(
                    max(n - bool(chosen and floor.seekers[seeker]), 0)
                    for n, floor in zip(missing, asked.floors, strict=True)
                )
                further = rest(seeker + 1, left, still)
                if further is not None:
                    sums.append(further + sum(fit(asked, seeker, o) for o in chosen))
        return max(sums, default=None)

    room = tuple(int(n) for n in asked.offerer_capacity)
    return rest(0, room, tuple(floor.at_least for floor in asked.floors))


def blocking_by_trying(asked, pairs):
    """All pairs that would rather have each other, by the definition."""
    pairs = {(int(s), int(o)) for s, o in pairs}
    mine, theirs = defaultdict(list), defaultdict(list)
    for s, o in pairs:
        mine[s].append(asked.seeker_view[s, o])
        theirs[o].append(asked.offerer_view[s, o])
    found = []
    for s, o in np.ndindex(*asked.seeker_view.shape):
        if (s, o) in pairs or not allowed(asked, s, o):
            continue
        sides = (
            (asked.seeker_view[s, o], mine[s], asked.seeker_capacity[s]),
            (asked.offerer_view[s, o], theirs[o], asked.offerer_capacity[o]),
        )
        if all(
            new > 0 and (len(have) < room or (room > 0 and new > min(have)))
            for new, have, room in sides
        ):
            found.append((s, o))
    return found


def check_rules(asked, found):
    """Every pair may be, once, in order, and nobody has more than it can take."""
    pairs = [tuple(pair) for pair in found.pairs.tolist()]
    assert pairs == sorted(set(pairs))
    assert all(allowed(asked, s, o) for s, o in pairs)
    for side, capacity in enumerate((asked.seeker_capacity, asked.offerer_capacity)):
        taken = np.bincount(found.pairs[:, side], minlength=len(capacity))
        assert (taken <= capacity).all()
    assert round(found.welfare * 1e6) == sum(fit(asked, s, o) for s, o in pairs)
    assert found.upper_bound >= found.welfare
    assert found.gap >= 0
    assert found.price_of_fairness >= 0
    served = {s for s, _ in pairs}
    assert [one.seeker for one in found.unserved] == sorted(
        set(range(len(asked.seeker_capacity))) - served
    )
    for told, floor in zip(found.floors, asked.floors, strict=True):
        assert told.served == sum(bool(floor.seekers[s]) for s in served)
        assert told.missing == max(floor.at_least - told.served, 0)
