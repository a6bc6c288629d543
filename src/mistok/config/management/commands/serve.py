"""`mistok serve`: the web server."""

import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mistok.config.server import serve, worker_beside
from mistok.kernel.errors import Unavailable


class Command(BaseCommand):
    """Serve what is there; `mistok run` prepares everything first."""

    help = "Serve the pages with gunicorn."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs until stopped."""
        check_port(options["host"], options["port"])
        with worker_beside(settings.MISTOK_POSTING):
            serve(
                host=options["host"],
                port=options["port"],
                workers=settings.MISTOK_WORKERS,
                threads=settings.MISTOK_THREADS,
            )


def check_port(host: str, port: int) -> None:
    """Raise Unavailable (code `port_in_use`) when nobody could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Unavailable(
                f"Port {port} on {host} cannot be used ({error}). Stop what listens there, or "
                f"choose another: mistok run --port {port + 1 if port < 65535 else 8000}.",
                code="port_in_use",
                details={"port": port},
            ) from error
