"""The days of an office's aid as events of its calendar; `web` joins them into the feed.

A calendar leaves the house: events name the rule and the consignment's id, never its title, what
it holds or how it comes.
"""

import datetime as dt

from django.utils.translation import gettext as _
from icalendar import Event

from mistok.accounts.models import Office
from mistok.aid.clocks.board import standing_deadlines, title_of
from mistok.aid.models import AidDeadline

_DAY = dt.timedelta(days=1)


def aid_events(office: Office) -> list[Event]:
    """A whole-day event for each open day; unchanged days give unchanged events."""
    rows = standing_deadlines(office).filter(done_on__isnull=True)
    return [_event(row, row.due_on) for row in rows if row.due_on is not None]


def _event(row: AidDeadline, due_on: dt.date) -> Event:
    event = Event()
    event.add("uid", f"{row.public_id}@mistok")
    # The moment of the computation: the same feed has the same bytes.
    event.add("dtstamp", row.computed_at)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + _DAY)
    words = {"title": title_of(row), "id": row.consignment.public_id}
    event.add("summary", _("Due: %(title)s (%(id)s)") % words)
    event.add("description", f"{row.consignment.public_id} · {row.rule}")
    event.add("transp", "TRANSPARENT")
    return event
