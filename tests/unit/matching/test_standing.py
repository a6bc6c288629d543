"""What all ties together say: counts, ranks, neighbours, and the same without one tie."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from plain_reading import Plain
from small_worlds import small, worlds

from mistok.matching import Pool, TieGraph
from mistok.matching.standing import COUNTRY_MASS, RANK_STEPS, REGION_MASS, Standing

UNHURRIED = settings(max_examples=30, deadline=None)


def standing_of(world):
    return Standing.of(world.pool, world.graph)


@given(worlds)
@UNHURRIED
def test_ties_are_counted_by_country_and_region(world):
    standing, plain = standing_of(world), Plain(world)
    pool = world.pool
    told = {
        (a, b): int(standing.between[a, b])
        for a in range(pool.countries)
        for b in range(pool.countries)
    }
    assert {pair: ties for pair, ties in told.items() if ties} == {
        pair: ties for pair, ties in plain.between.items() if ties
    }
    regions = world.columns["region"]
    for region in set(regions.tolist()):
        begin, end = standing.region_starts[region], standing.region_starts[region + 1]
        ends = [j for i in plain.all if regions[i] == region for j in plain.partners[i]]
        assert sorted(standing.region_ends[begin:end].tolist()) == sorted(ends)
        drawn = [plain.country(j) for j in ends]
        assert standing.pull[region].tolist() == [drawn.count(c) for c in range(pool.countries)]


@given(worlds)
@UNHURRIED
def test_ranks_are_shared_by_places_of_one_size(world):
    standing, plain = standing_of(world), Plain(world)
    for place in range(len(world)):
        for keys, group in (
            (standing.keys["rank"], "country"),
            (standing.keys["region_rank"], "region"),
        ):
            assert keys[place] == round(plain.rank(place, group) * RANK_STEPS)


@given(worlds)
@UNHURRIED
def test_masses_are_roots_of_inhabitants_of_places_that_may_be_proposed(world):
    standing = standing_of(world)
    columns = world.columns
    people = np.sqrt(np.where(columns["eligible"], columns["population"], 0))
    for country in range(world.pool.countries):
        mass = people[columns["country"] == country].sum() + COUNTRY_MASS
        assert standing.country_mass[country] == pytest.approx(mass)
    for region in set(columns["region"].tolist()):
        mass = people[columns["region"] == region].sum() + REGION_MASS
        assert standing.region_mass[region] == pytest.approx(mass)
        assert standing.region_country[region] == region // 2


@given(worlds)
@UNHURRIED
def test_lanes_are_regions_of_places_that_may_be_proposed(world):
    standing = standing_of(world)
    outside = len(standing.region_country)
    eligible, region = world.columns["eligible"], world.columns["region"]
    assert standing.lane.tolist() == np.where(eligible, region, outside).tolist()


@given(worlds)
@UNHURRIED
def test_around_a_tied_place_are_its_neighbours(world):
    standing, plain = standing_of(world), Plain(world)
    tied = standing.graph.active
    assert set(tied.tolist()) == {i for i in plain.all if plain.partners[i]}
    places, km, owner = standing.around(tied)
    told = {
        (int(tied[slot]), place): far
        for place, far, slot in zip(places.tolist(), km.tolist(), owner.tolist(), strict=True)
    }
    expected = {
        (i, j): plain.km(i, j)
        for i in tied.tolist()
        for j in plain.all
        if plain._beside(j, i, 1e9) > 0
    }
    assert told == pytest.approx(expected, abs=0.01)


@given(worlds)
@UNHURRIED
def test_near_any_place_are_tied_ones_of_its_country(world):
    standing, plain = standing_of(world), Plain(world)
    for place in range(len(world)):
        places, km = standing.near(place)
        assert dict(zip(places.tolist(), km.tolist(), strict=True)) == pytest.approx(
            plain.near(place), abs=0.01
        )


@given(worlds)
@UNHURRIED
def test_habits_are_alike_as_the_plain_reading_says(world):
    alike = standing_of(world).likeness_of_habits(int(world.columns["country"][world.seeker]))
    plain = Plain(world)
    assert alike.tolist() == pytest.approx([plain._habits(c) for c in plain.countries])
    assert (alike >= 0).all()
    assert (alike < 1).all()


@given(worlds)
@UNHURRIED
def test_without_a_tie_is_the_standing_of_a_world_that_lacks_it(world):
    for partner in world.partners:
        here = standing_of(world).without(world.seeker, partner)
        there = standing_of(world.without(partner))
        assert here.graph.partners.tolist() == there.graph.partners.tolist()
        # Who lies near the tied ones stays as it is, rows of places that are now untied included.
        kept = {"pool", "graph", "near_rows", "near_starts", "near_places", "near_km"}
        kept |= {"keys", "most_key", "blocks"}
        for name in {field.name for field in fields(Standing)} - kept:
            for one, other in zip(
                np.atleast_1d(getattr(here, name)),
                np.atleast_1d(getattr(there, name)),
                strict=True,
            ):
                assert np.array_equal(one, other), name


def test_a_world_of_no_places_has_a_standing():
    nothing = np.zeros(0)
    pool = Pool(
        nothing.astype(np.float32),
        nothing.astype(np.float32),
        nothing.astype(np.int64),
        nothing.astype(np.uint16),
        nothing.astype(bool),
    )
    standing = Standing.of(pool, TieGraph.from_pairs([], [], pool.country))
    assert len(standing.lane) == len(standing.near_places) == 0


def test_tied_places_without_a_position_have_no_neighbours():
    world = small(7, n=12, ties=20)
    world.columns["lat"][:] = np.nan
    standing = standing_of(world)
    assert len(standing.around(standing.graph.active)[0]) == 0
    assert len(standing.near(world.seeker)[0]) == 0


def test_rank_keys_end_where_their_table_ends():
    n = 400_000
    pool = Pool(
        np.zeros(n, np.float32),
        np.zeros(n, np.float32),
        np.arange(n, 0, -1),
        np.zeros(n, np.uint16),
        np.ones(n, bool),
    )
    standing = Standing.of(pool, TieGraph.from_pairs([], [], pool.country))
    assert (int(standing.keys["rank"][0]), int(standing.keys["rank"].max())) == (0, 255)
    assert (np.diff(standing.keys["rank"]) >= 0).all()
