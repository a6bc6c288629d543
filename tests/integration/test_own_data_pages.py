"""One's own data: taken away, erased in two steps."""

import json

import pytest
from django.utils import timezone

from mistok.accounts.models import Membership
from office_cast import join, person
from office_rooms import just_signed_in, signed_in, text_of, the_rooms
from signing import STRONG, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return the_rooms()


def test_own_data_is_downloaded(client, people):
    just_signed_in(client, people.officer)
    for language in ("en", "uk"):
        assert client.get(f"/{language}/account/data/").status_code == 200
    answer = client.post("/en/account/data/")
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["person"]["email"] == people.officer.email


def test_own_data_asks_for_a_person_and_again_who_it_is(client, people):
    for path in ("data/", "data/erase/"):
        assert client.get(f"/en/account/{path}").url.startswith("/en/account/login/")
    signed_in(client, a_person("with-password@example.org", STRONG))
    assert client.get("/en/account/data/").status_code == 200
    assert client.post("/en/account/data/").url.startswith("/en/account/reauthenticate/")
    assert client.get("/en/account/data/erase/").url.startswith("/en/account/reauthenticate/")


def test_session_of_this_morning_takes_nothing_away(client, people):
    signed_in(client, people.officer)
    answer = client.post("/en/account/data/")
    assert answer.status_code == 403
    assert "sign_in_again" in text_of(answer)


def test_erasing_takes_two_steps_and_signs_out(client, people):
    alone = person("alone")
    join(alone, people.partner, "officer")
    Membership.objects.filter(person=people.partner_officer).update(until=timezone.now())
    just_signed_in(client, alone)
    text = text_of(client.get("/en/account/data/erase/"))
    assert "last member" in text
    assert "membership of the office of Dortmund" in text
    answer = client.post("/en/account/data/erase/")
    assert answer.status_code == 400
    alone.refresh_from_db()
    assert alone.erased_at is None
    answer = client.post("/en/account/data/erase/", {"sure": "yes"})
    assert (answer.status_code, answer.url) == (302, "/en/")
    alone.refresh_from_db()
    assert alone.erased_at is not None
    assert client.get("/en/account/data/").status_code == 302
    assert "erased" in text_of(client.get("/en/"))


def test_coordinator_sees_that_the_task_ends(client, people):
    text = text_of(just_signed_in(client, people.of_all).get("/en/account/data/erase/"))
    assert "Your task ends: coordinator" in text
    assert "last member" not in text
