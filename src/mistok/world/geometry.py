"""Distances on the globe."""

from math import asin, cos, pi, radians, sin, sqrt

import numpy as np
import numpy.typing as npt

from mistok.world.model import Point

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

Floats = npt.NDArray[np.float64]


def distance_km(a: Point, b: Point) -> float:
    """Give the great-circle distance between two (lat, lon) points in degrees."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def distances_km(
    lat: float, lon: float, lats: npt.NDArray[np.float32], lons: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """Give the great-circle distances from one point to many; nan where one is unknown."""
    lat_a, lon_a = np.radians(lat), np.radians(lon)
    lat_b, lon_b = np.radians(lats.astype(np.float64)), np.radians(lons.astype(np.float64))
    half = np.sin((lat_b - lat_a) / 2) ** 2
    half += np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    distances: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return distances


def unit_vectors(lats: Floats, lons: Floats) -> Floats:
    """Give the points of the unit sphere, one a row, for latitudes and longitudes in degrees."""
    lat, lon = np.radians(lats), np.radians(lons)
    level = np.cos(lat)
    return np.stack((level * np.cos(lon), level * np.sin(lon), np.sin(lat)), axis=-1)


def chord(km: float) -> float:
    """Give the straight distance on the unit sphere of two points so far apart on the globe."""
    return 2 * sin(min(km / EARTH_KM, pi) / 2)
