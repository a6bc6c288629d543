"""Asking Wikidata's query service: one question at a time, with pauses, and patient with it.

The service gives each client a minute of work a minute and asks those that meet 429 or 503 to wait
as its header Retry-After says; who does not is shut out for a day.
"""

import datetime as dt
import email.utils
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import httpx
from django.utils.translation import gettext as _

from mistok.ingest.fetching.asking import user_agent
from mistok.ingest.runs.rows import Row
from mistok.ingest.wikidata.answers import statement_rows
from mistok.ingest.wikidata.query import ENDPOINT, LEAST_PAGE, PAGE, page_query
from mistok.kernel.errors import Invalid, Unavailable

MOST_BYTES: Final = 50_000_000
"""In one page, unpacked."""
TRIES: Final = 5
PAUSE: Final = 1.0
"""Seconds between two questions, however quick the answers."""
LONGEST_WAIT: Final = 300.0
"""Seconds that we wait because the service asks for it; for longer ones the import is stopped."""
TIMEOUT: Final = httpx.Timeout(75.0, connect=20.0)
"""Wikidata's own limit for a question is 60 seconds."""
BUSY: Final = frozenset((429, 502, 503))
TOO_MUCH: Final = frozenset((500, 504))
"""What the service answers when a question takes longer than it may."""
ACCEPT: Final = "application/sparql-results+json"
Sleep = Callable[[float], None]


@dataclass(slots=True)
class Wikidata:
    """The query service. `sleep` waits, in tests it only takes notes."""

    url: str = ENDPOINT
    page: int = PAGE
    pause: float = PAUSE
    sleep: Sleep = time.sleep

    def __post_init__(self) -> None:
        """Raises Invalid (`endpoint_malformed`) for what is no address of a web service."""
        if not self.url.startswith(("https://", "http://")):
            raise Invalid(
                _(
                    "“%(url)s” is not the address of a query service. Write it with https:// in "
                    "front."
                )
                % {"url": self.url[:60]},
                code="endpoint_malformed",
            )

    def rows(self, countries: list[str], cursor: str) -> Iterator[Row]:
        """The statements of these countries' items, from the one after the cursor on.

        A row's cursor is the country, the row's number and the statement's id. Raises Unavailable
        as `ask` does; what came before is done then and the import goes on there.
        """
        number, country, after = 0, countries[0], ""
        if cursor:
            country, told, after = cursor.split(" ", 2)
            number = int(told)
        with httpx.Client(timeout=TIMEOUT, headers=_headers()) as client:
            for code in countries[countries.index(country) :]:
                for row in self._of_country(client, code, after, number):
                    number = row.line
                    yield row
                after = ""

    def _of_country(
        self, client: httpx.Client, country: str, after: str, number: int
    ) -> Iterator[Row]:
        limit = self.page
        while True:
            data, limit = self._page(client, country, after, limit)
            rows = list(statement_rows(data, first=number + 1, prefix=f"{country} "))
            yield from rows
            ids = [row["statement"] for row in rows if row["statement"]]
            if len(rows) < limit or not ids or ids[-1] == after:
                return
            after, number = ids[-1], rows[-1].line
            self.sleep(self.pause)

    def _page(
        self, client: httpx.Client, country: str, after: str, limit: int
    ) -> tuple[bytes, int]:
        """A page and how many statements it may hold; a smaller one where the service tires."""
        while True:
            try:
                return self.ask(client, page_query(country, after=after, limit=limit)), limit
            except Unavailable as refusal:
                if refusal.code != "question_too_large" or limit <= LEAST_PAGE:
                    raise
                limit = max(limit // 2, LEAST_PAGE)
                self.sleep(self.pause)

    def ask(self, client: httpx.Client, query: str) -> bytes:
        """The answer to one question.

        Raises Unavailable: `endpoint_busy` (asked to wait longer than we do), `endpoint_refused`,
        `endpoint_unreachable`, `question_too_large`, `answer_too_large`.
        """
        for attempt in range(1, TRIES + 1):
            try:
                return _asked(client, self.url, query)
            except _Again as again:
                if attempt == TRIES:
                    raise again.refusal from again
                wait = again.wait if again.wait is not None else float(2**attempt)
                if wait > LONGEST_WAIT:
                    raise _busy(wait) from again
                self.sleep(wait)
        raise AssertionError("a last try returns or raises")  # pragma: no cover


class _Again(Exception):
    """Worth another try: after how many seconds, and what to tell when there is none."""

    def __init__(self, refusal: Unavailable, wait: float | None = None) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.wait = wait


def _headers() -> dict[str, str]:
    return {"User-Agent": user_agent(), "Accept": ACCEPT, "Accept-Encoding": "gzip"}


def _asked(client: httpx.Client, url: str, query: str) -> bytes:
    try:
        with client.stream("GET", url, params={"query": query}) as answer:
            if answer.status_code == httpx.codes.OK:
                return _body(answer)
            raise _refused(answer)
    except httpx.TransportError as error:
        raise _Again(
            Unavailable(
                _(
                    "Wikidata's query service cannot be reached. Try again later: the import goes "
                    "on where it stopped."
                ),
                code="endpoint_unreachable",
            )
        ) from error
    except httpx.DecodingError as error:
        raise _Again(
            Unavailable(
                _(
                    "Wikidata's answer came damaged. Try again later: the import goes on where it "
                    "stopped."
                ),
                code="endpoint_unreachable",
            )
        ) from error


def _body(answer: httpx.Response) -> bytes:
    """The bytes of the answer, unpacked, and no more of them than anybody needs."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise Unavailable(
                _(
                    "Wikidata's answer is larger than %(most)s MB, so it was not taken. Ask for "
                    "smaller pages, with --page."
                )
                % {"most": MOST_BYTES // 1_000_000},
                code="answer_too_large",
            )
        parts.append(part)
    return b"".join(parts)


def _refused(answer: httpx.Response) -> Exception:
    status = answer.status_code
    if status in BUSY:
        return _Again(_busy(None), _wait(answer.headers.get("Retry-After", "")))
    if status in TOO_MUCH:
        return Unavailable(
            _(
                "Wikidata's query service gave up on the question, which took it too long. Ask for "
                "smaller pages, with --page."
            ),
            code="question_too_large",
        )
    return Unavailable(
        _(
            "Wikidata's query service refused the question with the status %(status)s. Look "
            "whether the address is right and whether this machine may still ask there."
        )
        % {"status": status},
        code="endpoint_refused",
        details={"status": status},
    )


def _busy(wait: float | None) -> Unavailable:
    told = _(
        "Wikidata's query service is busy. Start the import again later: it goes on where it "
        "stopped."
    )
    if wait:
        told = _(
            "Wikidata's query service is busy and asks us to wait for %(minutes)s minutes. Start "
            "the import again after that: it goes on where it stopped."
        ) % {"minutes": math.ceil(wait / 60)}
    return Unavailable(told, code="endpoint_busy")


def _wait(text: str) -> float | None:
    """The seconds that a header Retry-After names, as a number or as a time; None when neither."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
