"""The stewards' door at /staff/: Django's admin with our name on it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _


class StaffSite(AdminSite):
    """Where stewards of the registry look at records and at the evidence for them."""

    site_header = _("Mistok: stewards of the registry")
    site_title = _("Mistok stewards")
    index_title = _("Registry and evidence")


class StaffConfig(SimpleAdminConfig):
    """Django's admin with StaffSite in place of the stock site.

    The rooms' admin modules are loaded with the addresses, not here: commands need none of them.
    """

    default_site = "mistok.config.staff.StaffSite"
