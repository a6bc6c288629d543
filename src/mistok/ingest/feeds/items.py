"""New items of a feed are opened, politely, and read; what states something waits for review."""

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q, QuerySet

from mistok.accounts.actors import Actor
from mistok.ingest.documents.reader import the_reader
from mistok.ingest.documents.services import Brought, take_in
from mistok.ingest.feeds.parsing import Item
from mistok.ingest.feeds.troubles import NOTHING_FOUND, kept_trouble
from mistok.ingest.fetching import Fetched, fetch, robots_of
from mistok.ingest.fetching.refusing import refusal
from mistok.ingest.models import Document, Feed, FeedItem
from mistok.kernel.errors import Refusal, Unavailable
from mistok.provenance.independence import host_of, site_of
from mistok.reading.intake import open_bytes
from mistok.reading.model import Text
from mistok.registry.outlets import publisher_country

log = logging.getLogger(__name__)

MOST_A_CHECK: Final = 20
"""Pages that are opened for one feed in one check; the rest waits for the next."""
PAUSE: Final = 2.0
"""Seconds between two pages of one host, more where its robots.txt wants more."""
PATIENCE: Final = dt.timedelta(days=2)
"""For so long a page that cannot be reached is tried again with every check."""

Sleep = Callable[[float], None]


@dataclass(slots=True)
class Manners:
    """When each host was asked last, and which hosts are down: nobody is asked in a row."""

    sleep: Sleep = time.sleep
    clock: Callable[[], float] = time.monotonic
    asked: dict[str, float] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)

    def wait_for(self, host: str, pause: float) -> None:
        """Let the pause of this host pass since it was asked last."""
        last = self.asked.get(host)
        if last is not None:
            self.sleep(max(last + max(PAUSE, pause) - self.clock(), 0))
        self.asked[host] = self.clock()


def note_items(feed: Feed, items: Iterable[Item], at: dt.datetime) -> list[FeedItem]:
    """Write down which items are new, the oldest first; those that hold no words of their own.

    An item is known by its mark or by its address. One whose page is a document already is joined
    to it and not opened again.
    """
    items = list(items)
    urls = [item.url for item in items if item.url]
    known = Q(mark__in=[item.mark for item in items]) | Q(url__in=urls)
    rows = list(feed.items.filter(known).values_list("mark", "url"))
    marks, seen = {mark for mark, _url in rows}, {url for _mark, url in rows}
    fresh = [item for item in reversed(items) if item.mark not in marks and item.url not in seen]
    read = dict(Document.objects.filter(url__in=urls).order_by("-pk").values_list("url", "pk"))
    return FeedItem.objects.bulk_create(
        FeedItem(
            feed=feed,
            mark=item.mark,
            url=item.url,
            title=item.title,
            published=item.published,
            seen_at=at,
            document_id=read.get(item.url) if item.url else None,
        )
        for item in fresh
        if item.url
    )


def waiting(feed: Feed) -> QuerySet[FeedItem]:
    """Items that nobody has opened yet, the oldest first."""
    return feed.items.filter(document=None, trouble="").order_by("seen_at", "pk")


def take_items(feed: Feed, actor: Actor, at: dt.datetime, manners: Manners) -> Counter[str]:
    """Open and read what waits, at most MOST_A_CHECK pages; counts of `taken`, `empty`, `failed`.

    A page that cannot be reached now is left waiting for PATIENCE; its host is not asked again in
    this check. What is wrong with one item stops no other.
    """
    counts: Counter[str] = Counter()
    for item in waiting(feed)[: MOST_A_CHECK * 5]:
        host = host_of(item.url)
        if host in manners.down:
            continue
        if counts.total() >= MOST_A_CHECK:
            break
        counts[_take(feed, item, actor, at, manners)] += 1
    return counts


def take_words(feed: Feed, item: Item, actor: Actor, at: dt.datetime) -> str:
    """Read an item that holds its words itself and has no page, once; gives what became of it."""
    if feed.items.filter(mark=item.mark).exists():
        return "known"
    row = FeedItem(feed=feed, mark=item.mark, title=item.title, seen_at=at)
    row.published = item.published
    data = f"<html><body>{item.html}</body></html>".encode("utf-8", "replace")
    page = Fetched("", 200, "text/html; charset=utf-8", data, "", "")
    return _guarded(row, lambda: _read(feed, row, page, actor, at))


def _take(feed: Feed, item: FeedItem, actor: Actor, at: dt.datetime, manners: Manners) -> str:
    host = host_of(item.url)
    try:
        robots = robots_of(item.url)
        if not robots.answered:
            raise refusal("address_unreachable")
        if not robots.allow(item.url):
            raise refusal("robots_refuse")
        manners.wait_for(host, robots.pause)
        page = fetch(item.url)
    except Refusal as refused:
        if isinstance(refused, Unavailable):
            manners.down.add(host)
            if at - item.seen_at < PATIENCE:
                return "later"
        return _failed(item, kept_trouble(refused))
    return _guarded(item, lambda: _read(feed, item, page, actor, at))


def _guarded(item: FeedItem, read: Callable[[], str]) -> str:
    """Read; a fault of ours in one text is logged and stops no other."""
    try:
        return read()
    except Refusal as refused:
        return _failed(item, kept_trouble(refused))
    except Exception:
        log.exception("An item of a feed could not be read: %s", item.mark)
        return _failed(item, "reading_failed")


def _read(feed: Feed, item: FeedItem, page: Fetched, actor: Actor, at: dt.datetime) -> str:
    """Read the text; what states nothing is not kept: it is somebody else's, and no evidence.

    A page that is a document already, perhaps under a shorter address, is joined to it.
    """
    item.document = (
        Document.objects.filter(url=page.url).order_by("pk").first() if page.url else None
    )
    if item.document is not None:
        item.save()
        return "known"
    text = open_bytes(
        page.data, content_type=page.content_type, published=item.published, url=page.url
    )
    reading = the_reader().read(text)
    if not (reading.ties or reading.aid or reading.projects):
        return _failed(item, NOTHING_FOUND, "empty")
    item.document = take_in(
        actor=actor,
        text=text,
        data=page.data,
        origin=Document.Origin.FEED,
        brought=_brought(feed, item, page, text),
        at=at,
    )
    item.save()
    return "taken"


def _brought(feed: Feed, item: FeedItem, page: Fetched, text: Text) -> Brought:
    """What the feed knows of a page; of another publisher's page it knows the title only."""
    own = not page.url or site_of(page.url) == site_of(feed.url)
    publisher = feed.publisher if own else text.publisher
    country = feed.publisher_country if own else publisher_country(page.url, publisher)
    return Brought(
        url=page.url,
        title=item.title or text.title,
        publisher=publisher,
        publisher_country=country,
        published=item.published or str(text.published or ""),
    )


def _failed(item: FeedItem, trouble: str, what: str = "failed") -> str:
    item.trouble = trouble
    item.save()
    return what
