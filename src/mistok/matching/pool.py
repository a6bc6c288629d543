"""The places among which partners are sought, as arrays prepared once for many searches."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid

EARTH_RADIUS_KM = 6371.0088  # mean radius of the IUGG; the sphere errs by at most half a percent


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Every place of the world in one fixed order; five arrays of the same length n.

    `lat`, `lon`: degrees (nan unknown). `population`: inhabitants (0 unknown).
    `country`: small whole numbers of the caller's choice. `eligible`: may be proposed as a partner.
    Where scores are equal the earlier place wins, so the order of the arrays should mean something
    lasting (the world's order of keys). Refuses (Invalid, pool_uneven) arrays of unequal length.
    The remaining fields are worked out here: unit vectors, logarithms, and `lane`, which is the
    country of an eligible place and the number of countries for one that is not.
    """

    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    population: npt.NDArray[np.int64]
    country: npt.NDArray[np.uint16]
    eligible: npt.NDArray[np.bool_]
    countries: int = field(init=False)
    lane: npt.NDArray[np.int32] = field(init=False)
    log_population: npt.NDArray[np.float32] = field(init=False)
    direction: npt.NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        columns = (self.lat, self.lon, self.population, self.country, self.eligible)
        shapes = {np.shape(column) for column in columns}
        if len(shapes) != 1 or len(next(iter(shapes))) != 1:
            raise Invalid(
                "The places cannot be compared: latitude, longitude, population, country and"
                " eligibility must be lists of the same length; build them from the same world.",
                code="pool_uneven",
                details={"shapes": [list(np.shape(column)) for column in columns]},
            )
        countries = int(self.country.max(initial=0)) + 1
        lane = np.where(self.eligible, self.country.astype(np.int32), np.int32(countries))
        known = np.where(self.population > 0, self.population, np.nan)
        for name, prepared in (
            ("countries", countries),
            ("lane", lane),
            ("log_population", np.log(known).astype(np.float32)),
            ("direction", _unit_vectors(self.lat, self.lon)),
        ):
            object.__setattr__(self, name, prepared)

    def __len__(self) -> int:
        return len(self.lat)

    def rough_km(self, place: int) -> npt.NDArray[np.float32]:
        """Kilometres from one place to all, in single precision: metres off near by, 5 km far."""
        squares = np.zeros(len(self), np.float32)
        for axis in self.direction:
            step = axis - axis[place]
            step *= step
            squares += step
        half_chord = np.minimum(np.sqrt(squares) * np.float32(0.5), np.float32(1))
        return np.arcsin(half_chord) * np.float32(2 * EARTH_RADIUS_KM)

    def km(self, place: int, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Kilometres along the great circle from one place to some, in double precision."""
        lat, lon = np.radians(self.lat[rows], dtype=float), np.radians(self.lon[rows], dtype=float)
        lat0, lon0 = (np.radians(float(angle[place])) for angle in (self.lat, self.lon))
        square = np.sin((lat - lat0) / 2) ** 2
        square += np.cos(lat) * np.cos(lat0) * np.sin((lon - lon0) / 2) ** 2
        km: npt.NDArray[np.float64] = np.arcsin(np.sqrt(np.minimum(square, 1)))
        km *= 2 * EARTH_RADIUS_KM
        return km

    def log_ratio(self, place: int, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Natural logarithm of population over one place's population; nan where unknown."""
        known = np.where(self.population[rows] > 0, self.population[rows], np.nan)
        own = float(self.population[place])
        return np.log(known / own) if own > 0 else np.full(len(rows), np.nan)


def _unit_vectors(
    lat: npt.NDArray[np.float32], lon: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Points on the unit sphere, shape (3, n): a chord needs no trigonometry at search time."""
    phi, lam = np.radians(lat, dtype=float), np.radians(lon, dtype=float)
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))).astype(
        np.float32
    )
