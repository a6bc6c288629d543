"""The working page of a consignment: where it stands, what is due, what it holds, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.aid.clocks import blocks, board
from mistok.aid.consignments import living_lines, warnings
from mistok.aid.lifecycle import WITHOUT_LINES, State
from mistok.aid.models import AidReport
from mistok.web.acting import Mistake, mistake_context, perform, shown
from mistok.web.aid.act_rows import act_rows
from mistok.web.aid.customs_page import customs_rows
from mistok.web.aid.due import due_row
from mistok.web.aid.head import crosses, head_of
from mistok.web.aid.ledger_rows import COLUMNS, sums_rows
from mistok.web.aid.page_acts import doors, page_acts
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import LOOKS, amount_of, day_of, line_name, state_word
from mistok.web.needs.words import day_words, title_of

BEFORE_BORDER = frozenset(
    {
        *(State.OFFERED, State.ACCEPTED, State.CODE_ISSUED, State.DECLARED),
        *(State.CODE_EXPIRED, State.DECLARATION_EXPIRED),
    }
)
"""A declaration may still be made: what blocks it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One passage of its life."""

    date: str
    date_iso: str
    text: str
    tone: str
    url: str = ""


def consignment_page(seat: AidSeat) -> HttpResponse:
    """The page of the office that gets it."""
    page = partial(_page, seat)
    if seat.request.method == "POST":
        return perform(seat.request, page_acts(seat), page)
    return page()


def _page(
    seat: AidSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    seat.consignment.refresh_from_db()
    context = {
        **head_of(seat, "consignment"),
        **_what_is_due(seat),
        **_what_it_holds(seat),
        **customs_rows(seat),
        "life": life_of(seat),
        "facts": _facts(seat),
        "record": act_rows(seat),
        "reports": [_report(one) for one in seat.consignment.reports.order_by("pk")],
        "doors": doors(seat),
        "acts": shown(seat.request, page_acts(seat), typed, mistake=mistake),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/consignment.html", context, status=status)


def _what_is_due(seat: AidSeat) -> dict[str, Any]:
    """Its days, what they block, and what the office should know."""
    today = timezone.localdate()
    mine = [row for row in board(seat.office, today) if row.consignment.pk == seat.consignment.pk]
    ahead = crosses(seat) and seat.consignment.state in BEFORE_BORDER
    other = [
        block.sentence
        for block in (blocks(seat.office, today) if ahead else [])
        if block.consignment.pk != seat.consignment.pk
    ]
    blocked = [row.blocks for row in mine if row.blocks] + other
    return {
        "due": [due_row(row, today) for row in mine],
        "blocked": blocked,
        "warnings": [told for told in warnings(seat.consignment, today) if told not in blocked],
    }


def _what_it_holds(seat: AidSeat) -> dict[str, Any]:
    """The lines, and what became of each by the ledger."""
    lines = living_lines(seat.consignment)
    moved = seat.consignment.lines.filter(lots__isnull=False).exists()
    return {
        "lines": [(one.position, line_name(one), amount_of(one), one.restricted) for one in lines],
        "sums": sums_rows(lines) if moved else [],
        "columns": [label for _name, label in COLUMNS],
        "without": seat.consignment.regime in WITHOUT_LINES,
    }


def life_of(seat: AidSeat) -> list[Step]:
    """Every passage, the oldest first."""
    return [
        Step(
            date=day_words(one.day),
            date_iso=one.day.isoformat(),
            text=f"{state_word(one.after).capitalize()}. {one.note}".strip(),
            tone=LOOKS[one.after][0],
        )
        for one in seat.consignment.passages.order_by("pk")
    ]


def _facts(seat: AidSeat) -> list[tuple[str, str]]:
    """What the two offices know of it; nothing of this is public."""
    one = seat.consignment
    facts = [
        (_("Comes from abroad"), _("yes") if one.abroad else _("no")),
        (_("Serves the standing need"), title_of(one.series) if one.series else ""),
        (_("Contact of the donor"), one.donor_contact),
        (_("Carrier"), one.carrier),
        (_("Route and crossing"), one.route),
        (_("Place of unloading"), one.unloading),
        (_("Note"), one.note),
        (_("Public"), _("never") if one.restricted else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _report(one: AidReport) -> tuple[str, str, bool]:
    return one.number, day_of(one.filed_on), one.final
