"""What every page knows: languages, the query, credits for the data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from mistok import __version__
from mistok.accounts.models import User
from mistok.needs.notices import count_unread

STORE_COOKIE = "mistok_store"
"""Whose pages of a store this browser keeps for a power cut (`mistok.web.store`)."""


def base(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html."""
    return {
        "languages": [_language(request, code, label) for code, label in settings.LANGUAGES],
        "search_query": request.GET.get("q", "")[:200],
        "today": timezone.now().date(),
        "contact": settings.MISTOK_CONTACT,
        "letters_leave": bool(settings.MISTOK_MAIL_HOST),
        "version": __version__,
        "unread_notices": lambda: _unread(request),
        "store_left": _left_store(request),
    }


def _left_store(request: HttpRequest) -> str:
    """Whose pages this browser keeps though somebody else, or nobody, is here: they are cleared."""
    whose = request.COOKIES.get(STORE_COOKIE, "")
    person = getattr(request, "user", None)
    return "" if whose == getattr(person, "public_id", "") else whose


def _unread(request: HttpRequest) -> int:
    """How many notices wait for the reader; asked once, where a page shows it."""
    person = getattr(request, "user", None)
    return count_unread(person) if isinstance(person, User) else 0


def _language(request: HttpRequest, code: str, label: str) -> tuple[str, str, str, bool]:
    """Code, own name, address of this very page in that language, whether it is the present."""
    current = (get_language() or "en")[:2]
    path = request.get_full_path()
    here = f"/{current}/"
    url = f"/{code}/{path[len(here) :]}" if path.startswith(here) else f"/{code}/"
    return (code, label, url, code == current)
