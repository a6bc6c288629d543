"""The protocol: ranks by hand, a perfect ranking, no order, no tie known that is to be found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lands import land, pairs, some_ties, ties, tiny_model

from mistok.kernel.errors import Invalid
from mistok.matching import Matcher
from mistok.matching.evaluation import protocol
from mistok.matching.evaluation.protocol import Metrics, Ranks, evaluate, rank_among, rank_ties
from mistok.matching.evaluation.split import graph_of, parted

BASELINES = ["population", "popularity", "nearness", "logistic"]
UNHURRIED = settings(deadline=None, max_examples=25)


def perfect(pool, asked):
    """A ranking that gives every seeker's partners to be found, and nobody else, a point."""
    partners = {}
    for a, b in asked.ends.tolist():
        partners.setdefault(a, []).append(b)
        partners.setdefault(b, []).append(a)

    def ranking(told):
        scores = np.zeros(len(pool))
        scores[partners[told.seeker]] = 1
        return scores

    return ranking


def by_hand(pool, graph, ranking, seeker, partner, lane=None):
    """The rank among the open places, one by one."""
    scores = ranking(protocol.Asked.of(pool, seeker))
    closed = {seeker, *graph.neighbours(seeker).tolist()}
    rivals = [
        float(scores[place])
        for place in range(len(pool))
        if pool.eligible[place]
        and place not in closed
        and place != partner
        and lane in (None, pool.country[place])
    ]
    own = float(scores[partner])
    return 1 + sum(rival > own for rival in rivals) + sum(rival == own for rival in rivals) / 2


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=1), st.data())
def test_rank_among_shares_the_middle_of_equals(scores, data):
    own = data.draw(st.sampled_from(scores))
    places = [n for n, score in enumerate(sorted(scores, reverse=True), start=1) if score == own]
    assert rank_among(np.array(scores), own) == sum(places) / len(places)


@UNHURRIED
@given(st.integers(0, 99))
def test_ranks_are_those_counted_by_hand(seed):
    pool = land(seed=seed)
    parts = parted(some_ties(pool, 40, seed))
    graph = graph_of(pool, parts.train)
    steps = np.random.default_rng(seed).integers(0, 5, len(pool)).astype(float)
    rankings = {"steps": lambda told: steps, "nearness": lambda told: -np.nan_to_num(told.km)}
    ranks = rank_ties(pool, graph, parts.test, rankings)
    for name, ranking in rankings.items():
        for tie, ends in enumerate(parts.test.ends.tolist()):
            for side in (0, 1):
                seeker, partner = ends[side], ends[1 - side]
                asked = (pool, graph, ranking, seeker, partner)
                assert ranks[name].world[tie, side] == by_hand(*asked)
                country = by_hand(*asked, lane=pool.country[partner])
                assert ranks[name].country[tie, side] == country


def test_perfect_ranking_has_all_metrics_one():
    pool = land()
    asked = ties([(0, 1), (2, 4), (6, 8), (9, 10)])
    graph = graph_of(pool, ties([(0, 2), (1, 5)]))
    ranks = rank_ties(pool, graph, asked, {"perfect": perfect(pool, asked)})["perfect"]
    assert ranks.metrics(np.arange(4)) == Metrics(1, 1, 1, 1, 1, 1, 1)


def test_ranking_is_left_as_it_was_and_partners_known_are_passed_over():
    pool = land()
    scores = np.arange(len(pool), dtype=float)
    graph = graph_of(pool, ties([(0, 39), (0, 38)]))
    ranks = rank_ties(pool, graph, ties([(0, 37)]), {"late": lambda told: scores})["late"]
    assert ranks.world.tolist() == [[1, 37]]  # of the places 1 to 39, 3 and 11 may not be proposed
    assert scores.tolist() == list(range(len(pool)))


def test_metrics_are_shares_and_middles():
    ranks = Ranks(
        np.array([[1, 10], [11, 100], [500, 5000]]), np.array([[1, 2], [10, 11], [9, 500]])
    )
    assert ranks.metrics(np.arange(3)) == Metrics(
        recall_at_10=2 / 6,
        recall_at_100=4 / 6,
        recall_at_1000=5 / 6,
        mean_reciprocal_rank=pytest.approx(
            (1 + 1 / 10 + 1 / 11 + 1 / 100 + 1 / 500 + 1 / 5000) / 6
        ),
        median_rank=55.5,
        country_recall_at_10=4 / 6,
        country_recall_at_100=5 / 6,
    )
    assert ranks.metrics(np.array([0])).recall_at_10 == 1


