"""The list of notices as its page shows it: by day, new ones marked by a word."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mistok.accounts.models import User
from mistok.kernel.errors import Refusal
from mistok.needs.models import Notice, NoticeChoice
from mistok.needs.notices import count_unread, notices_of, pace_of, page_of, sentence, unread
from mistok.web.cards import Choice
from mistok.web.offices.words import moment_words
from mistok.web.refusals import sentence as mistake_words
from mistok.web.registry.lists import paged


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice; `number` is what its button sends."""

    number: int
    text: str
    url: str
    at: dt.datetime
    new: bool


def notices_context(
    request: HttpRequest, person: User, mistake: Refusal | None = None
) -> dict[str, Any]:
    """The asked page of a person's notices."""
    only_new = request.GET.get("show") == "unread"
    pager, rows = paged(request, unread(person) if only_new else notices_of(person))
    days = groupby(map(_row, rows), key=lambda row: timezone.localdate(row.at))
    return {
        "days": [(moment_words(listed[0].at), listed) for listed in (list(g) for _d, g in days)],
        "pager": pager,
        "new": count_unread(person),
        "only_new": only_new,
        "until": timezone.now().isoformat(),
        "paces": _paces(person),
        "mistake": mistake_words(mistake) if mistake else "",
    }


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        notice.pk, sentence(notice), page_of(notice), notice.at, notice.read_at is None
    )


def _paces(person: User) -> list[Choice]:
    mine = pace_of(person)
    return [
        Choice(value=one.value, label=str(one.label), selected=one == mine)
        for one in NoticeChoice.Pace
    ]
