"""What municipalities say of themselves, turned into values between 0 and 1.

Every value answers one question of a seeker about a candidate. More agreement never lowers it;
the order of the two never matters, but for a wish, which one side has about the other. Silence of
either side earns nothing. Sources of the criteria: D1-05, F1-13 (what cities say they chose by).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Count = TypeVar("Count", float, Values)

# The curves' own numbers belong to the algorithm: change one, and the algorithm has a new name.
HALF_MATCHES = 2.0  # two matching themes earn a half, six three quarters
HALF_LANGUAGES = 0.25  # one language in common is nearly all that an office needs: 0.8
HALF_FREE = 0.25  # one free place is nearly as good as many: only one is asked for


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a municipality wants of a partner; an empty set and None are "not said".

    `countries`, `not_countries`: ISO 3166-1 alpha-2. `population_from`, `population_to`:
    inhabitants, both included. `max_km`: as the crow flies.
    """

    countries: frozenset[str] = frozenset()
    not_countries: frozenset[str] = frozenset()
    population_from: int | None = None
    population_to: int | None = None
    max_km: int | None = None

    @property
    def sized(self) -> bool:
        """Whether anything is said of the number of inhabitants."""
        return self.population_from is not None or self.population_to is not None

    @property
    def said(self) -> bool:
        """Whether any wish is stated."""
        return bool(self.countries or self.not_countries or self.sized or self.max_km is not None)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a municipality says of itself, as sets of codes; `Profile()` has said nothing.

    `wanted` and `offered` are fields of cooperation, `needs` and `offers` goods and know-how.
    `languages`: ISO 639-1, those in which its office can correspond. `capacity`: how many new
    partners it can look after; None is not said.
    """

    wanted: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    economy: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    wishes: Wishes = field(default_factory=Wishes)
    capacity: int | None = None


SETS = ("wanted", "offered", "needs", "offers", "economy", "institutions", "languages")
"""The fields of a profile that are sets of codes."""


def two_way_value(there: Count, back: Count) -> Count:
    """From matches in each direction to a value; both count alike, so one way earns a half."""
    return (saturated(there, HALF_MATCHES) + saturated(back, HALF_MATCHES)) / 2


def saturated(count: Count, half: float) -> Count:
    """Rise with the count from 0 towards 1, a half at `half`: the first match says the most."""
    return count / (count + half)


def fields_value(seeker: Profile, candidate: Profile) -> float:
    """How well the fields that each wants are those that the other offers."""
    return _two_way(seeker.wanted & candidate.offered, seeker.offered & candidate.wanted)


def needs_value(seeker: Profile, candidate: Profile) -> float:
    """How well what each needs is what the other offers."""
    return _two_way(seeker.needs & candidate.offers, seeker.offers & candidate.needs)


def likeness_value(seeker: Profile, candidate: Profile) -> float:
    """How much of economy and institutions the two have in common."""
    shared = len(seeker.economy & candidate.economy)
    shared += len(seeker.institutions & candidate.institutions)
    return saturated(float(shared), HALF_MATCHES)


def languages_value(seeker: Profile, candidate: Profile) -> float:
    """Whether the two offices can write to each other: one language in common earns 0.8."""
    shared = len(seeker.languages & candidate.languages)
    return saturated(float(shared), HALF_LANGUAGES)


def capacity_value(free: npt.ArrayLike) -> Values:
    """How surely there is room for one more: 0 when nothing is free; nan (not said) stays nan.

    `free`: what a municipality can look after less what it has taken on, any shape.
    """
    left: Values = np.maximum(np.asarray(free, float), 0.0)
    return saturated(left, HALF_FREE)


def wish_value(
    wishes: Wishes,
    codes: Sequence[str],
    country: npt.ArrayLike,
    population: npt.ArrayLike,
    km: npt.ArrayLike,
) -> Values:
    """The share of the stated wishes (countries, size, distance) that each place meets.

    `codes` lists the countries, `country` holds a position in it for each place; `population` in
    inhabitants (0 or nan unknown), `km` from whoever wishes (nan unknown). A place in a country
    that is not wished earns 0 whatever else it meets; where that is the only wish, all others
    earn 1. What is not known of a place is not met. No wish stated: all nan, "not said".
    """
    country, people = np.asarray(country), np.asarray(population)
    if not wishes.said:
        return np.full(country.shape, np.nan)
    # Counted in bytes and turned into shares at the end: the whole world in a millisecond or two.
    checks = []
    if wishes.countries:
        checks.append(np.array([code in wishes.countries for code in codes])[country])
    if wishes.sized:
        least, most = size_bounds(wishes)
        checks.append((people >= least) & (people <= most))
    if wishes.max_km is not None:
        checks.append(np.asarray(km) <= wishes.max_km)
    allowed = np.array([code not in wishes.not_countries for code in codes])[country]
    checks = checks or [allowed]
    met = np.zeros(country.shape, np.uint8)
    for check in checks:
        met += check
    shares: Values = np.arange(len(checks) + 1) / len(checks)
    worth: Values = shares[met * allowed]
    return worth


def size_bounds(wishes: Wishes) -> tuple[float, float]:
    """Fewest and most inhabitants wished for; a number that is not known (0) lies outside."""
    most = np.inf if wishes.population_to is None else wishes.population_to
    return max(wishes.population_from or 0, 1), most


def _two_way(there: frozenset[str], back: frozenset[str]) -> float:
    return two_way_value(float(len(there)), float(len(back)))
