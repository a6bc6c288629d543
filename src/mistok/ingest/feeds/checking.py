"""Feeds are asked when they are due: seldom while they fail, never again when they have ended."""

import datetime as dt
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.ingest.feeds.items import (
    Manners,
    note_items,
    take_items,
    take_words,
    waiting,
)
from mistok.ingest.feeds.parsing import FeedRead, read_feed
from mistok.ingest.feeds.troubles import kept_trouble, told_trouble
from mistok.ingest.fetching import Fetched, fetch
from mistok.ingest.models import Feed
from mistok.kernel.errors import Refusal
from mistok.provenance.independence import host_of

EVERY: Final = dt.timedelta(hours=1)
LONGEST: Final = dt.timedelta(days=7)
CLAIM: Final = dt.timedelta(minutes=30)
"""For so long a check belongs to whoever began it; when that one died, the feed is due again."""
MOST_BYTES: Final = 5_000_000
GONE: Final = 410
TURN: Final = 60.0
"""Seconds after which the worker leaves the rest of the due feeds to its next turn."""
WORKER: Final = Actor(shell="feeds")  # noqa: S604 - a name, and no program


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of one feed brought."""

    feed: str
    title: str
    new: int = 0
    taken: int = 0
    empty: int = 0
    failed: int = 0
    waiting: int = 0
    trouble: str = ""


def check_due(
    *, actor: Actor = WORKER, at: dt.datetime | None = None, manners: Manners | None = None
) -> list[Checked]:
    """Check the followed feeds that are due, the longest waiting first, until TURN has passed."""
    at, manners, ends = at or timezone.now(), manners or Manners(), time.monotonic() + TURN
    found = []
    for feed in due(at=at):
        if time.monotonic() > ends:
            break
        checked = check(feed, actor=actor, at=at, manners=manners)
        found += [checked] if checked is not None else []
    return found


def due(*, at: dt.datetime | None = None, everything: bool = False) -> QuerySet[Feed]:
    """Followed feeds that are to be asked now, the longest waiting first; or all of them."""
    feeds = Feed.objects.filter(active=True).order_by("ask_after", "pk")
    return feeds if everything else feeds.filter(ask_after__lte=at or timezone.now())


def feed_facts(feed: Feed) -> dict[str, Any]:
    """A feed as commands print it: where it is, who publishes it, how it went."""
    return {
        "feed": feed.public_id,
        "url": feed.url,
        "title": feed.title,
        "publisher": feed.publisher,
        "country": feed.publisher_country,
        "followed": feed.active,
        "asked": feed.asked_at.isoformat() if feed.asked_at else "",
        "due": feed.ask_after.isoformat() if feed.ask_after else "",
        "items": feed.items.count(),
        "documents": feed.items.exclude(document=None).count(),
        "waiting": waiting(feed).count(),
        "trouble": told_trouble(feed.trouble),
    }


def check(
    feed: Feed, *, actor: Actor, at: dt.datetime | None = None, manners: Manners | None = None
) -> Checked | None:
    """Ask a followed feed and read its new items; None when somebody else does so just now.

    Nothing is raised for a feed or an item in trouble: what went wrong is kept with it and told.
    """
    at, manners = at or timezone.now(), manners or Manners()
    if not _claim(feed, at):
        return None
    try:
        fetched, read = _asked(feed, manners)
    except Refusal as refused:
        _fail(feed, refused, at)
        return _told(feed, Counter())
    with transaction.atomic():
        new = len(note_items(feed, read.items, at)) if read is not None else 0
        _succeed(feed, fetched, read, at)
    counts: Counter[str] = Counter(new=new)
    for item in read.items if read is not None else ():
        if item.html:
            counts[take_words(feed, item, actor, at)] += 1
    counts += take_items(feed, actor, at, manners)
    return _told(feed, counts)


def _claim(feed: Feed, at: dt.datetime) -> bool:
    """Take the check for oneself: of two workers at once, one does it."""
    until = at + CLAIM
    mine = Feed.objects.filter(pk=feed.pk, active=True, ask_after=feed.ask_after)
    if not mine.update(ask_after=until, asked_at=at):
        return False
    feed.ask_after, feed.asked_at = until, at
    return True


def _asked(feed: Feed, manners: Manners) -> tuple[Fetched, FeedRead | None]:
    """What the feed holds; None when it did not change."""
    manners.wait_for(host_of(feed.url), 0)
    fetched = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified, most=MOST_BYTES)
    return fetched, None if fetched.status == 304 else read_feed(fetched)


def _succeed(feed: Feed, fetched: Fetched, read: FeedRead | None, at: dt.datetime) -> None:
    """It answered: asked again in an hour, and how to ask whether it changed."""
    feed.failures, feed.trouble, feed.ask_after = 0, "", at + EVERY
    if read is not None:
        feed.etag, feed.last_modified = fetched.etag, fetched.last_modified
    feed.save(update_fields=["failures", "trouble", "ask_after", "etag", "last_modified"])


def _fail(feed: Feed, refused: Refusal, at: dt.datetime) -> None:
    """It failed: twice the time until the next try, a week at most, or as long as it asked for."""
    feed.failures += 1
    wait = min(EVERY * 2 ** min(feed.failures, 10), LONGEST)
    wait = max(wait, dt.timedelta(seconds=refused.details.get("retry_after", 0)))
    feed.trouble, feed.ask_after = kept_trouble(refused), at + wait
    if refused.details.get("status") == GONE:
        feed.active, feed.ask_after, feed.trouble = False, None, "feed_gone"
    feed.save(update_fields=["failures", "trouble", "ask_after", "active"])


def _told(feed: Feed, counts: Counter[str]) -> Checked:
    return Checked(
        feed=feed.public_id,
        title=str(feed),
        new=counts["new"],
        taken=counts["taken"],
        empty=counts["empty"],
        failed=counts["failed"],
        waiting=waiting(feed).count(),
        trouble=told_trouble(feed.trouble),
    )
