"""Every number between a seeker and the world, against a plain, slow reading of the same."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from plain_reading import Plain
from small_worlds import TERMS, small, worlds

from mistok.matching.case import PLACE_BITS, UNKNOWN_SIZE, Case
from mistok.matching.standing import Standing

UNHURRIED = settings(max_examples=30, deadline=None)


def case_of(world, ukraine=0):
    return Case.of(world.seeker, Standing.of(world.pool, world.graph), ukraine)


def near_to(number):
    """Equal but for single precision in distances: a metre or so."""
    return pytest.approx(number, rel=2e-4, abs=2e-4)


@given(worlds)
@UNHURRIED
def test_numbers_by_country_and_region_are_those_of_the_plain_reading(world):
    case, plain = case_of(world), Plain(world)
    for place in range(len(world)):
        country, region = (int(world.columns[name][place]) for name in ("country", "region"))
        told = {name: numbers[country] for name, numbers in case.countries.items()}
        assert told == near_to(plain.by_country(country))
        told = {name: numbers[region] for name, numbers in case.regions.items()}
        assert told == near_to(plain.by_region(region))


@given(worlds)
@UNHURRIED
def test_numbers_of_few_places_are_those_of_the_plain_reading(world):
    case, plain = case_of(world), Plain(world)
    rows = np.arange(len(world))
    told = {name: sparse.at(rows) for name, sparse in case.few.items()}
    for place in range(len(world)):
        found = {name: numbers[place] for name, numbers in told.items()}
        assert found == near_to(plain.few(place)), place


@given(worlds)
@UNHURRIED
def test_few_places_ascend_and_stand_once(world):
    for sparse in case_of(world).few.values():
        assert (np.diff(sparse.places) > 0).all()
        assert np.isfinite(sparse.values).all()


@given(worlds)
@UNHURRIED
def test_places_around_that_speak_for_a_candidate_are_those_whose_partners_lie_near(world):
    case, plain = case_of(world), Plain(world)
    around = plain.near(world.seeker)
    everybody = case.near.tied_with(np.arange(len(world)))
    for place, told in enumerate(everybody):
        speaking = {
            i
            for i in around
            for j in plain.partners[i] - {world.seeker}
            if plain._beside(place, j, 1.0) > 0
        }
        assert set(told) == speaking
        assert len(set(told)) == len(told)
        assert [around[i] for i in told] == pytest.approx(sorted(around[i] for i in told))


def test_numbers_of_a_country_that_does_not_count_as_ukraine_are_none():
    assert not len(case_of(small(3, ties=60), ukraine=None).few["ukraine"].places)
    assert len(case_of(small(3, ties=60)).few["ukraine"].places)


def test_every_term_has_its_number_in_one_place():
    case = case_of(small(5))
    told = [*case.countries, *case.regions, *case.few]
    assert len(told) == len(set(told))
    assert set(told) < set(TERMS)


@given(worlds)
@UNHURRIED
def test_own_numbers_are_size_and_ties(world):
    own, plain = case_of(world).own, Plain(world)
    people = plain.size(world.seeker)
    assert own["size"] == pytest.approx(math.log(people) if people else UNKNOWN_SIZE)
    assert own["ties"] == pytest.approx(math.log1p(plain.degree(world.seeker)))


@given(worlds)
@UNHURRIED
def test_shared_places_are_the_bits_that_the_seeker_has(world):
    own = int(world.columns["position"][world.seeker])
    told = case_of(world).shared_places()
    assert told == {name: bits & own for name, bits in PLACE_BITS.items() if bits & own}


@pytest.mark.parametrize(
    ("own", "other", "hours"),
    [(8, 8, 0), (8, 4, 1), (-40, 48, 2), (-20, 20, 10), (8, -128, None), (-128, 8, None)],
)
def test_hours_apart_go_the_short_way_round(own, other, hours):
    world = small(1)
    world.columns["clock"][world.seeker] = own
    (apart,) = case_of(world).hours_apart(np.array([float(other)]))
    assert math.isnan(apart) if hours is None else apart == hours
