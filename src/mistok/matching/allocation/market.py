"""What the solver sees of a round: only those who can take somebody, in their order."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from mistok.matching.allocation.rounds import NEVER, Counts, Fits, Floor, Round

Indices = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

# The sum of all that ties can weigh, in millionths: below one half, so that it never decides
# anything but which of two equally good rounds is taken.
TIES = 0.4


SMALL = 20_000  # pairs of a round that is solved over all of them at once


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """The fits in millionths, capacities of at least 1, and the floors that ask for something.

    `seekers`, `offerers`: their numbers in the round. `members`: bool[floors, s].
    """

    fit: Fits
    seeker_capacity: Counts
    offerer_capacity: Counts
    floors: tuple[Floor, ...]
    members: npt.NDArray[np.bool_]
    at_least: Counts
    seekers: Indices
    offerers: Indices

    @classmethod
    def of(cls, asked: Round) -> "Market":
        """Leave out who has no capacity, and floors that ask for nobody."""
        seekers = np.flatnonzero(asked.seeker_capacity)
        offerers = np.flatnonzero(asked.offerer_capacity)
        whole = (len(seekers), len(offerers)) == asked.fit.shape
        floors = tuple(floor for floor in asked.floors if floor.at_least)
        members = [np.asarray(floor.seekers, bool)[seekers] for floor in floors]
        return cls(
            fit=asked.fit if whole else asked.fit[np.ix_(seekers, offerers)],
            seeker_capacity=np.asarray(asked.seeker_capacity)[seekers].astype(np.int64),
            offerer_capacity=np.asarray(asked.offerer_capacity)[offerers].astype(np.int64),
            floors=floors,
            members=np.array(members, bool).reshape(len(floors), len(seekers)),
            at_least=np.array([floor.at_least for floor in floors], np.int64),
            seekers=seekers,
            offerers=offerers,
        )

    def without_floors(self) -> "Market":
        """The same round with nothing promised to anybody."""
        return replace(
            self, floors=(), members=self.members[:0], at_least=np.zeros(0, dtype=np.int64)
        )

    def allowed(self, rows: slice) -> npt.NDArray[np.bool_]:
        """The pairs of some seekers that may be."""
        return np.not_equal(self.fit[rows], NEVER)

    @property
    def small(self) -> bool:
        """Whether all pairs can be looked at together."""
        return self.fit.size <= SMALL

    @property
    def most_pairs(self) -> int:
        """More pairs than this no capacities allow."""
        return int(min(self.seeker_capacity.sum(), self.offerer_capacity.sum()))

    @property
    def tie(self) -> float:
        """What a tie may weigh in one pair at most, in millionths."""
        return TIES / (self.most_pairs + 1)

    def weighed(self, seekers: Indices, offerers: Indices) -> Reals:
        """Fits with ties told apart: earlier seekers and offerers first, earlier with earlier.

        A pair that adds nothing weighs less than nothing and is made only where a floor needs it.
        In a large round the order of numbers does not count: it would cost the solver minutes.
        """
        early = seekers / len(self.seekers)
        weighed = self.fit[seekers, offerers] - self.tie / 2 * (1 + early)
        if self.small:
            soon = offerers / len(self.offerers)
            weighed -= self.tie / 2 * (soon - early * soon)
        return weighed

    def keeps_floors(self, served: npt.NDArray[np.bool_]) -> bool:
        """Whether every floor is kept when these seekers have a partner."""
        return bool(np.all((self.members & served).sum(axis=1) >= self.at_least))
