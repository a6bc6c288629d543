"""The frame of the API: tokens, one shape of refusals, strict bodies, its own description."""

import json
import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import AccessToken
from mistok.accounts.services import end_token, make_token
from mistok.api.problems import PROBLEM
from mistok.api.tokens import MOST_WRONG, token_of
from mistok.kernel.errors import NotAllowed
from office_cast import SHELL, the_cast
from office_rooms import text_of

pytestmark = pytest.mark.django_db
LIST = "/api/v1/consignments"
BODY = {"title": "Beds from Dortmund", "regime": "charitable_gift", "day": "2026-11-01"}


@pytest.fixture(autouse=True)
def attempts():
    cache.clear()


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def made(people):
    return make_token(actor=SHELL, office=people.home, role="officer", name="Accounting")


@pytest.fixture
def bearer(made):
    return {"Authorization": f"Bearer {made.secret}"}


def post(client, body, headers, path=LIST):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, text, content_type="application/json", headers=headers)


def told(answer, status, code):
    """A refusal in its whole shape."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "message", "details"}
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["message"] == problem["detail"]
    assert problem["message"].rstrip()[-1] in ".!"
    return problem


# Who asks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({}, "token_missing"),
        ({"Authorization": ""}, "token_missing"),
        ({"Authorization": "Bearer mistok_wrong"}, "token_unknown"),
        ({"Authorization": "Bearer"}, "token_unknown"),
        ({"Authorization": "Basic bWlzdG9rOm1pc3Rvaw=="}, "token_unknown"),
    ],
)
def test_who_writes_shows_a_token(client, made, header, code):
    problem = post(client, BODY, header)
    told(problem, 401, code)
    assert problem["WWW-Authenticate"].startswith("Bearer")


def test_wrong_token_is_refused_also_where_none_is_needed(client, made):
    assert client.get(LIST).status_code == 200
    told(client.get(LIST, headers={"Authorization": "Bearer mistok_wrong"}), 401, "token_unknown")


def test_token_is_noted_and_its_word_may_be_written_small(client, made):
    answer = client.get(LIST, headers={"Authorization": f"bearer  {made.secret}"})
    assert answer.status_code == 200
    assert AccessToken.objects.get().last_used_at is not None


def test_ended_and_expired_tokens_are_told_so(client, made, bearer):
    AccessToken.objects.update(made_at="2020-01-01T00:00Z", expires_at=timezone.now())
    told(client.get(LIST, headers=bearer), 401, "token_expired")
    end_token(actor=SHELL, token=made.token)
    told(client.get(LIST, headers=bearer), 401, "token_ended")


def test_too_many_wrong_tokens_wait_and_right_ones_do_not(client, bearer):
    wrong = {"Authorization": "Bearer mistok_wrong"}
    answers = [client.get(LIST, headers=wrong) for _number in range(MOST_WRONG + 1)]
    # The minute may turn while we ask.
    late = next((one for one in answers if one.status_code == 429), None) or client.get(
        LIST, headers=wrong
    )
    if late.status_code == 429:
        problem = told(late, 429, "too_many_wrong_tokens")
        assert 1 <= int(late["Retry-After"]) == problem["details"]["seconds"] <= 60
    assert {one.status_code for one in answers} <= {401, 429}
    assert client.get(LIST, headers=bearer).status_code == 200


def test_count_of_wrong_tokens_is_by_address_and_minute(client, monkeypatch):
    clock = SimpleNamespace(time=lambda: 6_000_010.0)
    monkeypatch.setattr("mistok.api.tokens.time", clock)
    wrong = {"Authorization": "Bearer mistok_wrong"}
    answers = [client.get(LIST, headers=wrong) for _number in range(MOST_WRONG + 1)]
    assert [one.status_code for one in answers] == [401] * MOST_WRONG + [429]
    assert answers[-1]["Retry-After"] == "50"
    elsewhere = client.get(LIST, headers=wrong, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 401
    clock.time = lambda: 6_000_061.0
    assert client.get(LIST, headers=wrong).status_code == 401


def test_nobody_has_no_token():
    with pytest.raises(NotAllowed) as refused:
        token_of(Actor())
    assert refused.value.code == "token_missing"


def test_session_of_a_browser_opens_nothing(client, people):
    client.force_login(people.officer)
    told(post(client, BODY, {}), 401, "token_missing")
    assert client.get(LIST).json() == {"items": [], "next": None}


def test_what_an_office_reads_is_kept_by_no_cache(client, bearer):
    answer = client.get(LIST, headers=bearer)
    assert answer["Cache-Control"] == "no-store"
    assert "Authorization" in answer["Vary"]
    assert "Cache-Control" not in client.get(LIST)


def test_no_cookie_is_needed_nor_given(made, bearer):
    strict = Client(enforce_csrf_checks=True)
    answer = post(strict, BODY, bearer)
    assert answer.status_code == 201, answer.content
    assert not answer.cookies


# Refusals -----------------------------------------------------------------------------------


def test_unknown_address_and_wrong_method_are_problems(client):
    told(client.get("/api/v1/nothing"), 404, "address_unknown")
    told(client.get("/api/v1/"), 404, "address_unknown")
    wrong = client.delete(LIST)
    told(wrong, 405, "method_not_allowed")
    assert set(wrong["Allow"].split(", ")) == {"GET", "POST"}
    told(client.post("/api/v1/docs"), 405, "method_not_allowed")
    # Pages go on answering with pages.
    assert client.get("/en/nothing/")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "body_not_json"),
        (b"\xff\xfe{}", 400, "body_not_json"),
        ('{"title": 1.5}', 400, "number_not_exact"),
        ('{"title": NaN}', 400, "number_not_exact"),
        ('{"title": -Infinity}', 400, "number_not_exact"),
        ('{"title": 1e3}', 400, "number_not_exact"),
        ('{"title": "a", "title": "b"}', 400, "name_twice"),
        ("[]", 400, "request_invalid"),
        ("", 400, "request_invalid"),
        ("x" * 2_600_000, 413, "body_too_large"),
    ],
)
def test_body_that_is_no_sound_json(client, bearer, body, status, code):
    told(post(client, body, bearer), status, code)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title": None}, "title", "must be a text"),
        ({"title": 7}, "title", "must be a text"),
        ({"title": "x" * 201}, "title", "too long"),
        ({"regime": "help"}, "regime", "must be one of"),
        ({"day": "01.11.2026"}, "day", "is not a day"),
        ({"day": "2026-02-30"}, "day", "is not a day"),
        ({"day": 20261101}, "day", "is not a day"),
        ({"abroad": "yes"}, "abroad", "must be true or false"),
        ({"colour": "blue"}, "colour", "is not known here"),
    ],
)
def test_wrong_field_is_named_in_a_sentence(client, bearer, change, field, words):
    problem = told(post(client, BODY | change, bearer), 400, "request_invalid")
    assert [one["field"] for one in problem["details"]["fields"]] == [field]
    assert words in problem["message"]
    assert f"“{field}”" in problem["message"]


def test_all_wrong_fields_are_told_at_once(client, bearer):
    problem = told(post(client, {"more": 1}, bearer), 400, "request_invalid")
    fields = {one["field"]: one["problem"] for one in problem["details"]["fields"]}
    assert set(fields) == {"title", "regime", "day", "more"}
    assert fields["title"] == "“title” is missing. Add it and send the request again."


def test_language_is_what_the_program_asks_for(client, made, bearer):
    answer = client.get("/api/v1/nothing", headers={"Accept-Language": "uk"})
    assert answer["Content-Language"] == "uk"


@pytest.mark.parametrize(("limit", "field"), [("0", "limit"), ("201", "limit"), ("x", "limit")])
def test_wrong_page_is_refused(client, bearer, limit, field):
    answer = client.get(LIST, {"limit": limit}, headers=bearer)
    problem = told(answer, 400, "request_invalid")
    assert problem["details"]["fields"][0]["field"] == field


def test_cursor_of_nowhere_is_refused(client, bearer):
    told(client.get(LIST, {"cursor": "x"}, headers=bearer), 400, "cursor_unknown")
    told(client.get(LIST, {"cursor": "x"}), 400, "cursor_unknown")


def test_what_breaks_is_told_with_a_reference_and_logged(client, bearer, monkeypatch, caplog):
    def breaks(**_more):
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("mistok.api.aid.consignments.open_consignment", breaks)
    answer = post(client, BODY, bearer)
    problem = told(answer, 500, "broken")
    assert problem["details"]["reference"] == answer["X-Request-Id"]
    assert "secret words" not in answer.content.decode()
    assert any("ZeroDivisionError" in str(one.exc_info) for one in caplog.records)


def test_database_that_is_busy_or_full_asks_to_come_again(client, bearer, monkeypatch):
    def full(**_more):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("mistok.api.aid.consignments.open_consignment", full)
    answer = post(client, BODY, bearer)
    told(answer, 503, "database_unusable")
    assert answer["Retry-After"] == "2"


@pytest.mark.parametrize("key", ["x" * 81, "two words", "ключ"])
def test_key_that_cannot_be_used(client, bearer, key):
    told(post(client, BODY, bearer | {"Idempotency-Key": key}), 400, "key_malformed")


# Its own description ------------------------------------------------------------------------


def test_description_for_machines_tells_every_operation(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    told = {
        (method, path): way
        for path, ways in schema["paths"].items()
        for method, way in ways.items()
    }
    assert set(told) == {
        ("get", "/api/v1/consignments"),
        ("post", "/api/v1/consignments"),
        ("get", "/api/v1/consignments/{consignment_id}"),
        ("post", "/api/v1/consignments/{consignment_id}/lines"),
        ("post", "/api/v1/consignments/{consignment_id}/passages"),
        ("get", "/api/v1/consignments/{consignment_id}/entries"),
        ("post", "/api/v1/consignments/{consignment_id}/entries"),
        ("get", "/api/v1/consignments/{consignment_id}/papers"),
        ("get", "/api/v1/consignments/{consignment_id}/papers/{paper_id}.{kind}"),
        ("get", "/api/v1/balances"),
        ("post", "/api/v1/read"),
    }
    free = {path for (_method, path), way in told.items() if {} in way["security"]}
    assert free == {
        "/api/v1/consignments",
        "/api/v1/consignments/{consignment_id}",
        "/api/v1/read",
    }
    assert all(
        "OfficeToken" in str(way["security"]) or path in free
        for (_method, path), way in told.items()
    )
    keyed = {
        path: one["required"]
        for (method, path), way in told.items()
        for one in way.get("parameters", [])
        if one["name"] == "Idempotency-Key"
    }
    assert len(keyed) == 5
    assert [path for path, needed in keyed.items() if needed] == [
        "/api/v1/consignments/{consignment_id}/entries"
    ]
    ids = [way["operationId"] for way in told.values()]
    assert len(ids) == len(set(ids))
    assert "post_act" in ids
    (scheme,) = {
        (one["type"], one["scheme"]) for one in schema["components"]["securitySchemes"].values()
    }
    assert scheme == ("http", "bearer")
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema)))
    assert references <= set(schema["components"]["schemas"])
    shapes = schema["components"]["schemas"]
    inexact = {name for name, shape in shapes.items() if '"type": "number"' in json.dumps(shape)}
    # What a text says, and how sure the reader is, are no amounts that anybody counts with.
    assert inexact == {"TieRead", "AidRead", "ItemRead", "ProjectRead"}
    assert '"type": "number"' not in json.dumps(schema["paths"])


@pytest.mark.parametrize("language", ["en", "uk"])
def test_description_for_people_is_a_page_that_needs_no_other_host(client, language):
    answer = client.get("/api/v1/docs", headers={"Accept-Language": language})
    assert answer.status_code == 200
    text = text_of(answer)
    assert "POST /api/v1/consignments/{consignment_id}/entries" in text
    assert 'id="shape-IssueBody"' in text
    loaded = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]+)"', text)
    assert [url for url in loaded if not url.startswith("/")] == []
    anchors = set(re.findall(r'href="#([\w-]+)"', text))
    assert anchors <= set(re.findall(r'id="([\w-]+)"', text))
