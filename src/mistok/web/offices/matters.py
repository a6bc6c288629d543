"""What is open in an office: steps of procedures, ties that sleep, facts that wait for its word."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.accounts.models import Office
from mistok.partnering.procedure.selectors import DeskStep, desk
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.facts import fact_id
from mistok.registry.models import Confirmation, Tie
from mistok.registry.selectors import evidence_for, municipality_by_key, ties_of
from mistok.registry.sleeping import Sleeper, sleeping_ties_of
from mistok.web.offices.words import day_words
from mistok.web.registry.present import page_url
from mistok.web.words import lang

SOON = 14
"""Days before a deadline from which it is shown as near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One open matter of an office, as its desk and a hand-over card tell it.

    `code` names it in a form; `subject` is the public id that it is about; `left` says how near
    its day is, with a tone and a mark; `later` is for what need not be done and has no day.
    """

    code: str
    kind: str
    title: str
    about: str
    subject: str
    url: str = ""
    due: dt.date | None = None
    left: str = ""
    tone: str = "slate"
    icon: str = "○"
    notes: tuple[str, ...] = ()
    later: bool = False

    @property
    def due_words(self) -> str:
        """The deadline written out."""
        return day_words(self.due)

    @property
    def due_iso(self) -> str:
        """The deadline for machines."""
        return self.due.isoformat() if self.due else ""

    @property
    def whole(self) -> str:
        """What it is and of whom, in one line."""
        if self.kind == "tie":
            return _("Tie that sleeps: %(partner)s") % {"partner": self.title}
        return f"{self.title} ({self.about})" if self.about else self.title

    @property
    def line(self) -> str:
        """The same with its day, for a form."""
        if not self.due:
            return self.whole
        return _("%(matter)s, by %(day)s") % {"matter": self.whole, "day": self.due_words}

    def kept(self) -> dict[str, str]:
        """As a hand-over card keeps it."""
        told = {"title": self.whole, "kind": self.kind, "subject": self.subject}
        return told | ({"due": self.due.isoformat()} if self.due else {})


def open_matters(office: Office) -> list[Matter]:
    """What somebody who leaves should hand over, deadlines first."""
    today = timezone.localdate()
    return [*open_steps(office, today), *sleeping(office, today)]


def open_steps(office: Office, today: dt.date) -> list[Matter]:
    """Open steps of the office's procedures, the soonest day first."""
    return [_step(one, office, today) for one in desk(office, today)]


def _step(one: DeskStep, office: Office, today: dt.date) -> Matter:
    step = one.step
    left, tone, icon = _left(step.due_on, today)
    others = [side for side in one.run.sides.all() if side.office != office.public_id]
    told_for = [side.shown for side in others if side.position == step.position]
    about = (
        _("%(names)s, for %(side)s") % {"names": one.names, "side": told_for[0]}
        if (told_for)
        else one.names
    )
    optional = (_("optional"),) if step.optional else ()
    return Matter(
        code=f"step:{one.run.public_id}:{step.position}:{step.code}",
        kind="step",
        title=step.title,
        about=about,
        subject=one.run.public_id,
        url=reverse("procedure:step", args=[one.run.public_id, step.position, step.code]),
        due=step.due_on,
        left=left,
        tone=tone,
        icon=icon,
        notes=(step.state_word, step.doer, *optional, *step.blocks),
        later=step.optional and step.due_on is None,
    )


def _left(due: dt.date | None, today: dt.date) -> tuple[str, str, str]:
    if due is None:
        return "", "slate", "○"
    days = (due - today).days
    if days < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -days)
        return late % {"days": -days}, "clay", "✕"
    if days == 0:
        return _("due today"), "clay", "◐"
    told = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return told, "amber" if days <= SOON else "slate", "◐" if days <= SOON else "○"


def run_url(public_id: str) -> str:
    """The page of a procedure."""
    return reverse("procedure:run", args=[public_id])


def sleeping(office: Office, today: dt.date) -> list[Matter]:
    """Ties of the municipality that sleep, the fastest asleep first."""
    return [_sleeper(one, office) for one in sleeping_ties_of(office.place, today)]


def _sleeper(one: Sleeper, office: Office) -> Matter:
    weighty = [part for part in one.dormancy.parts if part.value and part.weight]
    return Matter(
        code=f"tie:{one.tie.public_id}",
        kind="tie",
        title=partners_of(one.tie, office),
        about="",
        subject=one.tie.public_id,
        url=reverse("reviving:revive", args=[one.tie.public_id]),
        notes=tuple(part.told for part in weighty),
    )


def partners_of(tie: Tie, office: Office) -> str:
    """The other parties by name in the reader's language."""
    others = [seat.municipality for seat in tie.parties.all()]
    return ", ".join(row.name_in(lang()) for row in others if row.key != office.place)


def unspoken(office: Office, view: str = "registry:tie") -> list[tuple[str, str, int]]:
    """Ties of which the office has not given its word on everything: partner, address, how many.

    What the office told itself needs no word of its own. `view` is the page that they lead to.
    """
    row = municipality_by_key(office.place)
    ties = ties_of(municipality=row) if row is not None else []
    said = evidence_for(subjects=[tie.public_id for tie in ties])
    spoken = Confirmation.objects.current().filter(office=office.public_id)
    known = set(spoken.values_list("fact", flat=True))
    # The office itself is a source under its own id (registry.services.office_words).
    slug = f"office-{office.public_id.removeprefix('office_')}"
    counted = [
        (partners_of(tie, office), page_url(view, tie.public_id), len(_facts(rows, slug) - known))
        for tie in ties
        if (rows := said[tie.public_id].values())
    ]
    return sorted((one for one in counted if one[2]), key=lambda one: (-one[2], one[0]))


def _facts(statements: Iterable[Statement], own: str) -> set[str]:
    events = [one for one in statements if one.prop == "event"]
    told = {fact_id(TieEvent.from_text(one.value)) for one in events}
    return told - {
        fact_id(TieEvent.from_text(one.value)) for one in events if one.source.slug == own
    }
