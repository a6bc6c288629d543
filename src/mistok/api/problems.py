"""Refusals as programs read them: one shape, which is also that of RFC 9457."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from mistok.accounts.sentences import TOKEN_CODES
from mistok.api.words import what_is_wrong
from mistok.kernel.errors import Refusal

log = logging.getLogger(__name__)

PROBLEM: Final = "application/problem+json"
TYPE: Final = "about:blank"
"""RFC 9457: nothing is told beyond the status; what a program looks at is `code`."""
TOO_MANY: Final = "too_many_wrong_tokens"
_BUSY: Final = 2
"""Seconds after which a database that was busy is asked again."""


def problem(
    status: int,
    code: str,
    message: str,
    details: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that says why not: code, sentence, details, and the fields of RFC 9457."""
    told = {
        "type": TYPE,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "code": code,
        "message": message,
        "details": dict(details or {}),
    }
    text = json.dumps(told, ensure_ascii=False, default=str)
    return HttpResponse(text, status=status, content_type=PROBLEM, headers=headers)


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal by its own status; one that another token would lift is 401."""
    log.info("refused: %s", refusal.code, extra={"code": refusal.code})
    if refusal.code in TOKEN_CODES:
        headers = {"WWW-Authenticate": 'Bearer realm="Mistok"'}
        return problem(401, refusal.code, str(refusal), headers=headers)
    if refusal.code == TOO_MANY or "seconds" in refusal.details:
        headers = {"Retry-After": str(refusal.details["seconds"])}
        return problem(429, refusal.code, str(refusal), refusal.details, headers)
    return problem(refusal.status, refusal.code, str(refusal), refusal.details)


def keep_handlers(api: NinjaAPI) -> None:
    """Tell every failure of a request in the one shape."""
    api.add_exception_handler(Refusal, _of_a_rule)
    api.add_exception_handler(ValidationError, _of_the_body)
    api.add_exception_handler(HttpError, _of_http)
    api.add_exception_handler(Http404, lambda _request, _error: unknown_address())
    api.add_exception_handler(OperationalError, _of_the_database)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(Exception, _of_ours)


def unknown_address() -> HttpResponse:
    """For an address where nothing is."""
    message = _("There is nothing at this address. Read the list of operations at /api/v1/docs.")
    return problem(404, "address_unknown", message)


def wrong_method(allowed: str) -> HttpResponse:
    """For an address that is asked in a way it does not know."""
    message = _("This address takes %(methods)s. Read the list of operations at /api/v1/docs.")
    told = {"methods": allowed}
    return problem(405, "method_not_allowed", message % told, told, {"Allow": allowed})


def _of_a_rule(_request: HttpRequest, error: Any) -> HttpResponse:
    return refused(error)


def _of_the_body(_request: HttpRequest, error: Any) -> HttpResponse:
    message, fields = what_is_wrong(error.errors)
    return problem(400, "request_invalid", message, {"fields": fields})


def _of_http(_request: HttpRequest, error: Any) -> HttpResponse:
    """Of the library itself: a body that is no JSON, or that our reading of it refused."""
    cause = error.__cause__
    if isinstance(cause, Refusal):
        return refused(cause)
    message = _("The body of the request is not JSON. Send one JSON object in UTF-8.")
    return problem(400, "body_not_json", message)


def _too_large(_request: HttpRequest, _error: Any) -> HttpResponse:
    message = _("The body of the request is larger than 2.5 megabytes. Send it in parts.")
    return problem(413, "body_too_large", message)


def _of_the_database(_request: HttpRequest, error: Any) -> HttpResponse:
    log.warning("database: %s", error)
    message = _(
        "The database cannot do this now, and nothing was left half-done. Send the same request "
        "with the same idempotency key again in a few seconds."
    )
    return problem(503, "database_unusable", message, headers={"Retry-After": str(_BUSY)})


def _of_ours(request: HttpRequest, error: Any) -> HttpResponse:
    log.error("the request failed", exc_info=error)
    reference = getattr(request, "reference", "")
    message = _(
        "Something broke on our side, and nothing was left half-done. Send the same request with "
        "the same idempotency key again; if that does not help, tell whoever runs this server the "
        "reference %(reference)s."
    )
    return problem(500, "broken", message % {"reference": reference}, {"reference": reference})
