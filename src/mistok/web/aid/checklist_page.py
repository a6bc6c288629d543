"""What the giver's country wants when aid leaves it, as a page to tick off on paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mistok.aid.papers import CheckRow, Judged, checklist_for
from mistok.aid.papers.exporting import Source
from mistok.web.aid.head import head_of
from mistok.web.aid.seats import AidSeat
from mistok.web.words import StateBadge, lang

STANDINGS: Mapping[str, object] = {
    "verified": gettext_lazy("read in the source"),
    "older": gettext_lazy("from an older source, before 2022"),
    "general": gettext_lazy("from general knowledge, unverified"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row with its verdict in words."""

    text: str
    badge: StateBadge
    standing: str
    sources: list[Source]


def checklist_page(seat: AidSeat) -> HttpResponse:
    """The check-list for export, for both offices."""
    context = {
        **head_of(seat, "papers"),
        "rows": [_shown(row) for row in checklist_for(seat.consignment)],
    }
    return render(seat.request, "aid/checklist.html", context)


def _shown(row: CheckRow) -> Shown:
    return Shown(
        text=row.words(lang()),
        badge=_badge(row.judged),
        standing=str(STANDINGS[row.standing]),
        sources=list(row.sources),
    )


def _badge(judged: Judged) -> StateBadge:
    if judged == Judged.NEEDED:
        return StateBadge("needed", pgettext("export", "needed"), "river", "●")
    if judged == Judged.NOT_NEEDED:
        return StateBadge("not_needed", pgettext("export", "not needed"), "slate", "○")
    return StateBadge("unknown", _("value or weight is not told"), "amber", "◐")
