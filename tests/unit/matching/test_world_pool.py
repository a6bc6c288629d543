"""The places of the compiled world as the pool in which partners are sought."""

import numpy as np
import pytest
from small_worlds import small

from mistok.matching.world_pool import world_pool
from mistok.world import Columns


def columns_of(world, codes=("UA", "DE", "PL", "FR", "XX"), **changes):
    """Columns as the gazetteer has them, of a small world; `region` is a place there."""
    told = world.columns
    n = len(world)
    columns = {
        **{name: told[name] for name in ("lat", "lon", "population", "country", "position")},
        **{name: told[name] for name in ("renown", "namesake")},
        "kind": np.zeros(n, np.uint8),
        "is_municipality": told["eligible"],
        "importance": np.zeros(n, np.float32),
        "parent": np.full(n, -1, np.int32),
        "region": np.full(n, -1, np.int32),
        "utc_offset": told["clock"],
        "language_likeness": np.eye(len(codes), dtype=np.float32),
        "country_codes": tuple(codes),
    }
    return Columns(**(columns | changes))


def test_pool_has_every_place_and_proposes_municipalities_only():
    world = small(1)
    pool = world_pool(columns_of(world))
    assert len(pool) == len(world)
    assert pool.eligible.tolist() == world.columns["eligible"].tolist()
    for name in ("lat", "lon", "population", "country"):
        assert np.array_equal(getattr(pool, name), world.columns[name], equal_nan=True)
    for name in ("position", "clock", "renown", "namesake"):
        assert getattr(pool.about, name).tolist() == world.columns[name].tolist()


def test_likeness_is_that_of_the_countries_which_have_places():
    pool = world_pool(columns_of(small(1)))
    assert pool.about.likeness.shape == (pool.countries, pool.countries) == (4, 4)


def test_regions_are_numbered_without_gaps_and_lie_in_one_country():
    world = small(1)
    n = len(world)
    region = np.random.default_rng(1).integers(-1, n, n).astype(np.int32)
    told = world_pool(columns_of(world, region=region)).about.region.tolist()
    assert set(told) == set(range(max(told) + 1))
    country = world.columns["country"].tolist()
    pairs = set(zip(country, region.tolist(), told, strict=True))
    assert len(pairs) == len(set(told)) == len({pair[:2] for pair in pairs})


def test_world_of_no_places_is_an_empty_pool():
    nothing = columns_of(small(1))
    empty = {
        name: getattr(nothing, name)[:0]
        for name in "lat lon population country is_municipality region position".split()
    }
    empty |= {name: getattr(nothing, name)[:0] for name in "utc_offset renown namesake".split()}
    pool = world_pool(columns_of(small(1), **empty))
    assert (len(pool), pool.countries) == (0, 1)


@pytest.mark.world
def test_compiled_world_makes_a_pool_whose_regions_lie_in_one_country(world):
    pool = world_pool(world.columns)
    assert len(pool) == len(world)
    region = pool.about.region
    home = np.zeros(int(region.max()) + 1, np.int64)
    home[region] = pool.country
    assert (home[region] == pool.country).all()
