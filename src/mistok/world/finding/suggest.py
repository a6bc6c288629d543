"""Autocomplete: the places whose names begin with what is being typed, in any script."""

import numpy as np
import numpy.typing as npt

from mistok.world.finding.filters import Only
from mistok.world.folding import fold
from mistok.world.index import NameIndex, Places
from mistok.world.model import KINDS, Columns

_LOSS = np.array([0.0, 0.06, 0.10, 0.08])
"""What a name loses for being a former name, an alias or a foreign spelling."""
_WHOLE = 0.12
_SETTLEMENT = KINDS.index("settlement")


class Suggester:
    """Ranks names by how important their place is, whole names first."""

    def __init__(self, names: NameIndex, columns: Columns) -> None:
        self._names = names
        self._columns = columns

    def run(
        self, prefix: str, only: Only, weights: npt.NDArray[np.float32] | None, limit: int
    ) -> list[tuple[int, float]]:
        """Give up to `limit` places with their score, best first, a place once.

        `weights`: for every place a number from 0 to 1 that is added to its rank (its ties).
        """
        folded = fold(prefix)
        if not folded or limit < 1:
            return []
        places, kinds, shares = self._names.beginning(folded)
        ranks = self._columns.importance[places] - _LOSS[kinds]
        ranks += _WHOLE * (shares >= 1.0)
        ranks[self._columns.kind[places] == _SETTLEMENT] -= 0.1
        if weights is not None:
            ranks = ranks + weights[places]
        if only != Only():
            kept = only.mask(self._columns, places)
            places, ranks = places[kept], ranks[kept]
        return self._first(places, ranks, limit)

    def _first(
        self, places: Places, ranks: npt.NDArray[np.floating], limit: int
    ) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        wanted = limit
        while True:
            # A place has several names that begin alike: look further until there are enough.
            wanted = min(len(places), 4 * wanted)
            few = _highest(ranks, wanted)
            for at in few[np.lexsort((places[few], -ranks[few]))].tolist():
                best.setdefault(int(places[at]), round(float(np.clip(ranks[at], 0.0, 1.0)), 4))
            if len(best) >= limit or wanted == len(places):
                return list(best.items())[:limit]


def _highest(ranks: npt.NDArray[np.floating], wanted: int) -> npt.NDArray[np.intp]:
    """Positions of the highest ranks, of equal ones all."""
    if wanted >= len(ranks):
        return np.arange(len(ranks))
    lowest = ranks[np.argpartition(-ranks, wanted - 1)[:wanted]].min()
    return np.flatnonzero(ranks >= lowest)
