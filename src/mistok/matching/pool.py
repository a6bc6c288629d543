"""The places among which partners are sought, as arrays prepared once for many searches."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid

UNKNOWN_CLOCK = -128
Keys = npt.NDArray[np.intp]  # small whole numbers, in the width that tables are read with fastest

SIZE_STEPS = 64  # keys of sizes to one unit of the logarithm: a step is 1.6 percent
RENOWN_KEYS = 255
EARTH_RADIUS_KM = 6371.0088  # mean radius of the IUGG; the sphere errs by at most half a percent


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """What is known of the places beside position and population; all arrays of length n.

    `region`: whole numbers from 0 to `regions` - 1, each region within one country (a country's
    places of unknown region share one). `position`: bits that two places may share (port, border,
    mountains ...). `clock`: quarter hours of standard time before UTC, -128 unknown. `renown`:
    how many names a place has. `namesake`:
    equal for places of like name. `likeness`: of languages, country by country, 0 to 1.
    """

    region: npt.NDArray[np.int32]
    position: npt.NDArray[np.uint8]
    clock: npt.NDArray[np.int8]
    renown: npt.NDArray[np.uint16]
    namesake: npt.NDArray[np.int32]
    likeness: npt.NDArray[np.float32]

    @classmethod
    def nothing(cls, country: npt.NDArray[np.uint16], countries: int) -> "About":
        """Each country is one region; nothing else is known."""
        n = len(country)
        return cls(
            region=country.astype(np.int32),
            position=np.zeros(n, np.uint8),
            clock=np.full(n, UNKNOWN_CLOCK, np.int8),
            renown=np.ones(n, np.uint16),
            namesake=np.arange(n, dtype=np.int32),
            likeness=np.eye(countries, dtype=np.float32),
        )

    def columns(self) -> list[npt.NDArray[Any]]:
        """The arrays that have a number for each place."""
        columns: list[npt.NDArray[Any]] = [self.region, self.position, self.clock, self.renown]
        return [*columns, self.namesake]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Every place of the world in one fixed order; arrays of the same length n.

    `lat`, `lon`: degrees (nan unknown). `population`: inhabitants (0 unknown).
    `country`: small whole numbers of the caller's choice. `eligible`: may be proposed as a partner.
    `about`: what else is known of the places; without it, nothing is.
    Where scores are equal the earlier place wins, so the order of the arrays should mean something
    lasting (the world's order of keys). Refuses (Invalid, pool_uneven) arrays of unequal length.
    The remaining fields are worked out here: unit vectors, logarithms, small keys of size, renown
    and clock, and `lane`, which is the country of an eligible place and the number of countries
    for one that is not.
    """

    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    population: npt.NDArray[np.int64]
    country: npt.NDArray[np.uint16]
    eligible: npt.NDArray[np.bool_]
    about: About = None  # type: ignore[assignment] # filled in below
    countries: int = field(init=False)
    lane: npt.NDArray[np.int32] = field(init=False)
    log_population: npt.NDArray[np.float32] = field(init=False)
    direction: npt.NDArray[np.float32] = field(init=False)
    axes: npt.NDArray[np.float64] = field(init=False)
    unplaced: Keys = field(init=False)
    size_key: Keys = field(init=False)
    renown_key: Keys = field(init=False)
    clock_key: Keys = field(init=False)
    position_key: Keys = field(init=False)

    def __post_init__(self) -> None:
        columns: list[npt.NDArray[Any]] = [self.lat, self.lon, self.population]
        columns += [self.country, self.eligible]
        if self.about is not None:
            columns += self.about.columns()
        shapes = {np.shape(column) for column in columns}
        if len(shapes) != 1 or len(next(iter(shapes))) != 1:
            raise Invalid(
                "The places cannot be compared: latitude, longitude, population, country,"
                " eligibility and what else is known must be lists of the same length; build them"
                " from the same world.",
                code="pool_uneven",
                details={"shapes": [list(np.shape(column)) for column in columns]},
            )
        countries = int(self.country.max(initial=0)) + 1
        if self.about is None:
            object.__setattr__(self, "about", About.nothing(self.country, countries))
        lane = np.where(self.eligible, self.country.astype(np.int32), np.int32(countries))
        known = np.where(self.population > 0, self.population, np.nan)
        axes = _unit_vectors(self.lat, self.lon)
        for name, prepared in (
            ("countries", countries),
            ("lane", lane),
            ("log_population", np.log(known).astype(np.float32)),
            ("direction", axes.astype(np.float32)),
            ("axes", np.nan_to_num(axes)),
            ("unplaced", np.flatnonzero(np.isnan(axes[0]))),
            ("size_key", _size_keys(self.population)),
            ("renown_key", np.minimum(self.about.renown, RENOWN_KEYS).astype(np.intp)),
            ("clock_key", self.about.clock.astype(np.intp) - UNKNOWN_CLOCK),
            ("position_key", self.about.position.astype(np.intp)),
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


def _size_keys(population: npt.NDArray[np.int64]) -> Keys:
    """The logarithm of the population in steps, one more; 0 where it is not known."""
    known = np.log(np.maximum(population, 1)) * SIZE_STEPS
    return np.where(population > 0, np.round(known) + 1, 0).astype(np.intp)


def _unit_vectors(
    lat: npt.NDArray[np.float32], lon: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """Points on the unit sphere, shape (3, n): a chord needs no trigonometry at search time."""
    phi, lam = np.radians(lat, dtype=float), np.radians(lon, dtype=float)
    axes = np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
    # Half a position is none.
    axes[:, np.isnan(axes[0])] = np.nan
    return axes
