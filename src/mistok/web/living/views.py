"""Pages on which offices tell of their ties. Load, call, answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mistok.web.living.confirming import confirm_page
from mistok.web.living.ending import end_page
from mistok.web.living.founding import new_page
from mistok.web.living.seats import TELLING, seat_of
from mistok.web.living.telling import tell_context, tell_page

either = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@either
def tell(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose what happened to a tie, and tell it."""
    seat = seat_of(request, public_id, TELLING)
    return tell_page(seat, "living/tell.html", tell_context(seat))


@never_cache
@login_required
@either
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is told of a tie, to be confirmed, corrected or disputed fact by fact."""
    return confirm_page(request, public_id)


@never_cache
@login_required
@either
def new(request: HttpRequest) -> HttpResponse:
    """A tie that is not in the registry."""
    return new_page(request)


@never_cache
@login_required
@either
def end(request: HttpRequest) -> HttpResponse:
    """One act that ends several ties."""
    return end_page(request)
