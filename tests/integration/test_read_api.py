"""Programs have a text read: one shape, nothing kept, so many an hour."""

import json
import secrets

import needs_cast
import pytest
import read_cast
from django.test import Client
from read_cast import ARTICLE, SENT, SIGNED, a_stage, a_tie

from mistok.accounts.services import make_token
from mistok.api import read
from mistok.ingest.models import Document
from mistok.provenance.models import Statement

pytestmark = pytest.mark.django_db
fake, ground, people = read_cast.fake, read_cast.ground, needs_cast.needy
PATH = "/api/v1/read"


@pytest.fixture(autouse=True)
def reader(fake, monkeypatch):
    monkeypatch.setattr(read, "the_reader", lambda: fake)
    return fake


def ask(body=None, key="", token="", client=None):
    headers = {"Idempotency-Key": key} if key else {}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    told = {"text": ARTICLE} if body is None else body
    return (client or Client()).post(
        PATH, json.dumps(told), content_type="application/json", headers=headers
    )


def test_text_is_read_and_nothing_kept(reader):
    def rule(text):
        return read_cast.the_usual(text) | {"ties": (a_tie(text, history=(a_stage(text),)),)}

    reader.says(rule)
    answer = ask({"text": ARTICLE, "published": "2023-03", "id": "mine"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["id"], told["lang"], told["published"]) == ("mine", "en", "2023-03")
    (tie,) = told["ties"]
    assert (tie["a"]["name"], tie["event"], tie["date"]) == ("Dortmund", "signed", "2023-02-23")
    assert ARTICLE[tie["start"] : tie["end"]] == tie["evidence"] == SIGNED
    assert tie["history"][0]["planned"] is True
    (aid,) = told["aid"]
    assert (aid["from"], aid["to"], aid["evidence"]) == ("Dortmund", "Zhytomyr", SENT)
    assert aid["items"][0] == {"what": "generator", "quantity": 2, "unit": "pcs", "bound": ""}
    (project,) = told["projects"]
    assert (project["for"], project["amount"], project["currency"]) == ("Zhytomyr", 200000, "EUR")
    assert not Document.objects.exists()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "request_invalid"),
        ({"text": ""}, "request_invalid"),
        ({"text": 5}, "request_invalid"),
        ({"text": "x", "more": 1}, "request_invalid"),
        ({"text": " \n"}, "document_empty"),
        ({"text": "x", "published": "tomorrow"}, "date_malformed"),
    ],
)
def test_body_that_cannot_be_read_is_a_problem_in_the_one_shape(body, code):
    answer = ask(body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


def test_same_key_takes_the_same_text_only():
    one = ask(key="k1")
    assert ask(key="k1").json() == one.json()
    other = ask({"text": f"{ARTICLE} More."}, key="k1")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert ask(key="x" * 81).json()["code"] == "key_malformed"


def test_texts_are_counted_by_address_and_by_token(monkeypatch, people):
    monkeypatch.setattr(read, "WITHOUT_TOKEN", 2)
    monkeypatch.setattr(read, "WITH_TOKEN", 3)
    assert [ask().status_code for _turn in range(3)] == [200, 200, 429]
    problem = ask().json()
    assert problem["code"] == "too_many_readings"
    assert problem["details"]["seconds"] > 0
    answer = ask()
    assert answer["Retry-After"] == str(answer.json()["details"]["seconds"])
    _row, secret = make_token(
        actor=people.home.approver, office=people.home.office, role="officer", name="reader"
    )
    statuses = [ask(token=secret).status_code for _turn in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_wrong_token_is_refused():
    answer = ask(token=f"mistok_{secrets.token_hex(8)}")
    assert answer.status_code == 401


def test_operation_is_in_the_description_for_machines():
    told = Client().get("/api/v1/openapi.json").json()
    operation = told["paths"]["/api/v1/read"]["post"]
    assert operation["operationId"] == "read_text"
    assert {} in operation["security"]
