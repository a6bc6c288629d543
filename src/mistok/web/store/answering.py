"""One view, two answers: a page for a person, JSON for the queue on a phone.

Every answer tells whose it is: the worker keeps pages of one person only, and a cookie tells the
site that this phone holds some, so that they are cleared once somebody else is there.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.models import User
from mistok.kernel.errors import Conflict, Refusal
from mistok.web.context import STORE_COOKIE
from mistok.web.needs.sentences import told

PERSON_HEADER = "X-Store-Person"
COOKIE_AGE = 400 * 24 * 60 * 60
"""As long as browsers allow: pages are kept until they are cleared, not until a day."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_the_store(view: View[P]) -> View[P]:
    """A view for somebody who signed in; refusals are JSON where the phone's queue asks."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = Actor(user=request.user).person
        if person is None:
            if wants_json(request):
                return refused(sentences.sign_in_needed())
            return redirect_to_login(request.get_full_path())
        try:
            check_person(request, person)
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            if not wants_json(request):
                raise
            response = refused(refusal)
        return mark(response, person)

    return answer


def wants_json(request: HttpRequest) -> bool:
    """Whether the queue on a phone asks, and not a person."""
    return request.headers.get("Accept", "") == "application/json"


def check_person(request: HttpRequest, person: User) -> None:
    """Refuse an entry that another person has made on this phone. Raises Conflict."""
    made_by = request.POST.get("person", "")
    if made_by and made_by != person.public_id:
        raise Conflict(
            _(
                "This was entered by another person, who must sign in to send it. Nothing was "
                "recorded."
            ),
            code="other_person",
        )


def mark(response: HttpResponse, person: User) -> HttpResponse:
    """Tell whose answer it is, to the worker and to the pages that follow a sign-out."""
    response[PERSON_HEADER] = person.public_id
    if response.status_code == 200:
        response.set_cookie(
            STORE_COOKIE,
            person.public_id,
            max_age=COOKIE_AGE,
            secure=settings.HTTPS,
            samesite="Lax",
        )
    return response


def done(sentence: str, *, already: bool, **more: Any) -> JsonResponse:
    """What the queue hears of an act that is recorded, now or under this key before."""
    status = "already" if already else "done"
    return JsonResponse({"status": status, "sentence": sentence, **more})


def refused(refusal: Refusal, errors: Mapping[str, str] | None = None) -> JsonResponse:
    """What the queue hears of an act that is not recorded: one sentence, and what to mend."""
    return JsonResponse(
        {
            "status": "refused",
            "code": refusal.code,
            "sentence": told(refusal),
            "errors": dict(errors or {}),
        },
        status=refusal.status,
    )
