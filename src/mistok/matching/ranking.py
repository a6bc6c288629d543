"""The ranking: exact over all places, with the reasons of the few that are shown."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mistok.kernel.errors import Invalid
from mistok.matching.criteria import FIT_1, Weights
from mistok.matching.evidence import Evidence, Fact
from mistok.matching.pool import Pool
from mistok.matching.ties import Indices, TieGraph

# Twice what single precision can get wrong in a score, for weights that sum to one.
MARGIN = 5e-5
# Scores that agree to so many decimals are equal; more would rank by the noise of addition.
EQUAL_DECIMALS = 9


class Reason(NamedTuple):
    """One part of a score: `contribution` is exactly `value` (0 to 1) times `weight`.

    `facts` is what a sentence needs: inhabitants, km, numbers of ties, indices of common partners;
    the word `unknown` (seeker, candidate, both) where something is not known.
    """

    criterion: str
    value: float
    weight: float
    contribution: float
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Fit:
    """A place and how well it suits: the score is the exact sum of the reasons' contributions."""

    index: int
    score: float
    reasons: tuple[Reason, ...]


def rank(
    seeker: int,
    pool: Pool,
    graph: TieGraph,
    *,
    countries: Collection[int] | None = None,
    limit: int = 20,
    include_tied: bool = False,
    excluded_countries: Collection[int] = frozenset(),
    weights: Weights = FIT_1,
) -> list[Fit]:
    """The best foreign partners for one place, best first, out of all places of the pool.

    `countries` narrows the search (None: all); `excluded_countries` always stay out, and so does
    the seeker's own. Places already tied are left out unless asked for; then they are scored
    as if the tie were not there. Equal scores (to nine decimals) stand in the pool's order.
    Exact: a rough pass over everything keeps whatever could still win, and only the precise pass
    over those decides. Same input, same answer: no clock, no chance.
    Refuses (Invalid): seeker_unknown, limit_not_positive, graph_of_other_pool.
    """
    _check(seeker, pool, graph, limit)
    closed = {int(pool.country[seeker]), *excluded_countries}
    wanted = range(pool.countries) if countries is None else countries
    open_countries = {c for c in wanted if 0 <= c < pool.countries} - closed
    evidence = Evidence.gather(seeker, pool, graph)
    rows = _contenders(evidence, weights, open_countries, limit)
    if include_tied:
        rows = np.union1d(rows, _open_partners(evidence, open_countries))
    values = evidence.values(rows)
    contributions = values * np.array([criterion.weight for criterion in weights.criteria])
    # Column after column, not numpy's pairwise sum: the order of addition is part of the rule.
    sums = sum(contributions.T, np.zeros(len(rows)))
    # The rows ascend, so a stable sort leaves equal scores in the pool's order.
    winners = np.argsort(-np.round(sums, EQUAL_DECIMALS), kind="stable")[:limit]
    told = zip(
        rows[winners].tolist(), values[winners].tolist(), evidence.facts(rows[winners]), strict=True
    )
    return [_fit(weights, place, own_values, facts) for place, own_values, facts in told]


def _contenders(
    evidence: Evidence, weights: Weights, open_countries: Collection[int], limit: int
) -> Indices:
    """The places, ascending, that may be among the best `limit`, tied ones left out."""
    scores = evidence.rough_scores(weights, open_countries)
    margin = MARGIN * math.fsum(abs(criterion.weight) for criterion in weights.criteria)
    if limit < len(scores):
        last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        if last > -np.inf:
            return np.flatnonzero(scores >= last - np.float32(margin))
    return np.flatnonzero(scores > -np.inf)


def _open_partners(evidence: Evidence, open_countries: Collection[int]) -> Indices:
    """The seeker's partners that may be proposed at all."""
    lanes = evidence.pool.lane[evidence.partners]
    return evidence.partners[np.isin(lanes, list(open_countries))]


def _fit(
    weights: Weights, place: int, values: list[float], facts: tuple[dict[str, Fact], ...]
) -> Fit:
    """Tell a winner's reasons."""
    reasons = tuple(
        Reason(criterion.name, value, criterion.weight, value * criterion.weight, fact)
        for criterion, value, fact in zip(weights.criteria, values, facts, strict=True)
    )
    return Fit(place, math.fsum(reason.contribution for reason in reasons), reasons)


def _check(seeker: int, pool: Pool, graph: TieGraph, limit: int) -> None:
    """Refuse what cannot be searched."""
    if not 0 <= seeker < len(pool):
        raise Invalid(
            f"Place number {seeker} is not among the {len(pool)} places; look its number up"
            " in the same world.",
            code="seeker_unknown",
            details={"seeker": seeker, "places": len(pool)},
        )
    if limit < 1:
        raise Invalid(
            f"A search for {limit} partners finds nothing; ask for at least one.",
            code="limit_not_positive",
            details={"limit": limit},
        )
    if len(graph.degree) != len(pool):
        raise Invalid(
            f"The ties are numbered over {len(graph.degree)} places and the search over"
            f" {len(pool)}; build both from the same world.",
            code="graph_of_other_pool",
            details={"ties": len(graph.degree), "places": len(pool)},
        )
