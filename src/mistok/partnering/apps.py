"""The partnering room as a Django app: it owns the command `match`."""

from django.apps import AppConfig


class PartneringConfig(AppConfig):
    """Commands: match."""

    name = "mistok.partnering"
