"""gunicorn with our settings: threads, the application loaded before the workers fork."""

from contextlib import suppress
from typing import Any

from gunicorn.app.base import BaseApplication

from mistok.kernel.errors import Unavailable

_INFLECTED = "Кривого Рогу"
"""A name that needs every table, the dictionary too."""


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
