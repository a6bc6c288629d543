"""A town's newspaper with feeds of every kind, for tests of feeds."""

import datetime as dt
from xml.sax.saxutils import escape

import pytest

from mistok.accounts.actors import Actor
from mistok.ingest.feeds.items import Manners
from mistok.ingest.feeds.services import About, follow

SHELL = Actor(shell="tests")
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TIE = (
    "Bucha and Bergisch Gladbach signed a twinning agreement on 3 May 2023. The mayors of both "
    "cities met in the town hall and spoke about schools, hospitals and the fire brigade."
)
OTHER = (
    "Ivano-Frankivsk and Lublin signed a partnership agreement on 7 June 2022. The mayors met in "
    "the castle and spoke about the work of their museums and libraries."
)
WEATHER = (
    "It rained all day on Sunday, and the football match was put off until the week after next. "
    "The referee said that the pitch was a lake, and everybody went home to drink tea."
)


def page(text: str, title: str = "News") -> str:
    """A web page with one article."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    return (
        f"<html><head><title>{escape(title)}</title></head><body><article><h1>{escape(title)}"
        f"</h1>{paragraphs}</article></body></html>"
    )


def rss(*items: tuple[str, str], title: str = "Town news", more: str = "", head: str = "") -> str:
    """RSS 2.0 with items by id and link."""
    told = "".join(
        f"<item><guid>{escape(guid)}</guid><link>{escape(link)}</link><title>About {n}</title>"
        f"<pubDate>Wed, 03 May 2023 10:00:00 GMT</pubDate></item>"
        for n, (guid, link) in enumerate(items, 1)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://town.example</link>{told}{more}</channel></rss>"
    )


def atom(*items: tuple[str, str], title: str = "Council news") -> str:
    """Atom with entries by id and link."""
    told = "".join(
        f"<entry><id>{escape(guid)}</id><link href='{escape(link)}'/><title>Entry {n}</title>"
        f"<updated>2023-05-0{n}T10:00:00Z</updated></entry>"
        for n, (guid, link) in enumerate(items, 1)
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>{title}</title><author><name>City council</name></author>{told}</feed>"
    )


def rdf(*items: tuple[str, str]) -> str:
    """RSS 1.0 with items by address."""
    told = "".join(
        f'<item rdf:about="{escape(guid)}"><title>Old {n}</title><link>{escape(link)}</link></item>'
        for n, (guid, link) in enumerate(items, 1)
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://old.example/">'
        f"<title>Old paper</title><link>https://old.example</link></channel>{told}</rdf:RDF>"
    )


class Patience:
    """Manners without waiting: what would have been waited is counted."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def manners(self) -> Manners:
        return Manners(sleep=self.sleep, clock=lambda: self.now)


@pytest.fixture
def patience():
    """Nobody waits in tests."""
    return Patience()


@pytest.fixture
def archive(settings, tmp_path):
    """Kept copies go to a folder of the test; what was asked of robots.txt is forgotten."""
    from django.core.cache import cache

    cache.clear()
    settings.MISTOK_ARCHIVE = tmp_path / "archive"
    return settings.MISTOK_ARCHIVE


def followed(url: str, at: dt.datetime = NOON, **about: str):
    """A feed that is followed from the shell."""
    return follow(actor=SHELL, url=url, about=About(**about), at=at)
