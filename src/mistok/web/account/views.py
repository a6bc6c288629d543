"""One's own account, too many attempts, and the door to /staff/."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mistok.accounts import mfa
from mistok.accounts.models import User
from mistok.kernel.errors import NotAllowed
from mistok.web.account.present import account_context
from mistok.web.account.second_factor import used_second_factor
from mistok.web.middleware import refusal_page


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How this person signs in, and what can be changed about it."""
    return render(request, "account/home.html", account_context(cast(User, request.user)))


@login_required
def set_password(request: HttpRequest) -> HttpResponseBase:
    """A first password: allauth's page, for somebody who has signed in just now."""
    page = reauthentication_required(app="allauth.account")(password_set)
    answer: HttpResponseBase = page(request)
    return answer


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: a limit has been reached; nothing is said about whose."""
    message = _(
        "There were too many attempts from here. Wait a few minutes and try again; nothing was "
        "changed."
    )
    return refusal_page(request, status=429, message=message, code="too_many_attempts")


@never_cache
def staff_door(request: HttpRequest, wish: str) -> HttpResponse:
    """Where somebody is sent who wants to enter /staff/ and may not yet; `wish` is the page."""
    person = request.user
    if not isinstance(person, User):
        return redirect_to_login(wish)
    if not person.is_staff:
        raise NotAllowed(
            _("Only stewards of the registry may enter here. Sign in with a steward's account."),
            code="not_a_steward",
        )
    if not mfa.has_second_factor(person):
        messages.warning(request, _("Stewards need a second factor. Set one up, then come back."))
        return redirect("mfa_index")
    if not used_second_factor(request):
        return redirect_to_login(wish, reverse("mfa_reauthenticate"))
    return redirect(wish)
