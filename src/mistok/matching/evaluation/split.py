"""Which ties are found again and from which others: a fixed part kept back, nothing in both."""

from dataclasses import dataclass

import numpy as np

from mistok.kernel.errors import Invalid
from mistok.matching.evaluation.ties_file import Ties
from mistok.matching.pool import Pool
from mistok.matching.ties import TieGraph

SEED = 4
SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """`test` is asked for knowing `train`, and `recent` (since 2022) knowing `earlier` alone.

    No pair of `test` is in `train`, none of `recent` in `earlier`. `withheld` counts the ties
    that were to be known, and are not because they are to be found.
    """

    train: Ties
    test: Ties
    earlier: Ties
    recent: Ties
    withheld: int


def parted(
    ties: Ties, known: Ties | None = None, *, sample: int | None = None, seed: int = SEED
) -> Parts:
    """Part one file of ties by `split`, or take the ties of another one as known.

    `sample` leaves at most so many of `test` and of `recent`, drawn with `seed`; the others are
    not known for that. Refuses (Invalid): ties_too_few, train_empty.
    """
    if known is None:
        train, test = split(ties)
        withheld = 0
    else:
        train, test = in_order(known).without(ties), in_order(ties)
        withheld = len(known) - len(train)
    _check(train, test, ties)
    recent = in_order(ties.some(ties.recent))
    earlier = train.some(train.early).without(recent)
    return Parts(train, _drawn(test, sample, seed), earlier, _drawn(recent, sample, seed), withheld)


def split(ties: Ties, share: float = SHARE, seed: int = SEED) -> tuple[Ties, Ties]:
    """Ties to learn from, and ties to measure on: a fixed draw, whatever their order in the file.

    The pairs are sorted, drawn without replacement by NumPy's default generator with `seed`, and
    the first `share` of the draw, rounded down, is kept back. Both parts stay sorted. Pairs are
    positions in the compiled world: another edition of it numbers, and so draws, differently.
    """
    ordered = in_order(ties)
    drawn = np.random.default_rng(seed).permutation(len(ordered))
    kept = np.zeros(len(ordered), bool)
    kept[drawn[: int(len(ordered) * share)]] = True
    return ordered.some(~kept), ordered.some(kept)


def graph_of(pool: Pool, ties: Ties) -> TieGraph:
    """The ties as what a ranking knows, those within one country too."""
    return TieGraph.from_pairs(ties.ends[:, 0], ties.ends[:, 1], pool.country, domestic=True)


def in_order(ties: Ties) -> Ties:
    """The same ties by their first end, then their second."""
    return ties.some(np.lexsort((ties.ends[:, 1], ties.ends[:, 0])))


def _drawn(ties: Ties, sample: int | None, seed: int) -> Ties:
    if sample is None or sample >= len(ties):
        return ties
    return ties.some(np.sort(np.random.default_rng(seed).permutation(len(ties))[:sample]))


def _check(train: Ties, test: Ties, ties: Ties) -> None:
    if not len(test):
        raise Invalid(
            f"Of {len(ties)} ties no fifth can be kept back to be found again; give at least five,"
            " or the known ties in a file of their own.",
            code="ties_too_few",
            details={"ties": len(ties)},
        )
    if not len(train):
        raise Invalid(
            "Every tie that was to be known is one that is to be found, so nothing is known; give"
            " other ties as known, or leave them away to have a fifth of the file kept back.",
            code="train_empty",
        )
