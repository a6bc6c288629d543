"""Feeds are asked at a real server: what is new is read, what is broken is said."""

import datetime as dt
import gzip

import pytest
from feeds_cast import (
    NOON,
    OTHER,
    SHELL,
    TIE,
    WEATHER,
    atom,
    followed,
    page,
    rdf,
    rss,
)
from local_site import Answer

from mistok.config.working import JOBS
from mistok.ingest.feeds import items as items_of_feeds
from mistok.ingest.feeds.checking import check, check_due
from mistok.ingest.feeds.troubles import NOTHING_FOUND, told_trouble
from mistok.ingest.models import Document, Feed, FeedItem
from mistok.kernel.errors import Invalid

pytestmark = [pytest.mark.django_db, pytest.mark.world, pytest.mark.usefixtures("archive", "world")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def ask(patience):
    """Check a feed without waiting for anybody."""

    def asked(feed, at=NOON):
        feed.refresh_from_db()
        checked = check(feed, actor=SHELL, at=at, manners=patience.manners())
        feed.refresh_from_db()
        return checked

    return asked


@pytest.mark.parametrize("form", [rss, atom, rdf])
def test_items_of_every_kind_of_feed_are_read_and_wait_for_review(site, ask, form):
    one, two = site.at("/1", page(TIE)), site.at("/2", page(WEATHER))
    feed = followed(site.at("/feed", form((one, one), (two, two))), country="UA")
    checked = ask(feed)
    assert (checked.new, checked.taken, checked.empty, checked.failed) == (2, 1, 1, 0)
    document = Document.objects.get()
    assert (document.url, document.origin, document.open_proposals) == (one, "feed", 1)
    assert (document.publisher_country, document.added_by) == ("UA", "shell: tests")
    assert "Bergisch Gladbach" in document.text
    assert FeedItem.objects.get(url=one).document == document
    assert FeedItem.objects.get(url=two).trouble == NOTHING_FOUND


def test_an_item_is_taken_once_by_its_id_or_by_its_address(site, ask):
    one = site.at("/1?utm_source=feed&id=7", page(TIE))
    site.at("/1?id=7", page(TIE))
    url = site.at("/feed", rss(("a", one)))
    feed = followed(url)
    assert ask(feed).taken == 1
    site.at("/feed", rss(("a", site.root + "/moved"), ("b", site.root + "/1?id=7#comments")))
    assert ask(feed, NOON + HOUR).new == 0
    assert [item.url for item in feed.items.all()] == [site.root + "/1?id=7"]
    assert Document.objects.count() == 1


def test_a_page_of_two_feeds_is_one_document(site, ask):
    one, moved = site.at("/1", page(TIE)), site.at("/short", status=301, Location="/1")
    assert ask(followed(site.at("/a", rss(("a", one))))).taken == 1
    again = followed(site.at("/b", atom(("b", one), ("c", moved))))
    assert ask(again).taken == 0
    assert Document.objects.get().feed_items.count() == 3
    assert site.paths().count("/1") == 2


def test_what_did_not_change_is_not_read_again(site, ask):
    body = rss(("a", site.at("/1", page(TIE))))

    def answer(asked):
        same = asked.headers.get("If-None-Match") == '"v1"'
        same &= asked.headers.get("If-Modified-Since") == "Mon, 01 Jan 2024 00:00:00 GMT"
        told = {"ETag": '"v1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
        return Answer(b"" if same else body.encode(), 304 if same else 200, told)

    site.pages["/feed"] = answer
    feed = followed(site.root + "/feed")
    ask(feed)
    assert (feed.etag, feed.ask_after) == ('"v1"', NOON + HOUR)
    checked = ask(feed, NOON + HOUR)
    assert (checked.new, checked.trouble, feed.ask_after) == (0, "", NOON + 2 * HOUR)
    assert "If-None-Match" in site.asked[-1].headers


def test_no_more_than_so_many_pages_in_one_check_and_a_pause_between_them(
    site, ask, patience, monkeypatch
):
    monkeypatch.setattr(items_of_feeds, "MOST_A_CHECK", 2)
    links = [(str(n), site.at(f"/{n}", page(WEATHER))) for n in range(5)]
    site.at("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    feed = followed(site.at("/feed", rss(*links)))
    assert (ask(feed).empty, feed.items.filter(trouble="").count()) == (2, 3)
    # After the feed itself, each page waits as long as the publisher wants.
    assert patience.waits == [7.0, 7.0]
    site.at("/feed", b"", 304)
    assert ask(feed, NOON + HOUR).waiting == 1
    assert ask(feed, NOON + 2 * HOUR).waiting == 0
    # The oldest stand last in a feed and are read first.
    assert [path for path in site.paths() if path != "/feed"] == ["/4", "/3", "/2", "/1", "/0"]


def test_what_publishers_do_not_want_opened_stays_closed(site, ask):
    site.at("/robots.txt", "User-agent: Mistok\nDisallow: /inside/\n")
    links = [("a", site.at("/inside/1", page(TIE))), ("b", site.at("/2", page(OTHER)))]
    feed = followed(site.at("/feed", rss(*links)))
    assert (ask(feed).taken, FeedItem.objects.get(mark=_mark(feed, "/inside/1")).trouble) == (
        1,
        "robots_refuse",
    )
    assert "/inside/1" not in site.paths()
    assert [one.path for one in site.asked].count("/robots.txt") == 1


def _mark(feed, path):
    return feed.items.get(url__endswith=path).mark


def test_one_broken_item_stops_no_other(site, ask, monkeypatch):
    links = [
        ("gone", site.root + "/nothing"),
        ("inside", "http://169.254.169.254/latest"),
        ("empty", site.at("/empty", b"")),
        ("fault", site.at("/fault", page(OTHER))),
        ("good", site.at("/good", page(TIE))),
    ]
    real = items_of_feeds.open_bytes

    def fails(data, **told):
        if told["url"].endswith("/fault"):
            raise ZeroDivisionError
        return real(data, **told)

    monkeypatch.setattr(items_of_feeds, "open_bytes", fails)
    feed = followed(site.at("/feed", rss(*links)))
    checked = ask(feed)
    assert (checked.taken, checked.failed) == (1, 4)
    troubles = {item.url.rpartition("/")[2]: item.trouble for item in feed.items.all()}
    assert troubles["nothing"] == "address_refused 404"
    assert troubles["latest"] == "address_not_public"
    assert troubles["fault"] == "reading_failed"
    assert "empty" in troubles["empty"]
    assert "there is no such page" in told_trouble(troubles["nothing"])
    assert told_trouble(troubles["empty"]).endswith(".")


def test_a_page_that_is_down_is_tried_again_for_two_days(site, ask):
    links = [("a", site.at("/1", b"", 503)), ("b", site.at("/2", page(TIE)))]
    feed = followed(site.at("/feed", rss(*links)))
    site.at("/2", b"", 503)
    assert ask(feed).waiting == 2
    assert site.paths()[1:].count("/1") + site.paths().count("/2") == 1
    site.at("/2", page(TIE))
    site.at("/feed", b"", 304)
    assert ask(feed, NOON + HOUR).taken == 1
    checked = ask(feed, NOON + 3 * 24 * HOUR)
    assert (checked.failed, checked.waiting) == (1, 0)
    assert feed.items.get(url__endswith="/1").trouble == "address_busy 503"


def test_a_server_whose_wishes_cannot_be_asked_is_left_alone(site, ask):
    site.at("/robots.txt", b"", 500)
    feed = followed(site.at("/feed", rss(("a", site.at("/1", page(TIE))))))
    assert (ask(feed).waiting, "/1" in site.paths()) == (1, False)


def test_an_item_without_a_page_is_read_from_the_feed(site, ask):
    words = f"<p>{TIE}</p><p>{WEATHER}</p>".replace("<", "&lt;").replace(">", "&gt;")
    item = f"<item><guid>x</guid><title>Twinned</title><description>{words}</description></item>"
    short = "<item><guid>y</guid><title>Short</title><description>Too short.</description></item>"
    feed = followed(site.at("/feed", rss(more=item + short)), publisher="The Paper")
    assert ask(feed).taken == 1
    document = Document.objects.get()
    assert (document.url, document.title, document.publisher) == ("", "Twinned", "The Paper")
    assert ask(feed, NOON + HOUR).taken == 0
    assert feed.items.count() == 1


def test_a_page_of_another_publisher_is_not_given_the_name_of_the_feed(site, ask):
    elsewhere = f"http://localhost:{site.port}/1"
    site.at("/1", page(TIE))
    feed = followed(site.at("/feed", rss(("a", elsewhere))), publisher="The Paper", country="PL")
    ask(feed)
    document = Document.objects.get()
    assert (document.publisher, document.publisher_country) == ("", "")


def test_a_feed_that_fails_is_asked_ever_more_seldom(site, ask):
    feed = followed(site.at("/feed", rss()))
    site.at("/feed", b"", 500)
    waits = []
    for _time in range(9):
        at = feed.ask_after
        assert ask(feed, at).trouble.startswith("The server did not give the page now (500")
        waits.append((feed.ask_after - at) / HOUR)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 168, 168]
    site.at("/feed", rss())
    ask(feed, feed.ask_after)
    assert (feed.failures, feed.trouble) == (0, "")


def test_a_server_that_says_when_is_asked_then(site, ask):
    feed = followed(site.at("/feed", rss()))
    site.at("/feed", b"", 429, Retry_After="36000")
    ask(feed)
    assert feed.ask_after == NOON + 10 * HOUR


def test_a_feed_that_has_ended_is_asked_no_more(site, ask):
    feed = followed(site.at("/feed", rss()))
    site.at("/feed", b"", 410)
    assert ask(feed).trouble == "The publisher has ended the feed. It is not asked any more."
    assert (feed.active, feed.ask_after) == (False, None)
    assert check(feed, actor=SHELL, at=NOON + HOUR) is None


def test_a_feed_may_move_and_come_packed_in_windows_1251(site, ask):
    text = rss(("a", site.at("/1", page(TIE))), title="Новини громади").replace(
        "utf-8", "windows-1251"
    )
    body = gzip.compress(text.encode("windows-1251"))
    site.at("/new", body, Content_Encoding="gzip", Content_Type="application/rss+xml")
    feed = followed(site.at("/old", status=301, Location="/new"))
    assert (feed.title, feed.url) == ("Новини громади", site.root + "/new")
    assert ask(feed).taken == 1


def test_broken_xml_gives_what_can_be_saved(site, ask):
    good = rss(("a", site.at("/1", page(TIE))))
    feed = followed(site.at("/feed", good.replace("</channel></rss>", "<item><title>& < half")))
    assert ask(feed).taken == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<html><body>Not a feed</body></html>", "feed_unreadable"),
        ("", "feed_unreadable"),
        ("\x00\x01\x02\x03" * 50, "feed_unreadable"),
        (rss(head='<!DOCTYPE a [<!ENTITY b "&c;&c;&c;"><!ENTITY c "lol">]>'), "feed_unsafe"),
        (
            rss(head='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', title="&x;"),
            "feed_unsafe",
        ),
    ],
)
def test_what_is_no_feed_or_a_bomb_is_refused_and_kept_as_trouble(site, ask, body, code):
    url = site.at("/feed", body)
    with pytest.raises(Invalid) as refused:
        followed(url)
    assert refused.value.code == code
    assert not Feed.objects.exists()
    site.at("/feed", rss())
    feed = followed(url)
    site.at("/feed", body)
    ask(feed)
    assert (feed.trouble, feed.failures) == (code, 1)


