"""Who is proposed and who is not, with which reasons and facts."""

import math

import numpy as np
import pytest

from mistok.kernel.errors import Invalid
from mistok.matching import FIT_1, Pool, TieGraph, rank

# 0 Zhytomyr UA, 1 Dortmund DE, 2 Gdynia PL, 3 Bourges FR, 4 Cascais PT (not eligible),
# 5 Korosten UA, 6 Kutaisi GE without population, 7 somewhere PL without coordinates
LAT = (50.25, 51.51, 54.52, 47.08, 38.70, 50.95, 42.27, np.nan)
LON = (28.66, 7.47, 18.53, 2.40, -9.42, 28.65, 42.69, np.nan)
POPULATION = (261_624, 586_852, 246_244, 64_541, 206_479, 61_496, 0, 30_000)
UA, DE, PL, FR, PT, GE = range(6)
COUNTRY = np.array([UA, DE, PL, FR, PT, UA, GE, PL], np.uint16)
POOL = Pool(
    np.array(LAT, np.float32),
    np.array(LON, np.float32),
    np.array(POPULATION, np.int64),
    COUNTRY,
    np.arange(8) != 4,
)
# Zhytomyr–Dortmund, Dortmund–Bourges, Korosten–Bourges, Korosten–Gdynia, Zhytomyr–Korosten
TIES = TieGraph.from_pairs([0, 1, 5, 5, 0], [1, 3, 3, 2, 5], COUNTRY)
NO_TIES = TieGraph.from_pairs([], [], COUNTRY)


def places(fits):
    return {fit.index for fit in fits}


def reasons(fits, place):
    (fit,) = (fit for fit in fits if fit.index == place)
    return {reason.criterion: reason for reason in fit.reasons}


def test_rank_leaves_out_own_country_the_tied_and_the_not_eligible():
    assert places(rank(0, POOL, TIES)) == {2, 3, 6, 7}


def test_rank_include_tied_brings_the_partner_back():
    assert places(rank(0, POOL, TIES, include_tied=True)) == {1, 2, 3, 6, 7}


def test_rank_tied_partner_is_judged_without_that_tie():
    without = TieGraph.from_pairs([1, 5, 5, 0], [3, 3, 2, 5], COUNTRY)
    with_tie = reasons(rank(0, POOL, TIES, include_tied=True), 1)
    assert with_tie == reasons(rank(0, POOL, without), 1)
    assert with_tie["appetite"].facts == {"ties": 1}


def test_rank_tied_partner_of_a_closed_country_stays_out():
    fits = rank(0, POOL, TIES, include_tied=True, excluded_countries={DE})
    assert 1 not in places(fits)


def test_rank_countries_narrow_the_search():
    assert places(rank(0, POOL, TIES, countries={PL, UA, 99, -1})) == {2, 7}
    assert rank(0, POOL, TIES, countries=set()) == []


def test_rank_excluded_country_is_stronger_than_a_wanted_one():
    assert places(rank(0, POOL, TIES, countries={PL, FR}, excluded_countries={PL})) == {3}


def test_rank_limit_keeps_the_best():
    everyone = rank(0, POOL, TIES)
    assert rank(0, POOL, TIES, limit=2) == everyone[:2]
    assert rank(0, POOL, TIES, limit=8) == everyone


def test_rank_gives_everybody_there_is_where_more_are_wanted():
    # Five of the eight places are wanted, and four may be proposed.
    assert rank(0, POOL, TIES, limit=5) == rank(0, POOL, TIES, limit=100)
    assert len(rank(0, POOL, TIES, limit=5)) == 4


def test_rank_score_is_the_exact_sum_and_falls():
    fits = rank(0, POOL, TIES, include_tied=True)
    for fit in fits:
        assert fit.score == math.fsum(reason.contribution for reason in fit.reasons)
        assert [reason.criterion for reason in fit.reasons] == [c.name for c in FIT_1.criteria]
        for reason in fit.reasons:
            assert reason.contribution == reason.value * reason.weight
            assert 0 <= reason.value <= 1
    scores = [fit.score for fit in fits]
    assert scores == sorted(scores, reverse=True)


