"""A page is asked for at a real server: what comes back, and when it is refused."""

import gzip
import socket
import time
import zlib

import pytest
from local_site import Answer

from mistok.ingest.fetching import addresses, fetch, guarding, told
from mistok.ingest.fetching.refusing import REFUSALS
from mistok.kernel.errors import Invalid, Refusal, Unavailable

PAGE = "<html><p>Бровари й Гдиня стали партнерами.</p></html>"


def refused(*asked, **how):
    with pytest.raises(Refusal) as caught:
        fetch(*asked, **how)
    return caught.value


def test_a_page_comes_with_all_that_is_needed_to_ask_again(site):
    url = site.at("/a", PAGE, Content_Type="text/html; charset=utf-8", ETag='"v1"')
    got = fetch(url + "#part")
    assert (got.url, got.status, got.data.decode()) == (url, 200, PAGE)
    assert (got.content_type, got.etag, got.last_modified) == (
        "text/html; charset=utf-8",
        '"v1"',
        "",
    )


def test_the_asker_says_who_it_is_and_gives_nothing_else_away(site, settings):
    settings.MISTOK_CONTACT = "mail@mistok.example"
    site.at("/a", status=302, Location="/b", Set_Cookie="a=1")
    site.at("/b", PAGE)
    fetch(site.root + "/a")
    for asked in site.asked:
        assert asked.headers["User-Agent"].startswith("Mistok/")
        assert "mail@mistok.example" in asked.headers["User-Agent"]
        assert not {"Cookie", "Authorization", "Referer"} & set(asked.headers)
        assert asked.headers["Host"] == f"127.0.0.1:{site.port}"


def test_what_did_not_change_is_not_sent_again(site):
    def answer(asked):
        same = asked.headers.get("If-None-Match") == '"v1"'
        return Answer(b"" if same else b"new", 304 if same else 200, {"ETag": '"v1"'})

    site.pages["/a"] = answer
    first = fetch(site.root + "/a")
    again = fetch(site.root + "/a", etag=first.etag, last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    assert (first.data, again.status, again.data) == (b"new", 304, b"")
    assert site.asked[-1].headers["If-Modified-Since"] == "Mon, 01 Jan 2024 00:00:00 GMT"


def test_packed_pages_are_unpacked(site):
    url = site.at("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    assert fetch(url).data.decode() == PAGE
    halves = gzip.compress(b"one ") + gzip.compress(b"two")
    assert fetch(site.at("/b", halves, Content_Encoding="gzip")).data == b"one two"


@pytest.mark.parametrize(
    ("body", "coding"),
    [(b"no gzip at all", "gzip"), (gzip.compress(b"a" * 900, mtime=0)[:-12], "gzip"), (b"x", "br")],
)
def test_what_cannot_be_unpacked_is_said_to_be_broken(site, body, coding):
    assert refused(site.at("/a", body, Content_Encoding=coding)).code == "answer_broken"


def test_a_bomb_is_dropped_before_it_bursts(site):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    url = site.at("/bomb", bomb, Content_Encoding="gzip")
    began = time.monotonic()
    found = refused(url)
    assert found.code == "document_too_large"
    assert "20 megabytes" in str(found)
    assert time.monotonic() - began < 5


def test_a_document_that_is_too_large_is_not_taken_to_its_end(site):
    assert refused(site.at("/a", b"a" * 3000), most=2999).code == "document_too_large"
    assert fetch(site.at("/a", b"a" * 3000), most=3000).data == b"a" * 3000

    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        try:
            while True:
                handler.wfile.write(b"a" * 10_000)
        except OSError:
            sent.append(True)

    sent = []
    site.pages["/endless"] = Answer(tell=endless)
    assert refused(site.root + "/endless", most=100_000).code == "document_too_large"


def test_redirects_are_followed_and_each_is_checked(site, settings):
    url = site.at("/a", status=301, Location="/b?x=1")
    site.at("/b?x=1", status=307, Location=f"{site.root}/новини".encode().decode("latin-1"))
    site.at("/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8", PAGE)
    assert fetch(url).data.decode() == PAGE
    inside = site.at("/c", status=302, Location="http://169.254.169.254/latest/meta-data/")
    found = refused(inside)
    assert found.code == "address_not_public"
    assert "169" not in str(found) + str(found.details)
    assert refused(site.at("/d", status=302, Location="file:///etc/passwd")).code == (
        "address_malformed"
    )
    assert refused(site.at("/e", status=302, Location="http://[::1")).code == "address_malformed"
    assert refused(site.at("/f", status=302, Location="http://u:p@example.org/")).code == (
        "address_malformed"
    )


def test_a_location_in_an_old_encoding_is_followed_as_it_stands(site):
    site.at("/a", status=302, Location="/caf\xe9")
    site.at("/caf%C3%A9", PAGE)
    assert fetch(site.root + "/a").data.decode() == PAGE


def test_without_time_nothing_is_asked(site):
    assert refused(site.at("/a", PAGE), seconds=0).code == "address_slow"
    assert site.asked == []


def test_who_leads_in_a_circle_is_left_after_five(site):
    url = site.at("/a", status=302, Location="/a")
    assert refused(url).code == "too_many_redirects"
    assert len(site.asked) == 6


def test_without_the_setting_this_machine_is_never_asked(site, settings):
    settings.MISTOK_FETCH_LOOPBACK = False
    settings.MISTOK_FETCH_PORTS = (80, 443, site.port)
    assert refused(site.at("/a", PAGE)).code == "address_not_public"
    assert refused(f"http://localhost:{site.port}/a").code == "address_not_public"
    assert site.asked == []


def test_a_name_that_changes_its_mind_gains_nothing(site, settings, monkeypatch):
    """The first look-up of a name decides: the connection goes where the check looked."""
    settings.MISTOK_FETCH_LOOPBACK = False
    settings.MISTOK_FETCH_PORTS = (80, 443, site.port)
    asked, went = [], []

    def look_up(host, port, **_how):
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", port))]

    def connect(_self, host, port, seconds):
        went.append(host)
        raise guarding.httpcore.ConnectError

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(guarding.httpcore.SyncBackend, "connect_tcp", connect)
    assert refused(f"http://rebind.example:{site.port}/").code == "address_unreachable"
    assert (asked, went) == (["rebind.example"], ["8.8.8.8"])
    assert site.asked == []


def test_a_second_address_of_a_name_is_tried(site, monkeypatch):
    monkeypatch.setattr(
        addresses,
        "resolve",
        lambda *_: [addresses.ipaddress.ip_address(text) for text in ("::1", "127.0.0.1")],
    )
    site.at("/a", PAGE)
    assert fetch(f"http://city.example:{site.port}/a").data.decode() == PAGE


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, Invalid, "it asks for a password"),
        (404, Invalid, "there is no such page"),
        (410, Invalid, "the page was taken away for good"),
        (418, Invalid, "it does not want to"),
        (429, Unavailable, "it was asked too often"),
        (500, Unavailable, "it has a fault of its own"),
        (503, Unavailable, "it is overloaded or under repair"),
        (302, Invalid, "it does not want to"),
    ],
)
def test_other_answers_are_told_in_words(site, status, kind, words):
    found = refused(site.at("/a", b"inside: secret", status))
    assert isinstance(found, kind)
    assert f"({status}: {words})" in str(found)
    assert "secret" not in str(found)
    assert found.details == {"status": status}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("99999999999", 604_800), ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("soon", None)],
)
def test_how_long_to_wait_is_kept_for_the_asker(site, text, seconds):
    found = refused(site.at("/a", b"", 503, Retry_After=text))
    assert found.details.get("retry_after") == seconds


