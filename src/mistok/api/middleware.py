"""The layer around operations: what Django itself answers is told in their shape too."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from mistok.api.problems import PROBLEM, unknown_address, wrong_method

ROOT: Final = "/api/"
Answer = Callable[[HttpRequest], HttpResponseBase]


def problems(get_response: Answer) -> Answer:
    """Under /api/ an unknown address and a wrong method are problems and not pages.

    An answer that was given before says so in its header.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if getattr(request, "answered_before", False):
            response["Idempotent-Replayed"] = "true"
        if not request.path.startswith(ROOT):
            return response
        if "Authorization" in request.headers:
            # What an office reads is in no cache on the way, and no answer is another's.
            response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Authorization"])
        if response.get("Content-Type") == PROBLEM:
            return response
        if response.status_code == 404:
            return unknown_address()
        if response.status_code == 405:
            return wrong_method(response["Allow"])
        return response

    return answer
