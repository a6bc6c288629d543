"""Which addresses may be asked: http and https pages of the open internet, nothing else.

A name is looked up here, once, and the connection goes to the very address that was looked at: a
name that answers otherwise the second time gains nothing.
"""

import ipaddress
import queue
import re
import socket
import threading
from typing import Final

import httpx
from django.conf import settings

from mistok.ingest.fetching.refusing import refusal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST: Final = 1000
"""Letters of an address, as the columns hold them."""
PORTS: Final = {"http": 80, "https": 443}
MOST_PORT: Final = 65535
HOST: Final = re.compile(rb"[a-z0-9._-]+|[0-9a-f:.]+")
"""A name as it is looked up, after IDNA, or an address of a machine."""
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
UNICAST: Final = ipaddress.IPv6Network("2000::/3")
"""All that is given out for the open internet (IANA); what is not, is some network's own."""
CLOSED: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)
"""Protocols' own, tunnels into IPv4 and examples (RFC 6890, 7526, 3056, 4380, 9637)."""


def checked_address(url: str) -> httpx.URL:
    """The address without its fragment, when it is one that may be asked at all.

    Raises Invalid (`address_malformed`, `port_refused`).
    """
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
        scheme, host, port = parsed.scheme, parsed.raw_host, parsed.port
    except (httpx.InvalidURL, ValueError, TypeError):
        raise refusal("address_malformed") from None
    if scheme not in PORTS or not HOST.fullmatch(host) or parsed.userinfo:
        raise refusal("address_malformed")
    if len(str(parsed)) > LONGEST or (port or 80) > MOST_PORT:
        raise refusal("address_malformed")
    asked = port or PORTS[scheme]
    if asked not in settings.MISTOK_FETCH_PORTS and not settings.MISTOK_FETCH_LOOPBACK:
        raise refusal("port_refused")
    return parsed


def is_public(address: Address) -> bool:
    """Whether an address is global unicast: given out for the open internet, to one machine."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in UNICAST:
            return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in closed for closed in CLOSED if closed.version == address.version)


def may_connect(address: Address) -> bool:
    """Whether a connection may go there: the open internet, and in tests this very machine."""
    return is_public(address) or (settings.MISTOK_FETCH_LOOPBACK and address.is_loopback)


def public_addresses(host: str, port: int, seconds: float) -> list[Address]:
    """Where a name leads, without anything that is not public.

    Raises Invalid (`address_not_public`) when nothing is left, Unavailable (`address_unreachable`,
    `address_slow`) when the name is unknown or nobody tells it within the seconds.
    """
    found = [address for address in resolve(host, port, seconds) if may_connect(address)]
    if not found:
        raise refusal("address_not_public")
    return found


def resolve(host: str, port: int, seconds: float) -> list[Address]:
    """All addresses of a name, each once; the system's own look-up, but not for ever."""
    answers: queue.SimpleQueue[list[Address] | OSError | UnicodeError] = queue.SimpleQueue()
    threading.Thread(target=_look_up, args=(host, port, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise refusal("address_slow") from None
    if isinstance(answer, Exception):
        raise refusal("address_unreachable") from None
    return answer


def _look_up(
    host: str, port: int, answers: "queue.SimpleQueue[list[Address] | OSError | UnicodeError]"
) -> None:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answers.put(error)
        return
    texts = dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows)
    answers.put([ipaddress.ip_address(text) for text in texts])
