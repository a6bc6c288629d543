"""Why somebody got nobody, and how much fit was missing."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from naive_rounds import best_by_trying, everyone, fit, rounds, simple

from mistok.kernel.errors import Invalid
from mistok.matching.allocation import Floor, best, stable

UNHURRIED = settings(deadline=None, max_examples=80)
NAN = np.nan


def reasons(found):
    return {one.seeker: (one.reason, dict(one.facts)) for one in found.unserved}


@pytest.mark.parametrize("way", [best, stable])
def test_each_reason_is_told(way):
    fits = [[0.9, 0.9], [NAN, NAN], [-0.5, 0], [0.5, NAN], [0.75, 0.25]]
    asked = simple(fits, seeker_capacity=[0, 1, 1, 1, 1], offerer_capacity=[1, 0])
    assert reasons(way(asked)) == {
        0: ("no_capacity_of_own", {}),
        1: ("nobody_allowed", {"offerers": 2}),
        2: ("no_positive_fit", {"allowed": 2, "best_fit": 0.0}),
        3: (
            "offerers_full",
            {"allowed": 1, "best": [{"offerer": 0, "fit": 0.5, "missing": 0.25}]},
        ),
    }


@pytest.mark.parametrize("way", [best, stable])
def test_offerers_that_take_nobody_are_full(way):
    found = way(simple([[0.5]], offerer_capacity=[0]))
    assert reasons(found) == {0: ("offerers_full", {"allowed": 1, "best": []})}


def test_three_nearest_are_told_nearest_first():
    fits = [[0.9, 0.9, 0.9, 0.9], [0.1, 0.4, 0.3, 0.2]]
    found = best(simple(fits, seeker_capacity=[4, 1]))
    (_, facts) = reasons(found)[1]
    assert [one["offerer"] for one in facts["best"]] == [1, 2, 3]
    assert [one["missing"] for one in facts["best"]] == [0.5, 0.6, 0.7]


def test_missing_counts_that_others_may_move_on():
    # The first could take the second offerer instead, and would lose only 0.1.
    fits = [[0.9, 0.8], [0.75, NAN], [NAN, 0.5]]
    found = best(simple(fits, offerer_capacity=[1, 1]))
    assert found.pairs.tolist() == [[0, 1], [1, 0]]
    (_, facts) = reasons(found)[2]
    assert facts["best"] == [{"offerer": 1, "fit": 0.5, "missing": 0.15}]


def test_places_that_a_floor_needs_entirely_are_not_named():
    floor = Floor("remote", np.array([True, False]), 1)
    found = best(simple([[0.25], [0.75]], floors=[floor]))
    assert reasons(found) == {1: ("offerers_full", {"allowed": 1, "best": []})}


def test_a_member_of_the_same_floor_may_take_the_place():
    found = best(simple([[0.75], [0.25]], floors=[everyone(1, 2)]))
    (_, facts) = reasons(found)[1]
    assert facts["best"] == [{"offerer": 0, "fit": 0.25, "missing": 0.5}]


def test_a_seeker_that_a_floor_needs_moves_on_at_its_cost():
    floor = Floor("remote", np.array([True, False, False]), 1)
    fits = [[-0.5, 0.875], [0.75, 0.5], [0.25, 0.25]]
    found = best(simple(fits, floors=[floor]))
    (_, facts) = reasons(found)[2]
    assert facts["best"] == [
        {"offerer": 0, "fit": 0.25, "missing": 0.5},
        # The first goes to the other offerer (0.875 + 0.5 lost), and the second has to go (0.75).
        {"offerer": 1, "fit": 0.25, "missing": 1.875},
    ]


@given(rounds(most=4, floors=2))
@UNHURRIED
def test_missing_is_what_the_pair_would_cost(asked):
    try:
        found = best(asked)
    except Invalid:
        assume(False)
    full = [one for one in found.unserved if one.reason == "offerers_full"]
    for one in full:
        for near in one.facts["best"]:
            pair = (one.seeker, near["offerer"])
            assert round(near["fit"] * 1e6) == fit(asked, *pair)
            cost = round(found.welfare * 1e6) - best_by_trying(asked, forced=pair)
            missing = round(near["missing"] * 1e6)
            # With floors, a newcomer may allow changes that one chain does not see.
            assert missing >= cost
            assert asked.floors or missing == cost
