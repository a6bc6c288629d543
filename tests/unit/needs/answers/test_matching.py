"""Which offer meets which need: the score is the sum of its reasons, and nothing else decides."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mistok.needs.answers.matching import (
    HIGHEST,
    LOWEST,
    PRIORITY,
    NeedCase,
    OfferCase,
    best_needs,
    best_offers,
    fit,
    kinship,
)
from mistok.needs.answers.reasons import SENTENCES
from mistok.needs.answers.seasons import season_window
from mistok.needs.items import items, units

TODAY = dt.date(2026, 11, 23)
DORTMUND, ZHYTOMYR, NEAR_ZHYTOMYR = (51.5, 7.5), (50.25, 28.66), (50.3, 28.7)


def need(**fields):
    sound = {
        "key": "need_a",
        "item": "generator_diesel_75",
        "hs6": "850211",
        "cluster": "energy",
        "kind": "goods",
        "unit": "piece",
        "still_open": 8000,
        "committed": 0,
        "priority": "urgent",
        "season": "none",
        "needed_by": None,
        "waits_since": TODAY,
        "place": "katottg:UA18",
        "country": "UA",
    }
    return NeedCase(**sound | fields)


def offer(**fields):
    sound = {
        "key": "offer_a",
        "item": "generator_diesel_75",
        "hs6": "850211",
        "cluster": "energy",
        "kind": "goods",
        "unit": "piece",
        "left": 8000,
        "season": "none",
        "available_from": None,
        "available_until": None,
        "place": "geonames:1",
    }
    return OfferCase(**sound | fields)


def reasons(one_offer, one_need, *, tied=False):
    found = fit(one_offer, one_need, tied=tied, today=TODAY)
    return {reason.code: (reason.points, dict(reason.params)) for reason in found.reasons}


def test_same_thing_in_full_for_a_municipality_left_with_nothing():
    found = reasons(offer(), need(nothing_here=True), tied=True)
    assert found == {
        "same_item": (40, {}),
        "covers_all": (15, {}),
        "urgent": (10, {}),
        "nothing_here": (10, {}),
        "nothing_yet": (5, {}),
        "tied": (10, {}),
    }
    best = fit(offer(), need(nothing_here=True), tied=True, today=TODAY)
    assert best.score == 90


@pytest.mark.parametrize(
    ("change", "code", "points"),
    [
        ({}, "same_item", 40),
        ({"item": "generator_diesel_375", "hs6": "850212"}, "same_heading", 25),
        ({"item": "generator_diesel_375", "hs6": ""}, "same_cluster", 10),
        ({"item": "heat_pump", "hs6": "841861"}, "same_cluster", 10),
        ({"item": "", "hs6": ""}, "same_cluster", 10),
    ],
)
def test_kindred_things_count_less(change, code, points):
    found = reasons(offer(**change), need())
    assert found[code] == (points, {})
    # Boilers are not counted against generators.
    assert ("covers_all" in found) == (code != "same_cluster")


def test_two_things_that_only_words_tell_of_are_not_the_same():
    assert kinship("", "", "food", "", "", "food") == "same_cluster"
    assert kinship("rice", "100630", "food", "rice", "100630", "wash") == ""


@pytest.mark.parametrize(
    ("given_offer", "given_need"),
    [
        ({"cluster": "wash"}, {}),
        ({"kind": "hosting"}, {}),
        ({"left": 0}, {}),
        ({}, {"still_open": 0}),
        ({"place": "katottg:UA18"}, {}),
        ({"countries": frozenset({"MD"})}, {}),
        ({"available_until": TODAY - dt.timedelta(days=1)}, {}),
    ],
)
def test_what_cannot_meet_is_not_suggested(given_offer, given_need):
    assert fit(offer(**given_offer), need(**given_need), tied=True, today=TODAY) is None


def test_part_is_told_in_percent_and_units_are_converted():
    tonnes = offer(item="wood_pellets", hs6="", unit="tonne", left=500)
    kilograms = need(item="wood_pellets", hs6="", unit="kilogram", still_open=1_500_000)
    assert reasons(tonnes, kilograms)["covers_part"] == (5, {"percent": 33})
    bags = need(item="wood_pellets", hs6="", unit="bag")
    assert reasons(tonnes, bags)["unit_differs"] == (0, {})


def test_distance_wish_and_waiting():
    far = reasons(offer(point=DORTMUND), need(point=ZHYTOMYR))
    near = reasons(offer(point=NEAR_ZHYTOMYR), need(point=ZHYTOMYR))
    assert far["near"] == (1, {"km": 1490})
    assert near["near"] == (4, {"km": 10})
    assert reasons(offer(countries=frozenset({"UA"})), need())["wished"] == (5, {})
    waits = need(waits_since=TODAY - dt.timedelta(days=95))
    assert reasons(offer(), waits)["waiting"] == (3, {"days": 95})
    older = need(waits_since=TODAY - dt.timedelta(days=950))
    assert reasons(offer(), older)["waiting"] == (5, {"days": 950})
    assert "waiting" not in reasons(offer(), need(waits_since=TODAY + dt.timedelta(days=9)))


def test_time_and_season():
    by = TODAY + dt.timedelta(days=30)
    day = {"day": by.isoformat()}
    assert reasons(offer(), need(needed_by=by))["in_time"] == (5, day)
    late = offer(available_from=by + dt.timedelta(days=1))
    assert reasons(late, need(needed_by=by))["too_late"] == (-15, day)
    winter = need(season="winter")
    assert reasons(offer(), winter)["in_season"] == (5, {})
    after = offer(available_from=dt.date(2027, 4, 16))
    assert reasons(after, winter)["out_of_season"] == (-10, {})
    assert reasons(offer(season="school_year"), need())["in_season"] == (5, {})
    summer = dt.date(2027, 6, 1)
    found = fit(offer(), winter, tied=False, today=summer)
    assert not {"in_season", "out_of_season"} & {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    ("season", "on", "first", "last"),
    [
        ("winter", TODAY, dt.date(2026, 10, 15), dt.date(2027, 4, 15)),
        ("winter", dt.date(2027, 4, 15), dt.date(2026, 10, 15), dt.date(2027, 4, 15)),
        ("winter", dt.date(2027, 4, 16), dt.date(2027, 10, 15), dt.date(2028, 4, 15)),
        ("school_year", dt.date(2027, 7, 1), dt.date(2027, 9, 1), dt.date(2028, 5, 31)),
    ],
)
def test_season_is_the_one_that_is_on_or_the_next(season, on, first, last):
    assert season_window(season, on) == (first, last)


def test_the_whole_year_is_no_season_and_time_ends():
    assert season_window("none", TODAY) is None
    assert season_window("winter", dt.date(9999, 12, 1)) is None


def test_equals_stand_in_order_of_who_has_nothing_who_waits_and_the_key():
    nothing = need(key="need_z", nothing_here=True, priority="life_saving", committed=5)
    # Fifteen points less for priority and nothing here, as many more for tie and nothing yet.
    older = need(key="need_y", waits_since=TODAY - dt.timedelta(days=5))
    rows = [need(key="need_b"), older, need(key="need_a"), replace(nothing, priority="important")]
    found = best_needs(offer(), rows, tied=set(), today=TODAY)
    assert [one.need.key for one in found] == ["need_z", "need_y", "need_a", "need_b"]
    assert found[0].score == found[1].score
    assert best_needs(offer(), rows, tied=set(), today=TODAY, most=1) == found[:1]


def test_offers_for_one_need_in_order():
    rows = [offer(key="offer_b"), offer(key="offer_c", left=1000), offer(key="offer_a")]
    far = offer(key="offer_d", place="geonames:2")
    found = best_offers(need(), [*rows, far], tied={"geonames:2"}, today=TODAY)
    assert [one.offer.key for one in found] == ["offer_d", "offer_a", "offer_b", "offer_c"]


GOODS = [one for one in items() if one.kind == "goods"]
DAYS = st.dates(TODAY - dt.timedelta(days=400), TODAY + dt.timedelta(days=400))
POINTS = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
SEASONS = st.sampled_from(["none", "winter", "school_year"])
UNITS = st.sampled_from([one.code for one in units()])


@st.composite
def needs(draw):
    thing = draw(st.sampled_from(GOODS))
    return need(
        key="need_0",
        item=thing.code,
        hs6=thing.hs6 or "",
        cluster=thing.cluster,
        unit=draw(UNITS),
        still_open=draw(st.integers(1, 10**12)),
        committed=draw(st.integers(0, 10)),
        priority=draw(st.sampled_from(sorted(PRIORITY))),
        season=draw(SEASONS),
        needed_by=draw(st.none() | DAYS),
        waits_since=draw(DAYS),
        place=draw(st.sampled_from(["a", "b", "c"])),
        point=draw(POINTS),
        nothing_here=draw(st.booleans()),
    )


@st.composite
def offers(draw):
    thing = draw(st.sampled_from(GOODS))
    return offer(
        item=thing.code,
        hs6=thing.hs6 or "",
        cluster=thing.cluster,
        unit=draw(UNITS),
        left=draw(st.integers(1, 10**12)),
        season=draw(SEASONS),
        available_from=draw(st.none() | DAYS),
        countries=draw(st.sampled_from([frozenset(), frozenset({"UA"})])),
        point=draw(POINTS),
    )


@settings(max_examples=40)
@given(offers(), st.lists(needs(), max_size=12), st.randoms(use_true_random=False))
def test_score_is_the_sum_of_its_reasons_in_every_order_of_the_input(one, rows, random):
    rows = [replace(row, key=f"need_{number}", cluster=one.cluster)
            for number, row in enumerate(rows)]  # fmt: skip
    found = best_needs(one, rows, tied={"a"}, today=TODAY)
    assert len(found) == len(rows)
    for pair in found:
        assert pair.score == sum(reason.points for reason in pair.reasons)
        assert LOWEST <= pair.score <= HIGHEST
        assert all(SENTENCES[reason.code] % reason.params for reason in pair.reasons)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    random.shuffle(rows)
    assert best_needs(one, rows, tied={"a"}, today=TODAY) == found


@settings(max_examples=40)
@given(offers(), needs(), st.integers(0, 10**12))
def test_more_to_give_is_never_worse(one, row, more):
    row = replace(row, cluster=one.cluster)
    before = fit(one, row, tied=False, today=TODAY)
    after = fit(replace(one, left=one.left + more), row, tied=False, today=TODAY)
    assert after.score >= before.score


def test_thousands_of_needs_are_ranked_at_once():
    rows = [
        need(key=f"need_{number}", point=(48 + number % 300 / 100, 30.0), still_open=1 + number)
        for number in range(5000)
    ]
    started = time.process_time()
    found = best_needs(offer(point=DORTMUND), rows, tied={"katottg:UA18"}, today=TODAY)
    assert len(found) == 50
    assert time.process_time() - started < 3
