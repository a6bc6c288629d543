"""The partnering room as a Django app: it owns the commands `match` and `round`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartneringConfig(AppConfig):
    """Rounds, proposals, the waiting list; commands: match, round."""

    name = "mistok.partnering"
    verbose_name = _("Partnering")
