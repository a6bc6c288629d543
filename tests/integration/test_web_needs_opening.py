"""Drafts that are shown to the partners from the board, all at once."""

import html

import needs_cast
import pytest
from django.test import Client
from needs_cast import AMBULANCE, BED, TODAY, a_need

from mistok.needs.lifecycle import NeedState
from mistok.needs.models import Need

pytestmark = pytest.mark.django_db
people = needs_cast.needy


def board(actor, data=None):
    client = Client()
    client.force_login(actor.user)
    path = "/en/needs/?whose=own&state=draft"
    answer = client.get(path) if data is None else client.post(path, data, follow=True)
    return answer.status_code, html.unescape(answer.content.decode())


def shown(need, version=None):
    return f"{need.public_id} {need.version if version is None else version}"


def state(need):
    return Need.objects.get(pk=need.pk).state


def test_drafts_are_shown_at_once_and_one_that_cannot_be_keeps_none_back(people):
    beds, cars = (a_need(people.home, item=item, state="draft") for item in (BED, AMBULANCE))
    late = a_need(people.home, state="draft", needed_by=TODAY.replace(year=TODAY.year - 1))
    changed = a_need(people.home, state="draft", version=3)
    other = a_need(people.neighbour, state="draft")
    _status, page = board(people.home.officer)
    assert "Show these 4 drafts to your partners" in page
    assert f'value="{shown(beds)}"' in page
    drafts = [shown(beds), shown(cars), shown(late), shown(changed, 1), shown(other), "need_x y"]
    status, page = board(people.home.officer, {"draft": drafts})
    assert status == 200
    assert "Your partners see 2 needs more now." in page
    assert page.count("Still a draft: ") == 2
    assert [state(one) for one in (beds, cars)] == [NeedState.OPEN] * 2
    assert [state(one) for one in (late, changed, other)] == [NeedState.DRAFT] * 3


def test_version_that_is_none_counts_as_the_oldest(people):
    need = a_need(people.home, item=BED, state="draft", version=2)
    _status, page = board(people.home.officer, {"draft": [f"{need.public_id} ²"]})
    assert "Still a draft: " in page
    assert state(need) == NeedState.DRAFT


def test_drafts_are_shown_by_officers_alone(people):
    need = a_need(people.home, item=BED, state="draft")
    status, _page = board(people.stranger, {"draft": [shown(need)]})
    assert status == 403
    assert state(need) == NeedState.DRAFT
    assert Client().post("/en/needs/", {"draft": [shown(need)]}).status_code in (302, 403)
