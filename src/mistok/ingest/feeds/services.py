"""Feeds are followed and left again; the address is asked first, so that it is a feed for sure."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.scopes import PlaceScope
from mistok.accounts.selectors import scopes_of
from mistok.ingest.feeds.parsing import FeedRead, feed_named_in, read_feed
from mistok.ingest.feeds.troubles import SENTENCES
from mistok.ingest.fetching import Fetched, checked_address, fetch
from mistok.ingest.models import Feed
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.kernel.ids import public_id
from mistok.registry.outlets import publisher_country

KEEP = Permission.KEEP_FEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What its follower knows of a feed; empty is what the feed says itself."""

    title: str = ""
    publisher: str = ""
    country: str = ""


def keeps_feeds(actor: Actor) -> bool:
    """Whether the list of feeds is for this actor at all."""
    return can(actor, KEEP) or bool(scopes_of(actor))


def feed_scope(country: str) -> PlaceScope | None:
    """Where a feed belongs for rights: the country of its publisher; None is the whole world."""
    return PlaceScope("", country) if country else None


def follow(
    *, actor: Actor, url: str, about: About | None = None, at: dt.datetime | None = None
) -> Feed:
    """Follow the feed at an address, or the one that the page there names; once more if left.

    It is due at once: the next turn of the worker reads its items. A coordinator of a country
    follows feeds of its publishers, one of the world any. Raises NotAllowed, Conflict
    (`feed_followed`), Invalid (`feed_unreadable`, `feed_unsafe`, `country_unknown`) and what
    fetching refuses.
    """
    at, about = at or timezone.now(), about or About()
    address = str(checked_address(url))
    country = _country(about.country) or publisher_country(address, about.publisher)
    with audited(actor, "follow_feed", feed_id(address)):
        check_can(actor, KEEP, place=feed_scope(country))
    # Outside of the transaction: a slow server keeps nobody else from writing.
    fetched, read = _asked(address)
    country = _country(about.country) or publisher_country(fetched.url, about.publisher)
    with audited(actor, "follow_feed", feed_id(fetched.url)) as act:
        check_can(actor, KEEP, place=feed_scope(country))
        feed = _row(fetched.url, actor, at)
        _describe(feed, read, about, country)
        feed.active, feed.ask_after, feed.failures, feed.trouble = True, at, 0, ""
        feed.added_by = str(actor)
        feed.save()
        act.done(after={"country": country, "items": len(read.items)})
    return feed


def _row(url: str, actor: Actor, at: dt.datetime) -> Feed:
    """The row of a feed that nobody follows now, made where there is none."""
    told = {"public_id": feed_id(url), "active": False, "added_by": str(actor), "added_at": at}
    feed, _new = Feed.objects.get_or_create(url=url, defaults=told)
    if feed.active:
        raise Conflict(
            _("This feed is followed already, as “%(title)s”.") % {"title": feed},
            code="feed_followed",
        )
    return feed


def stop(*, actor: Actor, feed_id: str) -> Feed:
    """Follow a feed no more; what it brought stays. Raises NotFound, NotAllowed, Conflict."""
    with audited(actor, "stop_feed", feed_id[:40]) as act:
        feed = feed_by_id(feed_id)
        check_can(actor, KEEP, place=feed_scope(feed.publisher_country))
        if not Feed.objects.filter(pk=feed.pk, active=True).update(active=False, ask_after=None):
            raise Conflict(
                _("This feed is not followed any more. Nothing is left to stop."),
                code="feed_stopped",
            )
        act.done(after={"items": feed.items.count()})
    feed.refresh_from_db()
    return feed


def feed_by_id(feed_id: str) -> Feed:
    """The feed with this public id. Raises NotFound (`feed_unknown`)."""
    feed = Feed.objects.filter(public_id=feed_id).first()
    if feed is None:
        raise NotFound(
            _("There is no feed with this id. Look at the list of feeds."), code="feed_unknown"
        )
    return feed


def feed_id(url: str) -> str:
    """The public id of the feed at this address."""
    return public_id("feed", url)


def _asked(address: str) -> tuple[Fetched, FeedRead]:
    """The feed at the address, else the one that the page there names."""
    fetched = fetch(address)
    try:
        return fetched, read_feed(fetched)
    except Invalid as refusal:
        named = feed_named_in(fetched) if refusal.code == "feed_unreadable" else ""
        if not named:
            raise _told(refusal.code) from None
    fetched = fetch(named)
    try:
        return fetched, read_feed(fetched)
    except Invalid as refusal:
        raise _told(refusal.code) from None


def _told(code: str) -> Invalid:
    return Invalid(str(SENTENCES[code]), code=code)


def _country(text: str) -> str:
    plain = text.strip().upper()
    if plain and not (len(plain) == 2 and plain.isascii() and plain.isalpha()):
        raise Invalid(
            _("Write the publisher's country as two letters, such as UA."), code="country_unknown"
        )
    return plain


def _describe(feed: Feed, read: FeedRead, about: About, country: str) -> None:
    feed.title = about.title.strip()[:400] or read.title or feed.url[:400]
    feed.publisher = about.publisher.strip()[:200] or read.publisher or read.title[:200]
    feed.publisher_country = country
    feed.language = read.language
    feed.etag = feed.last_modified = ""
