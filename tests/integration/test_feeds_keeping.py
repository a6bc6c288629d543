"""Who follows feeds, and how: from the page, from the shell, within a coordinator's scope."""

import json

import pytest
from feeds_cast import NOON, SHELL, TIE, atom, followed, page, rss

from mistok.accounts.actors import Actor
from mistok.ingest.feeds.services import About, feed_by_id, follow, keeps_feeds, stop
from mistok.ingest.feeds.troubles import kept_trouble, told_trouble
from mistok.ingest.models import Document, Feed
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.provenance.models import AuditEvent
from office_cast import the_cast
from signing import a_person, enters

pytestmark = [pytest.mark.django_db, pytest.mark.world, pytest.mark.usefixtures("archive", "world")]


@pytest.fixture
def people():
    return the_cast()


def of_page(user):
    return Actor(user=user)


def test_a_feed_is_followed_with_what_it_says_of_itself(site):
    feed = followed(site.at("/feed", atom(("a", "/1"))))
    assert (feed.title, feed.publisher, feed.publisher_country) == (
        "Council news",
        "City council",
        "",
    )
    assert (feed.active, feed.ask_after, feed.added_by) == (True, NOON, "shell: tests")
    event = AuditEvent.objects.get(verb="follow_feed")
    assert (event.subject, event.after) == (feed.public_id, {"country": "", "items": 1})


def test_what_its_follower_knows_stands_before(site):
    feed = followed(site.at("/feed", rss()), title="Town", publisher="The Town", country="pl")
    assert (feed.title, feed.publisher, feed.publisher_country) == ("Town", "The Town", "PL")


def test_a_page_that_names_its_feed_leads_there(site):
    link = '<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2">'
    other = '<link rel="stylesheet" href="/x.css"><link rel="alternate" hreflang="uk" href="/uk">'
    home = site.at("/", f"<html><head>{other}{link}</head><body>Hello</body></html>")
    site.at("/feed?a=1&b=2", rss())
    assert followed(home).url == site.root + "/feed?a=1&b=2"


def test_a_page_that_names_what_is_no_feed_is_refused(site):
    site.at("/feed", "<html><body>No</body></html>")
    home = site.at("/", "<link href='/feed' rel='alternate' type='application/atom+xml'>")
    with pytest.raises(Invalid) as refused:
        followed(home)
    assert refused.value.code == "feed_unreadable"


def test_a_feed_is_followed_once_and_again_when_it_was_left(site):
    url = site.at("/feed", rss())
    feed = followed(url)
    with pytest.raises(Conflict) as refused:
        followed(url)
    assert refused.value.code == "feed_followed"
    left = stop(actor=SHELL, feed_id=feed.public_id)
    assert (left.active, left.ask_after) == (False, None)
    with pytest.raises(Conflict) as refused:
        stop(actor=SHELL, feed_id=feed.public_id)
    assert refused.value.code == "feed_stopped"
    assert followed(url).pk == feed.pk
    assert Feed.objects.get().active


def test_a_country_has_two_letters(site):
    with pytest.raises(Invalid) as refused:
        followed(site.at("/feed", rss()), country="U1")
    assert refused.value.code == "country_unknown"
    assert site.asked == []


def test_no_feed_has_this_id():
    with pytest.raises(NotFound):
        feed_by_id("feed_nothing")


def test_coordinators_follow_the_feeds_of_their_countries(site, people):
    url = site.at("/feed", rss())
    ukraine, germany = of_page(people.coordinator), of_page(people.elsewhere)
    with pytest.raises(NotAllowed):
        follow(actor=ukraine, url=url)
    with pytest.raises(NotAllowed):
        follow(actor=germany, url=url, about=About(country="UA"))
    assert site.asked == []
    assert AuditEvent.objects.filter(verb="refused_follow_feed").count() == 2
    feed = follow(actor=ukraine, url=url, about=About(country="UA"))
    with pytest.raises(NotAllowed):
        stop(actor=germany, feed_id=feed.public_id)
    assert not stop(actor=ukraine, feed_id=feed.public_id).active


def test_a_feed_elsewhere_needs_the_scope_of_where_it_is(site, people, monkeypatch):
    """Where an address of one's own country leads to a feed of another, that one counts."""
    monkeypatch.setattr(
        "mistok.ingest.feeds.services.publisher_country",
        lambda url, _name: "UA" if url.endswith("/here") else "DE",
    )
    site.at("/there", rss())
    with pytest.raises(NotAllowed):
        follow(
            actor=of_page(people.coordinator),
            url=site.at("/here", status=301, Location="/there"),
        )
    assert not Feed.objects.exists()


