"""The ingest room as a Django app: it owns the commands that bring data in."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Documents that were read, proposals, feeds, imports; and the commands that bring data in."""

    name = "mistok.ingest"

    def ready(self) -> None:
        """Say what this room keeps about people."""
        # Models can be imported only once all apps are there.
        from mistok.accounts.holders import Holder, keep_holder
        from mistok.ingest.own_data import forget, tables

        keep_holder(Holder("ingest", tables, forget))
