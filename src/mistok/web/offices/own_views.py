"""One's own data: see why it is kept, take it away, have it erased."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mistok.accounts.actors import Actor
from mistok.accounts.models import User
from mistok.accounts.services import erase_person, export_own_data
from mistok.web.offices.own_data import erasing_context, own_data_context


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """Why something is kept about me; a file with all of it."""
    if request.method == "POST":
        return proved(request, _file)
    return render(request, "offices/own_data.html", own_data_context(_person(request)))


def _file(request: HttpRequest) -> HttpResponse:
    told = export_own_data(actor=Actor(user=request.user))
    page = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    day = timezone.localdate().isoformat()
    page["Content-Disposition"] = f'attachment; filename="mistok-my-data-{day}.json"'
    return page


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What ends with me and what stays; then, when I am sure, it is done."""
    return proved(request, _erase)


def _erase(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        erase_person(actor=Actor(user=person), person=person)
        logout(request)
        messages.success(request, _("Your data is erased, and you are signed out. Farewell."))
        return redirect("pages:home")
    unsure = request.method == "POST"
    context = erasing_context(person) | {"unsure": unsure}
    return render(request, "offices/erase.html", context, status=400 if unsure else 200)


def proved(request: HttpRequest, page: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Ask once more who it is: a session left open must not give away or lose everything."""
    asked: HttpResponse = reauthentication_required(app="allauth.account")(page)(request)
    return asked


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the page asks for a person signed in
    return request.user
