"""Places in small blocks of like ones, so that most of the world need not be scored at all.

A block holds places of one region that stand next to each other by inhabitants. What its best place
could score at most is known without looking at any: from the spans of its places' keys, and from a
circle around them. Blocks that could not reach what others have surely reached stay closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.matching.pool import Keys, Pool
from mistok.matching.rows import Floats, Indices, spread, starts_of

MOST = 64  # places in a block
Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """The places that may be proposed, `order`, cut at `starts` into blocks.

    `region` of each block; `spans`: the least and the most of each family of keys in it; `centre`:
    the middle of its places on the unit sphere, shape (3, blocks), nan where the places' positions
    are not known; `reach`: the farthest place from the middle, in radians.
    """

    order: Indices
    starts: Indices
    region: Indices
    spans: Mapping[str, "Spans"]
    centre: Floats
    reach: Floats

    def __len__(self) -> int:
        return len(self.region)

    @classmethod
    def of(cls, pool: Pool, keys: Mapping[str, Keys]) -> "Blocks":
        """Cut the pool up; `keys`: the keys of every place by family."""
        region = pool.about.region.astype(np.int64)
        known = np.isfinite(pool.direction[0])
        order = np.lexsort((-pool.population, known, region))
        order = order[pool.eligible[order]]
        group = region[order] * 2 + known[order]
        begins = np.flatnonzero(np.append(True, group[1:] != group[:-1]) if len(order) else [])
        lengths = np.diff(np.append(begins, len(order)))
        within = np.arange(len(order)) - np.repeat(begins, lengths)
        cuts = np.flatnonzero(within % MOST == 0)
        starts = starts_of(np.diff(np.append(cuts, len(order))))
        centre, reach = _circles(pool, order, cuts)
        return cls(
            order=order,
            starts=starts,
            region=region[order[cuts]],
            spans={name: _spans(told[order], cuts) for name, told in keys.items()},
            centre=centre,
            reach=reach,
        )

    def places(self, blocks: Indices) -> Indices:
        """The places of some blocks."""
        return self.order[spread(self.starts, blocks)[0]]

    def peaks(self, told: Floats32) -> Floats32:
        """The most of a number of every place, by block."""
        if not len(self):
            return told[:0]
        most: Floats32 = np.maximum.reduceat(told[self.order], self.starts[:-1])
        return most

    def most_by_key(self, family: str, table: Floats32) -> Floats32:
        """The most that a table by key holds for the keys of each block."""
        return self.spans[family].most(table)

    def angles(self, here: Floats) -> tuple[Floats, Floats]:
        """The least and the most angle, in radians, from a place on the unit sphere; nan where
        a block's positions are not known."""
        middle = np.arccos(np.clip(here @ self.centre, -1, 1))
        return np.maximum(middle - self.reach, 0), np.minimum(middle + self.reach, np.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Many spans of one table, each told as two shorter ones of 2^level entries that cover it."""

    first: tuple[Indices, Indices]
    last: tuple[Indices, Indices]

    @classmethod
    def of(cls, low: Indices, high: Indices) -> "Spans":
        """Spans from `low` to `high`, both included."""
        level = np.frexp(high - low + 1)[1].astype(np.int64) - 1
        return cls((level, low), (level, high + 1 - (1 << level)))

    def most(self, table: Floats32) -> Floats32:
        """The largest entry of the table in each span."""
        levels = [table]
        for level in range(int(self.first[0].max(initial=0))):
            last, width = levels[-1], 1 << level
            longer = last.copy()
            np.maximum(last[:-width], last[width:], out=longer[:-width])
            levels.append(longer)
        stacked = np.stack(levels)
        most: Floats32 = np.maximum(stacked[self.first], stacked[self.last])
        return most


def _spans(told: Keys, cuts: Indices) -> Spans:
    if not len(told):
        return Spans.of(cuts, cuts)
    return Spans.of(np.minimum.reduceat(told, cuts), np.maximum.reduceat(told, cuts))


def _circles(pool: Pool, order: Indices, cuts: Indices) -> tuple[Floats, Floats]:
    """The middle of each block's places, and how far the farthest is from it."""
    if not len(order):
        return np.zeros((3, 0)), np.zeros(0)
    there = pool.axes[:, order]
    there = np.where(np.isfinite(pool.direction[0, order]), there, np.nan)
    middle = np.add.reduceat(there, cuts, axis=1)
    # Places all around the globe may cancel each other out: any middle will do then.
    length = np.maximum(np.linalg.norm(middle, axis=0), 1e-9)
    centre = middle / length
    lengths = np.diff(np.append(cuts, len(order)))
    nearness = (there * np.repeat(centre, lengths, axis=1)).sum(0)
    farthest = np.minimum.reduceat(nearness, cuts)
    return centre, np.where(length < 1e-6, np.pi, np.arccos(np.clip(farthest, -1, 1)))
