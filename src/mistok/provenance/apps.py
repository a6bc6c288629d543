"""The provenance room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvenanceConfig(AppConfig):
    """Sources, statements, judgements, audit events."""

    name = "mistok.provenance"
    verbose_name = _("Evidence")
