"""Reads of the registry: lists go by the day, whatever bound stands before it, on any database."""

import itertools

import pytest

from factories import BUCHA, DORTMUND, GDYNIA, ORIGIN, TODAY, ZHYTOMYR, a_source, a_tie
from mistok.kernel.ids import public_id
from mistok.provenance.services import Assertion, observe
from mistok.provenance.values import SupportReport
from mistok.provenance.vocabulary import SUPPORT
from mistok.registry.models import Decision, Instrument, Municipality, Support, Tie
from mistok.registry.selectors import acts_of, support_for
from mistok.registry.services import project_supports

pytestmark = pytest.mark.django_db
NEWEST_FIRST = [">2022", "2015-03-02", "2015-03", "2015", "<2014", "~2013-06", ""]


def reports(dates):
    """One report of help a date, from Dortmund to Zhytomyr."""
    source, subjects = a_source(), []
    for number, date in enumerate(dates):
        what = {"en": f"van {number}"}
        report = SupportReport(
            giver=DORTMUND,
            receiver=ZHYTOMYR,
            kind="goods",
            status="delivered",
            date=date,
            what=what,
        ).to_text()
        subjects.append(public_id("support", report))
        said = Assertion(source=source, subject=subjects[-1], prop=SUPPORT, value=report)
        observe(assertions=[said], origin=ORIGIN, seen_at=TODAY)
    project_supports(subjects=subjects)


def test_reported_help_is_listed_newest_first_whatever_the_bound():
    reports(sorted(NEWEST_FIRST))
    given, _got = support_for(municipality=Municipality.objects.get(key=DORTMUND))
    _given, got = support_for(municipality=Municipality.objects.get(key=ZHYTOMYR))
    assert [row.date for row in given] == [row.date for row in got] == NEWEST_FIRST
    assert [row.date for row in Support.objects.all()] == NEWEST_FIRST


def test_acts_are_listed_newest_first_whatever_the_bound():
    source = a_source()
    for (number, date), party in itertools.product(enumerate(NEWEST_FIRST), (DORTMUND, GDYNIA)):
        act = {"act": f"act-{number}", "event": "severed", "date": date}
        subject = a_tie(ZHYTOMYR, party, source=source, **act)
    acts = acts_of(ties=Tie.objects.filter(public_id=subject))
    assert [act.date for act in acts] == NEWEST_FIRST


def test_papers_and_decisions_are_listed_oldest_first_whatever_the_bound():
    source, kinds = a_source(), itertools.cycle(["twinning", "network"])
    dated = [date for date in NEWEST_FIRST if date]
    for date, kind in zip(dated, kinds, strict=False):
        a_tie(source=source, date=date, kind=kind)
        a_tie(source=source, date=date, event="decided", body=DORTMUND, kind=kind)
    assert [row.date for row in Decision.objects.all()] == dated[::-1]
    papers = [row.signed for row in Instrument.objects.all()]
    assert papers == [date for date in dated[::-1] if date in papers]
    assert {"<2014", "~2013-06", ">2022"} <= set(papers)


def test_support_for_a_place_without_any_is_empty():
    a_tie(BUCHA, DORTMUND)
    assert support_for(municipality=Municipality.objects.get(key=BUCHA)) == ([], [])
