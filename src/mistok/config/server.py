"""gunicorn with our settings: threads, the application loaded before the workers fork; and beside
it the process that sends what waits to be mailed.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from mistok.kernel.errors import Unavailable

_INFLECTED = "Кривого Рогу"
"""A name that needs every table, the dictionary too."""
WORKER: Final = (sys.executable, "-m", "mistok.config.cli", "worker", "--until-closed")
_PATIENCE: Final = 10
"""Seconds for the mail that is on its way."""


class Server(BaseApplication):  # type: ignore[misc]
    """The WSGI application under gunicorn; workers share the pages of the world."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, imported once in the parent, with the tables that names are read by.

        They take a tenth of a second or two to load: nobody's first search shall wait for that.
        """
        from mistok.config.wsgi import application
        from mistok.registry.gazetteer import the_world

        with suppress(Unavailable):  # pages say so when there is no gazetteer
            the_world().find(_INFLECTED)
        return application


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Listen and answer until the process is told to stop."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    Server(
        {
            "bind": [bind],
            "workers": workers,
            "worker_class": "gthread",
            "threads": threads,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
    ).run()


@contextmanager
def worker_beside(wanted: bool) -> Iterator[subprocess.Popen[bytes] | None]:
    """`mistok worker` as a process beside this one, for as long as the block runs.

    It ends also when this process is killed, since its input is closed then.
    """
    if not wanted:
        yield None
        return
    owner = os.getpid()
    process = subprocess.Popen(WORKER, stdin=subprocess.PIPE)  # noqa: S603 - our own words
    try:
        yield process
    finally:
        # gunicorn's workers are forks of this process and leave the block too.
        if os.getpid() == owner:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdin is not None:
            process.stdin.close()
