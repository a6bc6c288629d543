"""A real HTTP server on this machine, for tests of whatever asks the internet."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Answer:
    """What the server gives for a path; `tell` writes to the connection itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tell: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]


class Site:
    """Pages by path, and everything that was asked for."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.port = port
        self.pages: dict[str, Answer | Callable[[Asked], Answer]] = {}
        self.asked: list[Asked] = []

    def at(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Put a page there; gives its whole address. Header names with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(data, status, told)
        return self.root + path

    def paths(self) -> list[str]:
        """What was asked for, without the files for robots."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        """The answer to a request; nothing is kept at other paths."""
        self.asked.append(asked)
        page = self.pages.get(asked.path, Answer(b"no such page", 404))
        return page if isinstance(page, Answer) else page(asked)


@contextmanager
def serving() -> Iterator[Site]:
    """The server for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = site.answer(Asked(self.path, dict(self.headers.items())))
            if answer.tell is not None:
                answer.tell(self)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(settings):
    """A server of this machine that may be asked."""
    settings.MISTOK_FETCH_LOOPBACK = True
    with serving() as running:
        yield running
