"""Partner search over the real world: who may ask, what narrows the list, what is refused."""

import math

import numpy as np
import pytest
from test_profiles import ENTRY, saved

from factories import (
    DORTMUND,
    GDYNIA,
    PARDUBICE,
    PLOCK,
    SMOLENSK,
    ZHYTOMYR,
    a_source,
    a_tie,
)
from mistok.kernel.errors import Invalid, NotAllowed, NotFound
from mistok.matching import ALGORITHM, FIT_1, LATEST, Profile, Wishes, load_model, rank
from mistok.partnering import matchers
from mistok.partnering.matchers import input_hash, live_pairs, live_ties, pool, the_matcher
from mistok.partnering.models import DeclaredProfile
from mistok.partnering.search import (
    ALGORITHMS,
    MOST,
    Way,
    criteria,
    find_partners,
    fit_between,
    matcher_for,
    narrowed,
    recipe,
    the_seeker,
)
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Municipality

pytestmark = pytest.mark.django_db
SETTLEMENT = "geonames:686967"
MINSK = "geonames:625144"
OBLAST = "katottg:UA18000000000041385"
UNPLACED = "katottg:UA01020010000048857"


def keys(candidates):
    return [one.place.key for one in candidates]


def numbered(*named):
    """Positions in the world of some keys."""
    return [the_world().index(key) for key in named]


def municipality(test):
    """The first municipality of the world whose columns pass."""
    columns = the_world().columns
    found = np.flatnonzero(columns.is_municipality & test(columns))
    return the_world().key_at(int(found[0]))


