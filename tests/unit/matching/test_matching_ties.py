"""The graph of ties: each tie once, quick answers about one place or one country."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.matching import TieGraph

# places 0-1 in country 0, 2-3 in country 1, 4-5 in country 2
COUNTRY = np.array([0, 0, 1, 1, 2, 2], np.uint16)
PAIRS = [(0, 2), (0, 4), (1, 2), (2, 4), (3, 5), (0, 1)]


def graph(pairs=PAIRS):
    return TieGraph.from_pairs([a for a, _ in pairs], [b for _, b in pairs], COUNTRY)


def test_neighbours_are_foreign_and_ascending():
    assert graph().neighbours(0).tolist() == [2, 4]
    assert graph().neighbours(2).tolist() == [0, 1, 4]
    assert graph().neighbours(1).tolist() == [2]


def test_degree_and_active_places_leave_domestic_ties_out():
    assert graph().degree.tolist() == [2, 1, 3, 1, 2, 1]
    assert graph([(0, 1), (2, 3)]).active.tolist() == []


def test_habit_counts_ties_country_by_country():
    assert graph().habit(0, 3).tolist() == [0, 2, 1]
    assert graph().habit(1, 3).tolist() == [2, 0, 2]


def test_guests_are_places_tied_with_a_country_and_how_often():
    places, ties = graph().guests(0)
    assert (places.tolist(), ties.tolist()) == ([2, 4], [2, 1])


@pytest.mark.parametrize("country", [0, 2, 9])
def test_country_without_ties_has_no_habit_and_no_guests(country):
    lonely = graph([])
    assert lonely.habit(country, 3).tolist() == [0, 0, 0]
    assert lonely.guests(country)[0].tolist() == []


def test_shared_partner_with_few_ties_says_more():
    places, strength = graph().shared(1)
    assert places.tolist() == [0, 4]
    assert strength.tolist() == pytest.approx([1 / math.log(3)] * 2)
    places, strength = graph().shared(0)
    assert dict(zip(places.tolist(), strength.tolist(), strict=True)) == pytest.approx(
        {1: 1 / math.log(3), 2: 1 / math.log(2), 4: 1 / math.log(3)}
    )


def test_shared_of_a_place_without_ties_is_empty():
    assert graph([(0, 2)]).shared(5)[0].tolist() == []


def test_shared_through_a_partner_with_no_other_tie_is_empty():
    places, strength = graph([(3, 5)]).shared(3)
    assert places.tolist() == strength.tolist() == []


def test_shared_between_names_the_telling_partner_first():
    # 2 has three ties, 4 has two; both are partners of 0
    pairs = [(0, 2), (0, 4), (1, 2), (1, 4), (2, 5)]
    assert graph(pairs).shared_between(0, 1) == [4, 2]
    assert graph().shared_between(3, 0) == []


@given(st.permutations(PAIRS), st.lists(st.booleans(), min_size=6, max_size=6))
def test_order_direction_and_repetition_of_pairs_change_nothing(pairs, turned):
    told = [(b, a) if turn else (a, b) for (a, b), turn in zip(pairs, turned, strict=True)]
    here, there = graph(), graph(told + told[:2])
    for field in ("starts", "partners", "degree", "active", "country_starts", "country_partners"):
        assert getattr(here, field).tolist() == getattr(there, field).tolist()


@pytest.mark.parametrize(("a", "b"), [([0], [6]), ([-1], [2]), ([0, 1], [2])])
def test_ties_outside_the_pool_are_refused(a, b):
    with pytest.raises(Invalid) as refusal:
        TieGraph.from_pairs(a, b, COUNTRY)
    assert refusal.value.code == "tie_outside_pool"


def test_graph_over_no_places_is_empty():
    nobody = TieGraph.from_pairs([], [], np.zeros(0, np.uint16))
    assert nobody.partners.tolist() == []
