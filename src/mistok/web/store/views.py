"""Pages of the store. Load, call, answer."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.web.aid.seats import desk_of, opening_seat
from mistok.web.procedure.seats import offices_of
from mistok.web.store.answering import for_the_store, mark
from mistok.web.store.boxes import leads_to
from mistok.web.store.desk import frame, store_context
from mistok.web.store.issuing import issue_page
from mistok.web.store.receiving import consignment_of, receive_page
from mistok.web.store.worker import worker_script

posted = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_the_store
def home(request: HttpRequest) -> HttpResponse:
    """The stores of this person; straight into it where there is one."""
    offices = list(offices_of(Actor(user=request.user), Permission.READ_AID))
    if len(offices) == 1:
        return redirect("store:store", offices[0].public_id)
    return render(request, "store/home.html", frame(request) | {"offices": offices})


@require_safe
@for_the_store
def store(request: HttpRequest, office_id: str) -> HttpResponse:
    """What comes to one office, and what lies in its store."""
    seat = desk_of(request, office_id)
    return render(request, "store/store.html", frame(request) | store_context(seat))


@posted
@for_the_store
def receive(request: HttpRequest, office_id: str, public_id: str) -> HttpResponse:
    """Count what came."""
    seat = opening_seat(request, office_id, Permission.RECEIVE_GOODS)
    return receive_page(seat, consignment_of(seat, public_id))


@posted
@for_the_store
def issue(request: HttpRequest, office_id: str) -> HttpResponse:
    """Give something out, with counts of who got it and no names."""
    return issue_page(opening_seat(request, office_id, Permission.ISSUE_GOODS))


@require_safe
@for_the_store
def find_box(request: HttpRequest) -> HttpResponse:
    """The code of a box, typed into a form."""
    return redirect(leads_to(request, request.GET.get("label", "")))


@require_safe
@for_the_store
def box(request: HttpRequest, label: str) -> HttpResponse:
    """What the square on a box leads to."""
    return redirect(leads_to(request, label))


@never_cache
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """Who is signed in on this phone, and what protects the forms that are sent next."""
    person = Actor(user=request.user).person
    known = person.public_id if person is not None else ""
    answer = JsonResponse({"person": known, "token": get_token(request)})
    return mark(answer, person) if person is not None else answer


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps opened pages for a power cut."""
    return worker_script()


@never_cache
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection for a page that was never opened; of nobody in particular.

    A phone keeps it, so it names no person.
    """
    request.user = AnonymousUser()
    title = _("No connection")
    return render(request, "store/offline.html", frame(request) | {"title": title})
