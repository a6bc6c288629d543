"""Coordinators of a part of the world at the pages of rounds, the waiting list and shortlists."""

import datetime as dt

import pytest
from test_rounds import a_round

from factories import BUCHA, DORTMUND, GDYNIA, KHARKIV, ZHYTOMYR
from mistok.partnering.rounds.lifecycle import Side
from mistok.partnering.rounds.services import join_waiting_list
from mistok.partnering.shortlists import shortlist_of
from office_cast import SHELL, ZHYTOMYR_OBLAST, join, person, the_cast

pytestmark = pytest.mark.django_db
ROUNDS, WAITING = "/en/rounds/", "/en/rounds/waiting/"
DAY = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people(world):
    found = the_cast()
    found.oblast = person("of-zhytomyr")
    join(found.oblast, None, "coordinator", ZHYTOMYR_OBLAST)
    return found


def pages(client, people, address):
    """Who of the cast reads the page."""
    found = {}
    for who in ("coordinator", "oblast", "elsewhere", "of_all", "officer", "stranger"):
        client.force_login(getattr(people, who))
        found[who] = client.get(address)
    return found


def test_draft_is_seen_and_moved_by_who_coordinates_all_that_seek_in_it(client, people):
    kept = a_round((ZHYTOMYR, GDYNIA), (KHARKIV, DORTMUND), publish=False, hidden=(GDYNIA,))
    address = f"{ROUNDS}{kept.public_id}/"
    seen = {who: page.status_code for who, page in pages(client, people, address).items()}
    assert seen == {
        "coordinator": 200,
        "oblast": 404,
        "elsewhere": 404,
        "of_all": 200,
        "officer": 404,
        "stranger": 404,
    }
    listed = pages(client, people, ROUNDS)
    assert [who for who, page in listed.items() if address in page.content.decode()] == [
        "coordinator",
        "of_all",
    ]
    for who in ("oblast", "elsewhere", "officer", "stranger"):
        client.force_login(getattr(people, who))
        for one in (address, f"{ROUNDS}round_unknown/"):
            assert client.post(one, {"act": "publish"}).status_code == 403
    client.force_login(people.coordinator)
    assert client.post(address, {"act": "publish"}).status_code == 302
    kept.refresh_from_db()
    assert kept.state == "proposed"
    page = client.get(address).content.decode()
    assert "Gdynia" in page
    assert "/rounds/answer/" in page
    client.force_login(people.elsewhere)
    page = client.get(address).content.decode()
    assert "Gdynia" not in page
    assert "/rounds/answer/" not in page


def test_round_of_one_oblast_is_its_coordinators_too(client, people):
    kept = a_round((ZHYTOMYR, GDYNIA), publish=False)
    client.force_login(people.oblast)
    assert client.get(f"{ROUNDS}{kept.public_id}/").status_code == 200


def test_names_on_the_waiting_list_are_those_of_the_scope(client, people):
    for key in (ZHYTOMYR, BUCHA):
        join_waiting_list(actor=SHELL, key=key, side=Side.SEEKER, since=DAY)
    shown = {
        who: [name for name in ("Zhytomyr", "Bucha") if f">{name}</a>" in page.content.decode()]
        for who, page in pages(client, people, WAITING).items()
    }
    both = ["Zhytomyr", "Bucha"]
    assert shown == {
        "coordinator": both,
        "oblast": ["Zhytomyr"],
        "elsewhere": [],
        "of_all": both,
        "officer": [],
        "stranger": [],
    }
    client.force_login(people.oblast)
    assert "the names of those whom you coordinate" in client.get(WAITING).content.decode()


@pytest.mark.parametrize(
    ("who", "stored"),
    [("officer", 1), ("oblast", 1), ("coordinator", 1), ("elsewhere", 0), ("partner_officer", 0)],
)
def test_shortlist_on_the_page_is_stored_for_its_office_and_coordinators(
    client, people, who, stored
):
    client.force_login(getattr(people, who))
    address = f"/en/partners/{ZHYTOMYR}/shortlist/"
    answer = client.post(address, {"add": GDYNIA})
    assert answer.status_code in (200, 302), answer.content[:300]
    assert [row.candidate for row in shortlist_of(ZHYTOMYR)] == [GDYNIA] * stored
    assert "Gdynia" in client.get(address).content.decode()
