"""Ranked partners of one municipality."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mistok.registry.selectors import resolve_place
from mistok.web.partnering.present import partners_context


@require_safe
def partners(request: HttpRequest, key: str) -> HttpResponse:
    """The best foreign partners with reasons, filters and a map."""
    standing, _row = resolve_place(key)
    if standing != key:
        return redirect("partnering:partners", key=standing)
    return render(request, "partnering/partners.html", partners_context(request, standing))
