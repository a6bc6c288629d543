"""What counts in a partner search: each criterion once, with its weight, and the curve it follows.

Every curve takes and gives NumPy arrays, keeps their precision, and stays between 0 and 1.
An unknown input is nan and earns `UNKNOWN`: little, but not nothing, for want of knowledge.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid

Numbers = npt.NDArray[np.floating[Any]]

ALGORITHM = "fit-1"
NAMES = ("size", "distance", "habit", "appetite", "shared_partners", "load")

# The curves' own numbers belong to the algorithm: change one, and the algorithm has a new name.
UNKNOWN = 0.25
SIZE_SPREAD = 1.5  # in natural logarithms: 4.5 times larger or smaller still earns 0.6
HALF_DISTANCE_KM = 500.0
HABIT_STRETCH = 100.0  # a country with one tie in a hundred earns 0.15, one in ten 0.52
HALF_APPETITE_TIES = 2.0
HALF_SHARED = 0.5
HALF_LOAD_TIES = 6.0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that two places are compared by; a negative weight lowers the score."""

    name: str
    weight: float
    description: str
    source: str


@dataclass(frozen=True, slots=True)
class Weights:
    """A named, complete set of criteria in the fixed order of `NAMES`.

    Refuses (Invalid, weights_unusable) when a criterion is missing, strange or not a number.
    """

    algorithm: str
    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        names = tuple(criterion.name for criterion in self.criteria)
        if names != NAMES or not all(math.isfinite(c.weight) for c in self.criteria):
            raise Invalid(
                f"The weights of {self.algorithm} cannot be used: give one finite number"
                f" for each of {', '.join(NAMES)}, in this order.",
                code="weights_unusable",
                details={"algorithm": self.algorithm, "criteria": list(names)},
            )

    def reweighted(self, algorithm: str, weights: Mapping[str, float]) -> "Weights":
        """The same criteria under a new name, with some weights changed; others stay.

        Refuses (Invalid, criterion_unknown) a name that is not a criterion.
        """
        strange = sorted(set(weights) - set(NAMES))
        if strange:
            raise Invalid(
                f"There is no criterion {', '.join(strange)}; choose among {', '.join(NAMES)}.",
                code="criterion_unknown",
                details={"criteria": strange},
            )
        changed = (replace(c, weight=weights.get(c.name, c.weight)) for c in self.criteria)
        return Weights(algorithm, tuple(changed))


def size_value(log_ratio: Numbers) -> Numbers:
    """How alike two populations are, from the natural logarithm of their ratio (0 → 1)."""
    return _or_unknown(np.exp(log_ratio * log_ratio * (-0.5 / SIZE_SPREAD**2)))


def distance_value(km: Numbers) -> Numbers:
    """How easy a visit is: 1 next door, a half at 500 km, never quite 0."""
    return _or_unknown(1 / (1 + km * (1 / HALF_DISTANCE_KM)))


def habit_value(ties: Numbers, total: Numbers) -> Numbers:
    """How usual this country is: the logarithmically stretched share of `ties` in `total`."""
    share = ties / np.maximum(total, 1)
    return np.log1p(HABIT_STRETCH * share) / math.log1p(HABIT_STRETCH)


def appetite_value(ties: Numbers) -> Numbers:
    """How much a place twins at all: 0 without foreign ties, a half with two."""
    return ties / (ties + HALF_APPETITE_TIES)


def shared_value(strength: Numbers) -> Numbers:
    """How closely common partners bind two places, from their Adamic–Adar strength."""
    return strength / (strength + HALF_SHARED)


def load_value(ties: Numbers) -> Numbers:
    """How taken a place is by the seeker's country: one tie is nothing, six are a half."""
    return ties * ties / (ties * ties + HALF_LOAD_TIES**2)


def _or_unknown(values: Numbers) -> Numbers:
    """The same array, with `UNKNOWN` where nothing could be worked out."""
    np.copyto(values, UNKNOWN, where=np.isnan(values))
    return values


FIT_1 = Weights(
    algorithm=ALGORITHM,
    criteria=(
        Criterion(
            "size",
            0.20,
            "The two municipalities have a similar number of inhabitants.",
            "population of both places; Gaussian curve over the logarithm of their ratio",
        ),
        Criterion(
            "distance",
            0.25,
            "The partner is near enough for frequent visits.",
            "coordinates of both places; great circle, half value at 500 km",
        ),
        Criterion(
            "habit",
            0.15,
            "Municipalities of the seeker's country often choose this country.",
            "live ties in the registry; share of the seeker's country's ties, logarithmic",
        ),
        Criterion(
            "appetite",
            0.15,
            "The partner already keeps foreign ties and knows how it is done.",
            "live ties in the registry; number of foreign ties, half value at two",
        ),
        Criterion(
            "shared_partners",
            0.25,
            "Both have the same partners, who can introduce them to each other.",
            "live ties in the registry; Adamic and Adar 2003, Friends and neighbors on the Web",
        ),
        Criterion(
            "load",
            -0.10,
            "The partner already looks after many municipalities of the seeker's country.",
            "live ties in the registry; ties with the seeker's country, half value at six",
        ),
    ),
)
