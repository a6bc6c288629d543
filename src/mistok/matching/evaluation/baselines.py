"""What the ranking is measured against: one number each, and a plain logistic regression."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from mistok.matching.evaluation.split import graph_of
from mistok.matching.evaluation.ties_file import Ties
from mistok.matching.pool import Pool
from mistok.matching.rows import Floats, Indices, Sparse
from mistok.matching.ties import TieGraph

FOLDS = 10
NEGATIVES = 20
"""Places drawn for each tie, so that there is something to tell it from."""

UNKNOWN = -1e30
"""The score of a place whose number is not known: below all that are."""

PENALTY = 0.5  # on the squares of the weights; without effect but where a number never varies

Scores = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A seeker, and what several rankings ask of it: for every place `apart`, by how much the
    logarithms of the populations differ, and `km`, how far it is; nan where not known."""

    seeker: int
    apart: Scores
    km: Scores

    @classmethod
    def of(cls, pool: Pool, seeker: int) -> "Asked":
        """Compare one place with all."""
        apart = np.abs(pool.log_population - pool.log_population[seeker])
        return cls(seeker, apart, pool.rough_km(seeker))


Ranking = Callable[[Asked], Scores]
"""A score for every place, the higher the better; what it says of closed places is not used."""


def baselines(pool: Pool, graph: TieGraph, train: Ties, seed: int) -> Mapping[str, Ranking]:
    """What one would try first, by name; `graph` holds the ties of `train`."""
    return {
        "population": lambda asked: -np.nan_to_num(asked.apart, nan=-UNKNOWN),
        "popularity": _popularity(pool, graph),
        "nearness": lambda asked: -np.nan_to_num(asked.km, nan=-UNKNOWN),
        "logistic": logistic(pool, graph, train, seed),
    }


def _popularity(pool: Pool, graph: TieGraph) -> Ranking:
    """The places with the most known ties first, of those the largest."""
    most = int(pool.population.max(initial=0)) + 1
    _, order = np.unique(graph.degree * most + pool.population, return_inverse=True)
    scores = order.astype(np.float32)  # below 2**24 places every whole number is exact
    return lambda asked: scores


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Five numbers of two places: likeness of population, distance, habit, ties, shared partners.

    `habit[a, b]`: ln of the share of country b among the ties of a's places, one tie added for
    every country. `ties`: ln(1 + known ties) of each place.
    """

    graph: TieGraph
    habit: npt.NDArray[np.float32]
    ties: npt.NDArray[np.float32]

    @classmethod
    def of(cls, pool: Pool, graph: TieGraph) -> "Numbers":
        """Count what the ties of the graph say."""
        country = pool.country.astype(np.int64)
        flat = country[graph.owners] * pool.countries + country[graph.partners]
        counts = np.bincount(flat, minlength=pool.countries**2) + 1.0
        counts = counts.reshape(pool.countries, pool.countries)
        share = np.log(counts / counts.sum(1, keepdims=True))
        return cls(graph, share.astype(np.float32), np.log1p(graph.degree).astype(np.float32))

    def between(self, pool: Pool, seeker: int, rows: Indices) -> Floats:
        """Shape (rows, 5); nan where not known."""
        habit = self.habit[pool.country[seeker], pool.country[rows]]
        shared = Sparse(*self.graph.shared(seeker)).at(rows)
        apart = np.abs(pool.log_ratio(seeker, rows))
        distance = np.log(pool.km(seeker, rows) + 1)
        return np.column_stack((apart, distance, habit, self.ties[rows], shared))

    def scores(self, asked: Asked, weights: Floats, typical: Floats) -> Scores:
        """The same for every place in single precision, weighed and summed up."""
        own, country = self.habit[self.graph.country[asked.seeker]], self.graph.country
        scores: Scores = (own * np.float32(weights[2]))[country] + self.ties * np.float32(
            weights[3]
        )
        for number, column in enumerate((asked.apart, np.log(asked.km + 1))):
            points = column * np.float32(weights[number])
            points[np.isnan(column)] = typical[number] * weights[number]
            scores += points
        places, strength = self.graph.shared(asked.seeker)
        scores[places] += (strength * weights[4]).astype(np.float32)
        return scores


def logistic(pool: Pool, graph: TieGraph, train: Ties, seed: int) -> Ranking:
    """A logistic regression on the five numbers, told true ties from drawn pairs of places.

    Each tie's numbers are those without its tenth of the ties. What is not known counts as the
    mean of what is.
    """
    chance = np.random.default_rng(seed)
    told = np.concatenate([np.zeros((0, 5)), *_drawn_pairs(pool, train, chance)])
    typical = _means(told)
    told = np.where(np.isnan(told), typical, told)
    right = np.arange(len(told)) % (NEGATIVES + 1) == 0
    weights = fitted(told - typical, right)
    numbers = Numbers.of(pool, graph)
    return lambda asked: numbers.scores(asked, weights, typical)


def _means(told: Floats) -> Floats:
    """The mean of what is known in each column, 0 where nothing is."""
    known = ~np.isnan(told)
    means: Floats = np.where(known, told, 0).sum(0) / np.maximum(known.sum(0), 1)
    return means


def _drawn_pairs(pool: Pool, train: Ties, chance: np.random.Generator) -> Iterator[Floats]:
    """For each tie the numbers of its partner, then those of drawn places, seen from one end."""
    fold = chance.permutation(len(train)) % FOLDS
    places = np.flatnonzero(pool.eligible)
    for number in range(FOLDS):
        numbers = Numbers.of(pool, graph_of(pool, train.some(fold != number)))
        for ends in chance.permuted(train.ends[fold == number], axis=1):
            rows = np.concatenate((ends[1:], chance.choice(places, NEGATIVES)))
            yield numbers.between(pool, int(ends[0]), rows)


def fitted(told: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """The weights, one a column, under which what is right is likeliest; 0 without any rows."""
    if not len(told):
        return np.zeros(told.shape[1])
    scale = told.std(0) + 1e-9
    columns = np.hstack((told / scale, np.ones((len(told), 1))))

    def loss(weights: Floats) -> tuple[float, Floats]:
        points = columns @ weights
        slope = columns.T @ (expit(points) - right) + 2 * PENALTY * weights
        price = PENALTY * float(weights @ weights)
        return float((np.logaddexp(0, points) - right * points).sum()) + price, slope

    found = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B")
    weights: Floats = found.x[:-1] / scale
    return weights