def test_list_is_ranked_and_abroad():
    found = find_partners(key=ZHYTOMYR, limit=50)
    assert [one.rank for one in found] == list(range(1, 51))
    assert len(set(keys(found))) == 50
    scores = [one.fit.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert not {one.place.country for one in found} & {"UA", "RU", "BY"}
    assert all(one.place.is_municipality and not one.tied for one in found)


def test_other_key_of_the_seeker_gives_the_same_list():
    assert find_partners(key=SETTLEMENT, limit=5) == find_partners(key=ZHYTOMYR, limit=5)


def test_countries_narrow_the_list_in_any_case_of_letters():
    found = find_partners(key=ZHYTOMYR, countries=["de", "PL"], limit=40)
    assert {one.place.country for one in found} <= {"DE", "PL"}
    assert len(found) == 40


@pytest.mark.parametrize("countries", [["AQ"], ["UA"], ["RU", "BY"]])
def test_country_without_candidates_gives_an_empty_list(countries):
    assert find_partners(key=ZHYTOMYR, countries=countries) == []


def test_tied_places_come_back_when_asked_and_are_judged_without_the_tie():
    free = {one.place.key: one.fit for one in find_partners(key=ZHYTOMYR, limit=200)}
    best = next(iter(free))
    a_tie(ZHYTOMYR, best)
    assert best not in keys(find_partners(key=ZHYTOMYR, limit=200))
    (again,) = [
        one
        for one in find_partners(key=ZHYTOMYR, limit=200, include_tied=True)
        if one.place.key == best
    ]
    assert again.tied
    assert again.fit == free[best]


@pytest.mark.parametrize(
    ("asked", "refusal", "code"),
    [
        ({"key": "geonames:999999999"}, NotFound, "place_unknown"),
        ({"key": "place_abcdefgh2345"}, NotFound, "place_unknown"),
        ({"key": "Zhytomyr"}, Invalid, "key_malformed"),
        ({"key": ""}, Invalid, "key_malformed"),
        ({"key": "iso:DE"}, Invalid, "not_a_municipality"),
        ({"key": OBLAST}, Invalid, "not_a_municipality"),
        ({"key": SMOLENSK}, NotAllowed, "aggressor_state"),
        ({"key": MINSK}, NotAllowed, "aggressor_state"),
        ({"limit": 0}, Invalid, "limit_out_of_range"),
        ({"limit": MOST + 1}, Invalid, "limit_out_of_range"),
        ({"countries": ["DE", "Germany"]}, Invalid, "country_unknown"),
        ({"countries": [""]}, Invalid, "country_unknown"),
        ({"factors": {"charm": 2.0}}, Invalid, "criterion_unknown"),
        ({"factors": {"size": 10.5}}, Invalid, "factor_unusable"),
        ({"factors": {"size": math.nan}}, Invalid, "factor_unusable"),
        ({"weighting": "eternal"}, Invalid, "weighting_unknown"),
        ({"algorithm": "fit-99"}, Invalid, "algorithm_unknown"),
        ({"algorithm": ALGORITHM, "factors": {"charm": 2.0}}, Invalid, "criterion_unknown"),
        ({"algorithm": ALGORITHM, "factors": {"size": -1.0}}, Invalid, "factor_unusable"),
        ({"algorithm": ALGORITHM, "factors": {"size": math.inf}}, Invalid, "factor_unusable"),
        ({"algorithm": ALGORITHM, "weighting": "solidarity"}, Invalid, "algorithm_ranks_plainly"),
        ({"algorithm": ALGORITHM, "profile": Profile()}, Invalid, "algorithm_ranks_plainly"),
    ],
)
def test_search_that_cannot_be_made_is_refused_in_one_sentence(asked, refusal, code):
    with pytest.raises(refusal) as refused:
        find_partners(**({"key": ZHYTOMYR} | asked))
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_place_that_no_gazetteer_has_is_refused():
    Municipality.objects.create(
        key="place_abcdefgh2345", name="Somewhere", country="UA", kind="municipality"
    )
    with pytest.raises(NotFound) as refused:
        find_partners(key="place_abcdefgh2345")
    assert refused.value.code == "place_unknown"


@pytest.mark.parametrize(
    "seeker",
    [
        lambda: UNPLACED,
        lambda: municipality(lambda c: (c.population == 0) & np.isfinite(c.lat)),
        lambda: municipality(lambda c: (c.population >= 480) & (c.population <= 520)),
    ],
    ids=["without coordinates", "without population", "500 inhabitants"],
)
def test_seeker_of_whom_little_is_known_gets_a_list(seeker):
    found = find_partners(key=seeker(), limit=5)
    assert len(found) == 5
    assert all(math.isfinite(one.fit.score) for one in found)
    facts = {one.criterion: one.facts for one in found[0].fit.reasons}
    columns, (place,) = the_world().columns, numbered(seeker())
    known = {"size": columns.population[place] > 0, "distance": np.isfinite(columns.lat[place])}
    for name, is_known in known.items():
        assert is_known == (facts[name].get("unknown") not in ("seeker", "both"))


def test_factors_and_weighting_move_the_list():
    usual = find_partners(key=ZHYTOMYR)
    near = find_partners(key=ZHYTOMYR, factors={"distance": 10.0})
    km = [[dict(one.fit.reasons[2].facts)["km"] for one in found] for found in (usual, near)]
    assert usual[0].fit.reasons[2].criterion == "distance"
    assert sum(km[1]) < sum(km[0])
    assert find_partners(key=ZHYTOMYR, factors={"distance": 1.0}) == usual
    (solidarity,) = find_partners(key=ZHYTOMYR, weighting="solidarity", limit=1)
    weights = {one.criterion: one.weight for one in solidarity.fit.reasons}
    lasting = {
        one.criterion: one.weight
        for one in fit_between(key=ZHYTOMYR, other=solidarity.place.key).fit.reasons
    }
    assert weights != lasting


def test_older_algorithm_stays_usable():
    found = find_partners(key=ZHYTOMYR, algorithm=ALGORITHM, limit=7)
    (seeker,) = numbered(ZHYTOMYR)
    asked = narrowed(limit=7)
    assert [one.fit for one in found] == rank(seeker, pool(), live_ties(), **asked)
    only = dict.fromkeys((c.name for c in FIT_1.criteria if c.name != "distance"), 0.0)
    (near,) = find_partners(key=ZHYTOMYR, algorithm=ALGORITHM, factors=only, limit=1)
    assert near.place.key != found[0].place.key
    assert math.fsum(r.contribution for r in near.fit.reasons if r.criterion != "distance") == 0


def test_ways_are_labelled_with_all_that_was_changed():
    assert Way().label == LATEST == ALGORITHMS[0]
    changed = Way(weighting="solidarity", factors=(("size", 2.0),))
    assert changed.label == f"{LATEST} solidarity size×2"
    assert Way(ALGORITHM).label == ALGORITHM
    assert Way(ALGORITHM, factors=(("size", 0.5),)).label == f"{ALGORITHM} size×0.5"


def test_criteria_are_those_of_the_algorithm():
    assert dict(criteria()) == load_model().typical_weights()
    assert dict(criteria(weighting="solidarity")) != dict(criteria())
    assert criteria(ALGORITHM) == [(one.name, one.weight) for one in FIT_1.criteria]


def test_fit_between_two_is_that_of_the_list():
    for one in find_partners(key=ZHYTOMYR, limit=3):
        alone = fit_between(key=ZHYTOMYR, other=one.place.key)
        assert (alone.rank, alone.place, alone.tied) == (1, one.place, False)
        assert alone.fit == one.fit


def test_fit_between_tied_places_and_within_a_country_is_told():
    free = fit_between(key=ZHYTOMYR, other=DORTMUND)
    a_tie(ZHYTOMYR, DORTMUND)
    tied = fit_between(key=ZHYTOMYR, other=DORTMUND)
    assert (tied.tied, free.tied) == (True, False)
    assert tied.fit == free.fit
    assert math.isfinite(fit_between(key=DORTMUND, other=municipality(_german)).fit.score)


def _german(columns):
    return columns.country == columns.country_codes.index("DE")


@pytest.mark.parametrize(
    ("other", "more", "code"),
    [
        (SETTLEMENT, {}, "seeker_is_candidate"),
        ("iso:DE", {}, "not_a_municipality"),
        (SMOLENSK, {}, "aggressor_state"),
        (DORTMUND, {"algorithm": ALGORITHM}, "algorithm_ranks_only"),
        (DORTMUND, {"weighting": "eternal"}, "weighting_unknown"),
    ],
)
def test_fit_that_cannot_be_told_is_refused(other, more, code):
    with pytest.raises((Invalid, NotAllowed)) as refused:
        fit_between(key=ZHYTOMYR, other=other, **more)
    assert refused.value.code == code


def contribution(candidate, criterion):
    (reason,) = (one for one in candidate.fit.reasons if one.criterion == criterion)
    return reason.contribution


def test_public_profiles_of_both_sides_count():
    before = fit_between(key=ZHYTOMYR, other=DORTMUND)
    saved()
    theirs = Profile(offers=frozenset({"generators"}), capacity=1)
    saved(key=DORTMUND, entry=type(ENTRY)(profile=theirs, public=True))
    after = fit_between(key=ZHYTOMYR, other=DORTMUND)
    for name in ("needs", "wishes", "capacity"):
        assert contribution(after, name) > contribution(before, name) == 0
    assert after.fit.score > before.fit.score


def test_private_profile_counts_for_the_search_it_is_brought_to():
    saved(entry=type(ENTRY)(profile=ENTRY.profile, public=False))
    usual = find_partners(key=ZHYTOMYR, limit=3)
    assert {contribution(one, "wishes") for one in usual} == {0}
    choosy = Profile(wishes=Wishes(countries=frozenset({"PT"})))
    (best,) = find_partners(key=ZHYTOMYR, profile=choosy, factors={"wishes": 10.0}, limit=1)
    assert best.place.country == "PT"
    assert matcher_for(the_seeker(ZHYTOMYR), Way(), None).declaring.seeker == Profile()


def test_matcher_is_made_anew_only_when_ties_change():
    first = the_matcher()
    assert the_matcher().standing is first.standing
    saved()
    spoken = the_matcher()
    assert spoken.standing is first.standing
    assert spoken.declaring.profile(the_seeker(ZHYTOMYR)) == ENTRY.profile
    a_tie(ZHYTOMYR, DORTMUND)
    assert the_matcher().standing is not first.standing


def test_profile_of_a_place_that_left_the_gazetteer_counts_for_nothing():
    row = saved()
    DeclaredProfile.objects.filter(pk=row.pk).update(key="geonames:999999999")
    assert the_matcher().declaring.places.tolist() == []


def test_pairs_are_live_ties_between_all_parties_of_the_world():
    a_tie(ZHYTOMYR, DORTMUND, GDYNIA)
    source = a_source("other")
    a_tie(ZHYTOMYR, PLOCK, source=source, event="severed")
    a_tie(ZHYTOMYR, PARDUBICE, source=source, event="proposed")
    a_tie(DORTMUND, SMOLENSK, source=source)
    three = numbered(ZHYTOMYR, DORTMUND, GDYNIA)
    expected = {tuple(sorted((a, b))) for a in three for b in three if a != b}
    assert {tuple(pair) for pair in live_pairs().tolist()} == expected
    assert live_ties().degree[three].tolist() == [2, 2, 2]


def test_places_that_no_gazetteer_has_are_tied_with_nobody_here():
    a_tie(ZHYTOMYR, DORTMUND)
    Municipality.objects.filter(key=DORTMUND).update(key="place_abcdefgh2345")
    assert live_pairs().tolist() == []


def test_hash_of_the_input_changes_with_ties_profiles_and_the_question():
    told = [input_hash("a"), input_hash("b"), input_hash("a", 1)]
    a_tie(ZHYTOMYR, DORTMUND)
    told.append(input_hash("a"))
    saved()
    told.append(input_hash("a"))
    assert len(set(told)) == len(told) == 5
    assert input_hash("a") == told[-1]
    assert all(len(text) == 16 for text in told)


def test_recipe_holds_what_any_process_needs():
    a_tie(ZHYTOMYR, DORTMUND)
    saved()
    told = recipe(Way(weighting="solidarity", factors=(("size", 2.0),)))
    assert told.profiles == ((the_seeker(ZHYTOMYR), ENTRY.profile),)
    assert told.pairs == live_pairs().tobytes()
    assert (told.algorithm, told.weighting, told.factors) == (
        LATEST,
        "solidarity",
        (("size", 2.0),),
    )
    assert told.ukraine == the_world().columns.country_codes.index("UA")
    assert the_world().folder.samefile(told.world)


@pytest.mark.parametrize(
    ("way", "code"),
    [
        (Way(ALGORITHM), "algorithm_one_by_one"),
        (Way("fit-99"), "algorithm_unknown"),
        (Way(weighting="eternal"), "weighting_unknown"),
        (Way(factors=(("charm", 1.5),)), "criterion_unknown"),
    ],
)
def test_recipe_that_cannot_be_followed_is_refused(way, code):
    with pytest.raises(Invalid) as refused:
        recipe(way)
    assert refused.value.code == code


def test_nobody_seeks_in_countries_that_are_closed():
    assert {"RU", "BY"} == matchers.CLOSED
    shut = narrowed()["excluded_countries"]
    assert {the_world().columns.country_codes[number] for number in shut} == matchers.CLOSED


@pytest.mark.parametrize("language", ["en", "uk"])
def test_page_of_a_country_without_candidates_says_so(client, language):
    answer = client.get(f"/{language}/partners/{ZHYTOMYR}/", {"country": "AQ"})
    text = answer.content.decode()
    assert answer.status_code == 200
    title = {"en": "No partner fits this choice.", "uk": "партнер"}[language]
    assert title in text
    assert 'name="add"' not in text


@pytest.mark.parametrize(
    ("key", "status"),
    [("iso:DE", 400), (OBLAST, 400), (SMOLENSK, 403), (MINSK, 403), ("geonames:999999999", 404)],
)
def test_page_of_a_place_that_may_not_seek_tells_why(client, key, status):
    answer = client.get(f"/en/partners/{key}/")
    assert answer.status_code == status
    assert "candidate-" not in answer.content.decode()
