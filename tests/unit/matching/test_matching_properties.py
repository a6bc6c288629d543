"""What must hold in every world: checked on random ones against a plain, slow reading."""

import math

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mistok.matching import FIT_1, Pool, TieGraph, rank

COUNTRIES = 4
SIZES = (0, 1, 300, 5_000, 5_001, 90_000, 3_000_000)
DEGREES = st.integers(-90, 90).map(float)
# A busy machine is no fault of the ranking: no deadline for one example.
UNHURRIED = settings(deadline=None, max_examples=60)
RANKED = {"include_tied": True, "limit": 1000}


def world(seed, n, ties):
    """Columns of a small world, its pairs, and a seeker, all of one seed."""
    chance = np.random.default_rng(seed)

    def column(values):
        # Few different values, sometimes one alone, so that many places are equal.
        return chance.choice(chance.choice(values, int(chance.integers(1, 9))), n).tolist()

    columns = {
        "lat": column([math.nan, *range(-90, 91, 3)]),
        "lon": column([math.nan, *range(-180, 181, 6)]),
        "population": column(SIZES),
        "country": column(range(COUNTRIES)),
        "eligible": column([True, True, True, False]),
    }
    pairs = [(a, b) for a, b in chance.integers(0, n, (ties, 2)).tolist()]
    return columns, pairs, int(chance.integers(n))


worlds = st.builds(world, st.integers(0, 2**32 - 1), st.integers(3, 14), st.integers(0, 40))


def prepared(columns, pairs):
    """The library's own arrays from plain lists."""
    pool = Pool(
        np.array(columns["lat"], np.float32),
        np.array(columns["lon"], np.float32),
        np.array(columns["population"], np.int64),
        np.array(columns["country"], np.uint16),
        np.array(columns["eligible"], bool),
    )
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return pool, TieGraph.from_pairs(ends[:, 0], ends[:, 1], pool.country)


def foreign(columns, pairs):
    """The set of foreign ties, each as a frozenset of its ends."""
    country = columns["country"]
    return {frozenset(pair) for pair in pairs if country[pair[0]] != country[pair[1]]}


def plain_values(columns, pairs, seeker, place):
    """The six values, written as the explanation tells them, one place at a time."""
    country = columns["country"]
    ties = foreign(columns, pairs) - {frozenset((seeker, place))}
    partners = {i: {j for tie in ties if i in tie for j in tie - {i}} for i in range(len(country))}
    home = [tie for tie in ties if any(country[i] == country[seeker] for i in tie)]
    there = [tie for tie in home if any(country[i] == country[place] for i in tie)]
    load = sum(country[i] == country[seeker] for i in partners[place])
    degree = len(partners[place])
    bound = math.fsum(1 / math.log(len(partners[i])) for i in partners[seeker] & partners[place])
    share = len(there) / max(len(home), 1)
    return (
        plain_size(columns["population"][seeker], columns["population"][place]),
        plain_distance(columns, seeker, place),
        math.log1p(100 * share) / math.log1p(100),
        degree / (degree + 2),
        bound / (bound + 0.5),
        load**2 / (load**2 + 36),
    )


def plain_size(own, other):
    if not (own and other):
        return 0.25
    return math.exp(-(math.log(other / own) ** 2) / (2 * 1.5**2))


def plain_distance(columns, seeker, place):
    lat0, lon0, lat1, lon1 = (
        math.radians(columns[axis][i]) for i in (seeker, place) for axis in ("lat", "lon")
    )
    if math.isnan(lat0 + lon0 + lat1 + lon1):
        return 0.25
    chord = math.sin((lat1 - lat0) / 2) ** 2
    chord += math.cos(lat0) * math.cos(lat1) * math.sin((lon1 - lon0) / 2) ** 2
    return 1 / (1 + 2 * 6371.0088 * math.asin(min(1, math.sqrt(chord))) / 500)


def score_of(fits, place):
    (fit,) = (fit for fit in fits if fit.index == place)
    return fit.score


def values_of(fits, place):
    (fit,) = (fit for fit in fits if fit.index == place)
    return {reason.criterion: reason.value for reason in fit.reasons}


def candidate(columns, seeker, data):
    """Draw an eligible place abroad, or give this example up."""
    country = columns["country"]
    abroad = [i for i in range(len(country)) if country[i] != country[seeker]]
    assume(abroad)
    place = data.draw(st.sampled_from(abroad))
    columns["eligible"][place] = True
    return place


@given(worlds, st.integers(1, 6), st.booleans())
@settings(max_examples=200, deadline=None)
def test_rank_agrees_with_the_plain_reading(world, limit, include_tied):
    columns, pairs, seeker = world
    country = columns["country"]
    tied = {i for tie in foreign(columns, pairs) if seeker in tie for i in tie}
    table = {
        place: [round(value, 6) for value in plain_values(columns, pairs, seeker, place)]
        for place in range(len(country))
        if country[place] != country[seeker]
        and columns["eligible"][place]
        and (include_tied or place not in tied)
    }
    weights = [criterion.weight for criterion in FIT_1.criteria]
    scores = {p: math.fsum(map(float.__mul__, v, weights)) for p, v in table.items()}
    fits = rank(seeker, *prepared(columns, pairs), limit=limit, include_tied=include_tied)
    best = sorted(table, key=lambda place: (-round(scores[place], 9), place))[:limit]
    assert [fit.index for fit in fits] == best
    for fit in fits:
        told = [reason.value for reason in fit.reasons]
        assert np.allclose(told, table[fit.index], rtol=0, atol=1.1e-6)


