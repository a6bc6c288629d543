"""When and from where a session was last used: so that its owner can tell a strange one."""

import datetime as dt

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from mistok.web.middleware import Answer

FRESH = dt.timedelta(minutes=5)


def sessions_seen(get_response: Answer) -> Answer:
    """Note the use of a session, at most every five minutes: a page must not cost a write each."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and not _was_noted(request, key):
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return answer


def _was_noted(request: HttpRequest, key: str) -> bool:
    """Whether this browser was seen in this session just now."""
    address = get_adapter(request).get_client_ip(request)
    seen = UserSession.objects.filter(session_key=key, ip=address)
    return bool(seen.filter(last_seen_at__gt=timezone.now() - FRESH).exists())
