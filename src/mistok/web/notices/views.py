"""The page of notices: what I was told, what of it is new, and how I want to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mistok.accounts.models import User
from mistok.kernel.errors import Refusal
from mistok.web.notices.acting import act
from mistok.web.notices.listing import notices_context


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """My notices by day; each or all marked as read; the choice of pace."""
    assert isinstance(request.user, User)  # noqa: S101 - the page asks for a person signed in
    if request.method == "POST":
        try:
            done = act(request.user, request.POST)
        except Refusal as mistake:
            context = notices_context(request, request.user, mistake)
            return render(request, "notices/notices.html", context, status=400)
        messages.success(request, done)
        return redirect(request.get_full_path())
    return render(request, "notices/notices.html", notices_context(request, request.user))
