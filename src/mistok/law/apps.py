"""The law room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    """Dated rules and calendars of days off."""

    name = "mistok.law"
    label = "law"
    verbose_name = _("Law")
