"""What comes out of a round: pairs, figures, floors, and why somebody got nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.matching.allocation.market import Indices, Reals
from mistok.matching.allocation.rounds import MILLIONTH, NEVER, Round
from mistok.matching.allocation.stability import blocking_pairs

NEAREST_TOLD = 3

Short = Callable[[int, Indices], Reals]  # how much fit a seeker is short of at some offerers


@dataclass(frozen=True, slots=True)
class Kept:
    """What was asked for a class, and how many of its seekers have a partner."""

    name: str
    asked: int
    served: int

    @property
    def missing(self) -> int:
        """How many more the floor asks for."""
        return max(self.asked - self.served, 0)


@dataclass(frozen=True, slots=True)
class Unserved:
    """A seeker without a partner: why, and the facts that a sentence is made of.

    `no_capacity_of_own`: none. `nobody_allowed`: `offerers`, how many there are, all excluded.
    `no_positive_fit`: `allowed`, how many pairs may be, and `best_fit`, the best of them.
    `offerers_full`: `allowed`, and `best`: up to three offerers, the nearest first, each a mapping
    of `offerer` (its number), `fit` (the mutual fit) and `missing` (how much more fit would have
    made it worth while to make room there; offerers that floors need entirely are not named).
    """

    seeker: int
    reason: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """Who gets whom, and what that is worth. Fits and sums are exact to a millionth.

    `pairs`: int[k, 2], seeker and offerer, ascending. `welfare`: the sum of mutual fits.
    `upper_bound`: no round under the same rules reaches more; `gap`: what is left, relative to it.
    `welfare_without_floors`: the best sum if nothing were promised. `price_of_fairness`: what the
    round loses against that, relative to it (of a stable round: the price of stability).
    `blocking_pairs`: how many pairs would rather have each other; `first_blocking`: int[<=20, 2].
    """

    pairs: Indices
    welfare: float
    upper_bound: float
    gap: float
    blocking_pairs: int
    first_blocking: Indices
    welfare_without_floors: float
    price_of_fairness: float
    floors: tuple[Kept, ...]
    unserved: tuple[Unserved, ...]

    @property
    def stable(self) -> bool:
        """Whether no pair would rather have each other."""
        return self.blocking_pairs == 0


def tell(
    asked: Round,
    pairs: tuple[Indices, Indices],
    *,
    bound: int,
    without_floors: int,
    wanted: npt.NDArray[np.bool_],
    short: Short,
) -> Allocation:
    """Work out everything that is told of some pairs.

    `bound`, `without_floors`: in millionths. `wanted`: bool[s, o], the pairs worth making.
    """
    order = np.lexsort((pairs[1], pairs[0]))
    seekers, offerers = pairs[0][order], pairs[1][order]
    value = int(asked.fit[seekers, offerers].sum(dtype=np.int64))
    served = np.bincount(seekers, minlength=len(asked.seeker_capacity)) > 0
    blocking, first = blocking_pairs(asked, seekers, offerers)
    return Allocation(
        pairs=np.column_stack((seekers, offerers)),
        welfare=_sum(value),
        upper_bound=_sum(bound),
        gap=_loss(value, bound),
        blocking_pairs=blocking,
        first_blocking=first,
        welfare_without_floors=_sum(without_floors),
        price_of_fairness=_loss(value, without_floors),
        floors=tuple(
            Kept(floor.name, floor.at_least, int(np.sum(served & floor.seekers)))
            for floor in asked.floors
        ),
        unserved=tuple(
            _unserved(asked, seeker, wanted[seeker], short)
            for seeker in np.flatnonzero(~served).tolist()
        ),
    )


def _sum(millionths: int) -> float:
    return round(millionths * MILLIONTH, 6)


def _loss(value: int, best: int) -> float:
    """What is lost against the best, relative to it; all of it where the best is nothing."""
    if value >= best:
        return 0.0
    return (best - value) / abs(best) if best else 1.0


def _unserved(asked: Round, seeker: int, wanted: npt.NDArray[np.bool_], short: Short) -> Unserved:
    """Why a seeker has no partner: the first reason that holds."""
    fits = asked.fit[seeker]
    allowed = np.flatnonzero(fits != NEVER)
    if not asked.seeker_capacity[seeker]:
        return Unserved(seeker, "no_capacity_of_own", {})
    if not len(allowed):
        return Unserved(seeker, "nobody_allowed", {"offerers": len(fits)})
    if not np.any(wanted):
        best_fit = _sum(int(fits[allowed].max()))
        facts = {"allowed": len(allowed), "best_fit": best_fit}
        return Unserved(seeker, "no_positive_fit", facts)
    full = np.flatnonzero(wanted & (np.asarray(asked.offerer_capacity) > 0))
    missing = short(seeker, full)
    full, missing = full[np.isfinite(missing)], missing[np.isfinite(missing)]
    nearest = np.lexsort((-fits[full], np.round(missing, 6)))[:NEAREST_TOLD]
    best = [
        {
            "offerer": int(full[at]),
            "fit": _sum(int(fits[full[at]])),
            "missing": round(float(missing[at]), 6),
        }
        for at in nearest
    ]
    return Unserved(seeker, "offerers_full", {"allowed": len(allowed), "best": best})
