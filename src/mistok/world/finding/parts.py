"""Parts: a borough, a district or a village named together with the city it belongs to.

"Antwerp – Ekeren" and "Solomianskyi District (Kyiv)" are answered with the city, which is the
municipality, and the answer says that only a part of it was named.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from mistok.world.finding.contexts import Anchor
from mistok.world.finding.query import Query
from mistok.world.finding.scoring import Candidates, Way
from mistok.world.geometry import distances_km
from mistok.world.index import Places
from mistok.world.model import KINDS, Columns

PART_KM = 15.0
"""How far from the middle of a city its parts may lie."""
PART_SHARE = 0.2
"""A part has at most this share of its city's people."""

Mask = npt.NDArray[np.bool_]

_DISTRICT = KINDS.index("district")
_HROMADA = KINDS.index("hromada")
_MUNICIPALITY = KINDS.index("municipality")


def parents_of_parts(
    found: Candidates, query: Query, anchors: Iterable[Anchor], columns: Columns
) -> Candidates:
    """Put the city before the part where a text names both; else give what was found."""
    towns = {
        place: anchor.joined
        for anchor in anchors
        for place in anchor.places
        if columns.kind[place] in (_HROMADA, _MUNICIPALITY)
    }
    if not towns or not len(found):
        return found
    parents = []
    for town, joined in towns.items():
        tied = joined or query.relation in ("brackets", "dash")
        parts = _is_part(found, town, columns, tied=tied)
        wholes = _has_part(found, town, columns) if query.relation == "dash" else parts & False
        found.ways[wholes] = int(Way.PART_OF)
        if parts.any():
            found.ways[parts] = int(Way.PART)
            parents.append(town)
    lot = Candidates.found(np.array(parents, np.int64), Way.PART_OF)
    return Candidates.together([found, lot])


def _is_part(found: Candidates, town: int, columns: Columns, *, tied: bool) -> Mask:
    """Which candidates are parts of the town that the context names."""
    places = found.places
    inside = (columns.kind[places] == _DISTRICT) & (columns.parent[places] == town)
    if not tied:
        return np.asarray(inside)
    smaller = columns.population[places] <= PART_SHARE * columns.population[town]
    abroad = columns.kind[places] == _MUNICIPALITY  # a hromada is never a part of another
    near = _near(places, town, columns)
    return np.asarray(inside | (abroad & smaller & (places != town) & near))


def _has_part(found: Candidates, town: int, columns: Columns) -> Mask:
    """Which candidates are the city of which the context names a part."""
    larger = columns.population[town] <= PART_SHARE * columns.population[found.places]
    return np.asarray(larger & (found.places != town) & _near(found.places, town, columns))


def _near(places: Places, town: int, columns: Columns) -> Mask:
    lat, lon = float(columns.lat[town]), float(columns.lon[town])
    away = distances_km(lat, lon, columns.lat[places], columns.lon[places])
    same = columns.country[places] == columns.country[town]
    return np.asarray(same & (np.nan_to_num(away, nan=1e9) <= PART_KM))