@given(worlds)
@UNHURRIED
def test_score_is_the_exact_sum_of_the_contributions(world):
    columns, pairs, seeker = world
    for fit in rank(seeker, *prepared(columns, pairs), **RANKED):
        assert fit.score == math.fsum(reason.contribution for reason in fit.reasons)
        for reason in fit.reasons:
            assert reason.contribution == reason.value * reason.weight


@given(worlds, st.randoms())
@UNHURRIED
def test_order_of_the_pairs_changes_nothing(world, chance):
    columns, pairs, seeker = world
    told_otherwise = [pair[::-1] for pair in pairs] + pairs[:1]
    chance.shuffle(told_otherwise)
    first = rank(seeker, *prepared(columns, pairs), **RANKED)
    assert rank(seeker, *prepared(columns, told_otherwise), **RANKED) == first


@given(worlds, st.data())
@UNHURRIED
def test_one_more_shared_partner_never_lowers_a_score(world, data):
    columns, pairs, seeker = world
    place = candidate(columns, seeker, data)
    partners = sorted(i for tie in foreign(columns, pairs) if seeker in tie for i in tie - {seeker})
    assume(partners)
    common = data.draw(st.sampled_from(partners))
    before = rank(seeker, *prepared(columns, pairs), **RANKED)
    after = rank(seeker, *prepared(columns, [*pairs, (common, place)]), **RANKED)
    assert score_of(after, place) >= score_of(before, place)


@given(worlds, st.data())
@UNHURRIED
def test_seekers_tie_with_a_candidates_partner_never_lowers_the_shared_value(world, data):
    columns, pairs, seeker = world
    place = candidate(columns, seeker, data)
    end = st.integers(0, len(columns["country"]) - 1)
    friend = data.draw(end)
    before = rank(seeker, *prepared(columns, [*pairs, (friend, place)]), **RANKED)
    more = [*pairs, (friend, place), (friend, seeker)]
    after = rank(seeker, *prepared(columns, more), **RANKED)
    shared = "shared_partners"
    assert values_of(after, place)[shared] >= values_of(before, place)[shared]


@given(worlds, st.data(), DEGREES)
@UNHURRIED
def test_nearer_never_lowers_a_score(world, data, lat):
    columns, pairs, seeker = world
    place = candidate(columns, seeker, data)
    columns["lat"][seeker], columns["lon"][seeker] = 0.0, 0.0
    columns["lat"][place], columns["lon"][place] = lat, 0.0
    far = rank(seeker, *prepared(columns, pairs), **RANKED)
    columns["lat"][place] = lat * data.draw(st.floats(0, 1))
    near = rank(seeker, *prepared(columns, pairs), **RANKED)
    assert score_of(near, place) >= score_of(far, place)


@given(worlds, st.data(), st.integers(0, 10_000_000))
@UNHURRIED
def test_equal_size_is_best(world, data, population):
    columns, pairs, seeker = world
    place = candidate(columns, seeker, data)
    columns["population"][seeker] = 40_000
    columns["population"][place] = population
    other = rank(seeker, *prepared(columns, pairs), **RANKED)
    columns["population"][place] = 40_000
    equal = rank(seeker, *prepared(columns, pairs), **RANKED)
    assert values_of(equal, place)["size"] == 1
    assert score_of(equal, place) >= score_of(other, place)


@given(worlds, st.sets(st.integers(0, COUNTRIES - 1)), st.sets(st.integers(0, COUNTRIES - 1)))
@UNHURRIED
def test_closed_countries_and_tied_places_never_appear(world, wanted, closed):
    columns, pairs, seeker = world
    pool, graph = prepared(columns, pairs)
    found = {
        fit.index for fit in rank(seeker, pool, graph, countries=wanted, excluded_countries=closed)
    }
    tied = {i for tie in foreign(columns, pairs) if seeker in tie for i in tie}
    assert not found & tied
    assert {columns["country"][i] for i in found} <= wanted - closed - {columns["country"][seeker]}
    assert all(columns["eligible"][i] for i in found)
    again = rank(
        seeker, pool, graph, countries=wanted, excluded_countries=closed, include_tied=True
    )
    brought_back = {fit.index for fit in again} - found
    assert brought_back == {
        i
        for i in tied - {seeker}
        if columns["eligible"][i] and columns["country"][i] in wanted - closed
    }


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_rough_pass_never_loses_a_winner(seed):
    """A crowd of near-equal places: the cut by single precision must not cost anyone's place."""
    chance = np.random.default_rng(seed)
    n = 800
    pool = Pool(
        (50 + chance.normal(0, 1e-4, n)).astype(np.float32),
        (20 + chance.normal(0, 1e-4, n)).astype(np.float32),
        chance.integers(100_000, 100_050, n),
        np.minimum(np.arange(n), 1).astype(np.uint16),
        np.ones(n, bool),
    )
    graph = TieGraph.from_pairs([], [], pool.country)
    everyone = rank(0, pool, graph, limit=n)
    assert rank(0, pool, graph, limit=7) == everyone[:7]
