"""Connections that go to the open internet alone and end when their time is over.

Built on httpcore, the engine of httpx: only there can be told where a connection goes.
"""

import ssl
import time
from collections.abc import Iterable
from typing import Any, Final

import httpcore

from mistok.ingest.fetching.addresses import public_addresses

MOST_TRIED: Final = 3
"""Addresses of one name that are tried in turn."""
CONNECT: Final = 8.0
"""Seconds for one of them, so that a second still has its turn."""


class Deadline:
    """How much time is left for all of an errand: names, connections, redirects, the answer."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until the end. Raises httpcore.ReadTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left


class GuardedStream(httpcore.NetworkStream):
    """A connection of which every single step ends with the deadline, drop by drop too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Encrypt; the certificate must be that of the name, not of the address."""
        left = self._deadline.left()
        return GuardedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells of itself."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, looked at in the moment of connecting."""

    def __init__(self, deadline: Deadline) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first public address of the name that answers."""
        for address in public_addresses(host, port, self._deadline.left())[:MOST_TRIED]:
            seconds = min(CONNECT, self._deadline.left())
            try:
                stream = self._inner.connect_tcp(str(address), port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return GuardedStream(stream, self._deadline)
        raise httpcore.ConnectError
