"""What this issue shows, on the project's own registry: pages and commands as people meet them."""

import json
import math
import re

import pytest

from factories import BUCHA, DORTMUND, GDYNIA, KHARKIV, PARDUBICE, PLOCK, ZHYTOMYR
from mistok.matching import load_model
from mistok.registry.models import Act, Municipality, Tie
from mistok.registry.services import tie_subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
IRPIN = "katottg:UA32080150000035443"
MIAMI = "geonames:4164138"
KYIV = "katottg:UA80000000000093317"
HAMBURG = "geonames:2911298"


def place_page(client, key, language="en"):
    return client.get(f"/{language}/places/{key}/").context


def tie_page(client, *keys, language="en"):
    return client.get(f"/{language}/ties/{tie_subject(keys)}/").context


def rows_by_partner(context, own):
    """Ties of a place's page by the other party, with the title of their group."""
    return {
        party.key: (group.title, row)
        for group in context["groups"]
        for row in group.ties
        for party in row.parties
        if party.key != own
    }


@pytest.mark.parametrize(
    ("partner", "state", "since"),
    [
        (DORTMUND, "signed", "23 February 2023"),
        (GDYNIA, "active", "after February 2022"),
        (PARDUBICE, "active", "after February 2022"),
        (PLOCK, "active", ""),
    ],
)
def test_zhytomyr_shows_its_ties_with_state_dates_and_sources(client, partner, state, since):
    _group, row = rows_by_partner(place_page(client, ZHYTOMYR), ZHYTOMYR)[partner]
    assert (row.state.code, row.since) == (state, since)
    assert row.sources_count >= 1
    page = tie_page(client, ZHYTOMYR, partner)
    assert len(page["sources"]) == row.sources_count
    assert all(fact.sources for fact in page["facts"])


def test_kharkiv_shows_five_russian_ties_ended_by_one_act(client):
    context = place_page(client, KHARKIV)
    acts = [act for act in context["acts"] if len(act.ties) == 5]
    assert len(acts) == 1
    countries = [
        party.country_code for row in acts[0].ties for party in row.parties if party.key != KHARKIV
    ]
    assert countries == ["RU"] * 5
    assert {row.state.code for row in acts[0].ties} == {"terminated"}
    assert acts[0].date
    page = client.get(f"/en/places/{KHARKIV}/").content.decode()
    assert acts[0].title in page


def test_irpin_shows_miami_decided_and_not_yet_signed(client):
    _group, row = rows_by_partner(place_page(client, IRPIN), IRPIN)[MIAMI]
    assert (row.state.code, row.state.label) == ("approved", "decided, not yet signed")
    facts = tie_page(client, IRPIN, MIAMI)["facts"]
    assert not [fact for fact in facts if fact.event == "signed" and not fact.planned]


def test_kyiv_and_hamburg_show_two_labels(client):
    labels = {label["label"] for label in tie_page(client, KYIV, HAMBURG)["labels"]}
    assert {"sister city", "Pakt für Solidarität und Zukunft"} <= labels


def zhytomyr_dortmund(client, language="en"):
    return tie_page(client, ZHYTOMYR, DORTMUND, language=language)


def plan_of_february(client, language="en"):
    """The fact that the agreement was to be signed on 9 February 2023."""
    facts = zhytomyr_dortmund(client, language)["facts"]
    return next(fact for fact in facts if fact.planned and fact.date_iso == "2023-02-09")


@pytest.mark.parametrize(
    ("event", "kind", "date", "planned"),
    [
        ("proposed", "solidarity partnership", "2023-01-10", False),
        ("signed", "solidarity partnership", "2023-02-09", True),
        ("signed", "solidarity partnership", "2023-02-23", False),
        ("signed", "twinning", "2025-07-09", False),
    ],
)
def test_life_of_zhytomyr_and_dortmund_tells(client, event, kind, date, planned):
    facts = [
        (f.event, f.kind_label, f.date_iso, f.planned) for f in zhytomyr_dortmund(client)["facts"]
    ]
    assert (event, kind, date, planned) in facts


def test_plan_of_zhytomyr_and_dortmund_has_its_verdict(client):
    plan = plan_of_february(client)
    assert "23 February 2023" in plan.verdict
    assert any("23 February 2023" in words for words in plan.contradicts)
    assert "23 лютого 2023" in plan_of_february(client, "uk").verdict


def test_life_of_zhytomyr_and_dortmund_is_in_the_order_of_time(client):
    days = [
        fact.date_iso for fact in zhytomyr_dortmund(client)["facts"] if len(fact.date_iso) == 10
    ]
    assert days == sorted(days)
    assert len(days) > 5


def test_contradictions_of_zhytomyr_and_dortmund_stand_side_by_side(client):
    context = zhytomyr_dortmund(client)
    assert context["disagreements"]
    for item in context["disagreements"]:
        assert len(item.versions) > 1
        assert all(version.sources for version in item.versions)
    page = client.get(f"/en/ties/{context['tie'].id}/").content.decode()
    for item in context["disagreements"]:
        assert item.what in page


def test_contradiction_is_told_on_both_sides(client):
    facts = zhytomyr_dortmund(client)["facts"]
    against = [fact for fact in facts if fact.contradicts]
    assert len(against) > 1
    assert {fact.planned for fact in against} == {True, False}


def small_hromada():
    """A hromada of fewer than 10,000 inhabitants that has a tie."""
    small = Municipality.objects.filter(country="UA", kind="hromada", population__lt=10_000)
    return small.filter(parties__tie__public=True).order_by("key").first().key


@pytest.mark.parametrize("seeker", [lambda: ZHYTOMYR, lambda: BUCHA, small_hromada])
def test_match_gives_twenty_partners_with_reasons_that_add_up(mistok, seeker):
    key = seeker()
    answer = json.loads(mistok("match", key, "--json").out)
    assert answer["key"] == key
    assert [one["rank"] for one in answer["candidates"]] == list(range(1, 21))
    for candidate in answer["candidates"]:
        reasons = candidate["reasons"]
        assert [reason["criterion"] for reason in reasons] == list(load_model().names)
        assert candidate["score"] == math.fsum(one["contribution"] for one in reasons)
        assert all(one["contribution"] == one["value"] * one["weight"] for one in reasons)
        assert all(reason["sentence"].endswith(".") for reason in reasons)
        assert candidate["country"] not in ("UA", "RU", "BY")


def test_every_public_tie_has_parties_a_state_and_a_source(client):
    for tie in Tie.objects.public().with_parties():
        assert tie.parties.count() > 1
        assert tie.sources_count > 0
        assert tie.facts.exists()


def test_acts_that_ended_several_ties_are_kept_once():
    slugs = list(Act.objects.values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"\S+", slug) for slug in slugs)
