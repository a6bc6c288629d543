"""What a feed holds, from bytes as they come."""

import pytest

from mistok.ingest.feeds.parsing import feed_named_in, plain_address, read_feed
from mistok.ingest.fetching import Fetched
from mistok.kernel.errors import Invalid

BASE = "https://town.example/feeds/all.xml"


def came(body, content_type="application/rss+xml"):
    data = body.encode() if isinstance(body, str) else body
    return Fetched(BASE, 200, content_type, data, "", "")


def channel(*items, title="Town"):
    told = "".join(f"<item>{item}</item>" for item in items)
    return came(f'<rss version="2.0"><channel><title>{title}</title>{told}</channel></rss>')


def test_addresses_are_made_whole_and_lose_what_counts_readers():
    feed = read_feed(channel("<link>../news/1?utm_source=rss&amp;id=2#top</link>"))
    assert [item.url for item in feed.items] == ["https://town.example/news/1?id=2"]
    assert plain_address("https://a.example/?b=&c=1") == "https://a.example/?b=&c=1"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "mailto:a@b.example", "http://[half", "https://a.b/" + "x" * 1000],
)
def test_what_is_no_page_is_no_item(link):
    assert read_feed(channel(f"<link>{link}</link><title>A</title>")).items == ()


def test_the_same_page_twice_is_one_item():
    one, two = "<guid>a</guid><link>/1</link>", "<guid>b</guid><link>/1</link>"
    assert len(read_feed(channel(one, two, one)).items) == 1


def test_titles_are_plain_lines_and_days_are_days():
    item = (
        "<link>/1</link><title>&lt;b&gt;A  &amp;amp; B&lt;/b&gt;\n C</title>"
        "<pubDate>Wed, 03 May 2023 23:30:00 +0300</pubDate>"
    )
    (found,) = read_feed(channel(item)).items
    assert (found.title, found.published) == ("A & B C", "2023-05-03")
    assert read_feed(channel("<link>/1</link><pubDate>soon</pubDate>")).items[0].published == ""


def test_a_year_beyond_the_calendar_is_no_day():
    date = "<dc:date>0000-00-00</dc:date>"
    body = channel(f"<link>/1</link>{date}").data.decode()
    body = body.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    assert read_feed(came(body)).items[0].published == ""


def test_letters_that_nobody_can_make_out_are_no_feed():
    with pytest.raises(Invalid) as refused:
        read_feed(came(bytes(range(128, 256)) * 20, "application/octet-stream"))
    assert refused.value.code == "feed_unreadable"


def test_only_feeds_that_a_page_names_are_found():
    page = (
        "<link rel=alternate><link rel='alternate' type='text/html' href='/uk'>"
        "<link rel='alternate nofollow' type='application/atom+xml' href='/atom?a=1&amp;b=2'>"
    )
    assert feed_named_in(came(page)) == "https://town.example/atom?a=1&b=2"
    assert feed_named_in(came("<p>Nothing</p>")) == ""