def test_metrics_of_nothing_are_none():
    assert Ranks(np.zeros((3, 2)), np.zeros((3, 2))).metrics(np.zeros(0, int)) == Metrics()


def test_evaluate_counts_ties_directions_and_ends_that_nobody_knows():
    pool = land()
    parts = parted(some_ties(pool, 60))
    degree = graph_of(pool, parts.train).degree
    calls = []
    groups = evaluate(pool, parts, tiny_model(), ukraine=1, asked=lambda: calls.append(1))
    assert list(groups) == ["all", "between_tied", "ukraine", "since_2022"]
    country, tied = pool.country[parts.test.ends], degree[parts.test.ends] > 0
    side = parts.test.ends[(country == 1).any(1)]
    between = parts.test.ends[(country[:, 0] != country[:, 1]) & tied.all(1)]
    assert 0 < len(between) < len(parts.test)
    for name, ends in (("all", parts.test.ends), ("between_tied", between), ("ukraine", side)):
        group = groups[name]
        assert (group.ties, group.directions) == (len(ends), 2 * len(ends))
        assert group.ends_without_ties == (degree[ends] == 0).sum()
        assert list(group.rankings) == ["mistok", *BASELINES]
    recent = groups["since_2022"]
    assert (recent.ties, len(calls)) == (10, 2 * (len(parts.test) + 10))
    assert list(recent.rankings) == ["mistok", "mistok_solidarity", *BASELINES]
    lasting, solidarity = (recent.rankings[name] for name in list(recent.rankings)[:2])
    assert lasting != solidarity


def test_evaluate_gives_mistok_the_ranks_of_its_own_list():
    pool = land()
    parts = parted(some_ties(pool, 60))
    matcher = Matcher(pool, graph_of(pool, parts.train), tiny_model(), ukraine=1)
    ranks = rank_ties(
        pool, matcher.graph, parts.test, {"mistok": lambda told: matcher.scores(told.seeker)}
    )["mistok"]
    groups = evaluate(pool, parts, tiny_model(), ukraine=1)
    assert groups["all"].rankings["mistok"] == ranks.metrics(np.arange(len(parts.test)))


def test_evaluate_does_not_look_at_the_order_of_ties():
    pool = land()
    whole = some_ties(pool, 50)
    chance = np.random.default_rng(6)
    orders = [np.arange(len(whole)), *(chance.permutation(len(whole)) for _ in range(3))]
    told = [evaluate(pool, parted(whole.some(order)), tiny_model(), ukraine=0) for order in orders]
    assert told == told[:1] * 4


def test_evaluate_never_shows_a_tie_to_be_found(monkeypatch):
    pool = land()
    shown = []

    class Watched(Matcher):
        def __post_init__(self):
            Matcher.__post_init__(self)
            shown.append(self.graph)

    monkeypatch.setattr(protocol, "Matcher", Watched)
    parts = parted(some_ties(pool, 60))
    evaluate(pool, parts, tiny_model(), ukraine=1)
    asked = [parts.test, parts.recent]
    graphs = list({id(graph): graph for graph in shown}.values())
    assert len(graphs) == 2
    for graph, found in zip(graphs, asked, strict=True):
        known = set(zip(graph.owners.tolist(), graph.partners.tolist(), strict=True))
        assert known
        assert not known & pairs(found)


def test_evaluate_without_recent_or_ukrainian_ties_has_no_numbers_there():
    pool = land()
    far = [(a, b) for a in (0, 6, 9, 12) for b in (2, 5, 8, 14)]
    groups = evaluate(pool, parted(ties(far)), tiny_model(), ukraine=1)
    for name in ("ukraine", "since_2022"):
        assert (groups[name].ties, groups[name].ends_without_ties) == (0, 0)
        assert set(groups[name].rankings.values()) == {Metrics()}
    assert groups["all"].rankings["mistok"].median_rank >= 1


def test_rank_ties_refuses_a_tie_that_is_known():
    pool = land()
    known = ties([(0, 1), (2, 4)])
    with pytest.raises(Invalid) as refused:
        rank_ties(pool, graph_of(pool, known), ties([(4, 2), (6, 8)]), {})
    assert (refused.value.code, refused.value.details) == ("tie_known", {"ties": 1})


def test_rank_ties_refuses_an_end_that_may_not_be_proposed():
    pool = land()
    with pytest.raises(Invalid) as refused:
        rank_ties(pool, graph_of(pool, ties([(0, 1)])), ties([(3, 4)]), {})
    assert refused.value.code == "tie_not_ranked"