def test_who_keeps_feeds(people):
    assert keeps_feeds(SHELL)
    assert keeps_feeds(of_page(people.coordinator))
    assert not keeps_feeds(of_page(a_person("nobody@example.org")))


def test_troubles_are_kept_short_and_told_whole():
    assert kept_trouble(Invalid("A scan without text.", code="pdf_without_text")) == (
        "A scan without text."
    )
    assert told_trouble("A scan without text.") == "A scan without text."
    assert told_trouble("") == ""
    assert "20 megabytes" in told_trouble("document_too_large 20")


def test_the_page_follows_and_leaves_feeds(client, site, people, static_files):
    enters(client, people.coordinator)
    shown = client.get("/en/read/feeds/").content.decode()
    assert "No feed is followed yet." in shown
    form = {
        "act": "add",
        "address": site.at("/feed", rss(("a", "/1"))),
        "country": "UA",
        "key": "k1",
    }
    answer = client.post("/en/read/feeds/", form, follow=True).content.decode()
    assert "is followed. Its items are read within minutes" in answer
    feed = Feed.objects.get()
    assert "1 feed" in answer
    assert f"stop-{feed.public_id}" in answer
    # Sent twice it is done once.
    client.post("/en/read/feeds/", form)
    assert Feed.objects.count() == 1
    sent = {"act": f"stop-{feed.public_id}", "key": "k2"}
    answer = client.post("/en/read/feeds/", sent, follow=True).content.decode()
    assert "is not followed any more" in answer
    assert f"stop-{feed.public_id}" not in answer


def test_the_page_says_what_is_wrong(client, site, people, static_files):
    enters(client, people.coordinator)
    sent = {"act": "add", "address": site.root + "/nothing", "country": "UA", "key": "k1"}
    answer = client.post("/en/read/feeds/", sent)
    assert answer.status_code == 400
    assert "there is no such page" in answer.content.decode()
    assert site.root + "/nothing" in answer.content.decode()
    answer = client.post("/en/read/feeds/", {"act": "add", "address": "", "key": "k2"})
    assert answer.status_code == 400


def test_the_page_shows_items_in_trouble_and_leads_to_the_queue(client, site, people, patience):
    from mistok.ingest.feeds.checking import check

    links = [("a", site.at("/1", page(TIE))), ("b", site.root + "/nothing")]
    feed = followed(site.at("/feed", rss(*links)), country="UA")
    check(feed, actor=SHELL, at=NOON, manners=patience.manners())
    assert Document.objects.count() == 1
    enters(client, people.coordinator)
    shown = client.get("/uk/read/feeds/")
    assert shown.status_code == 200
    shown = client.get("/en/read/feeds/").content.decode()
    assert "Items that could not be read" in shown
    assert "(404: there is no such page)" in shown
    assert f"feed={feed.public_id}" in shown


def test_the_page_is_for_who_keeps_feeds(client, people, static_files):
    assert client.get("/en/read/feeds/").status_code == 302
    enters(client, a_person("nobody@example.org"))
    assert client.get("/en/read/feeds/").status_code == 403


def test_the_command_follows_lists_checks_and_leaves(mistok, site):
    url = site.at("/feed", rss(("a", site.at("/1", page(TIE)))))
    done = mistok("feeds", "add", url, "--country", "UA", "--json")
    feed = json.loads(done.out)
    assert (feed["url"], feed["country"], feed["followed"]) == (url, "UA", True)
    assert url in mistok("feeds", "list").out
    site.at("/robots.txt", "")
    checked = json.loads(mistok("feeds", "check", "--json").out)
    assert (checked["new"], checked["taken"]) == (1, 1)
    assert mistok("feeds", "check", "--json").out == ""
    assert json.loads(mistok("feeds", "check", "--all", "--json").out)["new"] == 0
    assert not json.loads(mistok("feeds", "stop", feed["feed"], "--json").out)["followed"]
    assert mistok("feeds", "check", "--all").out == ""
    refused = mistok("feeds", "add")
    assert (refused.status, refused.err) == (1, "Write the address of the feed, or its id.\n")
