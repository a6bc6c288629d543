"""The needs room as a Django app: lines of needs, letters of appeal, answers, offers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    """Needs, appeals, answers, offers and notices."""

    name = "mistok.needs"
    verbose_name = _("Needs")

    def ready(self) -> None:
        """Say what this room keeps about people."""
        # Models can be imported only once all apps are there.
        from mistok.accounts.holders import Holder, keep_holder
        from mistok.needs.own_data import forget, tables

        keep_holder(Holder("needs", tables, forget))
