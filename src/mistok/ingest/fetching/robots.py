"""What publishers ask of programs: robots.txt, read once a day for each server (RFC 9309)."""

from dataclasses import dataclass
from typing import Final
from urllib.robotparser import RobotFileParser

import httpx
from django.core.cache import cache

from mistok.ingest.fetching.addresses import checked_address
from mistok.ingest.fetching.asking import AGENT, fetch
from mistok.kernel.errors import Invalid, Refusal
from mistok.kernel.ids import content_hash

DAY: Final = 24 * 3600
SOON: Final = 3600
"""Seconds until a server that did not answer is asked again."""
MOST: Final = 500_000
"""Bytes, as much as RFC 9309 wants to be read at least."""
LONGEST_PAUSE: Final = 10.0
FORBID_ALL: Final = "# The server did not answer.\nUser-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Robots:
    """The wishes of one server; `answered` is false when it could not be asked for them."""

    rules: RobotFileParser
    answered: bool = True

    def allow(self, url: str) -> bool:
        """Whether the page may be opened."""
        return self.rules.can_fetch(AGENT, url)

    @property
    def pause(self) -> float:
        """Seconds that the server wants between two requests; 0 where it says nothing."""
        return min(float(self.rules.crawl_delay(AGENT) or 0), LONGEST_PAUSE)


def robots_of(url: str) -> Robots:
    """The wishes of the server of this address.

    A server without such a file allows everything; one that cannot be reached, or has a fault, is
    left alone for an hour. Raises Invalid as `checked_address` does.
    """
    root = checked_address(url).copy_with(raw_path=b"/robots.txt")
    name = f"robots:{content_hash(str(root))[:32]}"
    text = cache.get(name)
    if text is None:
        text, seconds = _asked(root)
        cache.set(name, text, seconds)
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return Robots(rules, text != FORBID_ALL)


def _asked(root: httpx.URL) -> tuple[str, int]:
    """The file, and for how many seconds it holds."""
    try:
        data = fetch(str(root), most=MOST).data
    except Invalid as refusal:
        # No such file, or one beyond all measure: nothing is forbidden. An address that is not
        # public is refused again when the page itself is asked for.
        return "", DAY if refusal.code == "address_refused" else SOON
    except Refusal:
        return FORBID_ALL, SOON
    return data.decode("utf-8", "replace").removeprefix("\ufeff"), DAY
