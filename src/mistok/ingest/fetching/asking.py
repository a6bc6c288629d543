"""One page or feed is asked for: politely, once, within limits of size and time."""

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore
import httpx
from django.conf import settings

from mistok.ingest.fetching.addresses import checked_address
from mistok.ingest.fetching.guarding import Deadline, GuardedBackend
from mistok.ingest.fetching.refusing import refusal, refused_status
from mistok.kernel.errors import Refusal

AGENT: Final = "Mistok"
MEGABYTE: Final = 1_000_000
MOST_BYTES: Final = 20 * MEGABYTE
SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED: Final = 304
LONGEST_WAIT: Final = 7 * 24 * 3600
"""Seconds: whoever asks for a longer pause is asked again after a week."""
ACCEPT: Final = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
    "application/xml;q=0.9, application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.5"
)
LONGEST_MARK: Final = {"etag": 400, "last-modified": 100, "content-type": 200}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave: under which address in the end, and how to ask whether it changed.

    `status` is 304 with no data when it did not change since `etag` or `last_modified`.
    """

    url: str
    status: int
    content_type: str
    data: bytes
    etag: str
    last_modified: str


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    most: int = MOST_BYTES,
    seconds: float = SECONDS,
) -> Fetched:
    """Ask for what lies at a public address; redirects are followed, each checked anew.

    `most` are bytes, packed and unpacked alike; `seconds` holds for all of it together. No cookie
    is kept, no password sent. Raises Invalid (`address_malformed`, `port_refused`,
    `address_not_public`, `too_many_redirects`, `document_too_large`, `address_refused`) and
    Unavailable (`address_unreachable`, `address_slow`, `answer_broken`, `address_busy`); where a
    server said how long to wait, `details["retry_after"]` are the seconds.
    """
    deadline, address = Deadline(seconds), checked_address(url)
    marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _ask(address, marks, deadline, most)
        if isinstance(answer, Fetched):
            return answer
        address = answer
    raise refusal("too_many_redirects")


def user_agent() -> str:
    """Who asks, and where to complain."""
    contact = settings.MISTOK_CONTACT
    where = f"{settings.MISTOK_ADDRESS}; {contact}" if contact else settings.MISTOK_ADDRESS
    return f"{AGENT}/{settings.MISTOK_VERSION} (+{where})".encode("ascii", "ignore").decode()


def _ask(
    address: httpx.URL, marks: dict[str, str], deadline: Deadline, most: int
) -> Fetched | httpx.URL:
    """The answer of one server, or the address to which it leads on."""
    try:
        return _talk(_request(address, marks), address, deadline, most)
    except httpcore.TimeoutException:
        raise refusal("address_slow") from None
    except (httpcore.ConnectError, httpcore.ReadError, httpcore.WriteError, OSError):
        raise refusal("address_unreachable") from None
    except (httpcore.ProtocolError, zlib.error):
        raise refusal("answer_broken") from None


def _request(address: httpx.URL, marks: dict[str, str]) -> httpcore.Request:
    headers = {
        "Host": address.netloc.decode("ascii"),
        "User-Agent": user_agent(),
        "Accept": ACCEPT,
        "Accept-Language": "uk, en, de, pl;q=0.9, *;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **{name: value for name, value in marks.items() if value},
    }
    url = httpcore.URL(
        scheme=address.raw_scheme,
        host=address.raw_host,
        port=address.port,
        target=address.raw_path,
    )
    sent = [(name.encode(), value.encode("latin-1", "ignore")) for name, value in headers.items()]
    return httpcore.Request(b"GET", url, headers=sent)


def _talk(
    request: httpcore.Request, address: httpx.URL, deadline: Deadline, most: int
) -> Fetched | httpx.URL:
    pool = httpcore.ConnectionPool(
        max_connections=1, http2=False, network_backend=GuardedBackend(deadline)
    )
    with pool:
        response = pool.handle_request(request)
        try:
            return _answer(response, address, most)
        finally:
            response.close()


def _answer(response: httpcore.Response, address: httpx.URL, most: int) -> Fetched | httpx.URL:
    headers = _headers(response)
    if response.status in REDIRECTS and headers.get("location"):
        return _next_address(address, headers["location"])
    if response.status != NOT_MODIFIED and not 200 <= response.status < 300:
        raise refused_status(response.status, _retry_after(headers.get("retry-after", "")))
    kept = {name: headers.get(name, "") for name in LONGEST_MARK}
    kept = {name: text if len(text) <= LONGEST_MARK[name] else "" for name, text in kept.items()}
    return Fetched(
        url=str(address),
        status=response.status,
        content_type=kept["content-type"],
        data=b"" if response.status == NOT_MODIFIED else _body(response, headers, most),
        etag=kept["etag"],
        last_modified=kept["last-modified"],
    )


def _headers(response: httpcore.Response) -> dict[str, str]:
    """The answer's headers by their names in small letters; of several the first."""
    found: dict[str, str] = {}
    for name, value in response.headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return found


def _next_address(address: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads, checked like any other. Servers write UTF-8 there, whatever."""
    try:
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = location
    try:
        return checked_address(str(address.join(text)))
    except (httpx.InvalidURL, ValueError):
        raise refusal("address_malformed") from None


def _retry_after(text: str) -> int | None:
    """Seconds to wait, written as a number or as a date; None where nothing sensible stands."""
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    seconds = (until - dt.datetime.now(dt.UTC)).total_seconds()
    return min(max(int(seconds), 0), LONGEST_WAIT)


def _body(response: httpcore.Response, headers: dict[str, str], most: int) -> bytes:
    """The document, unpacked; stops as soon as it is too large, packed or unpacked."""
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:12]) > most:
        raise _too_large(most)
    coding = headers.get("content-encoding", "").lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise refusal("answer_broken")
    pieces = _limited(response.iter_stream(), most)
    if coding.endswith("gzip"):
        pieces = _limited(_unpacked(pieces, most), most)
    return b"".join(pieces)


def _limited(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise _too_large(most)
        yield piece


def _unpacked(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """The contents of a gzip stream, never more than one byte beyond the limit at once."""
    unpacker = zlib.decompressobj(wbits=31)
    for piece in pieces:
        rest = piece
        while rest:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(rest, most + 1)
            rest = unpacker.unconsumed_tail or unpacker.unused_data
    if not unpacker.eof:
        raise refusal("answer_broken")


def _too_large(most: int) -> Refusal:
    return refusal("document_too_large", megabytes=most // MEGABYTE or 1)
