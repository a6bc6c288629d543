"""Days that the law gives, as rows: what is due, how near it is, what is blocked meanwhile."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.clocks import BoardRow
from mistok.aid.clocks.finishing import BY_RECORD
from mistok.aid.models import Consignment
from mistok.web.aid.words import days_left
from mistok.web.needs.words import day_words
from mistok.web.words import StateBadge

LOOKS: Mapping[str, tuple[str, str, object]] = {
    "late": ("clay", "✕", gettext_lazy("late")),
    "soon": ("amber", "◐", gettext_lazy("soon")),
    "later": ("slate", "○", gettext_lazy("later")),
    "none": ("slate", "◌", gettext_lazy("no day")),
    "done": ("moss", "✓", gettext_lazy("done")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One day of the board."""

    id: str
    title: str
    rule: str
    start: str
    due: str
    due_iso: str
    left: str
    badge: StateBadge
    blocks: str
    told: str
    standing: str
    corrected: str
    consignment: str
    url: str
    declaration: str
    open: bool
    ends: bool


def due_row(row: BoardRow, today: dt.date | None = None) -> DueRow:
    """A row of the board in words."""
    deadline = row.deadline
    tone, icon, label = LOOKS[row.state]
    day = row.due_on
    open_still = row.state not in ("done", "none")
    return DueRow(
        id=deadline.public_id,
        title=row.title,
        rule=row.rule,
        start=day_words(deadline.start),
        due=day_words(day),
        due_iso=day.isoformat() if day else "",
        left=days_left(day, today or timezone.localdate()) if day and open_still else str(label),
        badge=StateBadge(row.state, str(label), tone, icon),
        blocks=row.blocks,
        told=row.told,
        standing=row.standing,
        corrected=_("corrected: %(reason)s") % {"reason": deadline.correction_reason}
        if deadline.correction_reason
        else "",
        consignment=row.consignment.title,
        url=consignment_url(row.consignment),
        declaration=deadline.declaration.number if deadline.declaration else "",
        open=deadline.done_on is None,
        ends=deadline.done_on is None and deadline.rule not in BY_RECORD,
    )


def consignment_url(consignment: Consignment) -> str:
    """The page of a consignment."""
    return reverse("aid:consignment", args=[consignment.public_id])
