"""The ingest room as a Django app: it owns the commands that bring data in."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Commands: starter."""

    name = "mistok.ingest"
