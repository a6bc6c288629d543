"""What municipalities say of themselves, laid over a pool: values, wishes of both sides, facts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_reading import Plain
from small_worlds import CODES, SEEDS, small, worlds

from mistok.matching import Declaring, Profile, Wishes
from mistok.matching.case import Case
from mistok.matching.declared import (
    CRITERIA,
    capacity_value,
    fields_value,
    languages_value,
    likeness_value,
    needs_value,
    wish_value,
)
from mistok.matching.standing import Standing

UNHURRIED = settings(max_examples=30, deadline=None)
SPEAKING = st.builds(small, SEEDS, st.integers(5, 20), st.just(10), st.integers(1, 12))
TWO_WAY = {
    "fields": fields_value,
    "needs": needs_value,
    "likeness": likeness_value,
    "languages": languages_value,
}


def setting(world):
    """The case of a world, and its profiles asked by the seeker's own."""
    case = Case.of(world.seeker, Standing.of(world.pool, world.graph))
    declaring = Declaring.of(world.profiles, CODES)
    return case, declaring.asked_by(declaring.profile(world.seeker))


def wish(plain, who, whom):
    """From -1 to 1: how far one place meets the wishes of another; 0 where none is stated."""
    wishes = who[1].wishes
    if not wishes.said:
        return 0.0
    place = whom[0]
    met = wish_value(
        wishes, CODES, plain.country(place), plain.size(place), plain.km(who[0], place)
    )
    return 2 * float(met) - 1


@given(SPEAKING)
@UNHURRIED
def test_values_are_those_for_two_profiles(world):
    case, declaring = setting(world)
    plain = Plain(world)
    values = declaring.values(case, np.arange(len(world)))
    assert values.shape == (len(world), len(CRITERIA))
    own = declaring.seeker
    for place in range(len(world)):
        other = world.profiles.get(place, Profile())
        told = dict(zip(CRITERIA, values[place].tolist(), strict=True))
        expected = {name: value(own, other) for name, value in TWO_WAY.items()}
        sides = ((world.seeker, own), (place, other))
        both = wish(plain, *sides) + wish(plain, *sides[::-1])
        room = 0.0 if other.capacity is None else 2 * float(capacity_value(other.capacity)) - 1
        assert told == pytest.approx({**expected, "wishes": both / 2, "capacity": room}), place


@given(SPEAKING, SEEDS)
@UNHURRIED
def test_scores_of_all_places_rise_by_values_times_weights(world, seed):
    case, declaring = setting(world)
    chance = np.random.default_rng(seed)
    weights = dict(zip(CRITERIA, chance.random(len(CRITERIA)).tolist(), strict=True))
    scores = np.ones(len(world), np.float32)
    declaring.add_to(scores, case, weights)
    values = declaring.values(case, np.arange(len(world)))
    assert scores == pytest.approx(1 + values @ np.array(list(weights.values())), abs=1e-5)


@given(SPEAKING)
@UNHURRIED
def test_what_is_wished_and_unknown_is_worth_less_than_silence(world):
    case, declaring = setting(world)
    choosy = declaring.asked_by(Profile(wishes=Wishes(max_km=1)))
    plain = Plain(world)
    values = choosy.values(case, np.arange(len(world)))[:, CRITERIA.index("wishes")]
    silent = declaring.asked_by(Profile()).values(case, np.arange(len(world)))
    for place in range(len(world)):
        near = plain.km(world.seeker, place) <= 1
        change = values[place] - silent[place, CRITERIA.index("wishes")]
        assert change == pytest.approx(0.5 if near else -0.5)


def test_no_room_is_worse_than_silence_and_room_is_better():
    world = replace(small(1), profiles={3: Profile(capacity=0), 4: Profile(capacity=2)})
    case, declaring = setting(world)
    none, room, silent = declaring.values(case, np.array([3, 4, 5]))[:, CRITERIA.index("capacity")]
    assert none == -1 < silent == 0 < room < 1


def test_profile_of_a_place_that_says_nothing_is_empty():
    declaring = Declaring.of({7: Profile(capacity=1), 2: Profile(capacity=2)}, CODES)
    assert declaring.places.tolist() == [2, 7]
    assert declaring.profile(7) == Profile(capacity=1)
    for place in (0, 3, 9):
        assert declaring.profile(place) == Profile()


def test_asked_by_nobody_is_silent():
    declaring = Declaring.of({}, CODES).asked_by(Profile(capacity=1))
    assert declaring.seeker == Profile(capacity=1)
    assert declaring.asked_by(None).seeker == Profile()


def test_nobody_says_anything():
    world = replace(small(2), profiles={})
    case, _declaring = setting(world)
    nobody, rows = Declaring.nobody(), np.arange(4)
    assert nobody.values(case, rows).tolist() == np.zeros((4, len(CRITERIA))).tolist()
    scores = np.ones(len(world), np.float32)
    nobody.add_to(scores, case, dict.fromkeys(CRITERIA, 1.0))
    assert set(scores.tolist()) == {1.0}
    assert nobody.facts(case, rows) == {name: [{"unknown": "both"}] * 4 for name in CRITERIA}


@given(worlds)
@UNHURRIED
def test_values_of_some_places_are_those_of_all(world):
    case, declaring = setting(world)
    every = declaring.values(case, np.arange(len(world)))
    rows = np.arange(len(world))[::-2]
    assert declaring.values(case, rows).tolist() == every[rows].tolist()
    assert declaring.values(case, rows[:0]).shape == (0, len(CRITERIA))


def test_facts_tell_what_both_sides_say_and_wish():
    world = replace(small(3), profiles={})
    own, silent, other = world.seeker, *world.abroad[:2]
    world.columns["population"][[own, other]] = 5_000, 90_000
    country = int(world.columns["country"][other])
    profiles = {
        own: Profile(
            needs=frozenset("ab"), wishes=Wishes(frozenset({CODES[country]}), population_to=6_000)
        ),
        other: Profile(offers=frozenset("bc"), wishes=Wishes(population_from=4_000), capacity=0),
    }
    case, declaring = setting(replace(world, profiles=profiles))
    told = declaring.facts(case, np.array([other, silent]))
    assert told["needs"] == [{"needs": ["b"], "offers": []}, {"unknown": "candidate"}]
    assert told["fields"][0] == {"unknown": "both"}
    assert told["capacity"] == [{"free": 0}, {"unknown": "candidate"}]
    assert told["wishes"][0] == {
        "met": ["countries"],
        "unmet": ["size"],
        "unsure": [],
        "their_met": ["size"],
        "their_unmet": [],
        "their_unsure": [],
    }
    assert told["wishes"][1]["their_unknown"] == "wishes"


def test_facts_of_what_is_not_known_are_unsure():
    world = replace(small(3), profiles={})
    own, other = world.seeker, world.abroad[0]
    world.columns["population"][[own, other]] = 0
    world.columns["lat"][other] = np.nan
    choosy = Profile(wishes=Wishes(population_from=4, max_km=9))
    case, declaring = setting(replace(world, profiles={own: choosy, other: choosy}))
    (told,) = declaring.facts(case, np.array([other]))["wishes"]
    assert told["unsure"] == told["their_unsure"] == ["size", "distance"]


@given(SPEAKING)
@UNHURRIED
def test_values_and_facts_tell_the_same(world):
    case, declaring = setting(world)
    rows = np.arange(len(world))
    values, facts = declaring.values(case, rows), declaring.facts(case, rows)
    for name in TWO_WAY:
        for value, told in zip(values[:, CRITERIA.index(name)], facts[name], strict=True):
            assert (value > 0) == ("unknown" not in told and any(told.values()))
