"""The stewards' door at /staff/: Django's admin with our name on it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import SimpleAdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class StaffSite(AdminSite):
    """Where stewards of the registry look at records and at the evidence for them."""

    site_header = _("Mistok: stewards of the registry")
    site_title = _("Mistok stewards")
    index_title = _("Registry and evidence")

    def has_permission(self, request: HttpRequest) -> bool:
        """A steward who has shown a second factor in this session."""
        from mistok.web.account.second_factor import used_second_factor

        return super().has_permission(request) and used_second_factor(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one sign-in for everybody: its limits and second factors hold here too."""
        from mistok.web.account.views import staff_door

        wish = request.GET.get("next", "")
        # A word without a slash would be taken for the name of a page.
        if not (wish.startswith("/") and url_has_allowed_host_and_scheme(wish, None)):
            wish = "/staff/"
        return staff_door(request, wish)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Passwords are changed in one place, which asks for the old one and writes a letter."""
        return redirect("account_change_password")


class StaffConfig(SimpleAdminConfig):
    """Django's admin with StaffSite in place of the stock site.

    The rooms' admin modules are loaded with the addresses, not here: commands need none of them.
    """

    default_site = "mistok.config.staff.StaffSite"
