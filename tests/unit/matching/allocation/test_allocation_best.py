"""The best round: equal to trying everything out, under every rule, however it is solved."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_rounds import best_by_trying, check_rules, everyone, rounds, simple

from mistok.kernel.errors import Invalid, Unavailable
from mistok.matching.allocation import Floor, Round, auction, best, market, optimum, program

UNHURRIED = settings(deadline=None, max_examples=60)
TWICE = settings(deadline=None, max_examples=30)  # each example is solved two times
NAN = np.nan


@given(rounds())
@UNHURRIED
def test_best_equals_trying_everything(asked):
    true = best_by_trying(asked)
    if true is None:
        with pytest.raises(Invalid) as refusal:
            best(asked)
        assert refusal.value.code == "floor_unreachable"
        return
    found = best(asked)
    check_rules(asked, found)
    assert round(found.welfare * 1e6) == true
    assert found.upper_bound == found.welfare
    assert found.gap == 0
    assert not any(floor.missing for floor in found.floors)
    free = best_by_trying(Round(*views(asked), ()))
    assert round(found.welfare_without_floors * 1e6) == free
    lost = (free - true) / free if free else float(free > true)
    assert found.price_of_fairness == pytest.approx(lost)


def views(asked):
    return asked.seeker_view, asked.offerer_view, asked.seeker_capacity, asked.offerer_capacity


@given(rounds(most=5, floors=3, symmetric=True))
@UNHURRIED
def test_best_of_a_large_round_is_within_its_bound(asked):
    true = best_by_trying(asked)
    with pytest.MonkeyPatch.context() as patch:
        as_if_large(patch)
        if true is None:
            with pytest.raises(Invalid):
                best(asked)
            return
        found = best(asked)
    check_rules(asked, found)
    assert round(found.welfare * 1e6) <= true <= round(found.upper_bound * 1e6)
    assert found.gap <= 0.01 or true <= 0


def as_if_large(patch, bids=0):
    """Let a small round be solved like a large one, over few pairs at first."""
    patch.setattr(market, "SMALL", 0)
    patch.setattr(auction, "BIDS", bids)
    patch.setattr(optimum, "NEAREST", 1)
    patch.setattr(optimum, "MOST_NEW", 1)


def drawn(s, o, seed=7):
    """A round in which everybody likes the same offerers."""
    chance = np.random.default_rng(seed)
    fits = (0.7 * chance.random(o) + 0.3 * chance.random((s, o))).astype(np.float32)
    fits[chance.random((s, o)) < 0.1] = NAN
    return fits, chance.integers(0, 4, s), chance.integers(0, 3, o), chance.random(s) < 0.5


@pytest.mark.parametrize("bids", [0, 20])
@pytest.mark.parametrize("seed", range(4))
def test_best_over_few_pairs_agrees_with_all_pairs(monkeypatch, seed, bids):
    fits, seeker_room, offerer_room, rural = drawn(60, 40, seed)
    floors = (Floor.share("rural", rural, 0.4), Floor.share("others", ~rural, 0.3))
    true = best(Round(fits, fits, seeker_room, offerer_room, floors))
    as_if_large(monkeypatch, bids)
    found = best(Round(fits, fits, seeker_room, offerer_room, floors))
    assert found.welfare <= true.welfare <= found.upper_bound
    assert found.gap <= 1e-4
    assert true.price_of_fairness == pytest.approx(found.price_of_fairness, abs=2e-4)


def test_best_that_ends_early_tells_the_gap(monkeypatch):
    fits, seeker_room, offerer_room, _ = drawn(60, 40)
    true = best(Round(fits, fits, seeker_room, offerer_room))
    as_if_large(monkeypatch)
    monkeypatch.setattr(optimum, "TURNS", 1)
    found = best(Round(fits, fits, seeker_room, offerer_room))
    assert 0 < found.gap < 1
    assert found.welfare < true.welfare <= found.upper_bound


@given(rounds(most=4, floors=0), st.data())
@TWICE
def test_one_more_offerer_never_lowers_the_welfare(asked, data):
    s = len(asked.seeker_capacity)
    eighths = data.draw(st.lists(st.integers(-2, 8), min_size=s, max_size=s))
    column = np.array(eighths, np.float32)[:, None] / 8
    more = Round(
        np.hstack((asked.seeker_view, column)),
        np.hstack((asked.offerer_view, column)),
        asked.seeker_capacity,
        np.append(asked.offerer_capacity, data.draw(st.integers(0, 2))),
    )
    assert best(more).welfare >= best(asked).welfare


@given(rounds(), st.randoms(use_true_random=False))
@TWICE
def test_order_changes_no_welfare(asked, chance):
    s, o = (list(range(n)) for n in asked.seeker_view.shape)
    chance.shuffle(s)
    chance.shuffle(o)
    turned = Round(
        asked.seeker_view[np.ix_(s, o)],
        asked.offerer_view[np.ix_(s, o)],
        asked.seeker_capacity[s],
        asked.offerer_capacity[o],
        tuple(Floor(f.name, f.seekers[s], f.at_least) for f in asked.floors),
    )
    assert outcome(turned) == outcome(asked)


def outcome(asked):
    try:
        return best(asked).welfare
    except Invalid as refusal:
        return refusal.details["floor"], refusal.details["asked"], refusal.details["reachable"]


@given(st.permutations(range(16)), st.permutations(range(4)), st.permutations(range(4)))
@TWICE
def test_order_changes_no_pair_where_fits_decide(powers, s, o):
    # Powers of two: no two sets of pairs have the same sum.
    fits = (2.0 ** (np.array(powers) - 10)).reshape(4, 4).astype(np.float32)
    room = np.array([1, 2, 1, 1]), np.array([2, 1, 1, 1])
    found = best(Round(fits, fits, *room)).pairs
    turned_fits = fits[np.ix_(s, o)]
    turned = best(Round(turned_fits, turned_fits, room[0][s], room[1][o])).pairs
    back = sorted((s[one], o[other]) for one, other in turned)
    assert back == [tuple(pair) for pair in found.tolist()]


def test_best_gives_ties_to_the_earlier():
    assert best(simple(np.full((2, 3), 0.5))).pairs.tolist() == [[0, 0], [1, 1]]
    assert best(simple(np.full((3, 1), 0.5))).pairs.tolist() == [[0, 0]]
    crossed = best(simple(np.full((4, 6), 0.5), [2, 0, 1, 1], [0, 1, 2, 0, 1, 1]))
    assert crossed.pairs.tolist() == [[0, 1], [0, 2], [2, 2], [3, 4]]


def test_best_twice_is_the_same():
    fits, seeker_room, offerer_room, rural = drawn(50, 30)
    floors = (Floor.share("rural", rural, 0.3),)
    one, other = (best(Round(fits, fits, seeker_room, offerer_room, floors)) for _ in range(2))
    assert one.pairs.tolist() == other.pairs.tolist()
    assert one.unserved == other.unserved


def test_best_makes_no_pair_that_adds_nothing():
    found = best(simple([[0, -0.5], [0.25, 0]]))
    assert found.pairs.tolist() == [[1, 0]]


def test_best_makes_a_negative_pair_only_for_a_floor():
    fits = [[-0.25, NAN], [NAN, 0.5]]
    assert best(simple(fits)).pairs.tolist() == [[1, 1]]
    found = best(simple(fits, floors=[everyone(2, 2)]))
    assert found.pairs.tolist() == [[0, 0], [1, 1]]
    assert found.welfare == 0.25
    assert found.welfare_without_floors == 0.5
    assert found.price_of_fairness == 0.5


def test_price_is_all_where_there_was_nothing_to_lose():
    found = best(simple([[-0.5]], floors=[everyone(1, 1)]))
    assert (found.welfare, found.gap, found.price_of_fairness) == (-0.5, 0, 1)


def test_best_serves_a_floor_at_the_expense_of_others():
    fits = [[0.9, NAN], [0.5, NAN]]
    remote = Floor("remote", np.array([False, True]), 1)
    found = best(simple(fits, floors=[remote]))
    assert found.pairs.tolist() == [[1, 0]]
    assert [(f.name, f.asked, f.served, f.missing) for f in found.floors] == [("remote", 1, 1, 0)]
    assert found.price_of_fairness == pytest.approx(4 / 9, abs=1e-6)
    assert found.first_blocking.tolist() == [[0, 0]]
    assert not found.stable


def test_overlapping_floors_are_served_in_whole_pairs():
    # In halves, the three would cost 1.5; whole, two of the three are needed.
    fits = np.where(np.eye(3), -1, NAN)
    classes = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], bool)
    floors = [Floor(f"{number}", members, 1) for number, members in enumerate(classes)]
    found = best(simple(fits, floors=floors))
    assert len(found.pairs) == 2
    assert found.welfare == found.upper_bound == -2


def test_a_round_of_nobody_is_empty():
    for shape in ((0, 3), (3, 0), (0, 0)):
        found = best(simple(np.zeros(shape)))
        assert found.pairs.shape == (0, 2)
        assert (found.welfare, found.upper_bound, found.gap, found.stable) == (0, 0, 0, True)
        assert len(found.unserved) == shape[0]


def test_a_cycle_of_exclusions_ends_and_tells_why():
    # A excludes X, X excludes B, B excludes Y, Y excludes A.
    found = best(simple([[NAN, NAN], [NAN, NAN]]))
    assert [one.reason for one in found.unserved] == ["nobody_allowed", "nobody_allowed"]
    ring = np.full((5, 5), 0.5)
    for number in range(5):
        ring[number, number] = ring[number, (number + 1) % 5] = NAN
    assert len(best(simple(ring)).pairs) == 5


def test_a_solver_that_fails_is_told(monkeypatch):
    failed = SimpleNamespace(status=4, message="numerical difficulties")
    monkeypatch.setattr(program, "linprog", lambda *_, **__: failed)
    with pytest.raises(Unavailable, match="numerical difficulties") as refusal:
        best(simple([[0.5]]))
    assert refusal.value.code == "solver_failed"


def test_best_of_a_large_round_serves_the_earlier_of_equals():
    asked = simple(np.full((300, 100), 0.5))
    assert asked.fit.size > market.SMALL
    assert best(asked).pairs[:, 0].tolist() == list(range(100))
