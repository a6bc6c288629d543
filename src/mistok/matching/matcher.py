"""The learned ranking: exact over all places, with the reasons of the few that are shown."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid
from mistok.matching.case import Case
from mistok.matching.curves import Curves
from mistok.matching.declaring import Declaring, Facts
from mistok.matching.model import Model
from mistok.matching.pool import Pool
from mistok.matching.ranking import EQUAL_DECIMALS, Fit, Reason
from mistok.matching.rows import Floats, Indices
from mistok.matching.standing import Standing
from mistok.matching.telling import Telling
from mistok.matching.ties import TieGraph

THIN = 16  # one place in so many is looked at first
FIRST, FULL = 48, 8  # blocks that are looked into at once, and one more for so many wanted
MARGIN = 2e-4  # more than what single precision can get wrong in a sum of some thirty terms


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """A world of places, its ties, what municipalities say of themselves, and a model.

    Made once, then asked for one seeker after the other; the same input gives the same answer.
    `ukraine`: the number of that country in the pool, for the load it has given to candidates.
    """

    pool: Pool
    graph: TieGraph
    model: Model
    declaring: Declaring = field(default_factory=Declaring.nobody)
    ukraine: int | None = None
    standing: Standing = None  # type: ignore[assignment] # filled in below

    def __post_init__(self) -> None:
        if len(self.graph.degree) != len(self.pool):
            raise Invalid(
                f"The ties are numbered over {len(self.graph.degree)} places and the search over"
                f" {len(self.pool)}; build both from the same world.",
                code="graph_of_other_pool",
            )
        if self.standing is None:
            object.__setattr__(self, "standing", Standing.of(self.pool, self.graph))

    def with_model(self, model: Model) -> "Matcher":
        """The same with another model or other weights; nothing is counted anew."""
        return replace(self, model=model)

    def with_declaring(self, declaring: Declaring) -> "Matcher":
        """The same with other declared profiles."""
        return replace(self, declaring=declaring)

    def case(self, seeker: int) -> Case:
        """All numbers about one seeker. Refuses (Invalid, seeker_unknown)."""
        if not 0 <= seeker < len(self.pool):
            raise Invalid(
                f"Place number {seeker} is not among the {len(self.pool)} places; look its"
                " number up in the same world.",
                code="seeker_unknown",
                details={"seeker": seeker, "places": len(self.pool)},
            )
        return Case.of(seeker, self.standing, self.ukraine)

    def scores(self, seeker: int, *, closed: Collection[int] = ()) -> npt.NDArray[np.float32]:
        """A score for every place in single precision; minus infinity where none may be: closed
        countries, places that are not eligible, and the seeker itself."""
        case = self.case(seeker)
        return self._scores(case, Curves(self.model, case), closed)

    def rank(
        self,
        seeker: int,
        *,
        countries: Collection[int] | None = None,
        limit: int = 20,
        include_tied: bool = False,
        excluded_countries: Collection[int] = frozenset(),
    ) -> list[Fit]:
        """The best foreign partners, best first, each with its reasons.

        `countries` narrows the search; `excluded_countries` and the seeker's own stay out. Places
        tied with the seeker are left out unless asked for; then they are judged as if that tie
        were not there. Scores that agree to nine decimals stand in the pool's order. Exact: what
        the rough pass cannot tell apart is weighed precisely. Refuses (Invalid): seeker_unknown,
        limit_not_positive.
        """
        if limit < 1:
            raise Invalid(
                f"A search for {limit} partners finds nothing; ask for at least one.",
                code="limit_not_positive",
                details={"limit": limit},
            )
        case = self.case(seeker)
        curves = Curves(self.model, case)
        closed = self._closed(seeker, countries, excluded_countries)
        partners = self.graph.neighbours(seeker)
        rough = self._promising(case, curves, closed, limit)
        judged = _Judged(self, case, curves, _contenders(rough, limit))
        if include_tied:
            lanes = self.pool.lane[partners]
            judged.add_tied(partners[~np.isin(lanes, [*closed, self.pool.countries])])
        return judged.fits(limit)

    def between(self, seeker: int, candidates: Indices) -> list[Fit]:
        """The fits of some places with the seeker, in their order, tied or not, of any country."""
        case = self.case(seeker)
        judged = _Judged(self, case, Curves(self.model, case), np.zeros(0, np.int64))
        tied = np.isin(candidates, self.graph.neighbours(seeker))
        judged.add(candidates[~tied])
        judged.add_tied(candidates[tied])
        by_place = {fit.index: fit for fit in judged.fits(len(candidates))}
        return [by_place[int(place)] for place in candidates]

    def _scores(
        self, case: Case, curves: Curves, closed: Collection[int]
    ) -> npt.NDArray[np.float32]:
        scores = curves.scores(closed)
        self.declaring.add_to(scores, case, self.model.declared)
        scores[case.seeker] = -np.inf
        return scores

    def _promising(
        self, case: Case, curves: Curves, closed: Collection[int], limit: int
    ) -> npt.NDArray[np.float32]:
        """As `_scores`, without the seeker's partners; minus infinity also for places in blocks
        that cannot reach what enough others have."""
        more = np.zeros(len(self.pool), np.float32)
        curves.add_sparse(more)
        self.declaring.add_to(more, case, self.model.declared)
        more[self.graph.neighbours(case.seeker)] = -np.inf
        more[case.seeker] = -np.inf
        by_region, blocks = curves.by_region(closed), self.standing.blocks
        most = curves.most(by_region, more)
        rough = np.full(len(self.pool), -np.inf, np.float32)
        unopened = most > -np.inf
        least = -np.inf
        for chosen in (_largest(most, FIRST + limit // FULL), np.arange(len(blocks))):
            opened = chosen[unopened[chosen] & (most[chosen] >= least - MARGIN)]
            unopened[opened] = False
            rows = blocks.places(opened)
            reached = curves.scores_of(rows, by_region, more)
            rough[rows] = reached
            if len(rows) > limit:
                least = float(np.partition(reached, len(rows) - limit)[len(rows) - limit])
        return rough

    def _closed(
        self, seeker: int, countries: Collection[int] | None, excluded: Collection[int]
    ) -> set[int]:
        closed = {int(self.pool.country[seeker]), *excluded}
        if countries is not None:
            closed |= set(range(self.pool.countries)) - set(countries)
        return closed


class _Judged:
    """Places weighed precisely, term by term."""

    def __init__(self, matcher: Matcher, case: Case, curves: Curves, rows: Indices) -> None:
        self.matcher = matcher
        self.case = case
        self.curves = curves
        self.parts: list[tuple[Case, Curves, Indices]] = []
        self.add(rows)

    def add(self, rows: Indices) -> None:
        if len(rows):
            self.parts.append((self.case, self.curves, rows))

    def add_tied(self, rows: Indices) -> None:
        """Weigh each as if its tie with the seeker were not there."""
        matcher, seeker = self.matcher, self.case.seeker
        for place in rows.tolist():
            case = Case.of(seeker, matcher.standing.without(seeker, place), matcher.ukraine)
            self.parts.append((case, Curves(matcher.model, case), np.array([place])))

    def fits(self, limit: int) -> list[Fit]:
        """The best, best first; equal scores in the pool's order."""
        weighed = [self._weighed(part) for part in self.parts]
        if not weighed:
            return []
        rows = np.concatenate([part[2] for part in self.parts])
        values = np.concatenate([values for values, _ in weighed])
        weights = np.concatenate([weights for _, weights in weighed])
        contributions = values * weights
        sums = sum(contributions.T, np.zeros(len(rows)))
        best = np.lexsort((rows, -np.round(sums, EQUAL_DECIMALS)))[:limit]
        owner = np.repeat(np.arange(len(self.parts)), [len(part[2]) for part in self.parts])
        told = zip(
            rows[best].tolist(),
            values[best].tolist(),
            weights[best].tolist(),
            contributions[best].tolist(),
            self._facts(rows[best], owner[best]),
            strict=True,
        )
        names = self.matcher.model.names
        return [
            Fit(place, math.fsum(parts), _reasons(names, shown, scales, parts, facts))
            for place, shown, scales, parts, facts in told
        ]

    def _facts(self, rows: Indices, owner: Indices) -> list[tuple[Facts, ...]]:
        """Facts of each place in the order of the criteria, told by the case it was weighed in."""
        told: list[tuple[Facts, ...]] = [()] * len(rows)
        for number in np.unique(owner).tolist():
            slots = np.flatnonzero(owner == number)
            telling = Telling(self.matcher.declaring, self.parts[number][0])
            facts = telling.facts(rows[slots])
            ordered = zip(*(facts[name] for name in self.matcher.model.names), strict=True)
            for slot, row in zip(slots.tolist(), ordered, strict=True):
                told[slot] = row
        return told

    def _weighed(self, part: tuple[Case, Curves, Indices]) -> tuple[Floats, Floats]:
        """Values and weights of all criteria, shape (rows, criteria)."""
        case, curves, rows = part
        values, weights = curves.values(rows)
        declared = self.matcher.declaring.values(case, rows)
        own = np.array(list(self.matcher.model.declared.values()))
        return (
            np.hstack((values, declared)),
            np.broadcast_to(np.concatenate((weights, own)), (len(rows), len(weights) + len(own))),
        )


