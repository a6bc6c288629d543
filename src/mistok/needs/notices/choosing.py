"""What a person does with her notices: she reads them, and says how she wants to be told."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.kernel.errors import Invalid
from mistok.needs.models import NoticeChoice
from mistok.needs.notices.selectors import unread

Pace = NoticeChoice.Pace


def mark_read(
    *,
    person: User,
    numbers: Collection[int] | None = None,
    until: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Mark unread notices of a person as read: these, or all; gives how many.

    `until`: newer ones stay unread, for they came after the page was made. Those of others stay
    as they are, whatever numbers are given.
    """
    rows = unread(person)
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    if until is not None:
        rows = rows.filter(at__lte=until)
    return rows.update(read_at=at or timezone.now())


def pace_of(person: User) -> Pace:
    """How a person is told; at once where she chose nothing."""
    chosen = NoticeChoice.objects.filter(person=person).first()
    return Pace(chosen.pace) if chosen else Pace.AT_ONCE


def choose_pace(*, person: User, pace: str) -> Pace:
    """Keep how a person wants to be told. Raises Invalid for a word that means nothing.

    What is unread and was not mailed yet goes out at the new pace.
    """
    if pace not in Pace.values:
        raise Invalid(
            _("“%(word)s” is no way of being told. Choose one of those in the list.")
            % {"word": pace[:40]},
            code="pace_unknown",
        )
    NoticeChoice.objects.update_or_create(person=person, defaults={"pace": pace})
    return Pace(pace)
