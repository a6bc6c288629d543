"""The query service asked politely: pages, pauses, patience, limits."""

import datetime as dt
import email.utils

import pytest

from mistok.ingest.wikidata import client as module
from mistok.ingest.wikidata.client import Wikidata, _wait
from mistok.kernel.errors import Invalid, Unavailable
from wikidata_cast import QueryService, answer, binding

ONE = {"q": "Q1", "en": "Bucha", "country": "UA"}
TWO = {"q": "Q2", "en": "Gera", "country": "DE"}
POLISH = {"q": "Q3", "en": "Gdynia", "country": "PL"}


@pytest.fixture
def slept():
    return []


@pytest.fixture
def service():
    lines = [binding(f"Q1-{n:03}", ONE, TWO) for n in range(7)]
    lines += [binding("Q1-003", ONE, {**TWO, "country": "PL"})]
    lines += [binding(f"Q3-{n:03}", POLISH, TWO) for n in range(2)]
    with QueryService(lines) as running:
        yield running


@pytest.fixture
def wikidata(service, slept):
    return Wikidata(url=service.url, page=3, sleep=slept.append)


def told(rows):
    return [row["statement"] for row in rows]


def test_pages_follow_each_other_and_every_statement_comes_once(wikidata, service, slept):
    rows = list(wikidata.rows(["UA", "PL"], ""))
    assert told(rows) == [*(f"Q1-{n:03}" for n in range(7)), "Q3-000", "Q3-001"]
    assert [row.line for row in rows] == list(range(1, 10))
    assert len(service.asked) == 4
    assert slept == [1.0, 1.0]


def test_who_asks_says_who_it_is(wikidata, service, settings):
    settings.MISTOK_CONTACT = "office@example.org"
    list(wikidata.rows(["UA"], ""))
    assert service.agents[0].startswith("Mistok/")
    assert "office@example.org" in service.agents[0]


@pytest.mark.parametrize("stop", range(9))
def test_asking_goes_on_after_any_statement(wikidata, stop):
    whole = list(wikidata.rows(["UA", "PL"], ""))
    rest = list(wikidata.rows(["UA", "PL"], whole[stop].cursor))
    assert told(rest) == told(whole)[stop + 1 :]
    assert [row.line for row in rest] == [row.line for row in whole][stop + 1 :]


@pytest.mark.parametrize("status", [429, 502, 503])
def test_busy_service_is_asked_again_when_it_says(wikidata, service, slept, status):
    service.troubles = [(status, {"Retry-After": "7"}), (status, {})]
    assert len(told(wikidata.rows(["PL"], ""))) == 2
    assert slept == [7.0, 4.0]


def test_service_that_asks_for_long_patience_stops_the_import(wikidata, service, slept):
    service.troubles = [(429, {"Retry-After": "7200"})]
    with pytest.raises(Unavailable) as refused:
        list(wikidata.rows(["PL"], ""))
    assert refused.value.code == "endpoint_busy"
    assert "120 minutes" in str(refused.value)
    assert slept == []


def test_service_that_stays_busy_is_left_alone(wikidata, service, slept):
    service.troubles = [(503, {})] * 9
    with pytest.raises(Unavailable) as refused:
        list(wikidata.rows(["PL"], ""))
    assert (refused.value.code, len(service.asked)) == ("endpoint_busy", 5)
    assert slept == [2.0, 4.0, 8.0, 16.0]


@pytest.mark.parametrize("status", [500, 504])
def test_tired_service_is_asked_for_smaller_pages(service, slept, status):
    service.troubles = [(status, {})] * 2
    wikidata = Wikidata(url=service.url, page=100, sleep=slept.append)
    assert len(told(wikidata.rows(["UA"], ""))) == 7
    assert [query.partition("LIMIT ")[2].split()[0] for query in service.asked] == [
        "100",
        "50",
        "25",
    ]
    service.troubles = [(status, {})] * 4
    with pytest.raises(Unavailable) as refused:
        list(wikidata.rows(["UA"], ""))
    assert refused.value.code == "question_too_large"


@pytest.mark.parametrize("status", [301, 400, 403, 404])
def test_refusal_of_the_service_is_told_with_its_status(wikidata, service, status):
    service.troubles = [(status, {"Location": "http://127.0.0.1:9/"})]
    with pytest.raises(Unavailable) as refused:
        list(wikidata.rows(["UA"], ""))
    assert refused.value.code == "endpoint_refused"
    assert str(status) in str(refused.value)
    assert len(service.asked) == 1


def test_service_that_is_not_there_is_told(slept):
    with pytest.raises(Unavailable) as refused:
        list(Wikidata(url="http://127.0.0.1:9/sparql", sleep=slept.append).rows(["UA"], ""))
    assert refused.value.code == "endpoint_unreachable"
    assert len(slept) == 4


def test_answer_that_came_damaged_is_asked_for_again(wikidata, service, slept):
    service.raw = b"not gzip at all"
    with pytest.raises(Unavailable) as refused:
        list(wikidata.rows(["UA"], ""))
    assert refused.value.code == "endpoint_unreachable"
    assert len(service.asked) == 5


def test_answer_larger_than_anybody_needs_is_not_taken(wikidata, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 50)
    with pytest.raises(Unavailable) as refused:
        list(wikidata.rows(["UA"], ""))
    assert refused.value.code == "answer_too_large"


def test_web_page_instead_of_an_answer_is_refused(wikidata, service):
    service.packed, service.raw = False, b"<html>Please sign in</html>"
    with pytest.raises(Invalid) as refused:
        list(wikidata.rows(["UA"], ""))
    assert refused.value.code == "answer_malformed"


def test_service_that_repeats_itself_is_not_asked_for_ever(slept):
    same = [binding(f"Q1-{n}", ONE, TWO) for n in range(3)]
    with QueryService(same) as service:
        service.packed, service.raw = False, answer(*same)
        rows = list(Wikidata(url=service.url, page=3, sleep=slept.append).rows(["UA"], ""))
    assert len(rows) == 6
    assert len(service.asked) == 2


def test_address_of_another_kind_is_refused():
    with pytest.raises(Invalid) as refused:
        Wikidata(url="file:///etc/passwd")
    assert refused.value.code == "endpoint_malformed"


def test_retry_after_is_read_as_seconds_or_as_a_time():
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90)
    assert _wait("15") == 15
    assert 80 < _wait(email.utils.format_datetime(soon, usegmt=True)) <= 90
    assert _wait(email.utils.format_datetime(soon.replace(tzinfo=None))) > 0
    assert _wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert _wait("soon") is None
    assert _wait("") is None
