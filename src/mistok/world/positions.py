"""What a place is by its coordinates: at the sea, at a border, in the mountains, in which zone.

Used by the build alone; all places are looked at together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from mistok.world.geometry import chord, unit_vectors
from mistok.world.model import Position
from mistok.world.relief import Relief, at, shore

COAST_KM = 15.0
BORDER_KM = 35.0
NEAREST = 4
"""So many places of a neighbouring country are looked at, the nearest ones."""
STEPS = 9
"""Points between two places that are looked at to tell land from sea."""

YEAR = 2026
"""The year whose clocks are read, for a zone's standard time may change by decree."""
UNKNOWN_OFFSET = -128

Bits = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sites:
    """Places as arrays: degrees (nan unknown), number of the country, whether people live there.

    `is_town` leaves out countries, regions and districts, whose point is just somewhere in them.
    """

    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    country: npt.NDArray[np.uint16]
    is_town: Bits


def positions(
    sites: Sites, neighbours: Iterable[tuple[int, int]], relief: Relief
) -> npt.NDArray[np.uint8]:
    """Give for each place the bits COAST, BORDER and MOUNTAIN of `Position`; 0 where unplaced.

    `neighbours`: pairs of numbers of countries that share a land border, each pair once or twice.
    """
    found = np.zeros(len(sites.lat), np.uint8)
    known = np.flatnonzero(~np.isnan(sites.lat))
    lat, lon = sites.lat[known], sites.lon[known]
    found[known[near_sea(lat, lon, relief)]] |= np.uint8(Position.COAST)
    found[known[at(relief.mountain, lat, lon)]] |= np.uint8(Position.MOUNTAIN)
    found[near_border(sites, neighbours, relief)] |= np.uint8(Position.BORDER)
    return found


def near_sea(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64], relief: Relief) -> Bits:
    """Say of each point whether the middle of a cell of sea is at most COAST_KM away."""
    shores = cKDTree(unit_vectors(*shore(relief.sea)))
    away, _ = shores.query(unit_vectors(lat, lon), distance_upper_bound=chord(COAST_KM))
    close: Bits = np.isfinite(away)
    return close | at(relief.sea, lat, lon)


def near_border(
    sites: Sites, neighbours: Iterable[tuple[int, int]], relief: Relief
) -> npt.NDArray[np.intp]:
    """Give the places from which a neighbouring country's town is near, over land.

    The NEAREST ones of that country are looked at, as far as BORDER_KM; one lies over land when
    most points of the straight line to it do.
    """
    known = ~np.isnan(sites.lat)
    points = unit_vectors(sites.lat, sites.lon)
    own = {
        int(number): np.flatnonzero(known & (sites.country == number))
        for number in np.unique(sites.country)
    }
    trees = {
        number: cKDTree(points[places[sites.is_town[places]]])
        for number, places in own.items()
        if sites.is_town[places].any()
    }
    near = []
    for number, other in {pair for a, b in neighbours for pair in ((a, b), (b, a))}:
        if number in own and other in trees:
            near.append(_near(points, own[number], trees[other], relief))
    return np.unique(np.concatenate([np.empty(0, np.intp), *near]))


def _near(
    points: npt.NDArray[np.float64],
    places: npt.NDArray[np.intp],
    other: cKDTree,
    relief: Relief,
) -> npt.NDArray[np.intp]:
    """Those of the places that have a point of the tree near, over land."""
    reach = chord(BORDER_KM)
    here = points[places]
    inside = ((here >= other.mins - reach) & (here <= other.maxes + reach)).all(axis=1)
    places, here = places[inside], here[inside]
    away, found = other.query(here, NEAREST, distance_upper_bound=reach)
    asking, which = np.nonzero(np.isfinite(away))
    there = other.data[found[asking, which]]
    return places[asking[~_across_sea(here[asking], there, relief)]]


def _across_sea(
    here: npt.NDArray[np.float64], there: npt.NDArray[np.float64], relief: Relief
) -> Bits:
    """Whether most points of the way between two points of the sphere lie in the sea."""
    share = np.arange(1, STEPS + 1)[:, None, None] / (STEPS + 1)
    way = here + share * (there - here)
    way /= np.linalg.norm(way, axis=2, keepdims=True)
    lat = np.degrees(np.arcsin(way[..., 2]))
    lon = np.degrees(np.arctan2(way[..., 1], way[..., 0]))
    wet: Bits = at(relief.sea, lat, lon).sum(axis=0) * 2 > STEPS
    return wet


def utc_offsets(zones: Sequence[str | None], sites: Sites) -> npt.NDArray[np.int8]:
    """Give for each place the quarter hours by which its standard time is before UTC.

    A place without a zone (or with one that is not known here) has that of the nearest
    town of its country that has one; UNKNOWN_OFFSET where there is none.
    """
    known = {zone: standard_offset(zone) for zone in set(zones) if zone}
    offsets = np.array([known.get(zone or "", UNKNOWN_OFFSET) for zone in zones], np.int8)
    missing = (offsets == UNKNOWN_OFFSET) & ~np.isnan(sites.lat)
    givers = (offsets != UNKNOWN_OFFSET) & ~np.isnan(sites.lat) & sites.is_town
    points = unit_vectors(sites.lat, sites.lon)
    for number in np.unique(sites.country[missing]):
        asking = np.flatnonzero(missing & (sites.country == number))
        giving = np.flatnonzero(givers & (sites.country == number))
        if len(giving):
            _, nearest = cKDTree(points[giving]).query(points[asking])
            offsets[asking] = offsets[giving[nearest]]
    return offsets


def standard_offset(zone: str) -> int:
    """Give a zone's standard time in quarter hours before UTC; UNKNOWN_OFFSET for no zone.

    It is the smaller one of the offsets in January and July of YEAR, since zones whose law calls
    the summer's time standard (Dublin) have winter all the same.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return UNKNOWN_OFFSET
    moments = [datetime(YEAR, month, 1, 12, tzinfo=UTC) for month in (1, 7)]
    offsets = [moment.astimezone(place).utcoffset() or timedelta() for moment in moments]
    return round(min(offsets) / timedelta(minutes=15))


def numbered(neighbours: Mapping[str, Iterable[str]], codes: Sequence[str]) -> set[tuple[int, int]]:
    """Give the pairs of neighbouring countries by their positions in `codes`."""
    number = {code: place for place, code in enumerate(codes)}
    return {
        (number[code], number[other])
        for code, others in neighbours.items()
        for other in others
        if code in number and other in number
    }
