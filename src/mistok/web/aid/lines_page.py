"""The lines of a consignment: written, changed, removed, while nothing has been sent yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.aid.consignments import change_line, living_lines, remove_line, write_line
from mistok.aid.lifecycle import WITHOUT_LINES, WRITABLE
from mistok.aid.models import AidLine
from mistok.kernel.errors import NotFound
from mistok.web.acting import Act, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.fields import AidForm
from mistok.web.aid.head import head_of
from mistok.web.aid.line_facts import Facts, line_facts
from mistok.web.aid.line_form import LineForm, with_more_rows
from mistok.web.aid.page_acts import take_back
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import amount_of, line_name, other_names


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """One line with everything that is told of it."""

    id: str
    position: int
    name: str
    others: list[tuple[str, str]]
    amount: str
    facts: Facts
    restricted: bool
    edit_url: str
    here: bool


def lines_page(seat: AidSeat) -> HttpResponse:
    """All lines; under them the form of one more, or of the one that the address names."""
    request = seat.request
    one = _named(seat)
    if request.method == "POST" and "more" in request.POST:
        name = "change" if one else "write"
        form = with_more_rows(request.POST, one, auto_id=f"{name}-%s")
        return _page(seat, one, typed={name: form})
    page = partial(_page, seat, one)
    if request.method == "POST":
        return perform(request, _acts(seat, one), page)
    return page()


def _named(seat: AidSeat) -> AidLine | None:
    """The line that the address names. Raises NotFound for none of this consignment."""
    asked = seat.request.GET.get("line", "")
    if not asked:
        return None
    rows = seat.consignment.lines.filter(removed_at=None, public_id=asked[:40])
    found = rows.select_related("commitment", "consignment").first()
    if found is None:
        raise NotFound(
            _("There is no such line in this consignment any more. See the list of its lines."),
            code="line_unknown",
        )
    return found


def _acts(seat: AidSeat, one: AidLine | None) -> dict[str, Act]:
    """What may be done with the lines, or with the one that is named."""
    writable = seat.writes and seat.consignment.state in WRITABLE
    plain: dict[str, Any] = {
        "right": seat.writing_right,
        "office": seat.office,
        "subject": seat.consignment.public_id,
        "version": seat.consignment.version,
        "on": writable and seat.consignment.regime not in WITHOUT_LINES,
    }
    if one is None:
        write = Act(
            title=_("Write a line"),
            button=_("Add this line"),
            make=LineForm,
            do=partial(_write, seat),
            **plain,
        )
        return {"write": write} | ({"take_back": take_back(seat)} if seat.gives else {})
    return {
        "change": Act(
            title=_("Change this line"),
            button=_("Save the change"),
            make=partial(LineForm, of=one),
            do=partial(_change, seat, one),
            **plain,
        ),
        "remove": Act(
            title=_("Remove this line"),
            button=_("Remove it"),
            make=AidForm,
            do=partial(_remove, seat, one),
            follows=_("It is no longer part of the consignment. The audit trail keeps the act."),
            **plain,
        ),
    }


def _write(seat: AidSeat, told: Told) -> Done:
    form = told.form
    if not isinstance(form, LineForm):
        raise TypeError(type(form))
    write_line(
        actor=told.actor,
        consignment=seat.consignment,
        entry=form.entry(),
        expected=told.expected,
    )
    return Done(_("The line is written."))


def _change(seat: AidSeat, one: AidLine, told: Told) -> Done:
    form = told.form
    if not isinstance(form, LineForm):
        raise TypeError(type(form))
    change_line(actor=told.actor, line=one, entry=form.entry(), expected=told.expected)
    return Done(_("The line is changed."), _url(seat))


def _remove(seat: AidSeat, one: AidLine, told: Told) -> Done:
    remove_line(actor=told.actor, line=one, expected=told.expected)
    return Done(_("The line is removed."), _url(seat))


def _url(seat: AidSeat) -> str:
    return reverse("aid:lines", args=[seat.consignment.public_id])


def _page(
    seat: AidSeat,
    one: AidLine | None,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    # Of what a refusal left behind nothing is shown: the lines as they stand.
    seat.consignment.refresh_from_db()
    acts = shown(seat.request, _acts(seat, one), typed, mistake=mistake)
    context = {
        **head_of(seat, "lines"),
        "lines": [_card(seat, line, one) for line in living_lines(seat.consignment)],
        "main": next((act for act in acts if act.name in ("write", "change")), None),
        "others": [act for act in acts if act.name in ("remove", "take_back")],
        "named": line_name(one) if one else "",
        "writable": seat.consignment.state in WRITABLE,
        "without": seat.consignment.regime in WITHOUT_LINES,
        "lines_url": _url(seat),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/lines.html", context, status=status)


def _card(seat: AidSeat, line: AidLine, one: AidLine | None) -> LineCard:
    changes = seat.writes and seat.consignment.state in WRITABLE
    return LineCard(
        id=line.public_id,
        position=line.position,
        name=line_name(line),
        others=other_names(line),
        amount=amount_of(line),
        facts=line_facts(line),
        restricted=line.restricted,
        edit_url=f"{_url(seat)}?line={line.public_id}#form" if changes else "",
        here=one is not None and one.pk == line.pk,
    )
