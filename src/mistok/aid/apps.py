"""The aid room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AidConfig(AppConfig):
    """Consignments, acts, papers and the goods ledger."""

    name = "mistok.aid"
    verbose_name = _("Aid")

    def ready(self) -> None:
        """Say what this room keeps about people."""
        # Models can be imported only once all apps are there.
        from mistok.accounts.holders import Holder, keep_holder
        from mistok.aid.own_data import forget, tables

        keep_holder(Holder("aid", tables, forget))
