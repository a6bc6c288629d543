"""A round as it is asked: two views of every pair, capacities, and promises to classes."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid

Fits = npt.NDArray[np.int32]
Views = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]

# Fits are compared in whole millionths: sums are then exact, and the same on every machine.
MILLIONTH = 1e-6
LARGEST_FIT = 1000.0
NEVER = np.int32(-(2**31))  # the mutual fit of a pair that may not be
ROWS = 64  # rows that are worked on at a time, so that intermediate results stay small


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """A promise to a class of seekers: at least so many of them get at least one partner.

    `seekers`: bool[s], who belongs to the class. `at_least`: a number of seekers; 0 promises
    nothing. Refuses (Invalid, floor_unusable) a negative number.
    """

    name: str
    seekers: npt.NDArray[np.bool_]
    at_least: int

    def __post_init__(self) -> None:
        if self.at_least < 0:
            raise Invalid(
                f"The floor “{self.name}” asks for {self.at_least} seekers; ask for 0 or more.",
                code="floor_unusable",
                details={"floor": self.name, "at_least": self.at_least},
            )

    @classmethod
    def share(cls, name: str, seekers: npt.NDArray[np.bool_], share: float) -> "Floor":
        """A floor for a share of the class, rounded up to whole seekers.

        Refuses (Invalid, floor_unusable) a share outside 0 to 1.
        """
        if not 0 <= share <= 1:
            raise Invalid(
                f"The floor “{name}” asks for the share {share}; give one between 0 and 1.",
                code="floor_unusable",
                details={"floor": name, "share": share},
            )
        # 0.7 of 10 is 7 and not 8, although 0.7 * 10 may be a little more than 7.
        return cls(name, seekers, math.ceil(round(share * int(np.sum(seekers)), 9)))


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """Seekers s and offerers o, as numbers; who may have whom, and how well they would fit.

    `seeker_view`, `offerer_view`: float32[s, o], how each side sees the pair; nan in either means
    that the pair may not be. `seeker_capacity`: int[s], `offerer_capacity`: int[o], how many new
    partners each can take. The mutual fit of a pair is the mean of both views, to a millionth.
    Refuses (Invalid): round_uneven, capacity_unusable, fit_unusable.
    `fit` is worked out here: the mutual fit in millionths, NEVER where the pair may not be.
    `known` remembers what was once computed of this round, so that `best` and `stable` share it.
    """

    seeker_view: Views
    offerer_view: Views
    seeker_capacity: Counts
    offerer_capacity: Counts
    floors: tuple[Floor, ...] = ()
    fit: Fits = field(init=False)
    known: dict[str, Any] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        _check_shapes(self)
        _check_capacities("seeker", self.seeker_capacity)
        _check_capacities("offerer", self.offerer_capacity)
        object.__setattr__(self, "fit", _mutual(self.seeker_view, self.offerer_view))


def _check_shapes(asked: Round) -> None:
    """Refuse arrays that do not belong together."""
    shape = np.shape(asked.seeker_view)
    right = len(shape) == 2 and np.shape(asked.offerer_view) == shape
    right = right and np.shape(asked.seeker_capacity) == shape[:1]
    right = right and np.shape(asked.offerer_capacity) == shape[1:]
    if not right:
        raise Invalid(
            "The round cannot be read: both views must have a row for each seeker and a column"
            " for each offerer, and each of these a capacity; build all four from the same lists.",
            code="round_uneven",
            details={
                "seeker_view": list(shape),
                "offerer_view": list(np.shape(asked.offerer_view)),
                "seeker_capacity": list(np.shape(asked.seeker_capacity)),
                "offerer_capacity": list(np.shape(asked.offerer_capacity)),
            },
        )
    for floor in asked.floors:
        if np.shape(floor.seekers) != shape[:1]:
            raise Invalid(
                f"The floor “{floor.name}” tells {np.size(floor.seekers)} seekers apart, but the"
                f" round has {shape[0]}; say of every seeker whether it belongs to the class.",
                code="round_uneven",
                details={"floor": floor.name, "seekers": shape[0]},
            )


def _check_capacities(side: str, capacities: Counts) -> None:
    """Refuse capacities that are not whole numbers from 0 up."""
    whole = np.isfinite(capacities) & (capacities == np.floor(capacities))
    wrong = np.flatnonzero(~(whole & (capacities >= 0)))
    if len(wrong):
        first, capacity = int(wrong[0]), float(capacities[wrong[0]])
        raise Invalid(
            f"The {side} number {first} has a capacity of {capacity:g}; a capacity is how many new"
            " partners it can take, a whole number from 0 up.",
            code="capacity_unusable",
            details={"side": side, "index": first, "capacity": capacity},
        )


def _mutual(one: Views, other: Views) -> Fits:
    """The mean of two views in millionths, some rows at a time to spare memory."""
    fits = np.empty(np.shape(one), np.int32)
    for start in range(0, len(fits), ROWS):
        rows = slice(start, start + ROWS)
        mine, theirs = np.asarray(one[rows], float), np.asarray(other[rows], float)
        open_ = ~(np.isnan(mine) | np.isnan(theirs))
        known = (np.abs(mine) <= LARGEST_FIT) & (np.abs(theirs) <= LARGEST_FIT)
        wrong = np.argwhere(open_ & ~known)
        if len(wrong):
            seeker, offerer = start + int(wrong[0, 0]), int(wrong[0, 1])
            raise Invalid(
                f"The fit of seeker number {seeker} and offerer number {offerer} is not a number"
                f" between {-LARGEST_FIT:g} and {LARGEST_FIT:g}; mend it, or write nan if the pair"
                " may not be.",
                code="fit_unusable",
                details={"seeker": seeker, "offerer": offerer},
            )
        mean = np.where(open_, mine + theirs, 0) / 2
        fits[rows] = np.where(open_, np.rint(mean / MILLIONTH), NEVER)
    return fits