def test_rank_facts_say_what_a_sentence_needs():
    told = reasons(rank(0, POOL, TIES), 3)
    assert told["size"].facts == {"seeker_population": 261_624, "candidate_population": 64_541}
    assert told["distance"].facts["km"] == pytest.approx(1955, abs=20)
    assert told["habit"].facts == {"ties": 1, "of": 3, "country": FR}
    assert told["appetite"].facts == {"ties": 2}
    assert told["shared_partners"].facts == {"count": 1, "partners": [1]}
    assert told["load"].facts == {"ties": 1}


def test_rank_candidate_without_population_or_coordinates_is_marked_unknown():
    fits = rank(0, POOL, TIES)
    assert reasons(fits, 6)["size"].facts["unknown"] == "candidate"
    assert reasons(fits, 6)["size"].value == 0.25
    assert reasons(fits, 7)["distance"].facts == {"unknown": "candidate"}
    assert reasons(fits, 7)["distance"].value == 0.25


def test_rank_seeker_without_population_works():
    fits = rank(6, POOL, NO_TIES)
    assert places(fits) == {0, 1, 2, 3, 5, 7}
    assert {reasons(fits, p)["size"].facts["unknown"] for p in places(fits)} == {"seeker"}


def test_rank_seeker_without_coordinates_works():
    fits = rank(7, POOL, NO_TIES)
    assert places(fits) == {0, 1, 3, 5, 6}
    assert reasons(fits, 0)["distance"].facts == {"unknown": "seeker"}


def test_rank_both_without_numbers_says_both():
    blank = Pool(
        np.full(2, np.nan, np.float32),
        np.full(2, np.nan, np.float32),
        np.zeros(2, np.int64),
        np.array([0, 1], np.uint16),
        np.ones(2, bool),
    )
    graph = TieGraph.from_pairs([], [], blank.country)
    told = reasons(rank(0, blank, graph), 1)
    assert told["size"].facts["unknown"] == told["distance"].facts["unknown"] == "both"


def test_rank_equal_places_stand_in_the_pools_order():
    n = 50
    alike = Pool(
        np.full(n, 50, np.float32),
        np.full(n, 20, np.float32),
        np.full(n, 1000, np.int64),
        np.array([0] + [1] * (n - 1), np.uint16),
        np.ones(n, bool),
    )
    graph = TieGraph.from_pairs([], [], alike.country)
    assert [fit.index for fit in rank(0, alike, graph, limit=5)] == [1, 2, 3, 4, 5]


def test_rank_many_ties_with_the_country_count_against_a_place():
    # places 1 and 2 are twins but for six ties of place 1 with the seeker's country
    country = np.array([0, 1, 1] + [0] * 6 + [2] * 6, np.uint16)
    n = len(country)
    crowd = Pool(
        np.full(n, 50, np.float32),
        np.full(n, 20, np.float32),
        np.full(n, 1000, np.int64),
        country,
        np.ones(n, bool),
    )
    graph = TieGraph.from_pairs([1] * 6 + [2] * 6, range(3, 15), country)
    fits = rank(0, crowd, graph, countries={1})
    assert [fit.index for fit in fits] == [2, 1]
    assert reasons(fits, 1)["load"].contribution == pytest.approx(-0.05)


def test_rank_other_weights_rank_otherwise():
    only_size = dict.fromkeys(("distance", "habit", "appetite", "shared_partners", "load"), 0.0)
    fits = rank(0, POOL, NO_TIES, weights=FIT_1.reweighted("size-only", only_size | {"size": 1.0}))
    assert [fit.index for fit in fits[:2]] == [2, 1]
    assert fits[0].score == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("seeker", [-1, 8])
def test_rank_seeker_outside_the_pool_is_refused(seeker):
    with pytest.raises(Invalid) as refusal:
        rank(seeker, POOL, TIES)
    assert refusal.value.code == "seeker_unknown"


def test_rank_limit_below_one_is_refused():
    with pytest.raises(Invalid) as refusal:
        rank(0, POOL, TIES, limit=0)
    assert refusal.value.code == "limit_not_positive"


def test_rank_graph_of_another_world_is_refused():
    with pytest.raises(Invalid) as refusal:
        rank(0, POOL, TieGraph.from_pairs([], [], COUNTRY[:5]))
    assert refusal.value.code == "graph_of_other_pool"
