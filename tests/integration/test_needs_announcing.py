"""Offices hear once of what may fit, of what was withdrawn, of what is public from tomorrow."""

import datetime as dt

import needs_cast
import pytest
from answers_cast import a_publication, an_offer
from django.utils import timezone
from needs_cast import a_need, tie_with

from mistok.needs.answers.announcing import announce_matches
from mistok.needs.lines import withdraw_need
from mistok.needs.lines.telling import warn_of_publications
from mistok.needs.models import Need, Notice, Offer

NOW = timezone.now()
pytestmark = pytest.mark.django_db
people = needs_cast.needy


def told(kind):
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {(one.subject, one.person.public_id) for one in rows}


def test_partners_hear_once_of_an_offer_and_of_a_need_that_fit(people):
    offer = an_offer(people.partner, 8, item="ambulance")
    need = a_need(people.home, 3, item="ambulance")
    assert announce_matches(NOW) == 2
    assert told("offer_matches") == {(offer.public_id, str(people.home.officer))}
    assert told("need_matches") == {(need.public_id, str(people.partner.officer))}
    assert announce_matches(NOW) == 0


def test_strangers_hear_of_public_offers_and_of_no_need(people):
    hidden = an_offer(people.second, 8, item="ambulance")
    need = a_need(people.home, 3, item="ambulance")
    a_publication(need)
    assert announce_matches(NOW) == 0
    Offer.objects.filter(pk=hidden.pk).update(public=True)
    assert announce_matches(NOW) == 1
    assert told("offer_matches") == {(hidden.public_id, str(people.home.officer))}


def test_what_is_old_is_announced_no_more(people):
    an_offer(people.partner, 8, item="ambulance")
    a_need(people.home, 3, item="ambulance")
    before = NOW - dt.timedelta(days=3)
    Offer.objects.update(changed_at=before)
    Need.objects.update(opened_at=before)
    assert announce_matches(NOW) == 0


def test_whoever_proposed_help_hears_that_the_line_is_withdrawn(people):
    tie_with(people.home, people.second)
    offer = an_offer(people.partner, 8, item="ambulance")
    need = a_need(people.home, 3, item="ambulance")
    need.commitments.create(
        public_id="commitment_x",
        giver="municipality",
        giver_office=people.partner.office,
        giver_place=people.partner.place,
        giver_name="Dortmund",
        form="alternative",
        covers=1000,
        unit=need.unit,
        instead="a bus",
        asks="asker",
        state="proposed",
        offer=offer,
        offer_amount=1000,
        made_by=str(people.partner.officer),
        made_at=NOW,
        changed_at=NOW,
    )
    withdraw_need(actor=people.home.officer, need=need, reason="bought")
    assert told("need_withdrawn") == {(need.public_id, str(people.partner.officer))}


def test_approvers_hear_a_day_before_the_public_may_read(people):
    need = a_need(people.home, 3, item="ambulance")
    made = a_publication(need)
    tomorrow = timezone.localdate(NOW) + dt.timedelta(days=1)
    assert warn_of_publications(NOW) == 0
    type(made).objects.filter(pk=made.pk).update(not_before=tomorrow)
    assert warn_of_publications(NOW) == 1
    assert told("publication_due") == {(need.public_id, str(people.home.approver))}
    assert warn_of_publications(NOW) == 0
