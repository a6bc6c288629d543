"""How good the ranking is: each tie is asked for from both ends, and its rank is what counts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from mistok.kernel.errors import Invalid
from mistok.matching.evaluation.baselines import Asked, Ranking, Scores, baselines
from mistok.matching.evaluation.split import SEED, Parts, graph_of
from mistok.matching.evaluation.ties_file import Ties
from mistok.matching.matcher import Matcher
from mistok.matching.model import SOLIDARITY, Model
from mistok.matching.pool import Pool
from mistok.matching.rows import Floats, Indices
from mistok.matching.ties import TieGraph


@dataclass(frozen=True, slots=True)
class Metrics:
    """Shares of directions whose partner stands among the first 10, 100, 1,000 of the world or of
    its country, the mean of 1 / rank, and the rank in the middle; None where nothing was asked."""

    recall_at_10: float | None = None
    recall_at_100: float | None = None
    recall_at_1000: float | None = None
    mean_reciprocal_rank: float | None = None
    median_rank: float | None = None
    country_recall_at_10: float | None = None
    country_recall_at_100: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Ties asked for, twice as many directions, how many of their ends have no known tie, and the
    metrics by the name of the ranking."""

    ties: int
    directions: int
    ends_without_ties: int
    rankings: Mapping[str, Metrics]


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """The partner's rank from each end of a tie, shape (ties, 2): 1 is the best.

    `world`: among all places that may be proposed but the asker and its known partners;
    `country`: among those in the partner's country. Equal scores count half.
    """

    world: Floats
    country: Floats

    def metrics(self, chosen: Indices) -> Metrics:
        """What the ranks of some ties, by their numbers, come to."""
        world, country = self.world[chosen], self.country[chosen]
        if not world.size:
            return Metrics()
        return Metrics(
            recall_at_10=float((world <= 10).mean()),
            recall_at_100=float((world <= 100).mean()),
            recall_at_1000=float((world <= 1000).mean()),
            mean_reciprocal_rank=float((1 / world).mean()),
            median_rank=float(np.median(world)),
            country_recall_at_10=float((country <= 10).mean()),
            country_recall_at_100=float((country <= 100).mean()),
        )


def evaluate(
    pool: Pool,
    parts: Parts,
    model: Model,
    *,
    ukraine: int,
    seed: int = SEED,
    asked: Callable[[], object] = lambda: None,
) -> dict[str, Group]:
    """Measure the model and the baselines on all ties, on those between places of two countries
    that both have a known tie, on Ukraine's, and on those since 2022.

    `ukraine`: the number of that country; `seed`: for the pairs that the logistic regression is
    told; `asked` is called after each direction of each tie of `test`, then of `recent`.
    """

    def measured(train: Ties, test: Ties, models: Mapping[str, Model]) -> _Measured:
        graph = graph_of(pool, train)
        matcher = Matcher(pool, graph, model, ukraine=ukraine)
        rankings = {name: _of(matcher.with_model(one)) for name, one in models.items()}
        rankings |= baselines(pool, graph, train, seed)
        return _Measured(graph, test, rank_ties(pool, graph, test, rankings, asked))

    plain = measured(parts.train, parts.test, {"mistok": model})
    weightings = {"mistok": model, f"mistok_{SOLIDARITY}": model.weighted(SOLIDARITY)}
    recent = measured(parts.earlier, parts.recent, weightings)
    ends = parts.test.ends
    country = pool.country[ends]
    foreign = country[:, 0] != country[:, 1]
    return {
        "all": plain.group(np.arange(len(ends))),
        "between_tied": plain.group(np.flatnonzero(foreign & (plain.degrees > 0).all(1))),
        "ukraine": plain.group(np.flatnonzero((country == ukraine).any(1))),
        "since_2022": recent.group(np.arange(len(parts.recent))),
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    graph: TieGraph
    ties: Ties
    ranks: Mapping[str, Ranks]

    @property
    def degrees(self) -> Indices:
        """How many known ties each end has, shape (ties, 2)."""
        return self.graph.degree[self.ties.ends]

    def group(self, chosen: Indices) -> Group:
        """What came out for some of the ties, by their numbers."""
        degrees = self.degrees[chosen]
        return Group(
            ties=len(degrees),
            directions=degrees.size,
            ends_without_ties=int((degrees == 0).sum()),
            rankings={name: ranks.metrics(chosen) for name, ranks in self.ranks.items()},
        )


def rank_ties(
    pool: Pool,
    graph: TieGraph,
    ties: Ties,
    rankings: Mapping[str, Ranking],
    asked: Callable[[], object] = lambda: None,
) -> dict[str, Ranks]:
    """Find each tie's partner from both its ends in every ranking; `graph` holds what is known.

    Refuses (Invalid): tie_known when a tie to be found is among the known ones, tie_not_ranked
    when one of its ends may not be proposed.
    """
    _check(pool, graph, ties)
    ranks = {name: Ranks(np.zeros(ties.ends.shape), np.zeros(ties.ends.shape)) for name in rankings}
    within = [np.flatnonzero(pool.lane == number) for number in range(pool.countries)]
    for seeker, places in _by_seeker(ties):
        told = Asked.of(pool, seeker)
        closed = np.append(graph.neighbours(seeker), seeker)
        for name, ranking in rankings.items():
            scores = np.where(pool.eligible, ranking(told), -np.inf)
            scores[closed] = -np.inf
            for tie, side in places:
                partner = ties.ends[tie, 1 - side]
                country = scores[within[pool.country[partner]]]
                ranks[name].world[tie, side] = rank_among(scores, scores[partner])
                ranks[name].country[tie, side] = rank_among(country, scores[partner])
        for _ in places:
            asked()
    return ranks


def rank_among(scores: Scores, own: float) -> float:
    """The rank of a score that is among them: 1 is the highest, equal ones share the middle."""
    equal = np.count_nonzero(scores == own)
    return float(np.count_nonzero(scores > own) + (equal + 1) / 2)


def _of(matcher: Matcher) -> Ranking:
    return lambda asked: matcher.scores(asked.seeker)


def _by_seeker(ties: Ties) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Every place that asks, ascending, and for which ties, as the number and the side it is."""
    order = np.argsort(ties.ends, axis=None, kind="stable")
    for seeker, same in groupby(order.tolist(), key=lambda place: int(ties.ends.flat[place])):
        yield seeker, [divmod(place, 2) for place in same]


def _check(pool: Pool, graph: TieGraph, ties: Ties) -> None:
    known = np.minimum(graph.owners, graph.partners) * len(pool)
    known += np.maximum(graph.owners, graph.partners)
    low, high = ties.ends.min(1), ties.ends.max(1)
    told = np.isin(low * len(pool) + high, known).sum()
    if told:
        raise Invalid(
            f"{told} of the ties to be found are known to the ranking; take them out of what it"
            " knows first.",
            code="tie_known",
            details={"ties": int(told)},
        )
    if not pool.eligible[ties.ends].all():
        raise Invalid(
            "A tie to be found has an end that may not be proposed, so it has no rank; leave ties"
            " of other places than municipalities out.",
            code="tie_not_ranked",
        )
