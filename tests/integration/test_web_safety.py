"""What every answer carries: headers that keep pages safe, and a reference for the log."""

import re

import pytest
from django.test import Client

from factories import DORTMUND, ZHYTOMYR, a_source, a_tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    a_tie(ZHYTOMYR, DORTMUND)
    return client.get(f"/en/places/{ZHYTOMYR}/")


def policy(response):
    directives = response["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (directive.split() for directive in directives)}


def test_policy_lets_only_own_scripts_and_styles_run(page):
    rules = policy(page)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == ["'self'"]
    assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
    assert "unsafe" not in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/en/", "/uk/ties/", "/en/nowhere/", "/healthz", "/uk/account/login/"]
)
def test_safety_headers_stand_on_every_answer(client, path):
    response = client.get(path)
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert re.fullmatch(r"[0-9a-f]{12}", response["X-Request-Id"])


def test_pages_need_no_inline_script_or_style(page):
    text = page.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert scripts
    assert all("src=" in attributes or "application/json" in attributes for attributes in scripts)


def test_pages_ask_no_other_host_for_anything(page):
    loaded = re.findall(
        r'<(?:script|link|img|iframe|image)[^>]*?(?:src|href)="([^"]+)"', page.content.decode()
    )
    assert loaded
    assert [url for url in loaded if not url.startswith("/")] == []


def test_reader_gets_no_cookie(client):
    assert client.get("/en/").cookies == {}


def test_refusal_page_names_the_reference_of_its_log_line(client, caplog):
    response = client.get("/en/ties/tie_abcdefgh2345/")
    assert response["X-Request-Id"] in response.content.decode()
    assert "refused: tie_unknown" in caplog.text


def test_broken_page_shows_a_sentence_and_a_reference(monkeypatch):
    def broken():
        raise RuntimeError("secret detail")

    monkeypatch.setattr("mistok.web.pages.views.home_context", broken)
    response = Client(raise_request_exception=False).get("/uk/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "secret detail" not in text
    assert "Traceback" not in text
    assert 'href="/"' in text


def test_host_of_another_name_is_refused_with_a_page():
    response = Client().get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Traceback" not in response.content.decode()


def test_form_without_its_token_is_refused_with_a_next_step():
    response = Client(enforce_csrf_checks=True).post("/en/account/login/", {"login": "a"})
    assert response.status_code == 403
    assert "/places/" in response.content.decode()


def test_static_files_are_served_with_a_long_life(client, page):
    (address,) = re.findall(r'href="(/static/mistok[^"]+\.css)"', page.content.decode())
    response = client.get(address)
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]


def test_withdrawn_source_page_still_tells_what_was_said(client):
    source = a_source()
    a_tie(ZHYTOMYR, DORTMUND, source=source, note={"en": "said at the fair"})
    response = client.get(f"/en/sources/{source.public_id}/")
    assert "said at the fair" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/en/offices/?q=%00", "/uk/places/?q=%00Bucha", "/en/ties/?country=%00"]
)
def test_query_loses_its_nul(client, path):
    assert client.get(path).status_code == 200


def test_path_with_a_nul_is_of_no_page(client):
    assert client.get("/en/places/geonames%003/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/en/answer/TOKEN/",
        "/uk/answer/confirm/TOKEN/",
        "/en/rounds/answer/TOKEN/",
        "/en/offices/invitation/TOKEN/",
        "/en/offices/calendar/TOKEN.ics",
        "/en/account/confirm-email/TOKEN/",
    ],
)
def test_addresses_that_open_something_are_not_logged(client, caplog, path):
    with caplog.at_level("INFO"):
        client.get(path)
    assert caplog.messages
    assert "TOKEN" not in caplog.text
