"""Floors that cannot be kept are refused: which one, and by how much."""

import numpy as np
import pytest
from hypothesis import given, settings
from naive_rounds import allowed, best_by_trying, everyone, rounds, simple

from mistok.kernel.errors import Invalid
from mistok.matching.allocation import Floor, Round, best
from mistok.matching.allocation.market import Market
from mistok.matching.allocation.reach import keep_floors

UNHURRIED = settings(deadline=None, max_examples=100)
NAN = np.nan


@given(rounds(floors=3, capacity=1))
@UNHURRIED
def test_pairs_that_keep_the_floors_are_found_where_there_are_any(asked):
    market = Market.of(asked)
    if best_by_trying(asked) is None:
        with pytest.raises(Invalid) as refusal:
            keep_floors(market)
        check_refusal(asked, refusal.value.details)
        return
    pairs = keep_floors(market)
    assert market.keeps_floors(pairs.any(axis=1))
    assert (pairs.sum(axis=0) <= market.offerer_capacity).all()
    assert (pairs.sum(axis=1) <= 1).all()
    for s, o in np.argwhere(pairs):
        assert allowed(asked, market.seekers[s], market.offerers[o])


def check_refusal(asked, details):
    """Lowered as the refusal says, the floors can be kept; lowered by less, they cannot."""
    lowered = {details["floor"]: details["reachable"]}
    for floor in asked.floors:
        if floor.name in details["also"]:
            lowered[floor.name] = floor.at_least - details["also"][floor.name]
    others = asked.floors if details["together_with"] else ()
    assert best_by_trying(with_floors(asked, others, lowered)) is not None
    lowered[details["floor"]] += 1
    assert best_by_trying(with_floors(asked, others, lowered)) is None


def with_floors(asked, others, lowered):
    return Round(
        asked.seeker_view,
        asked.offerer_view,
        asked.seeker_capacity,
        asked.offerer_capacity,
        tuple(
            Floor(floor.name, floor.seekers, lowered.get(floor.name, floor.at_least))
            for floor in asked.floors
            if floor in others or floor.name in lowered
        ),
    )


def test_a_floor_that_is_too_high_is_named():
    fits = [[0.5, NAN], [0.5, NAN], [0.5, 0.5]]
    with pytest.raises(Invalid, match=r"“everyone” asks for 3 .* allow only 2; lower it by 1,"):
        best(simple(fits, floors=[everyone(3, 3)]))


def test_floors_that_only_together_are_too_high_are_named():
    fits = [[0.5], [0.5]]
    floors = [Floor("a", np.array([True, False]), 1), Floor("b", np.array([False, True]), 1)]
    with pytest.raises(Invalid, match="beside the other floors") as refusal:
        best(simple(fits, floors=floors))
    assert refusal.value.code == "floor_unreachable"
    details = refusal.value.details
    assert {details["floor"], *details["together_with"]} == {"a", "b"}
    assert (details["asked"], details["reachable"], details["also"]) == (1, 0, {})


def test_several_floors_that_together_are_too_high_are_all_named():
    classes = np.eye(3, dtype=bool)
    floors = [Floor(name, members, 1) for name, members in zip("abc", classes, strict=True)]
    with pytest.raises(Invalid) as refusal:
        best(simple([[0.5]] * 3, floors=floors))
    details = refusal.value.details
    (also,) = details["also"]
    assert {details["floor"], also} < {"a", "b", "c"}
    assert details["also"][also] == 1
    assert f"lower it by 1, “{also}” by 1, or find" in str(refusal.value)


def test_a_floor_counts_on_seekers_without_room_or_pairs_in_vain():
    with pytest.raises(Invalid, match="allow only 1;"):
        best(simple([[0.5, 0.5], [0.5, 0.5]], seeker_capacity=[0, 2], floors=[everyone(2, 2)]))
    with pytest.raises(Invalid, match="allow only 1;"):
        best(simple([[NAN, NAN], [0.5, 0.5]], floors=[everyone(2, 2)]))


def test_a_floor_for_nobody_changes_nothing():
    found = best(simple([[NAN]], floors=[everyone(0, 1)]))
    assert [(floor.asked, floor.served) for floor in found.floors] == [(0, 0)]


def test_those_with_choice_give_way_to_those_without():
    # The first two may have anybody, the last only what they like best.
    fits = [[0.9, 0.1, 0.1], [0.9, 0.1, 0.1], [0.1, NAN, NAN]]
    found = best(simple(fits, floors=[everyone(3, 3)]))
    assert [2, 0] in found.pairs.tolist()
    assert found.floors[0].served == 3


def test_overlapping_floors_choose_whom_to_serve():
    # One place: only the seeker in both classes keeps both floors. Serving most is not enough.
    fits = [[0.9, NAN], [0.8, NAN], [0.1, NAN], [NAN, 0.2]]
    floors = [
        Floor("a", np.array([1, 0, 1, 0], bool), 1),
        Floor("b", np.array([0, 1, 1, 1], bool), 2),
    ]
    found = best(simple(fits, floors=floors))
    assert found.pairs.tolist() == [[2, 0], [3, 1]]
