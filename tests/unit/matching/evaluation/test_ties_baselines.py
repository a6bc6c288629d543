"""The baselines: what each compares, unknown numbers, and a regression that finds what is there."""

import numpy as np
import pytest
from lands import land, some_ties, ties

from mistok.matching import Pool
from mistok.matching.evaluation.baselines import (
    NEGATIVES,
    UNKNOWN,
    Asked,
    Numbers,
    baselines,
    fitted,
    logistic,
)
from mistok.matching.evaluation.split import graph_of, in_order

KNOWN = some_ties(land(), 50)


def ranked(pool, known, name, seeker):
    """The scores of one baseline."""
    return baselines(pool, graph_of(pool, known), known, 4)[name](Asked.of(pool, seeker))


def test_likeness_of_population_puts_the_likest_first_and_the_unknown_last():
    pool = land()
    scores = ranked(pool, KNOWN, "population", 0)
    likest = np.argsort(np.abs(np.log(np.maximum(pool.population, 1) / pool.population[0])))
    likest = likest[likest != 5]
    assert np.argsort(-scores, kind="stable")[:-1].tolist() == likest.tolist()
    assert scores[5] == np.float32(UNKNOWN)


def test_population_of_a_seeker_without_one_tells_nobody_apart():
    assert set(ranked(land(), KNOWN, "population", 5).tolist()) == {np.float32(UNKNOWN)}


def test_nearness_puts_the_nearest_first_and_the_unknown_last():
    pool = land()
    rows = np.delete(np.arange(len(pool)), 7)
    nearest = rows[np.argsort(pool.km(0, rows))]
    scores = ranked(pool, KNOWN, "nearness", 0)
    assert np.argsort(-scores, kind="stable").tolist() == [*nearest.tolist(), 7]
    assert scores[7] == np.float32(UNKNOWN)


def test_popularity_counts_known_ties_then_people_and_is_the_same_for_all():
    pool = land()
    graph = graph_of(pool, KNOWN)
    scores = ranked(pool, KNOWN, "popularity", 0)
    told = list(zip(graph.degree.tolist(), pool.population.tolist(), strict=True))
    assert sorted(range(len(pool)), key=lambda n: scores[n]) == sorted(
        range(len(pool)), key=lambda n: told[n]
    )
    assert ranked(pool, KNOWN, "popularity", 9).tolist() == scores.tolist()


def test_popularity_holds_equals_equal():
    pool = land()
    twins = Pool(pool.lat, pool.lon, np.full(len(pool), 900), pool.country, pool.eligible)
    scores = ranked(twins, ties([(0, 1)]), "popularity", 4)
    assert len(set(scores.tolist())) == 2
    assert scores[0] == scores[1] > scores[2]


def test_numbers_of_two_places_are_what_they_say():
    pool = land()
    graph = graph_of(pool, ties([(0, 1), (1, 2), (0, 4), (2, 4), (6, 8), (0, 6)]))
    row = Numbers.of(pool, graph).between(pool, 0, np.array([2, 5, 7]))
    ratio = abs(np.log(pool.population[2] / pool.population[0]))
    assert row[0, 0] == pytest.approx(ratio, rel=1e-6)
    assert row[0, 1] == pytest.approx(np.log(pool.km(0, np.array([2]))[0] + 1))
    # Places of country 0 keep five ends of ties: two within it, two to 1 and one to 2.
    assert row[0, 2] == pytest.approx(np.log(2 / (5 + 3)), rel=1e-6)
    assert row[0, 3] == pytest.approx(np.log(3), rel=1e-6)
    assert row[0, 4] == pytest.approx(1 / np.log(2) + 1 / np.log(2))
    assert np.isnan(row[1, 0])
    assert np.isnan(row[2, 1])
    assert row[1:, 3:].tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize("seeker", [0, 5, 7, 11])
def test_scores_of_all_places_are_the_numbers_weighed(seeker):
    pool = land()
    numbers = Numbers.of(pool, graph_of(pool, KNOWN))
    weights, typical = np.array([-0.5, -0.3, 0.6, 2.0, 5.0]), np.array([1.5, 6.0, 0, 0, 0])
    told = numbers.between(pool, seeker, np.arange(len(pool)))
    whole = np.where(np.isnan(told), typical, told) @ weights
    found = numbers.scores(Asked.of(pool, seeker), weights, typical)
    others = np.arange(len(pool)) != seeker
    assert found[others] == pytest.approx(whole[others], abs=1e-3)


def test_fitted_finds_the_weights_that_made_the_answers():
    chance = np.random.default_rng(0)
    told = chance.normal(size=(20_000, 3)) * [1, 10, 0.1]
    right = chance.random(20_000) < 1 / (1 + np.exp(-(told @ [2.0, -0.1, 0.0] - 1)))
    assert fitted(told, right) == pytest.approx([2.0, -0.1, 0.0], abs=0.3)
    assert fitted(told, right)[:2] == pytest.approx([2.0, -0.1], rel=0.06)


def test_fitted_to_nothing_weighs_nothing():
    assert fitted(np.zeros((0, 5)), np.zeros(0, bool)).tolist() == [0] * 5


def test_fitted_gives_a_number_that_never_varies_no_say():
    told = np.column_stack((np.zeros(60), np.arange(60)))
    weights = fitted(told, np.arange(60) > 30)
    assert weights[0] == 0
    assert weights[1] > 0


def test_logistic_learns_that_neighbours_partner():
    chance = np.random.default_rng(5)
    lon = np.repeat(np.arange(60.0), 2)
    pool = Pool(
        np.zeros(120, np.float32),
        lon.astype(np.float32),
        chance.integers(900, 90_000, 120),
        np.tile(np.array([0, 1], np.uint16), 60),
        np.ones(120, bool),
    )
    known = ties([(2 * n, 2 * n + 1) for n in range(50)])
    scores = logistic(pool, graph_of(pool, known), known, 4)(Asked.of(pool, 110))
    scores[110] = -np.inf
    assert scores.argmax() == 111


def test_logistic_is_the_same_each_time_and_follows_its_seed():
    pool = land()
    graph = graph_of(pool, KNOWN)
    asked = Asked.of(pool, 0)
    first, again, other = (
        logistic(pool, graph, in_order(KNOWN), seed)(asked).tolist() for seed in (4, 4, 5)
    )
    assert first == again
    assert first != other
    assert np.isfinite(first).all()
    assert NEGATIVES > 0


def test_logistic_without_ties_tells_nobody_apart():
    pool = land()
    none = ties([])
    scores = logistic(pool, graph_of(pool, none), none, 4)(Asked.of(pool, 0))
    assert set(scores.tolist()) == {0.0}
