"""Pages of reading. Load, call, answer; a text is shown to its sender and to reviewers only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.web.read.asking import answer, ask
from mistok.web.read.correct_page import correct_page, proposal_of
from mistok.web.read.document_page import document_page, readable
from mistok.web.read.feeds import feeds_page
from mistok.web.read.queue_page import queue_context

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@posted
def read_page(request: HttpRequest) -> HttpResponse:
    """Paste a text, upload a file or give an address, and see what it states."""
    if request.method == "POST":
        return answer(request)
    return render(request, "read/read.html", ask(request))


@never_cache
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a reviewer."""
    return render(request, "read/queue.html", queue_context(request))


@never_cache
@login_required
@posted
def feeds(request: HttpRequest) -> HttpResponse:
    """The news feeds that are followed."""
    return feeds_page(request)


@never_cache
@posted
def document(request: HttpRequest, document_id: str) -> HttpResponse:
    """A kept text with its proposals."""
    return document_page(request, readable(request, document_id))


@never_cache
@posted
def proposal(request: HttpRequest, document_id: str, number: int) -> HttpResponse:
    """One proposal, to be corrected."""
    found = readable(request, document_id)
    return correct_page(request, found, proposal_of(request, found, number))


@never_cache
@require_safe
def text(request: HttpRequest, document_id: str) -> HttpResponse:
    """The whole text as a file, never as a page."""
    found = readable(request, document_id)
    file = HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{found.public_id}.txt"'
    return file
