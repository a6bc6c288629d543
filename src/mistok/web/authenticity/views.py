"""Is this really the mayor? And the first meeting. Load, call, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mistok.web.authenticity.guide import guide_context
from mistok.web.authenticity.present import asked_context, blank_context


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Paste a letter and see what speaks against it. Nothing that is pasted is kept or logged."""
    if request.method != "POST":
        return render(request, "authenticity/verify.html", blank_context())
    context = asked_context(request)
    status = 400 if context["refusal"] else 200
    return render(request, "authenticity/verify.html", context, status=status)


@require_safe
def first_meeting(request: HttpRequest) -> HttpResponse:
    """A check-list for the first meeting, made to be printed."""
    return render(request, "authenticity/first_meeting.html", guide_context())
