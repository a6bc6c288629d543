"""Curves bent to a seeker: numbers of places, values of criteria, the rough pass over all."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_reading import Plain
from small_worlds import BURDENS, CRITERIA, SEEDS, TERMS, random_model, small, worlds

from mistok.matching.case import Case
from mistok.matching.curves import Curves, family, numbers
from mistok.matching.model import model_of
from mistok.matching.standing import Standing

UNHURRIED = settings(max_examples=40, deadline=None)
models = st.builds(random_model, SEEDS)


def case_of(world):
    return Case.of(world.seeker, Standing.of(world.pool, world.graph), 0)


def one_term(name, points, knots=(0.0, 1.0), sign=1):
    """A model of one term with the same curve for every seeker; points in thousandths."""
    row = {"name": name, "criterion": "it", "knots": list(knots), "points": [list(points)]}
    return model_of(
        {
            "algorithm": "one",
            "criteria": [{"name": "it", "sign": sign}],
            "terms": [row],
            "declared": dict.fromkeys(
                ("fields", "needs", "likeness", "languages", "wishes", "capacity"), 0.0
            ),
            "weightings": {"lasting": {}},
            "card": {},
        }
    )


def told(model, case):
    """Values of the only criterion for every place, and its weight."""
    values, weights = Curves(model, case).values(np.arange(len(case.standing.pool)))
    return values[:, 0], float(weights[0])


@given(worlds)
@UNHURRIED
def test_keyed_numbers_are_those_of_the_plain_reading_but_for_small_steps(world):
    case, plain = case_of(world), Plain(world)
    rows = np.arange(len(world))
    told = [plain.keyed(place) for place in rows.tolist()]
    # Half a step of a size, of both sizes, of a rank; a step of the distance is told more coarsely.
    steps = {"size": 1 / 64, "inhabitants": 1 / 128, "rank": 1 / 40, "rank_step": 1 / 20}
    steps |= {"region_rank": 1 / 40, "distance": 0.01}
    for term in ("ties", *filter(family, TERMS)):
        close = {"rtol": 1e-6, "atol": steps.get(term, 0) + 1e-9, "equal_nan": True}
        expected = [keyed[term] for keyed in told]
        assert np.allclose(numbers(case, term, rows), expected, **close), term


@given(worlds)
@UNHURRIED
def test_numbers_of_all_other_terms_are_those_of_the_case(world):
    case = case_of(world)
    rows = np.arange(len(world))[::-1]
    for term in TERMS:
        if term in case.countries:
            expected = case.countries[term][world.columns["country"][rows]]
        elif term in case.regions:
            expected = case.regions[term][world.columns["region"][rows]]
        elif term in case.few:
            expected = case.few[term].at(rows)
        else:
            continue
        assert numbers(case, term, rows).tolist() == expected.tolist()


def test_family_says_which_terms_share_a_table():
    assert {term for term in TERMS if family(term) == "size"} == {"size", "inhabitants"}
    assert {term for term in TERMS if family(term) == "rank"} == {"rank", "rank_step"}
    assert family("shared") is None


@pytest.mark.parametrize("axis", ["lat", "lon"])
def test_half_a_position_is_none(axis):
    world = small(4)
    world.columns[axis][world.seeker] = np.nan
    assert np.isnan(numbers(case_of(world), "distance", np.arange(len(world)))).all()


def test_what_is_not_known_has_the_mean_of_the_curve():
    world = small(2)
    world.columns["population"][world.seeker] = 0
    values, weight = told(one_term("size", (0, 30, 90), (-8.0, 0.0, 8.0)), case_of(world))
    assert weight == pytest.approx(0.09)
    assert values.tolist() == pytest.approx([40 / 90] * len(world), abs=1e-6)


@given(worlds, st.sampled_from(sorted(TERMS)), st.booleans(), SEEDS)
@settings(max_examples=100, deadline=None)
def test_monotone_curves_give_monotone_contributions(world, term, rising, seed):
    case = case_of(world)
    model = random_model(seed, rising=rising, terms=(term,))
    values, weight = Curves(model, case).values(np.arange(len(world)))
    contribution = values[:, 0] * weight[0]
    number = numbers(case, term, np.arange(len(world)))
    known = np.flatnonzero(np.isfinite(number))
    along = contribution[known[np.argsort(number[known], kind="stable")]]
    steps = np.diff(along) if rising else -np.diff(along)
    assert (steps >= 0).all()


@given(worlds, models)
@UNHURRIED
def test_values_are_shares_and_burdens_weigh_below_nothing(world, model):
    curves = Curves(model, case_of(world))
    values, weights = curves.values(np.arange(len(world)))
    assert values.shape == (len(world), len(CRITERIA))
    assert (values >= 0).all()
    assert (values <= 1).all()
    for name, weight in zip(CRITERIA, weights.tolist(), strict=True):
        assert weight <= 0 if name in BURDENS else weight >= 0


def test_burden_takes_away_from_nothing_to_its_weight():
    world = small(11, ties=60)
    case = case_of(world)
    ties = [round(math.expm1(n)) for n in numbers(case, "guests", np.arange(len(world)))]
    assert 0 in ties
    assert max(ties) > 0
    model = one_term("guests", (0, -50), (0.0, math.log1p(max(ties))), sign=-1)
    values, weight = told(model, case)
    assert weight == -0.05
    assert [value == 0 for value in values] == [count == 0 for count in ties]
    assert values[ties.index(max(ties))] == 1


@pytest.mark.parametrize("sign", [1, -1])
def test_criterion_that_weighs_nothing_has_no_value(sign):
    values, weight = told(one_term("ties", (7, 7), sign=sign), case_of(small(11)))
    assert (set(values.tolist()), str(weight)) == ({0.0}, "0.0")


@given(worlds, models, st.sets(st.integers(-1, 9), max_size=3))
@UNHURRIED
def test_rough_pass_agrees_with_the_precise_one(world, model, closed):
    case = case_of(world)
    curves = Curves(model, case)
    rough = curves.scores(closed)
    values, weights = curves.values(np.arange(len(world)))
    country = world.columns["country"]
    shut = ~world.columns["eligible"] | np.isin(country, list(closed))
    assert rough.dtype == np.float32
    assert (rough == -np.inf).tolist() == shut.tolist()
    assert rough[~shut] == pytest.approx((values @ weights)[~shut], abs=5e-5)


def test_rough_pass_without_ties_or_places_of_few_terms():
    world = small(9, ties=0)
    case = case_of(world)
    for term in ("shared", "ties", "near"):
        rough = Curves(one_term(term, (10, 40)), case).scores(())
        assert set(rough[world.columns["eligible"]].tolist()) == {0.0}
