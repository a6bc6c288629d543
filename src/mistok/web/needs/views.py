"""Pages of needs. Load, call, answer."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.needs.importing import CONTENT_TYPE, template
from mistok.web.needs.acting import perform
from mistok.web.needs.board import board_context
from mistok.web.needs.catalogue import catalogue_page
from mistok.web.needs.import_page import import_page
from mistok.web.needs.need_page import acts_of, need_page
from mistok.web.needs.need_seat import seat_of, writer_before
from mistok.web.needs.opening import open_drafts
from mistok.web.needs.seats import writer_of
from mistok.web.needs.writing import edit_page, new_page
from mistok.web.words import lang

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@posted
def board(request: HttpRequest) -> HttpResponse:
    """What is needed, as far as its reader may know; its drafts are shown to partners at once."""
    if request.method == "POST":
        return open_drafts(request)
    return render(request, "needs/board.html", board_context(request))


@never_cache
@posted
def need(request: HttpRequest, public_id: str) -> HttpResponse:
    """One need: how much of it is open, who helps, what was asked, what can be done."""
    seat = seat_of(request, public_id)
    page = partial(need_page, seat)
    return perform(seat, acts_of(seat), page) if request.method == "POST" else page()


@never_cache
@login_required
@posted
def new(request: HttpRequest) -> HttpResponse:
    """Write one need."""
    return new_page(writer_of(request))


@never_cache
@login_required
@posted
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one need."""
    return edit_page(*writer_before(request, public_id))


@never_cache
@login_required
@posted
def catalogue(request: HttpRequest) -> HttpResponse:
    """Several needs at once, from the catalogue."""
    return catalogue_page(writer_of(request))


@never_cache
@login_required
@posted
def import_(request: HttpRequest) -> HttpResponse:
    """Needs from a spreadsheet."""
    return import_page(writer_of(request))


@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, in the reader's language."""
    answer = HttpResponse(template(lang()), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="mistok-needs.xlsx"'
    return answer
