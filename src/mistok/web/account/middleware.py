"""What is known of a session: when and from where it was last used, and what it has shown."""

import datetime as dt
from contextlib import nullcontext
from functools import partial

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from mistok.accounts import mfa
from mistok.accounts.models import User
from mistok.accounts.once import read_once
from mistok.web.account.second_factor import used_second_factor
from mistok.web.middleware import Answer

FRESH = dt.timedelta(minutes=5)
SAFE = ("GET", "HEAD")


def sessions_seen(get_response: Answer) -> Answer:
    """Note the use of a session, so that its owner can tell a strange one, and let rights ask it.

    It is noted every five minutes at most: a page must not cost a write each. An act that needs a
    second factor is refused by `accounts.policies` unless this session has shown it.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and not _was_noted(request, key):
            UserSession.objects.create_from_request(request)
        once = read_once() if request.method in SAFE else nullcontext()
        with once, mfa.in_session(partial(_has_shown, request)):
            return get_response(request)

    return answer


def _has_shown(request: HttpRequest, person: User) -> bool:
    """Of others nothing is said: a page may ask what a person may do who is not here."""
    return request.user != person or used_second_factor(request)


def _was_noted(request: HttpRequest, key: str) -> bool:
    """Whether this browser was seen in this session just now."""
    address = get_adapter(request).get_client_ip(request)
    seen = UserSession.objects.filter(session_key=key, ip=address)
    return bool(seen.filter(last_seen_at__gt=timezone.now() - FRESH).exists())