def _reasons(*columns: Iterable[Any]) -> tuple[Reason, ...]:
    """Reasons from their fields; as bare tuples, for a search makes some thousand of them."""
    bare = partial(tuple.__new__, Reason)
    return tuple(map(bare, zip(*columns, strict=True)))


def _largest(numbers: npt.NDArray[np.float32], count: int) -> Indices:
    """Where the largest so many numbers stand."""
    if len(numbers) <= count:
        return np.arange(len(numbers))
    return np.argpartition(numbers, len(numbers) - count)[len(numbers) - count :]


def _contenders(rough: npt.NDArray[np.float32], limit: int) -> Indices:
    """The places, ascending, that may be among the best `limit`.

    A thin sample tells a number that surely enough places reach, so that not all are sorted.
    """
    sample = rough[::THIN]
    wanted = 4 * limit // THIN + THIN
    open_rows = np.flatnonzero(rough > -np.inf)
    if wanted < len(sample):
        least = np.partition(sample, len(sample) - wanted)[len(sample) - wanted]
        above = np.flatnonzero(rough >= least)
        if least > -np.inf and len(above) > limit:
            open_rows = above
    if len(open_rows) <= limit:
        return open_rows
    last = np.partition(rough[open_rows], len(open_rows) - limit)[len(open_rows) - limit]
    margin = np.float32(MARGIN)
    # What lies within the margin below the last may have been left out above.
    return np.flatnonzero(rough >= last - margin)
