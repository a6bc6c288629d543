"""Warnings of sleeping ties by mail: once a quarter for a tie, one letter for all of a person's.

The queue and the sending are those of `procedure.reminders`; this is another source of what is
due. A tie's state is never changed by it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mistok.accounts.models import Membership, Office, User
from mistok.accounts.permissions import Permission, Role, roles_with
from mistok.partnering.models import Reminder
from mistok.partnering.procedure.reminders import MOST_TRIES, Sent, deliver
from mistok.partnering.revival import date_in, day_told
from mistok.registry.sleeping import Sleeper, asleep, inside, watched_ties

STEP = "sleeping_tie"
SHOWN = 20
"""Ties that a letter names; a coordinator may have hundreds."""


@dataclass(frozen=True, slots=True)
class Sleeping:
    """A sleeping tie and who is to be told of it: people of its offices, and coordinators."""

    sleeper: Sleeper
    people: tuple[User, ...]


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def due_sleeping(today: dt.date) -> Iterator[Sleeping]:
    """The sleeping ties that somebody is to be told of, each with these people."""
    told: dict[str, set[int]] = {}
    for person, scopes in _watchers().items():
        for tie in watched_ties().filter(inside(scopes)).values_list("public_id", flat=True):
            told.setdefault(tie, set()).add(person)
    people = {row.pk: row for row in User.objects.filter(is_active=True, erased_at__isnull=True)}
    for sleeper in asleep(watched_ties().filter(public_id__in=told), today):
        wanted = [people[pk] for pk in told[sleeper.tie.public_id] if pk in people]
        if wanted:
            yield Sleeping(sleeper, tuple(sorted(wanted, key=lambda one: one.public_id)))


def warn_of_sleepers(today: dt.date | None = None) -> Sent:
    """Queue this quarter's warnings and send what is queued; nothing is sent twice."""
    today = today or timezone.localdate()
    found = {one.sleeper.tie.public_id: one for one in due_sleeping(today)}
    queued = sum(_queue(one, today) for one in found.values())
    counts = {"sent": 0, "failed": 0, "dropped": 0}
    waiting = Reminder.objects.filter(
        ~Q(tie=""), sent_at__isnull=True, dropped_at__isnull=True, tries__lt=MOST_TRIES
    ).order_by("person", "pk")
    for reference, rows in groupby(waiting, key=lambda row: row.person):
        for outcome, number in _tell(reference, list(rows), found, today).items():
            counts[outcome] += number
    return Sent(queued, **counts)


def letter(sleepers: Sequence[Sleeper], person: User) -> EmailMessage:
    """One letter on a person's sleeping ties; call under `translation.override`."""
    count = len(sleepers)
    subject = ngettext("%(count)s sleeping tie", "%(count)s sleeping ties", count)
    lines = [_line(one) for one in sleepers[:SHOWN]]
    if count > SHOWN:
        lines.append(_("… and %(count)s more.") % {"count": count - SHOWN})
    body = [
        _("Of these ties nothing has been heard for long. This is a warning; nothing was changed."),
        "\n".join(lines),
        _(
            "Each tie's page in Mistok leads to a draft of a first message and to what both could "
            "do. Whatever you tell of a tie wakes it. This mail is sent once a quarter."
        ),
    ]
    return EmailMessage(
        subject=subject % {"count": count}, body="\n\n".join(body) + "\n", to=[person.email]
    )


def _line(one: Sleeper) -> str:
    lang = (get_language() or "en")[:2]
    names = " – ".join(seat.municipality.name_in(lang) for seat in one.tie.parties.all())
    parts = [f"{names} ({one.tie.public_id})"]
    if one.last and one.last.placed:
        parts.append(_("last heard of: %(date)s") % {"date": date_in(one.last.placed, lang)})
    if one.dormancy.anniversary:
        day = day_told(one.dormancy.anniversary.on, lang)
        parts.append(_("next anniversary: %(date)s") % {"date": day})
    return "- " + "; ".join(parts)


def _watchers() -> dict[int, set[str]]:
    """By person, the places and scopes whose sleeping ties concern her."""
    current = Membership.objects.current(timezone.now())
    reviving = current.filter(
        role__in=roles_with(Permission.REVIVE_TIE), office__in=Office.objects.verified()
    )
    coordinating = current.filter(role=Role.COORDINATOR)
    found: dict[int, set[str]] = {}
    for person, where in (
        *reviving.values_list("person_id", "office__place"),
        *coordinating.values_list("person_id", "scope"),
    ):
        found.setdefault(person, set()).add(where)
    return found


def _queue(one: Sleeping, today: dt.date) -> int:
    new = 0
    for person in one.people:
        _row, made = Reminder.objects.get_or_create(
            tie=one.sleeper.tie.public_id,
            step=STEP,
            due_on=quarter_of(today),
            person=person.public_id,
            defaults={"position": 0, "days_before": 0, "queued_at": timezone.now()},
        )
        new += made
    return new


def _tell(
    reference: str, rows: list[Reminder], found: dict[str, Sleeping], today: dt.date
) -> dict[str, int]:
    """Send a person's letter; what is awake by now, of a past quarter or for nobody is dropped."""
    person = next(
        (p for one in found.values() for p in one.people if p.public_id == reference), None
    )
    due = [
        row
        for row in rows
        if row.tie in found and person in found[row.tie].people and row.due_on == quarter_of(today)
    ]
    gone = [row for row in rows if row not in due]
    Reminder.objects.filter(pk__in=[row.pk for row in gone]).update(dropped_at=timezone.now())
    counts = {"dropped": len(gone)}
    if person is None or not due:
        return counts

    def compose(claimed: Sequence[Reminder]) -> EmailMessage:
        return letter([found[row.tie].sleeper for row in claimed], person)

    outcome = deliver(due, person, compose)
    counts[outcome] = counts.get(outcome, 0) + len(due)
    return counts
