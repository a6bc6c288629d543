"""The page of a tie shows who confirms and who disputes, the chain of papers, and dates ahead."""

import pytest

from factories import DORTMUND, GDYNIA, ZHYTOMYR, a_source, a_tie
from living import ORDER, an_office
from mistok.provenance.models import Source
from mistok.provenance.values import TieEvent
from mistok.registry.models import Instrument
from mistok.registry.services import tie_subject

pytestmark = pytest.mark.django_db


def page(client, *keys, language="en"):
    return client.get(f"/{language}/ties/{tie_subject(keys)}/")


@pytest.fixture
def signed():
    a_tie(event="signed", date="2023-02-09", kind="solidarity", instrument="agreement")
    return an_office(ZHYTOMYR), an_office(DORTMUND)


def test_parties_confirm_and_dispute_side_by_side(client, signed):
    here, there = signed
    fact = here.fact(DORTMUND, event="signed").id
    here.confirm(DORTMUND, fact=fact)
    there.confirm(ZHYTOMYR, fact=fact, verdict="disputed", words="It was <b>two weeks</b> later.")
    answer = page(client, ZHYTOMYR, DORTMUND)
    (line,) = answer.context["facts"]
    assert [(word.office, word.verdict) for word in line.offices] == [
        ("Zhytomyr", "confirmed"),
        ("Dortmund", "disputed"),
    ]
    text = answer.content.decode()
    assert "Confirmed by the office of Zhytomyr" in text
    assert "Disputed by the office of Dortmund" in text
    assert "&lt;b&gt;two weeks" in text
    assert "<b>two weeks" not in text


def test_correction_is_a_fact_of_its_own_with_its_source(client, signed):
    here, _there = signed
    right = TieEvent(event="signed", date="2023-02-23", kind="solidarity", instrument="agreement")
    fact = here.fact(DORTMUND, event="signed").id
    here.confirm(DORTMUND, fact=fact, verdict="corrected", words="The 23rd.", correction=right)
    context = page(client, ZHYTOMYR, DORTMUND).context
    assert [line.date_iso for line in context["facts"]] == ["2023-02-09", "2023-02-23"]
    assert context["facts"][0].offices[0].verdict == "corrected"
    assert [source.title for source in context["facts"][1].sources] == ["Office of Zhytomyr"]
    assert context["disagreements"]


def test_paper_shows_state_terms_and_chain(client):
    here = an_office(ZHYTOMYR)
    terms = {"effective_on": "2023-03-01", "end_date": "2026-12-31", "review_date": "2026-06"}
    paper = {"instrument": "memorandum", "leads_to": "charter", "place": "Zhytomyr"}
    here.tell("signed", DORTMUND, date="2023-02-23", renewal="automatic", **terms, **paper)
    (card,) = page(client, ZHYTOMYR, DORTMUND).context["instruments"]
    assert card.state_label == "signed"
    assert card.terms == [
        "in force from 1 March 2023",
        "until 31 December 2026",
        "review: June 2026",
        "renews itself",
    ]
    assert card.chain == ["is to lead to: Charter"]
    here.tell("active", DORTMUND, date="2023-03-01")
    charter = {"instrument": "charter", "supersedes": "memorandum:2023-02-23", "body": ZHYTOMYR}
    here.tell("upgraded", DORTMUND, date="2024-12-01", kind="twinning", **charter)
    cards = page(client, ZHYTOMYR, DORTMUND).context["instruments"]
    assert [(card.kind_label, card.state_label) for card in cards] == [
        ("Memorandum", "replaced"),
        ("Charter", "in force"),
    ]
    assert cards[1].chain == ["replaces: Memorandum, 23 February 2023"]
    assert "Replaces: Memorandum" in page(client, ZHYTOMYR, DORTMUND).content.decode()


