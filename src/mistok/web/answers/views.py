"""Answers, commitments, questions. Load, call, answer; reading a link changes nothing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.web.answers import seats
from mistok.web.answers.asking import ask_page, asking_of, send_words
from mistok.web.answers.commit_page import commit_page, giving_of
from mistok.web.answers.commitment_page import commitment_page, perform, seat_of
from mistok.web.answers.confirm_page import confirm as confirm_now
from mistok.web.answers.confirm_page import confirm_page
from mistok.web.answers.council import sheet_context, sheet_of
from mistok.web.answers.give_page import give_page, published
from mistok.web.answers.letter_page import answer_page
from mistok.web.answers.link_page import link_page

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@posted
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A letter by its one-time link, for whoever has no account."""
    return link_page(request, token)


@never_cache
@posted
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A giver confirms her address."""
    return confirm_now(request, token) if request.method == "POST" else confirm_page(request, token)


@never_cache
@login_required
@posted
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """A letter before the office that got it."""
    return answer_page(seats.desk_of(request, public_id))


@never_cache
@login_required
@posted
def commit(request: HttpRequest, public_id: str) -> HttpResponse:
    """An office commits help to a need."""
    return commit_page(giving_of(request, public_id))


@never_cache
@login_required
@posted
def private(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person gives in her own name, or for an organisation."""
    return give_page(request, published(public_id))


@never_cache
@login_required
@posted
def commitment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One commitment, with what both sides can do."""
    seat = seat_of(request, public_id)
    return perform(request, seat) if request.method == "POST" else commitment_page(seat, request)


@never_cache
@login_required
@posted
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """A question about a need, or a reply."""
    asking = asking_of(request, public_id)
    return send_words(asking) if request.method == "POST" else ask_page(asking)


@never_cache
@login_required
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """The sheet for one's own council."""
    return render(request, "answers/commitments.html", sheet_context(sheet_of(request)))
