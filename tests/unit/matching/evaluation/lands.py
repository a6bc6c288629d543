"""Small worlds for measuring: places of a few countries, ties between them, a tiny model."""

import numpy as np

from mistok.matching import Pool
from mistok.matching.declared import CRITERIA
from mistok.matching.evaluation.ties_file import Ties
from mistok.matching.model import model_of

COUNTRIES = 3


def land(places=40, seed=1):
    """Places of three countries in turn; some without population, position or a say."""
    chance = np.random.default_rng(seed)
    population = np.round(np.exp(chance.uniform(6, 13, places))).astype(np.int64)
    population[5] = 0
    lat = chance.uniform(40, 60, places).astype(np.float32)
    lat[7] = np.nan
    eligible = np.ones(places, bool)
    eligible[[3, 11]] = False
    return Pool(
        lat=lat,
        lon=chance.uniform(0, 40, places).astype(np.float32),
        population=population,
        country=(np.arange(places) % COUNTRIES).astype(np.uint16),
        eligible=eligible,
    )


def ties(pairs, year=0, early=True):
    """Ties from pairs of places; `year` and `early` of all or one by one."""
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    n = len(ends)
    return Ties(
        ends=np.sort(ends, axis=1),
        year=np.broadcast_to(np.array(year, np.int64), n).copy(),
        early=np.broadcast_to(np.array(early, bool), n).copy(),
    )


def some_ties(pool, number, seed=2):
    """Different ties between places that may be proposed, every sixth of them recent."""
    chance = np.random.default_rng(seed)
    open_places = np.flatnonzero(pool.eligible)
    left, right = np.triu_indices(len(open_places), 1)
    drawn = chance.permutation(len(left))[:number]
    pairs = np.column_stack((open_places[left[drawn]], open_places[right[drawn]]))
    recent = np.arange(number) % 6 == 0
    return ties(pairs, year=np.where(recent, 2023, 0), early=~recent)


def pairs(some):
    """The ties as a set of pairs."""
    return {(a, b) for a, b in some.ends.tolist()}


def tiny_model():
    """Likeness of size, nearness and experience; solidarity leaves nearness out."""
    terms = (
        ("size", [-4, 0, 4], [0, 300, 0]),
        ("distance", [2, 10], [400, 0]),
        ("ties", [0, 3], [0, 300]),
    )
    return model_of(
        {
            "algorithm": "tiny",
            "criteria": [{"name": name, "sign": 1} for name, *_ in terms],
            "terms": [
                {"name": name, "criterion": name, "knots": knots, "points": [points]}
                for name, knots, points in terms
            ],
            "declared": dict.fromkeys(CRITERIA, 0.1),
            "weightings": {"lasting": {}, "solidarity": {"distance": 0.0}},
            "card": {},
        }
    )
