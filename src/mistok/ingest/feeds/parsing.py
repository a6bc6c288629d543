"""What a feed holds: Atom, RSS 2.0, 1.0 and older, as it came, broken XML as far as it goes.

feedparser is given a stream of our own and never an address, nor bare bytes, which it would take
for the name of a file. Letters are decoded here, and a document that declares entities is refused
before any parser sees it: a feed needs none, and a bomb is made of them.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser

from mistok.ingest.fetching import Fetched
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash
from mistok.reading.intake.encodings import decoded

MOST_ITEMS: Final = 200
"""Items of one feed that are looked at in one check, the newest first as feeds have them."""
LONGEST_URL: Final = 1000
LONGEST_TITLE: Final = 400
_ENTITY: Final = re.compile(r"<!ENTITY", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LINK: Final = re.compile(r"<link\b[^>]{1,800}>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([a-z]{3,8})\s*=\s*["']([^"'>]{1,1000})["']""", re.IGNORECASE)
_KINDS: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_COUNTING: Final = ("utm_", "fbclid", "gclid")
_HEAD: Final = 200_000
_LEAST_WORDS: Final = 40
"""Words that an item must hold itself to be read without its page."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its mark (the hash of its id, or of its address), and what the feed tells of it."""

    mark: str
    url: str
    title: str
    published: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed as it was read; items that have neither address nor enough words are left out."""

    title: str
    publisher: str
    language: str
    items: tuple[Item, ...]


def read_feed(fetched: Fetched) -> FeedRead:
    """Read a feed. Raises Invalid (`feed_unreadable`, `feed_unsafe`)."""
    text = _text(fetched)
    if _ENTITY.search(text):
        raise Invalid(
            "The feed declares entities of its own, as attacks do; it is not read.",
            code="feed_unsafe",
        )
    plain = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    found = feedparser.parse(
        io.BytesIO(plain),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.get("version") and not found.get("entries"):
        raise Invalid("There is no feed that can be read.", code="feed_unreadable")
    told = found.get("feed", {})
    items = (_item(entry, fetched.url) for entry in found["entries"][:MOST_ITEMS])
    return FeedRead(
        title=_line(told.get("title"), LONGEST_TITLE),
        publisher=_line(told.get("publisher") or told.get("author"), 200),
        language=_line(told.get("language"), 12),
        items=tuple(_each_once(item for item in items if item is not None)),
    )


def feed_named_in(fetched: Fetched) -> str:
    """The address of the first feed that a web page names; empty where it names none."""
    for tag in _LINK.findall(_text(fetched)[:_HEAD]):
        told = {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        named = "alternate" in told.get("rel", "").lower().split()
        if named and told.get("type", "").lower() in _KINDS and told.get("href"):
            return urljoin(fetched.url, told["href"].strip())
    return ""


def plain_address(url: str) -> str:
    """An address without its fragment and without marks that count readers."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if not name.lower().startswith(_COUNTING)]
    query = parts.query if kept == asked else urlencode(kept)
    return urlunsplit(parts._replace(query=query, fragment=""))


def _text(fetched: Fetched) -> str:
    try:
        return decoded(fetched.data, content_type=fetched.content_type, html=True)
    except Invalid:
        raise Invalid("There is no feed that can be read.", code="feed_unreadable") from None


def _item(entry: dict[str, Any], base: str) -> Item | None:
    own = str(entry.get("id") or "").strip()
    link = str(entry.get("link") or "")
    # An id that stands alone is an address only where it looks like one.
    linked = link != own or own.startswith(("https://", "http://", "/"))
    url = _address(link, base) if linked else ""
    html = "" if url else _words(entry)
    title = _line(entry.get("title"), LONGEST_TITLE)
    if not url and not html:
        return None
    mark = content_hash("item", own or url or f"{title}\n{html}")
    return Item(mark, url, title, _day(entry), html)


def _address(link: str, base: str) -> str:
    try:
        url = plain_address(urljoin(base, link.strip())) if link.strip() else ""
    except ValueError:
        return ""
    known = url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL
    return url if known else ""


def _words(entry: dict[str, Any]) -> str:
    """What the item holds itself: the longest of its texts, where it is a text at all."""
    texts = [str(one.get("value") or "") for one in entry.get("content") or ()]
    texts.append(str(entry.get("summary") or ""))
    longest = max(texts, key=len)
    return longest if len(longest.split()) >= _LEAST_WORDS else ""


def _day(entry: dict[str, Any]) -> str:
    # Not through feedparser's own look-up, which gives one for the other with a warning.
    days = (dict.get(entry, name) for name in ("published_parsed", "updated_parsed"))
    told = next((day for day in days if day), None)
    try:
        return dt.date(*told[:3]).isoformat() if told else ""
    except ValueError:
        return ""


def _line(text: object, longest: int) -> str:
    plain = re.sub(r"<[^>]{0,300}>", "", unescape(str(text or "")))
    return " ".join(plain.replace("\x00", " ").split())[:longest]


def _each_once(items: Iterable[Item]) -> list[Item]:
    """Items by mark and by address, each the first time; a page of two items is one."""
    found: dict[str, Item] = {}
    urls: set[str] = set()
    for item in items:
        if item.mark in found or (item.url and item.url in urls):
            continue
        found[item.mark] = item
        urls.add(item.url)
    return list(found.values())
