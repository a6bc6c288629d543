"""Home, data, about, health, errors."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mistok import __version__
from mistok.registry.gazetteer import the_world
from mistok.web.middleware import refusal_page
from mistok.web.pages.present import data_context, home_context


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search first, then what is going on."""
    return render(request, "home.html", home_context())


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What the data is, whose it is, and under which licence."""
    return render(request, "pages/data.html", data_context())


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Mistok is, for whom, and what it is not."""
    return render(request, "pages/about.html")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For watchers: does the database answer, and is the world open?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    places = the_world().info["places"]
    return JsonResponse({"status": "ok", "version": __version__, "places": places})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    message = _("The request cannot be read. Go back and try again.")
    return refusal_page(request, status=400, message=message, code="bad_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    message = _("You may not open this page. Sign in with an account that may.")
    return refusal_page(request, status=403, message=message, code="forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    message = _("There is no page at this address. Search for what you need.")
    return refusal_page(request, status=404, message=message, code="page_unknown")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection token is missing."""
    message = _(
        "The form could not be accepted, because its protection token is missing. Allow cookies, "
        "reload the form and send it again."
    )
    return refusal_page(request, status=403, message=message, code="csrf")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither the database nor a context."""
    context = {"reference": getattr(request, "reference", "")}
    return HttpResponseServerError(get_template("errors/500.html").render(context))
