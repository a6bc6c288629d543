"""Contexts: what stands around a name tells which of several places is meant.

"Springfield, IL", "Nagymányok (Tolna)", "Reichenberg bei Würzburg": a country, a region or a
neighbour supports the places that lie in it or near it, and speaks against all others.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.world.geometry import distances_km
from mistok.world.index import Places
from mistok.world.model import KINDS, Columns

REGION_KM = 130.0
"""How far from the middle of a region, outside of what is known to lie in it, its towns may be."""
DISTRICT_KM = 45.0
TOWN_KM = 40.0
_STEPS = 4  # settlement, hromada, raion, oblast

_COUNTRY, _REGION, _DISTRICT = (KINDS.index(kind) for kind in ("country", "region", "district"))

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Anchor:
    """One thing said about where a place lies: the places that the words may mean.

    `joined`: it stands before a hyphen and so is perhaps only the first half of a name.
    """

    places: tuple[int, ...]
    joined: bool = False

    def support(self, columns: Columns, places: Places) -> Shares:
        """Say for each place from 0 (elsewhere) to 1 (inside, or the same) how it fits."""
        best = np.zeros(len(places))
        for place in self.places:
            np.maximum(best, _within(columns, place, places), out=best)
        return best


def _within(columns: Columns, anchor: int, places: Places) -> Shares:
    """How each place stands to one place that a context means."""
    kind = int(columns.kind[anchor])
    same_country = columns.country[places] == columns.country[anchor]
    if kind == _COUNTRY:
        return np.asarray(same_country, np.float64)
    inside = _inside(columns, anchor, places)
    reach = {_REGION: REGION_KM, _DISTRICT: DISTRICT_KM}.get(kind, TOWN_KM)
    lat, lon = float(columns.lat[anchor]), float(columns.lon[anchor])
    if np.isnan(lat):
        return inside.astype(np.float64)
    away = distances_km(lat, lon, columns.lat[places], columns.lon[places])
    close = np.nan_to_num(np.clip(1.0 - 0.5 * away / reach, 0.0, 0.9), nan=0.0)
    close[away > reach] = 0.0
    return np.asarray(np.where(inside, 1.0, np.where(same_country, close, 0.0)))


def _inside(columns: Columns, anchor: int, places: Places) -> npt.NDArray[np.bool_]:
    """Whether each place is the anchor or lies in it."""
    at = places.copy()
    inside = at == anchor
    for _ in range(_STEPS):
        at = np.where(at >= 0, columns.parent[at], -1)
        inside |= at == anchor
    return np.asarray(inside | (columns.region[places] == anchor))
