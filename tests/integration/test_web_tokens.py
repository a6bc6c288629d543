"""The page of an office's tokens: made and shown once, listed, ended."""

import re

import pytest
from django.urls import reverse

from mistok.accounts.actors import Actor
from mistok.accounts.models import AccessToken
from mistok.accounts.services import make_token, office_token
from mistok.kernel.errors import NotAllowed
from office_cast import SHELL
from office_rooms import address, post, signed_in, text_of, the_rooms
from signing import with_app

pytestmark = pytest.mark.django_db
TOKENS = "{home}/tokens/"
FIELDS = {"name": "Central store", "role": "storekeeper", "days": "90"}


@pytest.fixture
def people():
    found = the_rooms()
    with_app(found.approver)
    return found


def the_page(client, people, language="en"):
    return client.get(address(people, TOKENS, language))


def test_approver_makes_a_token_that_is_shown_once(client, people):
    signed_in(client, people.approver, factor=True)
    answer = post(client, people, TOKENS, "make_token", **FIELDS)
    secret = re.search(r"mistok_[\w-]{43}", answer.content.decode())[0]
    token = office_token(secret)
    assert (token.name, token.role, token.office) == ("Central store", "storekeeper", people.home)
    assert (token.expires_at - token.made_at).days == 90
    page = text_of(the_page(client, people))
    assert secret not in page
    assert f"{token.prefix}…" in page
    assert "<strong>Central store</strong> · storekeeper" in page
    assert "last used on" in page
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_ended_token_moves_to_those_that_are_over(client, people):
    made = make_token(actor=SHELL, office=people.home, role="officer", name="Old form")
    signed_in(client, people.approver, factor=True)
    assert "never used" in text_of(the_page(client, people))
    fields = {"which": made.token.public_id, "reason": "no longer used"}
    answer = post(client, people, TOKENS, "end_token", **fields)
    assert answer.status_code == 302
    page = text_of(the_page(client, people))
    assert "No program acts for this office." in page
    assert "Old form · officer" in page
    with pytest.raises(NotAllowed):
        office_token(made.secret)
    again = post(client, people, TOKENS, "end_token", **fields)
    assert (again.status_code, "ended already" in text_of(again)) == (409, True)


def test_token_of_another_office_is_not_ended_from_here(client, people):
    made = make_token(actor=SHELL, office=people.partner, role="officer", name="Theirs")
    signed_in(client, people.approver, factor=True)
    answer = post(client, people, TOKENS, "end_token", which=made.token.public_id)
    assert answer.status_code == 404
    assert AccessToken.objects.get().ended_at is None


def test_session_without_second_factor_reads_and_makes_nothing(client, people):
    signed_in(client, people.approver)
    assert "Make the token" in text_of(the_page(client, people))
    answer = post(client, people, TOKENS, "make_token", **FIELDS)
    assert answer.status_code == 403
    assert "second factor" in text_of(answer)
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("who", ["officer", "storekeeper", "auditor", "stranger"])
def test_page_is_the_approvers_alone(client, people, who):
    signed_in(client, getattr(people, who))
    assert the_page(client, people).status_code == 403
    desk = client.get(reverse("offices:desk", args=[people.home.public_id]))
    assert "/tokens/" not in desk.content.decode()


def test_wrong_form_is_shown_again(client, people):
    signed_in(client, people.approver, factor=True)
    answer = post(client, people, TOKENS, "make_token", name="", role="approver", days="9999")
    assert answer.status_code == 400
    assert not AccessToken.objects.exists()


def test_trail_tells_which_program_did_it(client, people):
    made = make_token(actor=SHELL, office=people.home, role="officer", name="Our form")
    with pytest.raises(NotAllowed):
        make_token(actor=Actor(token=made.token), office=people.home, role="officer", name="x")
    signed_in(client, people.approver, factor=True)
    trail = text_of(client.get(address(people, "{home}/audit/")))
    assert "the program “Our form”" in trail
    assert "made a token for a program" in trail


def test_page_is_told_in_ukrainian_too(client, people):
    signed_in(client, people.approver, factor=True)
    assert the_page(client, people, "uk").status_code == 200
