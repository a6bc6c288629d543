"""Blocks of like places: nobody is lost, and what a block could reach is never underestimated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_worlds import document, small

from mistok.matching.blocks import MOST, Blocks, Spans
from mistok.matching.curves import Curves
from mistok.matching.model import model_of
from mistok.matching.pool import Pool

SEEDS = st.integers(0, 400)


def pool_of(n, *, eligible=None, placed=True):
    chance = np.random.default_rng(n)
    return Pool(
        lat=chance.uniform(-80, 80, n).astype(np.float32) if placed else np.full(n, np.nan, "f4"),
        lon=chance.uniform(-180, 180, n).astype(np.float32) if placed else np.full(n, np.nan, "f4"),
        population=chance.integers(0, 90_000, n),
        country=np.zeros(n, np.uint16),
        eligible=np.ones(n, bool) if eligible is None else np.asarray(eligible),
    )


def blocks_of(pool):
    return Blocks.of(pool, {"size": pool.size_key})


@pytest.mark.parametrize("n", [1, MOST - 1, MOST, MOST + 1, 3 * MOST + 5])
def test_every_place_that_may_be_proposed_is_in_one_block(n):
    pool = pool_of(n, eligible=np.arange(n) % 7 != 3)
    blocks = blocks_of(pool)
    everybody = blocks.places(np.arange(len(blocks)))
    assert sorted(everybody) == np.flatnonzero(pool.eligible).tolist()
    assert np.diff(blocks.starts).max() <= MOST
    assert len(blocks) == -(-int(pool.eligible.sum()) // MOST)


def test_blocks_of_nobody_are_none():
    pool = pool_of(4, eligible=[False] * 4)
    blocks = blocks_of(pool)
    assert len(blocks) == 0
    assert len(blocks.places(np.arange(0))) == 0
    assert len(blocks.peaks(np.ones(4, np.float32))) == 0
    assert len(blocks.most_by_key("size", np.ones(2000, np.float32))) == 0


def test_places_of_unknown_position_have_blocks_of_their_own():
    pool = pool_of(6, placed=False)
    blocks = blocks_of(pool)
    assert np.isnan(blocks.reach).all()
    assert np.isnan(blocks.angles(np.array([1.0, 0, 0]))).all()


def test_places_around_the_globe_may_be_at_any_angle():
    pool = Pool(
        lat=np.zeros(2, np.float32),
        lon=np.array([0, 180], np.float32),
        population=np.array([5, 5]),
        country=np.zeros(2, np.uint16),
        eligible=np.ones(2, bool),
    )
    low, high = blocks_of(pool).angles(np.array([0.0, 0, 1]))
    assert (low.tolist(), high.tolist()) == ([0.0], [np.pi])


@given(st.integers(1, 300), st.integers(0, 10**6))
def test_angles_hold_all_places_of_a_block(n, seed):
    pool = pool_of(n)
    blocks = blocks_of(pool)
    here = np.random.default_rng(seed).normal(size=3)
    here /= np.linalg.norm(here)
    low, high = blocks.angles(here)
    for block in range(len(blocks)):
        places = blocks.places(np.array([block]))
        angles = np.arccos(np.clip(here @ pool.axes[:, places], -1, 1))
        assert low[block] <= angles.min() + 1e-6
        assert angles.max() <= high[block] + 1e-6


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=40), st.data())
def test_most_of_a_span_is_its_largest_entry(table, data):
    low = data.draw(st.integers(0, len(table) - 1))
    high = data.draw(st.integers(low, len(table) - 1))
    spans = Spans.of(np.array([low]), np.array([high]))
    told = spans.most(np.array(table, np.float32))
    assert told.tolist() == [max(table[low : high + 1])]


@given(SEEDS, st.booleans())
@settings(max_examples=50, deadline=None)
def test_no_place_scores_more_than_its_block_may(seed, closed):
    world = small(seed, n=40, ties=50, said=8)
    matcher = world.matcher(model_of(document(seed)))
    case = matcher.case(world.seeker)
    curves = Curves(matcher.model, case)
    more = np.zeros(len(world), np.float32)
    curves.add_sparse(more)
    by_region = curves.by_region({1} if closed else ())
    everywhere = curves.scores({1} if closed else ())
    most, blocks = curves.most(by_region, more), matcher.standing.blocks
    for block in range(len(blocks)):
        rows = blocks.places(np.array([block]))
        scores = curves.scores_of(rows, by_region, more)
        assert scores.max() <= most[block] + 1e-5
        dense = everywhere[rows]
        assert np.array_equal(np.isinf(scores), np.isinf(dense))
        finite = np.isfinite(scores)
        assert scores[finite] == pytest.approx(dense[finite], abs=1e-4)
