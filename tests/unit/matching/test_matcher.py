"""The learned ranking, exact and with reasons: what must hold in every small world."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_worlds import (
    COUNTRIES,
    CRITERIA,
    SEEDS,
    WORDS,
    models,
    random_model,
    reasons_of,
    small,
    worlds,
)

from mistok.kernel.errors import Invalid
from mistok.matching import Matcher, Pool, Profile, TieGraph
from mistok.matching.blocks import Blocks
from mistok.matching.declared import CRITERIA as DECLARED
from mistok.matching.matcher import MARGIN, THIN, _contenders
from mistok.matching.pool import About

UNHURRIED = settings(max_examples=25, deadline=None)
EVERYBODY = {"include_tied": True, "limit": 1000}
NUMBERS = st.sets(st.integers(-1, COUNTRIES + 1), max_size=4)


def asked(world, model):
    """A matcher whose seeker says of itself what its own profile says."""
    matcher = world.matcher(model)
    own = matcher.declaring.profile(world.seeker)
    return matcher.with_declaring(matcher.declaring.asked_by(own))


def scores_of(fits):
    return {fit.index: fit.score for fit in fits}


@given(worlds, models)
@UNHURRIED
def test_score_is_the_sum_of_contributions_and_each_is_value_times_weight(world, model):
    for fit in asked(world, model).rank(world.seeker, **EVERYBODY):
        assert [reason.criterion for reason in fit.reasons] == [*CRITERIA, *DECLARED]
        assert fit.score == math.fsum(reason.contribution for reason in fit.reasons)
        for reason in fit.reasons:
            assert reason.contribution == reason.value * reason.weight
            assert (-1 if reason.criterion in DECLARED else 0) <= reason.value <= 1


@given(worlds, models, st.integers(1, 12))
@UNHURRIED
def test_rank_is_a_full_sort_of_the_precise_scores(world, model, limit):
    matcher = asked(world, model)
    free = np.array([i for i in world.abroad if i not in world.partners], np.int64)
    fits = {fit.index: fit for fit in matcher.between(world.seeker, free)}
    best = sorted(fits, key=lambda place: (-round(fits[place].score, 9), place))[:limit]
    assert matcher.rank(world.seeker, limit=limit) == [fits[place] for place in best]


@given(worlds, models)
@UNHURRIED
def test_rough_scores_agree_with_the_precise_ones_within_half_the_margin(world, model):
    matcher = asked(world, model)
    rough = matcher.scores(world.seeker)
    assert rough[world.seeker] == -np.inf
    assert (rough > -np.inf).tolist() == [
        bool(may) and i != world.seeker for i, may in enumerate(world.columns["eligible"])
    ]
    free = np.array([i for i in world.abroad if i not in world.partners], np.int64)
    for fit in matcher.between(world.seeker, free):
        assert rough[fit.index] == pytest.approx(fit.score, abs=MARGIN / 2)


def test_rough_scores_agree_where_everything_counts_ten_times():
    world = small(8, n=40, ties=80, said=8)
    model = random_model(8)
    model = model.weighted(factors=dict.fromkeys(model.names, 10.0))
    matcher = asked(world, model)
    rough = matcher.scores(world.seeker)
    free = np.array([i for i in world.abroad if i not in world.partners], np.int64)
    for fit in matcher.between(world.seeker, free):
        assert rough[fit.index] == pytest.approx(fit.score, abs=MARGIN / 2)


@given(worlds, models, st.randoms())
@UNHURRIED
def test_order_and_direction_of_ties_change_nothing(world, model, chance):
    told = [pair[::-1] for pair in world.pairs] + world.pairs[:2]
    chance.shuffle(told)
    first = asked(world, model).rank(world.seeker, **EVERYBODY)
    assert asked(replace(world, pairs=told), model).rank(world.seeker, **EVERYBODY) == first


@given(worlds, models, SEEDS)
@UNHURRIED
def test_order_of_places_changes_nothing_but_among_equals(world, model, seed):
    order = np.random.default_rng(seed).permutation(len(world))
    other = world.permuted(order)
    here = asked(world, model).rank(world.seeker, **EVERYBODY)
    there = asked(other, model).rank(other.seeker, **EVERYBODY)
    told = {int(order[fit.index]): fit for fit in there}
    assert sorted(told) == sorted(fit.index for fit in here)
    for fit in here:
        for one, same in zip(fit.reasons, told[fit.index].reasons, strict=True):
            # A value is told to six decimals; additions in another order may turn the last.
            assert one.value == pytest.approx(same.value, abs=1.1e-6)
            assert one.weight == pytest.approx(same.weight, abs=1e-9)
    scores = [told[fit.index].score for fit in here]
    assert all(before >= after - 1e-4 for before, after in pairwise(scores))


@given(worlds, models)
@UNHURRIED
def test_tied_place_is_judged_as_if_the_tie_were_not_there(world, model):
    country = world.columns["country"]
    foreign = [i for i in world.partners if i in world.abroad]
    assume(foreign)
    fits = {fit.index: fit for fit in asked(world, model).rank(world.seeker, **EVERYBODY)}
    for place in foreign:
        without = asked(world.without(place), model).rank(world.seeker, limit=1000)
        (untied,) = (fit for fit in without if fit.index == place)
        assert fits[place] == untied
    shown = {country[i] for i in fits}
    assert country[world.seeker] not in shown


@given(worlds, models)
@UNHURRIED
def test_between_gives_what_rank_gives_and_places_at_home_too(world, model):
    matcher = asked(world, model)
    ranked = {fit.index: fit for fit in matcher.rank(world.seeker, **EVERYBODY)}
    others = [i for i in range(len(world)) if i != world.seeker]
    fits = matcher.between(world.seeker, np.array(others[::-1], np.int64))
    assert [fit.index for fit in fits] == others[::-1]
    assert {fit.index: fit for fit in fits if fit.index in ranked} == ranked


@given(worlds, models, NUMBERS, NUMBERS)
@UNHURRIED
def test_closed_countries_and_tied_places_never_appear(world, model, wanted, closed):
    matcher, country = asked(world, model), world.columns["country"]
    search = {"countries": wanted, "excluded_countries": closed, "limit": 1000}
    found = {fit.index for fit in matcher.rank(world.seeker, **search)}
    may = {i for i in world.abroad if country[i] in wanted - closed}
    assert found == may - set(world.partners)
    with_tied = matcher.rank(world.seeker, **search, include_tied=True)
    assert {fit.index for fit in with_tied} == may


@given(worlds, models, st.sampled_from(WORDS), st.data())
@UNHURRIED
def test_more_matching_needs_never_lower_a_score(world, model, word, data):
    matcher = asked(world, model)
    before = scores_of(matcher.rank(world.seeker, **EVERYBODY))
    own = matcher.declaring.seeker
    more = matcher.declaring.asked_by(replace(own, needs=own.needs | {word}))
    after = scores_of(matcher.with_declaring(more).rank(world.seeker, **EVERYBODY))
    assert all(after[place] >= before[place] for place in before)
    assume(before)
    place = data.draw(st.sampled_from(sorted(before)))
    theirs = world.profiles.get(place, Profile())
    told = {**world.profiles, place: replace(theirs, offers=theirs.offers | {word})}
    offered = asked(replace(world, profiles=told), model)
    offered = offered.with_declaring(offered.declaring.asked_by(own))
    ranked = scores_of(offered.rank(world.seeker, **EVERYBODY))
    assert ranked[place] >= before[place]


@given(worlds, models)
@UNHURRIED
def test_factor_of_one_changes_nothing(world, model):
    matcher = asked(world, model)
    same = matcher.with_model(model.weighted(factors=dict.fromkeys(model.names, 1.0)))
    assert same.standing is matcher.standing
    assert same.rank(world.seeker, **EVERYBODY) == matcher.rank(world.seeker, **EVERYBODY)


@given(worlds, models, st.sampled_from([*CRITERIA, *DECLARED]))
@UNHURRIED
def test_factor_of_nothing_takes_a_criterion_out(world, model, name):
    matcher = asked(world, model)
    without = matcher.with_model(model.weighted(factors={name: 0.0}))
    before = matcher.rank(world.seeker, **EVERYBODY)
    after = without.rank(world.seeker, **EVERYBODY)
    for fit in before:
        told = reasons_of(after, fit.index)
        assert told.pop(name).contribution == 0
        kept = {reason.criterion: reason for reason in fit.reasons if reason.criterion != name}
        assert told == kept


@given(worlds, models)
@UNHURRIED
def test_solidarity_weighs_as_its_factors_say(world, model):
    matcher = asked(world, model)
    other = matcher.with_model(model.weighted("solidarity"))
    after = other.rank(world.seeker, **EVERYBODY)
    times = {"size": 1.5, "distance": 0.5, "needs": 2.0}
    for fit in matcher.rank(world.seeker, **EVERYBODY):
        told = reasons_of(after, fit.index)
        for reason in fit.reasons:
            factor = times.get(reason.criterion, 1.0)
            assert told[reason.criterion].weight == pytest.approx(reason.weight * factor)
            assert told[reason.criterion].value == pytest.approx(reason.value, abs=1.1e-6)


def test_solidarity_moves_the_list():
    world = small(21, n=40, ties=60)
    matcher = world.matcher(random_model(21))
    other = matcher.with_model(matcher.model.weighted("solidarity"))
    lists = [[fit.index for fit in one.rank(world.seeker, limit=9)] for one in (matcher, other)]
    assert lists[0] != lists[1]


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
@settings(max_examples=6, deadline=None)
def test_cut_of_the_rough_pass_costs_nobody_a_place(seed, limit):
    """A crowd of near-equal places: what single precision confuses is weighed again."""
    chance = np.random.default_rng(seed)
    n = 1500
    country = np.minimum(np.arange(n), 1).astype(np.uint16)
    region = (country + chance.integers(0, 2, n) * country).astype(np.int32)
    pool = Pool(
        (50 + chance.normal(0, 1e-3, n)).astype(np.float32),
        (20 + chance.normal(0, 1e-3, n)).astype(np.float32),
        chance.integers(100_000, 100_400, n),
        country,
        chance.random(n) < 0.97,
        replace(About.nothing(country, 2), region=region),
    )
    ends = chance.integers(0, n, (40, 2))
    graph = TieGraph.from_pairs(ends[:, 0], ends[:, 1], country, domestic=True)
    matcher = Matcher(pool, graph, random_model(seed, most=3))
    everyone = matcher.rank(0, limit=n)
    assert matcher.rank(0, limit=limit) == everyone[:limit]


def many_blocks(patch):
    """Let three places make a block, and only three blocks be looked into at first."""
    patch.setattr("mistok.matching.blocks.MOST", 3)
    patch.setattr("mistok.matching.matcher.FIRST", 3)


@given(worlds, models, st.integers(1, 6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_places_in_blocks_that_stay_closed_are_not_among_the_best(world, model, limit, tied):
    everyone = asked(world, model).rank(world.seeker, limit=1000, include_tied=tied)
    with pytest.MonkeyPatch.context() as patch:
        many_blocks(patch)
        best = asked(world, model).rank(world.seeker, limit=limit, include_tied=tied)
    assert best == everyone[:limit]


def test_most_blocks_stay_closed_where_little_is_wanted(monkeypatch):
    many_blocks(monkeypatch)
    world = small(21, n=40, ties=60)
    ranking, opened = asked(world, random_model(21)), []

    def places(self, some, original=Blocks.places):
        opened.extend(some.tolist())
        return original(self, some)

    monkeypatch.setattr(Blocks, "places", places)
    ranking.rank(world.seeker, limit=1)
    assert len(opened) == len(set(opened))
    assert 3 <= len(opened) < len(ranking.standing.blocks) / 2


LEVELS = st.sampled_from([-np.inf, 0.0, MARGIN / 2, MARGIN * 0.9, 0.5, 0.5 + MARGIN / 2, 1.0])


@given(SEEDS, st.lists(LEVELS, min_size=1, max_size=4), st.integers(1, 90), st.integers(1, 1200))
@settings(max_examples=200, deadline=None)
def test_contenders_are_all_within_the_margin_of_the_last(seed, levels, limit, n):
    chance = np.random.default_rng(seed)
    rough = chance.choice(np.array(levels), n).astype(np.float32)
    if chance.random() < 0.5:
        rough[::THIN] += 1  # a sample that promises too much
    chosen = _contenders(rough, limit)
    ranked = np.sort(rough[rough > -np.inf])[::-1]
    least = ranked[limit - 1] if limit < len(ranked) else -np.inf
    must = np.flatnonzero((rough > -np.inf) & (rough > least - np.float32(MARGIN) * 0.99))
    assert set(must.tolist()) <= set(chosen.tolist())
    assert (np.diff(chosen) > 0).all()
    assert (rough[chosen] > -np.inf).all()


def test_contenders_where_just_enough_places_reach_the_sample():
    n, limit = 40 * THIN, 64
    rough = np.full(n, 1 - MARGIN / 2, np.float32)
    rough[: 32 * THIN : THIN] = 1
    rough[1 : 32 * THIN : THIN] = 1
    assert len(_contenders(rough, limit)) == n


@pytest.mark.parametrize("blank", ["population", "position", "both"])
def test_seeker_of_whom_little_is_known_gets_a_list(blank):
    world = small(31, n=40, ties=60)
    if blank != "position":
        world.columns["population"][world.seeker] = 0
    if blank != "population":
        world.columns["lat"][world.seeker] = np.nan
    fits = world.matcher(random_model(31)).rank(world.seeker, limit=1000)
    assert {fit.index for fit in fits} == set(world.abroad) - set(world.partners)
    assert all(np.isfinite(fit.score) for fit in fits)


def test_seeker_of_five_hundred_inhabitants_gets_a_list():
    world = small(32, n=40, ties=60)
    world.columns["population"][world.seeker] = 500
    fits = world.matcher(random_model(32)).rank(world.seeker, limit=5)
    assert len(fits) == 5
    assert reasons_of(fits, fits[0].index)["size"].facts["seeker_population"] == 500


def test_country_without_candidates_gives_an_empty_list():
    world = small(33)
    world.columns["eligible"][world.columns["country"] == 1] = False
    world.columns["country"][world.seeker] = 0
    matcher = world.matcher(random_model(33))
    assert matcher.rank(world.seeker, countries={1}) == []
    assert matcher.rank(world.seeker, countries={77}) == []
    assert matcher.rank(world.seeker, countries=set(), include_tied=True) == []


def test_between_nobody_is_nothing():
    world = small(34)
    assert world.matcher(random_model(34)).between(world.seeker, np.zeros(0, np.int64)) == []


@pytest.mark.parametrize("seeker", [-1, 25, 10**9])
def test_seeker_outside_the_pool_is_refused(seeker):
    matcher = small(35).matcher(random_model(35))
    for ask in (matcher.rank, matcher.scores, matcher.case):
        with pytest.raises(Invalid) as refusal:
            ask(seeker)
        assert refusal.value.code == "seeker_unknown"


@pytest.mark.parametrize("limit", [0, -3])
def test_limit_below_one_is_refused(limit):
    with pytest.raises(Invalid) as refusal:
        small(35).matcher(random_model(35)).rank(0, limit=limit)
    assert refusal.value.code == "limit_not_positive"


def test_ties_of_another_world_are_refused():
    with pytest.raises(Invalid) as refusal:
        Matcher(small(35).pool, small(35, n=7).graph, random_model(35))
    assert refusal.value.code == "graph_of_other_pool"