def test_a_date_to_wait_for_may_be_without_a_zone(site):
    found = refused(site.at("/a", b"", 503, Retry_After="Fri, 31 Dec 2055 23:59:59 -0000"))
    assert found.details["retry_after"] == 604_800


def test_a_server_that_drips_is_given_up_in_time(site):
    def drips(handler):
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
            time.sleep(0.05)
            try:
                handler.wfile.write(bytes([letter]))
            except OSError:
                return

    site.pages["/slow"] = Answer(tell=drips)
    began = time.monotonic()
    assert refused(site.root + "/slow", seconds=0.6).code == "address_slow"
    assert time.monotonic() - began < 2


def test_time_is_counted_for_all_redirects_together(site):
    def slow(_asked):
        time.sleep(0.3)
        return Answer(b"", 302, {"Location": "/a"})

    site.pages["/a"] = slow
    assert refused(site.root + "/a", seconds=0.7).code == "address_slow"


def test_a_closed_door_and_a_broken_answer_are_told_apart(site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").code == "address_unreachable"
    site.pages["/a"] = Answer(tell=lambda handler: handler.wfile.write(b"hello, who is there?\r\n"))
    assert refused(site.root + "/a").code == "answer_broken"
    site.at("/b", b"short", Content_Length="500")
    assert refused(site.root + "/b", seconds=2).code in ("answer_broken", "address_slow")
    assert refused(f"https://127.0.0.1:{site.port}/", seconds=2).code in (
        "address_unreachable",
        "address_slow",
    )


def test_marks_that_no_column_holds_are_not_kept(site):
    got = fetch(site.at("/a", PAGE, ETag='"' + "x" * 500 + '"'))
    assert got.etag == ""


def test_every_refusal_has_one_whole_sentence_or_more():
    for code in REFUSALS:
        sentence = told(code, {"status": 404, "megabytes": 20})
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "%" not in sentence
