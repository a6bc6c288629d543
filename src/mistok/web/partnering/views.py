"""Ranked partners of one municipality, its shortlist, and two candidates side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.registry.selectors import resolve_place
from mistok.web.partnering.comparing import compare_context
from mistok.web.partnering.present import partners_context
from mistok.web.partnering.shortlist_present import act_on_shortlist, shortlist_context


@never_cache
@require_safe
def partners(request: HttpRequest, key: str) -> HttpResponse:
    """The best foreign partners with reasons, filters, weights and a map."""
    standing, _row = resolve_place(key)
    if standing != key:
        return redirect("partnering:partners", key=standing)
    return render(request, "partnering/partners.html", partners_context(request, standing))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shortlist(request: HttpRequest, key: str) -> HttpResponse:
    """Whom the reader means to look at again; the forms of other pages send here too."""
    standing, _row = resolve_place(key)
    if request.method == "POST":
        return redirect(act_on_shortlist(request, standing))
    if standing != key:
        return redirect("partnering:shortlist", key=standing)
    return render(request, "partnering/shortlist.html", shortlist_context(request, standing))


@never_cache
@require_safe
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """One candidate in full, or two side by side."""
    standing, _row = resolve_place(key)
    if standing != key:
        url = reverse("partnering:compare", args=[standing])
        return redirect(f"{url}?{request.GET.urlencode()}")
    return render(request, "partnering/compare.html", compare_context(request, standing))
