"""The facts behind the criteria: what sentences are made of, against a plain reading."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from plain_reading import Plain
from small_worlds import CODES, CRITERIA, small, worlds

from mistok.matching import Declaring
from mistok.matching.case import Case
from mistok.matching.declared import CRITERIA as DECLARED
from mistok.matching.standing import Standing
from mistok.matching.telling import FEW, Telling

UNHURRIED = settings(max_examples=30, deadline=None)


def telling(world):
    case = Case.of(world.seeker, Standing.of(world.pool, world.graph), 0)
    return Telling(Declaring.of(world.profiles, CODES), case)


def facts_of(world):
    """Facts of every place but the seeker: by criterion, by place."""
    rows = np.array([i for i in range(len(world)) if i != world.seeker], np.int64)
    told = telling(world).facts(rows)
    return {name: dict(zip(rows.tolist(), facts, strict=True)) for name, facts in told.items()}


def missing(own, other):
    """Which of the two is not known."""
    words = {(False, True): "seeker", (True, False): "candidate", (False, False): "both"}
    return words.get((bool(own), bool(other)))


@given(worlds)
@UNHURRIED
def test_every_criterion_has_facts_for_every_place(world):
    told = telling(world).facts(np.arange(len(world)))
    assert set(told) == {*CRITERIA, *DECLARED}
    assert {len(facts) for facts in told.values()} == {len(world)}
    assert all(fact for facts in told.values() for fact in facts)
    assert telling(world).facts(np.zeros(0, int)) == {name: [] for name in told}


@given(worlds)
@UNHURRIED
def test_counts_of_ties_are_those_of_the_plain_reading(world):
    told, plain = facts_of(world), Plain(world)
    regions = world.columns["region"].tolist()
    home = plain.home
    ties = {frozenset(pair) for pair in world.pairs if pair[0] != pair[1]}
    of = [{plain.country(i) for i in tie} for tie in ties]
    of = [countries for countries in of if home in countries]
    own = regions[world.seeker]
    own_region = [{regions[i] for i in tie} for tie in ties]
    own_region = [pair for pair in own_region if own in pair]
    for place in told["habit"]:
        country, ties = plain.country(place), plain.partners[place]
        guests = sum(plain.country(i) == home for i in ties)
        drawn = sum(
            plain.country(j) == home
            for i in plain.all
            if regions[i] == regions[place]
            for j in plain.partners[i]
        )
        assert told["habit"][place] == {
            "ties": of.count({home, country}),
            "of": len(of),
            "country": country,
        }
        assert told["region"][place] == {
            "ties": own_region.count({own, regions[place]}),
            "of": len(own_region),
            "with_country": drawn,
        }
        assert told["load"][place] == {"ties": guests}
        assert told["ukraine"][place] == {"ties": sum(plain.country(i) == 0 for i in ties)}
        assert told["affinity"][place]["ties"] == guests
        assert told["affinity"][place]["of"] == len(ties)


@given(worlds)
@UNHURRIED
def test_experience_counts_foreign_ties_only(world):
    plain = Plain(world)
    for place, fact in facts_of(world)["experience"].items():
        foreign = [i for i in plain.partners[place] if plain.country(i) != plain.country(place)]
        assert fact == {"ties": len(foreign)}


@given(worlds)
@UNHURRIED
def test_places_that_speak_for_a_candidate_are_named(world):
    told, plain = facts_of(world), Plain(world)
    own = plain.partners[world.seeker]
    for place, fact in told["shared_partners"].items():
        shared = plain.partners[place] & own
        assert (fact["count"], set(fact["partners"])) == (len(shared), shared)
        ties = [plain.degree(i) for i in fact["partners"]]
        assert ties == sorted(ties)
    for place, fact in told["chain"].items():
        alike = {i for i in plain.partners[place] if i != world.seeker and plain.partners[i] & own}
        assert fact["count"] == len(alike)
        assert len(fact["places"]) == min(len(alike), FEW)
        assert set(fact["places"]) <= alike
    for place, fact in told["surroundings"].items():
        speaking = {
            i
            for i in plain.near(world.seeker)
            for j in plain.partners[i] - {world.seeker}
            if plain._beside(place, j, 1.0) > 0
        }
        assert fact["count"] == len(speaking)
        assert set(fact["places"]) <= speaking
        assert len(fact["places"]) == min(len(speaking), FEW)


@given(worlds)
@UNHURRIED
def test_own_ties_tell_how_near_a_partner_is(world):
    told, plain = facts_of(world), Plain(world)
    own = plain.partners[world.seeker]
    for place, fact in told["own_ties"].items():
        there = [i for i in own if plain.country(i) == plain.country(place)]
        near = [plain.km(place, i) for i in there if plain._beside(place, i, 1.0) > 0]
        assert (fact["ties"], fact["country"]) == (len(there), plain.country(place))
        assert fact.get("km") == (pytest.approx(min(near), abs=0.06) if near else None)


@given(worlds)
@UNHURRIED
def test_size_distance_and_clock_say_who_is_not_known(world):
    told, plain = facts_of(world), Plain(world)
    own = plain.size(world.seeker)
    placed = [math.isfinite(plain.km(i, i)) for i in plain.all]
    for place in told["size"]:
        expected = {"seeker_population": own, "candidate_population": plain.size(place)}
        unknown = missing(own, plain.size(place))
        assert told["size"][place] == expected | ({"unknown": unknown} if unknown else {})
        unknown = missing(placed[world.seeker], placed[place])
        if unknown:
            assert told["distance"][place] == {"unknown": unknown}
        else:
            km = plain.km(world.seeker, place)
            assert told["distance"][place] == {"km": pytest.approx(km, abs=0.06)}
        hours = plain.keyed(place)["clock"]
        expected = {"unknown": "both"} if math.isnan(hours) else {"hours": hours}
        assert told["clock"][place] == expected


@given(worlds)
@UNHURRIED
def test_prominence_position_language_and_name_tell_what_the_columns_say(world):
    told, plain = facts_of(world), Plain(world)
    own = plain.c["position"][world.seeker]
    for place in told["position"]:
        position = plain.c["position"][place]
        assert told["prominence"][place] == {
            "names": plain.c["renown"][place],
            "capital": int(position & 8 > 0),
            "seat": int(position & 24 > 0),
        }
        shared = [bits for bits in (1, 2, 4, 24, 32) if bits & own & position]
        assert told["position"][place] == {"shared": shared}
        same = plain.c["namesake"][place] == plain.c["namesake"][world.seeker]
        assert told["namesake"][place] == {"same": int(same)}
        country = plain.country(place)
        likeness = float(world.likeness[plain.home, country])
        assert told["language"][place] == {"likeness": likeness, "country": country}


def test_affinity_tells_ties_with_places_quite_like_the_seeker():
    world = replace(small(3, n=12), pairs=[], profiles={})
    columns = world.columns
    columns["population"][:] = 40_000
    columns["country"][:] = [0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2]
    world = replace(world, seeker=0, pairs=[(1, 6), (4, 7), (9, 8), (10, 8)])
    told = facts_of(world)["affinity"]
    assert told[6]["like"] > 0
    assert told[11]["like"] == 0