def test_an_entity_bomb_in_another_encoding_is_seen_too(site):
    bomb = rss(head='<!DOCTYPE a [<!ENTITY b "lol">]>').replace("utf-8", "utf-16")
    with pytest.raises(Invalid) as refused:
        followed(site.at("/feed", bomb.encode("utf-16")))
    assert refused.value.code == "feed_unsafe"


def test_a_feed_without_end_is_read_in_bounds(site, ask):
    links = [(str(n), f"{site.root}/{n}") for n in range(3_000)]
    feed = followed(site.at("/feed", rss(*links)))
    site.at("/robots.txt", "User-agent: *\nDisallow: /\n")
    checked = ask(feed)
    assert (checked.new, checked.failed, checked.waiting) == (200, 20, 180)
    site.at("/feed", b"<rss>" + b" " * 5_100_000)
    assert "5 megabytes" in ask(feed, NOON + HOUR).trouble


def test_an_address_inside_the_feed_is_never_taken_for_a_file(site):
    with pytest.raises(Invalid) as refused:
        followed(site.at("/feed", b"/etc/passwd"))
    assert refused.value.code == "feed_unreadable"


def test_the_worker_asks_each_feed_when_it_is_due(site, patience):
    one, two = site.at("/one", rss()), site.at("/two", rss())
    followed(one)
    followed(two, at=NOON + HOUR)
    told = check_due(at=NOON, manners=patience.manners())
    assert [checked.title for checked in told] == ["Town news"]
    assert site.paths().count("/one") == 2
    assert len(check_due(at=NOON + HOUR, manners=patience.manners())) == 2
    assert set(JOBS["feeds"]()) == {"new", "taken", "failed"}


def test_a_turn_has_an_end_and_the_rest_waits_for_the_next(site, monkeypatch):
    followed(site.at("/one", rss()))
    monkeypatch.setattr("mistok.ingest.feeds.checking.TURN", -1)
    assert check_due(at=NOON) == []


def test_two_workers_at_once_ask_a_feed_once(site, patience):
    feed = followed(site.at("/feed", rss()))
    same = Feed.objects.get(pk=feed.pk)
    assert check(feed, actor=SHELL, at=NOON, manners=patience.manners()) is not None
    assert check(same, actor=SHELL, at=NOON, manners=patience.manners()) is None
    assert site.paths().count("/feed") == 2
