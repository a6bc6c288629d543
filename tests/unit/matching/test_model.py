"""A model read from its document: curves by seeker, other weights, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_worlds import CRITERIA, SEEDS, TERMS, document, random_model

from mistok.kernel.errors import Invalid
from mistok.matching import FIT_1, LATEST, WEIGHTINGS, load_model
from mistok.matching.declared import CRITERIA as DECLARED
from mistok.matching.model import MOST_FACTOR, VERSIONS, Term, model_of

SIZED = Term(
    "size",
    "size",
    "size",
    np.array([8.0, 10.0, 14.0]),
    np.array([0.0, 1.0]),
    np.array([[0.0, 1.0], [2.0, 5.0], [6.0, 6.0]]),
)


@pytest.mark.parametrize(
    ("own", "curve"),
    [
        (8, [0, 1]),
        (9, [1, 3]),
        (10, [2, 5]),
        (11, [3, 5.25]),
        (14, [6, 6]),
        (2, [0, 1]),
        (99, [6, 6]),
    ],
)
def test_curve_lies_between_those_of_the_places_beside(own, curve):
    assert SIZED.curve({"size": own, "ties": 0.0}).tolist() == pytest.approx(curve)


def test_curve_without_an_axis_is_the_same_for_all():
    term = Term("x", "x", None, np.zeros(1), np.array([0.0, 1.0]), np.array([[3.0, 4.0]]))
    assert term.curve({}).tolist() == [3, 4]


def test_document_is_read_in_thousandths():
    told = document(5)
    model = model_of(told)
    assert [term.name for term in model.terms] == list(TERMS)
    for term, row in zip(model.terms, told["terms"], strict=True):
        assert term.points.tolist() == (np.array(row["points"]) / 1000).tolist()
    assert model.names == (*CRITERIA, *DECLARED)
    assert (model.label, model.card) == ("test-1", {"made": "2026-11-22"})


def test_document_that_forgets_what_municipalities_say_is_refused():
    told = document(5)
    del told["declared"]["capacity"]
    with pytest.raises(Invalid) as refusal:
        model_of(told)
    assert refusal.value.code == "model_incomplete"


def test_typical_weights_are_spans_with_signs_and_the_declared_ones():
    told = document(5, terms=("ties", "guests"))
    told["terms"][0] |= {"axis": None, "points": [[0, 40]], "knots": [0, 1]}
    told["terms"][1] |= {
        "axis": {"name": "ties", "places": [0.0, 1.0]},
        "points": [[0, -10], [0, -30]],
        "knots": [0, 1],
    }
    weights = model_of(told).typical_weights()
    assert weights["experience"] == pytest.approx(0.04)
    assert weights["load"] == pytest.approx(-0.02)
    assert {name: weights[name] for name in DECLARED} == told["declared"]


@given(SEEDS, st.floats(0, MOST_FACTOR), st.sampled_from([*CRITERIA, *DECLARED]))
def test_factor_scales_one_criterion_and_no_other(seed, factor, name):
    model = random_model(seed)
    other = model.weighted(factors={name: factor})
    before, after = model.typical_weights(), other.typical_weights()
    assert after == pytest.approx(before | {name: before[name] * factor})


@given(SEEDS)
def test_factor_of_one_changes_nothing(seed):
    model = random_model(seed)
    other = model.weighted(factors=dict.fromkeys(model.names, 1.0))
    assert (other.label, other.factors) == (model.label, ())
    assert other.declared == model.declared
    for term, same in zip(model.terms, other.terms, strict=True):
        assert term.points.tolist() == same.points.tolist()


def test_weighting_and_factors_multiply():
    model = random_model(1)
    other = model.weighted("solidarity", {"size": 2.0, "needs": 3.0, "clock": 0.5})
    before, after = model.typical_weights(), other.typical_weights()
    times = {"size": 3.0, "distance": 0.5, "needs": 6.0, "clock": 0.5}
    assert after == pytest.approx({name: before[name] * times.get(name, 1) for name in before})


def test_label_tells_everything_that_was_changed():
    model = random_model(1)
    assert model.weighted("solidarity").label == "test-1 solidarity"
    changed = model.weighted("solidarity", {"size": 2.0, "clock": 0.25, "load": 1.0})
    assert changed.label == "test-1 solidarity clock×0.25 size×2"
    assert model.weighted(factors={"size": 0.0}).label == "test-1 size×0"


@pytest.mark.parametrize(
    ("weighting", "factors", "code", "word"),
    [
        ("charm", {}, "weighting_unknown", "charm"),
        ("lasting", {"charm": 2.0, "size": 1.0}, "criterion_unknown", "charm"),
        ("lasting", {"size": -0.1}, "factor_unusable", "size"),
        ("lasting", {"size": 10.1}, "factor_unusable", "10.1"),
        ("lasting", {"needs": math.nan}, "factor_unusable", "needs"),
        ("lasting", {"needs": math.inf}, "factor_unusable", "needs"),
    ],
)
def test_weights_that_mean_nothing_are_refused(weighting, factors, code, word):
    with pytest.raises(Invalid) as refusal:
        random_model(1).weighted(weighting, factors)
    assert refusal.value.code == code
    assert word in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", ["fit-1", "fit-99", "", "../model", "fit-2.json"])
def test_algorithm_that_does_not_ship_as_a_file_is_refused(name):
    with pytest.raises(Invalid) as refusal:
        load_model(name)
    assert refusal.value.code == "algorithm_unknown"
    assert "fit-1" in str(refusal.value)


def test_latest_model_is_read_once():
    assert LATEST == VERSIONS[-1] != FIT_1.algorithm
    assert load_model() is load_model()


@pytest.mark.parametrize("version", VERSIONS)
def test_shipped_model_is_whole(version):
    model = load_model(version)
    assert (model.algorithm, model.label) == (version, version)
    assert tuple(model.weightings) == WEIGHTINGS
    assert {leaning.name for leaning in model.criteria} == {t.criterion for t in model.terms}
    assert {leaning.sign for leaning in model.criteria} <= {1, -1}
    for term in model.terms:
        assert TERMS[term.name][0] == term.criterion
        assert term.points.shape == (len(term.places), len(term.knots))
        assert np.isfinite(term.points).all()
        assert (np.diff(term.knots) > 0).all()
        assert (np.diff(term.places) > 0).all()
        assert term.axis in (("size", "ties") if len(term.places) > 1 else (None,))
    for weighting in WEIGHTINGS:
        weights = model.weighted(weighting).typical_weights()
        assert all(weights[name] > 0 for name in DECLARED)
        assert all(weights[leaning.name] * leaning.sign >= 0 for leaning in model.criteria)


@pytest.mark.parametrize("version", VERSIONS)
def test_shipped_solidarity_weighs_otherwise_than_lasting(version):
    lasting, solidarity = (load_model(version).weighted(name) for name in WEIGHTINGS)
    assert lasting.typical_weights() != solidarity.typical_weights()
