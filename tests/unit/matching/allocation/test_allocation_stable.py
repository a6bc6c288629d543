"""The stable round has no blocking pair, by the plain definition, and is the seekers' best."""

from itertools import combinations, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_rounds import blocking_by_trying, check_rules, everyone, rounds, simple

from mistok.matching.allocation import Round, best, stability, stable

UNHURRIED = settings(deadline=None, max_examples=80)
NAN = np.nan


@given(rounds(most=6, capacity=3))
@UNHURRIED
def test_stable_has_no_blocking_pair(asked):
    found = stable(asked)
    check_rules(asked, found)
    assert found.stable
    assert blocking_by_trying(asked, found.pairs) == []
    for s, o in found.pairs:
        assert asked.seeker_view[s, o] > 0
        assert asked.offerer_view[s, o] > 0


@given(rounds(most=6, capacity=3, floors=0), st.data())
@UNHURRIED
def test_blocking_pairs_are_counted_by_the_definition(asked, data):
    found = data.draw(st.sampled_from((best, stable)))(asked)
    kept = data.draw(st.lists(st.booleans(), min_size=len(found.pairs), max_size=len(found.pairs)))
    pairs = found.pairs[np.array(kept, bool)]
    count, first = stability.blocking_pairs(asked, *pairs.T)
    true = blocking_by_trying(asked, pairs)
    assert count == len(true)
    assert [tuple(pair) for pair in first.tolist()] == true[: stability.TOLD]


@given(st.permutations(range(9)), st.permutations(range(9)))
@UNHURRIED
def test_stable_is_the_best_stable_round_for_every_seeker(mine, theirs):
    seeker_view = (np.array(mine, np.float32).reshape(3, 3) - 1) / 8
    offerer_view = (np.array(theirs, np.float32).reshape(3, 3) - 1) / 8
    ones = np.ones(3, dtype=int)
    asked = Round(seeker_view, offerer_view, ones, ones)
    got = {int(s): seeker_view[s, o] for s, o in stable(asked).pairs}
    for pairs in all_matchings(3):
        individually = all(seeker_view[p] > 0 and offerer_view[p] > 0 for p in pairs)
        if individually and not blocking_by_trying(asked, pairs):
            assert {s for s, _ in pairs} == set(got)
            assert all(got[s] >= seeker_view[s, o] for s, o in pairs)


def all_matchings(n):
    for size in range(n + 1):
        for seekers in combinations(range(n), size):
            for offerers in permutations(range(n), size):
                yield list(zip(seekers, offerers, strict=True))


def test_stable_gives_ties_to_the_earlier():
    assert stable(simple(np.full((2, 3), 0.5))).pairs.tolist() == [[0, 0], [1, 1]]
    assert stable(simple(np.full((3, 1), 0.5))).pairs.tolist() == [[0, 0]]


def test_stable_reads_long_lists_of_wishes_in_order():
    chance = np.random.default_rng(3)
    views = [(np.ceil(chance.random((90, 300)) * 50) / 50).astype(np.float32) for _ in range(2)]
    # Everybody wishes the same, so that the last must go down a long list.
    views[0] = np.tile(views[0][0], (90, 1))
    room = np.full(90, 2), np.ones(300, dtype=int)
    found = stable(Round(*views, *room))
    assert blocking_by_trying(Round(*views, *room), found.pairs) == []
    wished = sorted(range(300), key=lambda o: (-views[0][0, o], o))[:180]
    assert sorted(found.pairs[:, 1].tolist()) == sorted(wished)


def test_stable_tells_what_floors_are_short_of():
    found = stable(simple([[0.9], [0.5]], floors=[everyone(2, 2)]))
    assert [(floor.asked, floor.served, floor.missing) for floor in found.floors] == [(2, 1, 1)]


def test_stable_tells_its_price():
    # Both like the first best; the stable round gives it to who fits best, and that costs.
    asked = simple([[0.9, 0.8], [0.8, 0.1]])
    found = stable(asked)
    assert found.pairs.tolist() == [[0, 0], [1, 1]]
    assert (found.welfare, found.upper_bound, found.welfare_without_floors) == (1.0, 1.6, 1.6)
    assert found.gap == found.price_of_fairness == 0.375
    assert best(asked).pairs.tolist() == [[0, 1], [1, 0]]
    assert best(asked).first_blocking.tolist() == [[0, 0]]


def test_first_twenty_blocking_pairs_are_told():
    asked = simple(np.full((100, 3), 0.5))
    nobody = np.zeros(0, np.int64)
    count, first = stability.blocking_pairs(asked, nobody, nobody)
    assert count == 300
    assert first.tolist() == [[n // 3, n % 3] for n in range(20)]
    some = np.where((np.arange(100) % 30 == 10)[:, None], 0.5, NAN) * np.ones(3)
    count, first = stability.blocking_pairs(simple(some), nobody, nobody)
    assert count == 9
    assert first.tolist() == [[s, o] for s in (10, 40, 70) for o in range(3)]
