"""All addresses: pages in /en/ and /uk/, the stewards' door, health."""

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from mistok.web.account.views import too_many_requests
from mistok.web.pages import views

# Named one by one: Leaflet's own admin module would ask for the GDAL library, which we do not use.
for room in ("provenance", "law", "registry", "partnering", "needs", "aid"):
    import_module(f"mistok.{room}.admin")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    *i18n_patterns(
        path("", include("mistok.web.pages.urls")),
        path("", include("mistok.web.partnering.profile_urls")),
        path("", include("mistok.web.living.urls")),
        path("", include("mistok.web.registry.urls")),
        path("", include("mistok.web.reviving.urls")),
        path("", include("mistok.web.authenticity.urls")),
        path("partners/", include("mistok.web.partnering.urls")),
        path("rounds/", include("mistok.web.partnering.round_urls")),
        path("procedure/", include("mistok.web.procedure.urls")),
        path("needs/", include("mistok.web.needs.urls")),
        path("appeals/", include("mistok.web.appeals.urls")),
        path("verify/", include("mistok.web.verify.urls")),
        path("offers/", include("mistok.web.offers.urls")),
        path("notices/", include("mistok.web.notices.urls")),
        path("aid/", include("mistok.web.aid.urls")),
        path("store/", include("mistok.web.store.urls")),
        path("read/", include("mistok.web.read.urls")),
        path("", include("mistok.web.answers.urls")),
        path("offices/", include("mistok.web.offices.urls")),
        path("account/data/", include("mistok.web.offices.own_urls")),
        path("account/", include("mistok.web.account.urls")),
        path("account/", include("allauth.urls")),
    ),
    path("api/v1/", include("mistok.api.urls")),
    path("staff/", admin.site.urls),
]
handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler429 = too_many_requests
handler500 = views.server_error
