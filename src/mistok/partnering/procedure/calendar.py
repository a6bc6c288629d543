"""An office's days as an iCalendar feed: what is due, planned signings, evaluations."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from mistok.accounts.models import Office
from mistok.kernel.errors import NotFound
from mistok.kernel.ids import content_hash
from mistok.partnering.models import CalendarFeed, ProcedureRun
from mistok.partnering.procedure.selectors import StepView, names_of, run_view, runs_of

_DAY = dt.timedelta(days=1)


def office_of_token(token: str) -> Office:
    """The office whose calendar a secret address shows. Raises NotFound (`feed_unknown`)."""
    feed = CalendarFeed.objects.filter(token_hash=content_hash(token)).first()
    office = Office.objects.filter(public_id=feed.office).first() if feed else None
    if office is None:
        raise NotFound(
            _("There is no calendar at this address. Get a new one on your office's page."),
            code="feed_unknown",
        )
    return office


def feed_of(office: Office, today: dt.date | None = None, further: Iterable[Event] = ()) -> bytes:
    """The calendar: one whole-day event for each day that a step of a running procedure has.

    `further`: events of other rooms, which join it as they are. It says nothing that a stranger
    should not read: who holds the address reads titles, sides and days, no notes and no persons.
    Unchanged steps give unchanged events.
    """
    today = today or timezone.localdate()
    calendar = Calendar()
    calendar.add("prodid", "-//Mistok//procedures//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", office.name)
    calendar.add("refresh-interval", dt.timedelta(hours=12), {"VALUE": "DURATION"})
    for run in runs_of(office).filter(closed_at__isnull=True):
        for step in run_view(run, today).steps:
            for event in _events(run, step):
                calendar.add_component(event)
    for event in further:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(run: ProcedureRun, step: StepView) -> list[Event]:
    found = []
    over = step.state in ("done", "skipped", "not_needed")
    if step.due_on and not over:
        title = _("Due: %(step)s (%(names)s)")
        found.append(_event(run, step, "due", step.due_on, title))
    if step.planned and not over:
        title = _("Planned: %(step)s (%(names)s)")
        found.append(_event(run, step, "planned", step.planned, title))
    return found


def _event(run: ProcedureRun, step: StepView, word: str, on: dt.date, title: str) -> Event:
    event = Event()
    event.add("uid", f"{run.public_id}-{step.position}-{step.code}-{word}@mistok")
    # The moment of the run's opening: the same feed has the same bytes.
    event.add("dtstamp", run.opened_at)
    event.add("dtstart", on)
    event.add("dtend", on + _DAY)
    event.add("summary", title % {"step": step.title, "names": names_of(run)})
    event.add("description", f"{run.public_id} · {step.doer}")
    event.add("transp", "TRANSPARENT")
    return event
