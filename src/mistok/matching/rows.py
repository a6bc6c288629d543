"""Rows of many lengths in one array, and numbers of few places among many."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """Numbers of some places, 0 for all others: `places` ascend, `values` belong to them."""

    places: Indices
    values: Floats

    @classmethod
    def nothing(cls) -> "Sparse":
        return cls(np.zeros(0, np.int64), np.zeros(0))

    @classmethod
    def summed(cls, places: npt.NDArray[np.integer[Any]], values: Floats) -> "Sparse":
        """Add up what is told of the same place several times."""
        if not len(places):
            return cls.nothing()
        order = np.argsort(places, kind="stable")
        ordered = places[order]
        begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        return cls(ordered[begins].astype(np.int64), np.add.reduceat(values[order], begins))

    def at(self, places: Indices) -> Floats:
        """The numbers of some places."""
        if not len(self.places):
            return np.zeros(len(places))
        slot = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        return np.where(self.places[slot] == places, self.values[slot], 0.0)

    def log(self, stretch: float) -> "Sparse":
        """ln(1 + stretch · value): counts that matter less the more there are."""
        return Sparse(self.places, np.log1p(stretch * self.values))


def tallied(
    groups: npt.NDArray[np.integer[Any]], weights: npt.NDArray[np.floating[Any]], count: int
) -> Floats:
    """The sum of the weights of each group from 0 to `count` - 1."""
    return np.bincount(groups, weights, count).astype(float, copy=False)


def spread(starts: Indices, rows: npt.NDArray[np.integer[Any]]) -> tuple[Indices, Indices]:
    """Where the entries of some rows stand, and for each the number of its row among `rows`."""
    begins = starts[rows]
    counts = starts[rows + 1] - begins
    owner = np.repeat(np.arange(len(rows)), counts)
    first = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - first[owner] + begins[owner], owner


def starts_of(counts: npt.NDArray[np.integer[Any]]) -> Indices:
    """Where each row begins, and after the last one the end of all."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