def test_paper_of_another_tie_in_the_chain_is_linked(client):
    four = [ZHYTOMYR, DORTMUND, GDYNIA]
    wide = tie_subject(four)
    lead = {"event": "letter_of_intent", "instrument": "protocol_of_intent"}
    a_tie(leads_to=f"{wide}/memorandum:2021", date="2021-10-05", **lead)
    a_tie(
        *four, source=a_source("wide"), event="signed", instrument="memorandum", date="2021-10-05"
    )
    own, other = page(client, ZHYTOMYR, DORTMUND).context["instruments"]
    assert (own.kind_label, own.url) == ("Protocol of intent", "")
    assert (other.kind_label, other.url) == ("Memorandum", f"/en/ties/{wide}/")
    assert other.url in page(client, ZHYTOMYR, DORTMUND).content.decode()


def test_paper_that_one_party_has_yet_to_sign_is_approved(client):
    here = an_office(ZHYTOMYR)
    here.tell("approved", DORTMUND, date="2026-01-10", **ORDER)
    for body in (ZHYTOMYR, DORTMUND):
        here.tell("decided", DORTMUND, date="2026-01-20", body=body)
    own = ({"party": ZHYTOMYR, "date": "2026-02-01"},)
    here.tell("signed", DORTMUND, date="2026-02-01", instrument="agreement", signatures=own)
    context = page(client, ZHYTOMYR, DORTMUND).context
    assert context["tie"].state.code == "approved"
    (card,) = context["instruments"]
    assert (card.state_label, card.date) == ("approved", "")
    assert [name for name, _date in card.signatures] == ["Zhytomyr"]
    assert Instrument.objects.get().signed == ""


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        ({"review_date": "2024-06"}, ["A review was due. Nobody has told its outcome yet."]),
        ({"review_date": "2090"}, ["A review is due: extend, change or let it end."]),
        ({"end_date": "2090"}, ["The term ends."]),
        (
            {"end_date": "2024-12-31"},
            ["The term has run out, and nobody has told whether it was extended."],
        ),
        (
            {"end_date": "2024-12-31", "renewal": "automatic"},
            ["The term ends and renews itself, unless a party gives notice."],
        ),
        ({}, []),
    ],
)
def test_dates_to_look_at(client, fields, texts):
    a_tie(event="signed", date="2023", **fields)
    context = page(client, ZHYTOMYR, DORTMUND).context
    assert [line.text for line in context["ahead"]] == texts


def test_plan_that_passed_without_its_event_is_a_date_to_look_at(client):
    a_tie(event="decided", date="2023-02-09", body=DORTMUND)
    plan = {"event": "signed", "planned": True}
    a_tie(source=a_source("plan"), date="2023-02-21", **plan)
    a_tie(source=a_source("later"), date="2090", **plan)
    (line,) = page(client, ZHYTOMYR, DORTMUND).context["ahead"]
    assert (line.date_iso, line.passed) == ("2023-02-21", True)
    assert "Signed" in line.text
    a_tie(source=a_source("fact"), event="signed", date="2023-02-23")
    assert page(client, ZHYTOMYR, DORTMUND).context["ahead"] == []


def test_plan_for_an_ended_tie_is_no_date_to_look_at(client):
    a_tie(event="signed", date="2023", planned=True)
    a_tie(source=a_source("end"), event="severed", date="2022")
    assert page(client, ZHYTOMYR, DORTMUND).context["ahead"] == []


def test_page_of_an_office_does_not_tell_how_much_it_talks(client, signed):
    here, _there = signed
    here.tell("contact", GDYNIA, date="2026-01")
    context = client.get(f"/en/sources/{Source.objects.get(kind='office').public_id}/").context
    assert (context["statements"], context["restricted_count"]) == ([], 0)


def test_page_of_a_told_tie_reads_in_ukrainian(client, signed):
    here, _there = signed
    here.confirm(DORTMUND, fact=here.fact(DORTMUND, event="signed").id)
    context = page(client, ZHYTOMYR, DORTMUND, language="uk").context
    assert context["facts"][0].offices[0].office == "Житомир"
