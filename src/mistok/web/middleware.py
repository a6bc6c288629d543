"""Layers around every page: a log line with a reference, clean addresses, refusals as pages."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.provenance.reference import request_reference
from mistok.web.refusals import first_steps, sentence

Answer = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger(__name__)

# Who holds the end of such an address may answer a proposal or a letter, confirm an address, set a
# password, join an office or read its calendar: it stays out of the log.
_SECRET = re.compile(
    r"(/rounds/answer/|/answer/(?:confirm/)?|/confirm-email/|/password/reset/key/"
    r"|/offices/(?:invitation|calendar)/)[^/]+"
)


def request_log(get_response: Answer) -> Answer:
    """One structured line a request: path without the query, which may name a person's wish."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        reference = uuid.uuid4().hex[:12]
        request_reference.set(reference)
        request.reference = reference  # type: ignore[attr-defined]
        begun = time.perf_counter()
        response = get_response(request)
        response["X-Request-Id"] = reference
        path = _SECRET.sub(r"\1…", request.path)
        if request.path != "/healthz":
            milliseconds = round((time.perf_counter() - begun) * 1000, 1)
            log.info(
                "%s %s %s in %s ms",
                request.method,
                path,
                response.status_code,
                milliseconds,
                extra={
                    "method": request.method,
                    "path": path,
                    "status": response.status_code,
                    "ms": milliseconds,
                },
            )
        return response

    return answer


def without_nul(get_response: Answer) -> Answer:
    """No address holds a NUL: no person types one, and PostgreSQL refuses any text that has it.

    A query loses it; a path that has one is of no page.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return answer


class refusals:  # noqa: N801 - named in settings like a function, but needs process_exception
    """A refusal raised anywhere below becomes a page with one sentence and a next step."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; Django's own to a way of asking that a page does not know is empty."""
        response = self.get_response(request)
        # What has a body says it in words of its own: an operation of the API tells programs.
        told = not isinstance(response, HttpResponse) or response.content
        return response if response.status_code != 405 or told else _method_page(request, response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals; leave everything else to Django."""
        if not isinstance(error, Refusal):
            return None
        log.info("refused: %s", error.code, extra={"code": error.code, "status": error.status})
        return refusal_page(request, status=error.status, message=sentence(error), code=error.code)


def _method_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    message = _(
        "This page cannot be asked in this way. Open it again and use its own links and buttons."
    )
    page = refusal_page(request, status=405, message=message, code="method_not_allowed")
    page["Allow"] = response["Allow"]
    return page


def refusal_page(request: HttpRequest, *, status: int, message: str, code: str) -> HttpResponse:
    """The page for a refusal: what happened, and where to go from here."""
    titles = {404: _("Not found"), 403: _("Not allowed"), 409: _("Not possible now")}
    context = {
        "title": titles.get(status, _("This cannot be shown")),
        "message": message,
        "code": code,
        "reference": getattr(request, "reference", ""),
        "next_steps": [
            *first_steps(code, request.get_full_path()),
            {"label": _("Search for a municipality"), "url": reverse("registry:places")},
            {"label": _("All ties"), "url": reverse("registry:ties")},
            {"label": _("Start page"), "url": reverse("pages:home")},
        ],
    }
    return render(request, "errors/refusal.html", context, status=status)
