"""Offices: who speaks for which municipality, their desks, those who verify them."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.accounts.services.belonging import invitation_of
from mistok.aid.clocks import aid_events
from mistok.partnering.procedure.calendar import feed_of, office_of_token
from mistok.web.offices import claiming, contacts, desk, handing_over, people, queue, tokens
from mistok.web.offices.acting import Acts, Doing, actor_of, answer
from mistok.web.offices.claiming import invitation_context, join
from mistok.web.offices.places import claimable_place, office_by_id, offices_context

Context = Callable[[Doing], dict[str, Any]]
either = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Verified offices by place; above them one's own."""
    return render(request, "offices/offices.html", offices_context(request))


@never_cache
@login_required
@either
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """Say that one works for a municipality, and see what becomes of it."""
    place = claimable_place(key)
    if place.key != key:
        return redirect("offices:claim", key=place.key)
    doing = claiming.new_claim(request, place)
    context = partial(claiming.claim_context, request, place)
    return answer(doing, "offices/claim.html", claiming.ACTS, context)


@never_cache
@either
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to; it is accepted here, once."""
    invited = invitation_of(token)
    if request.method == "POST":
        return join(request, token)
    context = invitation_context(request, invited)
    status = 409 if context["spent"] else 200
    page = render(request, "offices/invitation.html", context, status=status)
    page["X-Robots-Tag"] = "noindex"
    return page


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The days of an office for calendar programs; whoever holds the address may read it."""
    office = office_of_token(token)
    days = feed_of(office, further=aid_events(office))
    page = HttpResponse(days, content_type="text/calendar")
    page["Content-Disposition"] = 'attachment; filename="mistok.ics"'
    page["X-Robots-Tag"] = "noindex"
    return page


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the coordinator who has signed in."""
    return render(request, "offices/queue.html", queue.queue_context(request))


def room(template: str, acts: Acts, context: Context) -> Callable[..., HttpResponse]:
    """A page of one office: its frame, its forms, and what `context` tells or refuses."""
    name = PurePath(template).stem

    @never_cache
    @login_required
    @either
    def page(request: HttpRequest, public_id: str, **_more: str) -> HttpResponse:
        doing = Doing(request=request, actor=actor_of(request), office=office_by_id(public_id))

        def whole() -> dict[str, Any]:
            return context(doing) | desk.frame(doing, name)

        return answer(doing, template, acts, whole)

    return page


one_office = room("offices/desk.html", desk.ACTS, desk.desk_context)
office_people = room("offices/people.html", people.ACTS, people.people_context)
office_contacts = room("offices/contacts.html", contacts.ACTS, contacts.contacts_context)
office_cards = room("offices/hand_over.html", handing_over.ACTS, handing_over.cards_context)
office_card = room("offices/card.html", handing_over.CARD_ACTS, handing_over.card_context)
office_tokens = room("offices/tokens.html", tokens.ACTS, tokens.tokens_context)
office_audit = room("offices/audit.html", {}, desk.audit_context)
coordinate = room("offices/coordinate.html", queue.ACTS, queue.office_context)
