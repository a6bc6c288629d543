"""The registry room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Municipalities, ties and their life."""

    name = "mistok.registry"
    verbose_name = _("Registry")
