"""Declared profiles beside each other: values, facts, hints, and one against many."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.matching.declared import (
    CRITERIA,
    PAIRS,
    SETS,
    Hint,
    Profile,
    ProfileTable,
    Wishes,
    facts,
    fields_value,
    hints,
    languages_value,
    likeness_value,
    needs_value,
    wish_facts,
    wish_value,
)

VALUES = {
    "fields": fields_value,
    "needs": needs_value,
    "likeness": likeness_value,
    "languages": languages_value,
}
CODES = ["a", "b", "c", "d", "e"]
COUNTRIES = ["DE", "FR", "PL", "UA"]
SILENT = Profile()
HROMADA = Profile(
    wanted=frozenset({"rehabilitation", "schools"}),
    offered=frozenset({"civil_protection"}),
    needs=frozenset({"generators"}),
    economy=frozenset({"mining", "metallurgy"}),
    languages=frozenset({"uk", "en"}),
)
TOWN = Profile(
    wanted=frozenset({"civil_protection"}),
    offered=frozenset({"rehabilitation", "sport"}),
    offers=frozenset({"generators", "buses"}),
    economy=frozenset({"metallurgy"}),
    institutions=frozenset({"hospital"}),
    languages=frozenset({"de", "en"}),
)

# One draw for each set: which codes are in it, as bits.
codes = st.integers(0, 2 ** len(CODES) - 1).map(
    lambda bits: frozenset(code for place, code in enumerate(CODES) if bits >> place & 1)
)
bounds = st.none() | st.integers(1, 20)
wishes = st.builds(
    Wishes,
    countries=st.frozensets(st.sampled_from(COUNTRIES), max_size=2),
    not_countries=st.frozensets(st.sampled_from(COUNTRIES), max_size=1),
    population_from=bounds,
    population_to=bounds,
    max_km=bounds,
)
profiles = st.builds(
    Profile,
    **dict.fromkeys(SETS, codes),
    wishes=wishes,
    capacity=st.none() | st.integers(0, 5),
)


@given(profiles, profiles)
def test_values_are_between_0_and_1_and_count_both_sides_alike(one, other):
    for value in VALUES.values():
        assert 0 <= value(one, other) == value(other, one) < 1


@given(profiles, profiles, st.sampled_from(SETS), st.sampled_from(CODES))
def test_saying_more_never_lowers_a_value(one, other, name, code):
    more = replace(one, **{name: getattr(one, name) | {code}})
    for value in VALUES.values():
        assert value(more, other) >= value(one, other)
        assert value(other, more) >= value(other, one)


@given(profiles)
def test_silence_of_one_side_earns_nothing(profile):
    for value in VALUES.values():
        assert value(profile, SILENT) == value(SILENT, profile) == 0


def test_values_of_a_hromada_and_a_town():
    # one match each way: (1/3 + 1/3) / 2
    assert fields_value(HROMADA, TOWN) == pytest.approx(1 / 3)
    # the town asks for nothing that the hromada has: half of 1/3
    assert needs_value(HROMADA, TOWN) == pytest.approx(1 / 6)
    assert likeness_value(HROMADA, TOWN) == pytest.approx(1 / 3)
    assert languages_value(HROMADA, TOWN) == pytest.approx(0.8)


def test_the_first_matches_say_the_most():
    def wanting(count):
        return Profile(wanted=frozenset(CODES[:count]))

    offering = Profile(offered=frozenset(CODES))
    values = [fields_value(wanting(count), offering) for count in range(6)]
    steps = np.diff(values)
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()
    assert values[2] == 0.25  # a half, one way


def test_facts_name_what_agrees_on_each_side():
    assert facts(HROMADA, TOWN) == {
        "fields": {"wanted": ["rehabilitation"], "offered": ["civil_protection"]},
        "needs": {"needs": ["generators"], "offers": []},
        "likeness": {"economy": ["metallurgy"], "institutions": []},
        "languages": {"languages": ["en"]},
    }


@pytest.mark.parametrize(
    ("seeker", "candidate", "who"),
    [(SILENT, TOWN, "seeker"), (HROMADA, SILENT, "candidate"), (SILENT, SILENT, "both")],
)
def test_facts_say_who_was_silent(seeker, candidate, who):
    assert facts(seeker, candidate) == {name: {"unknown": who} for name in PAIRS}


@given(profiles, profiles)
def test_facts_and_values_tell_the_same(one, other):
    for criterion, told in facts(one, other).items():
        agrees = "unknown" not in told and any(told.values())
        assert (VALUES[criterion](one, other) > 0) == agrees


@given(profiles, profiles)
def test_every_code_of_a_hint_would_raise_its_value_alone(seeker, candidate):
    for hint in hints(seeker, candidate):
        before = VALUES[hint.criterion](seeker, candidate)
        assert (hint.kind == "say") == (not getattr(seeker, hint.field))
        for code in hint.codes:
            more = replace(seeker, **{hint.field: getattr(seeker, hint.field) | {code}})
            assert VALUES[hint.criterion](more, candidate) > before


@given(profiles, profiles, st.sampled_from(SETS), st.sampled_from(CODES))
def test_what_no_hint_names_raises_nothing(seeker, candidate, name, code):
    if any(hint.field == name and code in hint.codes for hint in hints(seeker, candidate)):
        return
    more = replace(seeker, **{name: getattr(seeker, name) | {code}})
    for value in VALUES.values():
        assert value(more, candidate) == value(seeker, candidate)


def test_hints_ask_for_what_was_not_said_and_for_what_they_offer():
    told = hints(replace(HROMADA, languages=frozenset()), TOWN)
    assert Hint("languages", "languages", "say", ("de", "en")) in told
    assert Hint("fields", "wanted", "add", ("sport",)) in told
    assert Hint("needs", "needs", "add", ("buses",)) in told
    assert hints(HROMADA, SILENT) == []


def test_wish_facts_name_what_is_met_and_what_is_not():
    wish = Wishes(frozenset({"DE"}), population_to=50_000, max_km=1_000)
    assert wish_facts(wish, country="DE", population=60_000, km=1_000.0) == {
        "met": ["countries", "distance"],
        "unmet": ["size"],
        "unsure": [],
    }
    assert wish_facts(wish, country="PL", population=None, km=None) == {
        "met": [],
        "unmet": ["countries"],
        "unsure": ["size", "distance"],
    }
    assert wish_facts(wish, country="DE", population=0, km=float("nan"))["unsure"] == [
        "size",
        "distance",
    ]
    assert wish_facts(wish, country="DE", population=1, km=0.0)["met"] == [
        "countries",
        "size",
        "distance",
    ]


def test_wish_facts_tell_an_exclusion_only_where_it_applies():
    wish = Wishes(not_countries=frozenset({"HU"}))
    assert wish_facts(wish, country="HU", population=1, km=1.0)["unmet"] == ["not_countries"]
    assert wish_facts(wish, country="DE", population=1, km=1.0)["unmet"] == []
    assert wish_facts(Wishes(), country="HU", population=1, km=1.0) == {"unknown": "wishes"}


@given(st.lists(profiles, max_size=6), profiles)
def test_table_gives_what_the_functions_for_two_give(many, seeker):
    table = ProfileTable(many)
    told = table.values(seeker)
    assert list(told) == list(VALUES)
    for criterion, value in VALUES.items():
        assert told[criterion].tolist() == [value(seeker, one) for one in many]
    assert len(table) == len(many)


@given(
    st.lists(st.tuples(wishes, st.floats(0, 25) | st.just(np.nan)), max_size=6),
    st.sampled_from([*COUNTRIES, "XX"]),
    st.none() | st.integers(0, 25),
)
def test_table_meets_wishes_as_wish_value_does(many, country, population):
    table = ProfileTable([Profile(wishes=wish) for wish, _km in many])
    km = np.array([km for _wish, km in many], float)
    met = table.wishes(country=country, population=population, km=km)
    people = np.nan if population is None else population
    expected = [float(wish_value(wish, [country], 0, people, far)) for wish, far in many]
    assert np.array_equal(met, expected, equal_nan=True)


def test_table_tells_capacities_with_nan_for_not_said():
    table = ProfileTable([Profile(capacity=2), Profile(), Profile(capacity=0)])
    assert np.array_equal(table.capacity, [2, np.nan, 0], equal_nan=True)


def test_criteria_are_those_of_pairs_wishes_and_capacity():
    assert list(CRITERIA) == [*VALUES, "wishes", "capacity"]
