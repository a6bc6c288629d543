"""What is kept back: a fixed draw, nothing in both parts, refusals where nothing is left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lands import land, pairs, some_ties, ties

from mistok.kernel.errors import Invalid
from mistok.matching.evaluation.split import SEED, SHARE, graph_of, in_order, parted, split

PAIRS = st.sets(st.tuples(st.integers(0, 30), st.integers(31, 60)), min_size=5, max_size=60)
DISORDER = st.randoms(use_true_random=False)


@given(PAIRS, st.integers(0, 9), st.sampled_from([0.1, 0.2, 0.5]))
def test_split_parts_every_tie_once_and_rounds_down(drawn, seed, share):
    train, test = split(ties(sorted(drawn)), share, seed)
    assert pairs(train) | pairs(test) == drawn
    assert len(train) + len(test) == len(drawn)
    assert len(test) == int(len(drawn) * share)


@given(PAIRS, DISORDER)
def test_split_does_not_look_at_the_order(drawn, disorder):
    shuffled = sorted(drawn)
    disorder.shuffle(shuffled)
    for one, other in zip(split(ties(sorted(drawn))), split(ties(shuffled)), strict=True):
        assert one.ends.tolist() == other.ends.tolist()


def test_split_is_the_documented_draw():
    drawn = [(n, 100 - n) for n in range(40)]
    kept = np.random.default_rng(4).permutation(40)[:8]
    _, test = split(ties(drawn))
    assert (SEED, SHARE) == (4, 0.2)
    assert pairs(test) == {drawn[n] for n in kept}


def test_split_keeps_year_and_early_with_their_tie():
    told = ties([(n, 50 + n) for n in range(20)], year=range(2000, 2020), early=np.arange(20) < 7)
    for part in split(told):
        assert part.year.tolist() == (part.ends[:, 0] + 2000).tolist()
        assert part.early.tolist() == (part.ends[:, 0] < 7).tolist()


def test_parted_file_is_split_and_recent_ties_are_asked_of_both_parts():
    whole = some_ties(land(), 60)
    parts = parted(whole)
    train, test = split(whole)
    assert (pairs(parts.train), pairs(parts.test)) == (pairs(train), pairs(test))
    assert pairs(parts.recent) == pairs(whole.some(whole.recent))
    assert pairs(parts.earlier) == pairs(train.some(train.early))
    assert parts.withheld == 0


def test_parted_with_known_ties_takes_out_those_to_be_found():
    asked = ties([(1, 2), (0, 4), (3, 5)], year=[2023, 0, 0])
    known = ties([(8, 9), (3, 5), (2, 1), (6, 7)], early=[True, True, True, False])
    parts = parted(asked, known)
    assert parts.test.ends.tolist() == [[0, 4], [1, 2], [3, 5]]
    assert parts.train.ends.tolist() == [[6, 7], [8, 9]]
    assert (pairs(parts.earlier), pairs(parts.recent)) == ({(8, 9)}, {(1, 2)})
    assert parts.withheld == 2


def test_parted_never_knows_a_recent_tie_called_early():
    muddled = ties([(n, 50 + n) for n in range(20)], year=2023, early=True)
    parts = parted(muddled)
    assert (len(parts.recent), len(parts.earlier)) == (20, 0)


def test_parted_sample_leaves_out_but_tells_nothing_more():
    whole = some_ties(land(), 60)
    full, few = parted(whole), parted(whole, sample=3, seed=7)
    assert (len(few.test), len(few.recent)) == (3, 3)
    assert pairs(few.test) < pairs(full.test)
    assert pairs(few.train) == pairs(full.train)
    assert parted(whole, sample=3, seed=7).test.ends.tolist() == few.test.ends.tolist()
    assert len(parted(whole, sample=600).test) == len(full.test)
    draws = {tuple(sorted(pairs(parted(whole, sample=3, seed=n).test))) for n in range(9)}
    assert len(draws) > 1


def test_parted_refuses_too_few_ties_to_keep_some_back():
    with pytest.raises(Invalid) as refused:
        parted(ties([(0, 1), (2, 3), (4, 5), (6, 7)]))
    assert refused.value.code == "ties_too_few"
    assert len(parted(ties([(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)])).test) == 1


def test_parted_refuses_known_ties_that_are_all_to_be_found():
    with pytest.raises(Invalid) as refused:
        parted(ties([(0, 1), (2, 3)]), ties([(2, 3)]))
    assert refused.value.code == "train_empty"


def test_graph_knows_ties_within_a_country():
    pool = land()
    graph = graph_of(pool, ties([(0, 3), (0, 1)]))
    assert graph.neighbours(0).tolist() == [1, 3]


def test_in_order_sorts_by_first_then_second_end():
    assert in_order(ties([(5, 6), (1, 9), (1, 2)])).ends.tolist() == [[1, 2], [1, 9], [5, 6]]
