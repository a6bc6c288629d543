"""Suggestions and warnings: among what each side is shown, from nothing that it is not."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_publication, an_offer
from django.utils import translation
from needs_cast import TODAY, a_need, steps, tie_with

from factories import BUCHA
from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, suggesting, warnings
from mistok.needs.answers.suggesting import point_of
from mistok.needs.models import Commitment

pytestmark = pytest.mark.django_db
people = needs_cast.needy


def codes(found):
    return [one.code for one in found]


def given(need, work, number, **fields):
    return answers.commit(
        actor=work.officer,
        need=need,
        giver=work.office,
        entry=CommitmentEntry(number=Decimal(number), **fields),
    )


def test_needs_of_partners_come_whole_and_others_as_the_public_reads_them(people):
    offer = an_offer(people.partner, 8, item="ambulance", countries=["UA"])
    partly = a_need(people.home, 8, item="ambulance", committed=2)
    mine = a_need(people.home, 3, item="ambulance")
    a_publication(mine)
    hidden = a_need(people.neighbour, 3, item="ambulance")
    public = a_need(people.neighbour, 5, item="ambulance", needed_by=TODAY + dt.timedelta(days=60))
    publication = a_publication(public)
    a_need(people.home, 3, item="fire_engine")
    a_need(people.home, 3, item="ambulance", state="draft")
    found = answers.suggestions(offer, today=TODAY)
    assert [one.need for one in found] == [mine, partly, public]
    assert hidden not in [one.need for one in found]
    assert [one.publication for one in found] == [None, None, publication]
    assert found[0].offer == offer
    for one in found:
        assert one.score == sum(reason.points for reason in one.reasons)
        assert all(answers.told_reason(reason).endswith(".") for reason in one.reasons)
    assert "nothing_here" in codes(found[0].reasons)
    assert "nothing_here" not in codes(found[2].reasons)
    told = {reason.code: reason for reason in found[2].reasons}
    # The public knows the month: its last day stands for it, and not the day itself.
    assert told["in_time"].params["day"] != public.needed_by.isoformat()
    assert told["waiting"].params == {"days": 40}


def test_help_that_a_municipality_has_got_already_is_no_reason_any_more(people):
    offer = an_offer(people.partner, 8, item="ambulance")
    given(a_need(people.home, 3), people.partner, 1)
    a_need(people.home, 3, item="ambulance")
    (found,) = answers.suggestions(offer)
    assert "nothing_here" not in codes(found.reasons)


def test_dual_use_goods_are_matched_among_partners_alone(people):
    tie_with(people.neighbour, people.second)
    need = a_need(people.home, 8, item="drone")
    offer = an_offer(people.partner, 8, item="drone", restricted=True)
    (found,) = answers.suggestions(offer)
    assert (found.need, found.publication) == (need, None)


def test_offers_for_a_need_are_those_of_partners_and_public_ones(people):
    need = a_need(people.home, 8, item="ambulance")
    near = an_offer(people.partner, 8, item="ambulance")
    public = an_offer(people.second, 8, item="ambulance", public=True)
    an_offer(people.second, 8, item="ambulance")
    an_offer(people.home, 8, item="ambulance")
    an_offer(people.partner, 8, item="ambulance", state="draft")
    an_offer(people.partner, 8, item="ambulance", taken=8, state="taken")
    words = an_offer(people.partner, 8, item="", cluster="health", text={"en": "Two vans"})
    found = answers.offers_for(need, today=TODAY)
    assert [one.offer for one in found] == [near, public, words]
    assert answers.offers_for(need, today=TODAY, most=1) == found[:1]


def test_public_words_and_quarters_are_matched_too(people):
    need = a_need(people.neighbour, 8, item="")
    publication = a_publication(need)
    publication.projection["needed_by"] = "2027-Q1"
    publication.save()
    offer = an_offer(people.partner, 8, item="")
    (found,) = answers.suggestions(offer, today=TODAY)
    told = {reason.code: reason.params for reason in found.reasons}
    assert told["in_time"] == {"day": "2027-03-31"}
    publication.projection["needed_by"] = ""
    publication.save()
    (found,) = answers.suggestions(offer, today=TODAY)
    assert "in_time" not in codes(found.reasons)


def test_place_that_the_gazetteer_does_not_know_lies_nowhere():
    assert point_of("place_abcdefgh2345") is None
    assert point_of(BUCHA) is not None


def test_giver_is_told_what_others_have_committed(people):
    tie_with(people.home, people.second)
    need = a_need(people.home, 8)
    larger = a_need(people.home, 3, item="generator_diesel_375")
    row = given(larger, people.second, 2)
    given(need, people.partner, 1)
    (found,) = warnings(need, CommitmentEntry(), giver=people.partner.office)
    assert found.code == "already_committed"
    assert found.params["who"] == "Gdynia"
    assert "Zhytomyr by Gdynia" in found.sentence
    with translation.override("uk"):
        assert "Житомир" in found.sentence or found.params["place"] == "Zhytomyr"
    # Who is no partner is told of this line alone.
    (own,) = warnings(need, CommitmentEntry())
    assert own.params["who"] == "Dortmund"
    Commitment.objects.filter(pk=row.pk).update(giver="citizen", giver_name="Anna Schmidt")
    (found,) = warnings(need, CommitmentEntry(), giver=people.partner.office)
    assert found.params["who"] == "a citizen"


def test_like_need_that_nobody_has_met_near_by_is_told(people, monkeypatch):
    need = a_need(people.home, 8)
    unmet = a_need(people.neighbour, 8)
    giver = people.partner.office
    assert warnings(need, CommitmentEntry(), giver=giver) == ()
    tie_with(people.neighbour, people.partner)
    assert warnings(need, CommitmentEntry(), giver=giver) == ()
    (found,) = warnings(need, CommitmentEntry(), giver=giver, near_km=200)
    assert (found.code, found.params) == ("like_unmet", {"km": 113, "place": "Bucha"})
    given(unmet, people.partner, 1)
    assert warnings(need, CommitmentEntry(), giver=giver, near_km=200) == ()
    monkeypatch.setattr("mistok.needs.answers.warning.point_of", lambda place: None)
    assert warnings(need, CommitmentEntry(), giver=giver, near_km=200) == ()


def test_things_in_no_catalogue_are_like_themselves_alone(people):
    need, other = a_need(people.home, 8, item=""), a_need(people.home, 8, item="")
    tie_with(people.home, people.second)
    given(other, people.second, 1)
    assert warnings(need, CommitmentEntry(), giver=people.partner.office) == ()
    given(need, people.second, 1)
    (found,) = warnings(need, CommitmentEntry(), giver=people.partner.office)
    assert found.params["who"] == "Gdynia"


def test_like_need_without_a_known_place_is_not_near(people, monkeypatch):
    need = a_need(people.home, 8)
    a_need(people.neighbour, 8)
    tie_with(people.neighbour, people.partner)
    known = {people.home.place: (50.0, 28.0)}
    monkeypatch.setattr("mistok.needs.answers.warning.point_of", known.get)
    assert warnings(need, CommitmentEntry(), giver=people.partner.office, near_km=200) == ()


@pytest.mark.parametrize(
    ("line", "entry", "code"),
    [
        ({"needed_by": TODAY}, {"arrives_on": TODAY + dt.timedelta(days=1)}, "after_needed"),
        ({"needed_by": None, "season": "winter"}, {"arrives_on": dt.date(2027, 5, 1)},
         "after_winter"),
        ({"needed_by": None, "season": "school_year"}, {"arrives_on": dt.date(2027, 6, 1)},
         "after_school_year"),
        ({"shelf_life_months": 6}, {"shelf_life_months": 5}, "shelf_life"),
        ({"wear_percent": 20}, {"wear_percent": 30}, "worn"),
        ({"item": "drone"}, {}, "licence"),
        ({}, {"instead_item": "drone"}, "licence"),
        ({"item": "wood_pellets", "unit": "kilogram"}, {"number": Decimal(2), "unit": "tonne"},
         "unit_differs"),
        ({}, {"number": Decimal(2), "unit": "tonne"}, "unit_unclear"),
    ],
)  # fmt: skip
def test_what_should_be_known_before(people, line, entry, code):
    need = a_need(people.home, 8, **line)
    (found,) = warnings(need, CommitmentEntry(**entry), today=dt.date(2026, 11, 23))
    assert found.code == code
    assert found.sentence.endswith(".")


def test_what_is_as_asked_warns_of_nothing(people):
    need = a_need(
        people.home, 8, item="drone", season="winter", shelf_life_months=6, wear_percent=20
    )
    entry = CommitmentEntry(
        number=Decimal(2),
        unit="piece",
        instead="Lamps",
        arrives_on=TODAY,
        shelf_life_months=6,
        wear_percent=20,
    )
    assert warnings(need, entry, giver=people.partner.office, today=TODAY) == ()


def test_asker_is_warned_of_what_was_entered(people):
    tie_with(people.home, people.second)
    need = a_need(people.home, 8, shelf_life_months=6, needed_by=TODAY)
    first = given(need, people.second, 1)
    row = given(
        need,
        people.partner,
        2,
        instead_item="drone",
        arrives_on=TODAY + dt.timedelta(days=9),
        shelf_life_months=2,
    )
    assert codes(answers.warnings_of(row)) == [
        "already_committed",
        "after_needed",
        "shelf_life",
        "licence",
    ]
    assert answers.warnings_of(first) == ()
    assert row.covers == steps(2)
    assert suggesting.MOST == 20
