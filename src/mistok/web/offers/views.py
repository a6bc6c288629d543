"""Pages of offers. Load, call, answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.web.offers.board import board_context
from mistok.web.offers.editing import edit_page, new_page
from mistok.web.offers.offer_page import offer_page, perform
from mistok.web.offers.propose_page import meeting_of, propose_page
from mistok.web.offers.seats import seat_of

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is offered, as far as its reader may know."""
    return render(request, "offers/board.html", board_context(request))


@never_cache
@login_required
@posted
def new(request: HttpRequest) -> HttpResponse:
    """Write an offer."""
    return new_page(request)


@never_cache
@posted
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """One offer, with the needs that it may meet."""
    seat = seat_of(request, public_id)
    return perform(seat) if request.method == "POST" else offer_page(seat)


@never_cache
@login_required
@posted
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change an offer."""
    return edit_page(seat_of(request, public_id))


@never_cache
@login_required
@posted
def propose(request: HttpRequest, public_id: str, need_id: str) -> HttpResponse:
    """Bring an offer and a need together."""
    return propose_page(meeting_of(request, public_id, need_id))
