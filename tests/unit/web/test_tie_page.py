"""What the page of a tie says of plans and contradictions."""

import datetime as dt

import pytest
from django.utils import translation

from mistok.kernel.dates import PartialDate
from mistok.provenance.values import TieEvent
from mistok.registry.projection import Evidence, disagreements, gather
from mistok.web.registry.tie_page import _contradictions, body_words, verdict

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def facts(*events):
    """Facts, one source each, from (date, planned) pairs of signings."""
    return gather(
        Evidence(
            f"s{number}",
            TieEvent(event="signed", kind="twinning", date=date, planned=planned),
            3,
            PartialDate(2020),
        )
        for number, (date, planned) in enumerate(events)
    )


@pytest.mark.parametrize(
    ("plan", "came", "words"),
    [
        ("2023-02", "2023-02-23", "Happened as planned"),
        ("2023-02-09", "2023-02-23", "Took place at another time: 23 February 2023"),
        ("2023-02-09", "", "Took place; the date is not stated"),
        ("2023-02-09", None, "No source says yet that it took place"),
        ("", None, "No source says yet that it took place"),
        ("2027", None, "Still ahead"),
        ("2026-11-22", None, "Still ahead"),
        ("2026-11-21", None, "No source says yet that it took place"),
    ],
)
def test_plan_gets_the_verdict_of_time(plan, came, words):
    told = facts((plan, True), *([] if came is None else [(came, False)]))
    (planned,) = (fact for fact in told if fact.event.planned)
    assert verdict(planned, told, TODAY) == words


def test_contradiction_is_told_on_each_side():
    told = facts(("2023-02-09", False), ("2023-02-23", False), ("2023", False), ("2022", True))
    items = disagreements(told)
    against = {fact.statements: _contradictions(fact, items) for fact in told}
    assert "Signed, twinning, 23 February 2023" in against["s0",]
    assert "Signed, twinning, 9 February 2023" in against["s1",]
    assert "Signed, twinning, 2022, planned" in against["s0",]
    for one in told:
        assert len(against[one.statements]) == len(set(against[one.statements]))


def test_acting_body_in_words_is_shown_as_it_is():
    assert body_words("the county fair") == "the county fair"


@pytest.mark.django_db
def test_acting_body_that_the_registry_does_not_know_goes_by_its_key():
    assert body_words("geonames:2935517") == "geonames:2935517"
