"""A notice in the language that is on, and the page that it opens."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import dateformat
from django.utils.translation import get_language

from mistok.needs.models import Notice
from mistok.needs.notices.kinds import KINDS

PAGES = {"need": "needs", "appeal": "appeals", "offer": "offers"}
"""By the first word of a public id: the room of its page."""
LISTS = {"commitment": "commitments"}
"""What has no page of its own is found in its list."""


def sentence(notice: Notice) -> str:
    """What happened, in one full sentence or two; a kind of an older version tells its word."""
    known = KINDS.get(notice.kind)
    if known is None:
        return f"{notice.kind} {notice.subject}"
    # What was kept before a sentence grew has fewer params; it is read all the same.
    blank = dict.fromkeys(known.params, "…")
    return known.sentence % (blank | {name: _word(name, one) for name, one in _params(notice)})


def page_of(notice: Notice) -> str:
    """The address of its page in the language that is on, from the root of the site."""
    prefix = notice.subject.partition("_")[0]
    if prefix in PAGES:
        return f"/{_language()}/{PAGES[prefix]}/{notice.subject}/"
    return f"/{_language()}/{LISTS.get(prefix, 'notices')}/"


def _params(notice: Notice) -> list[tuple[str, Any]]:
    return list(notice.params.items())


def _word(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get(_language()) or value.get("en") or next(iter(value.values()), "…")
    if name == "day":
        return _day(str(value))
    return str(value)


def _day(text: str) -> str:
    try:
        words = dateformat.format(dt.date.fromisoformat(text), "j E Y")
    except ValueError:
        return text
    # Django writes the Ukrainian nominative of a month with a capital; Ukrainian does not.
    return words.lower() if _language() == "uk" else words


def _language() -> str:
    return (get_language() or "en")[:2]
