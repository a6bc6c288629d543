"""The board of days of an office's aid: late first, a picture, and corrections by an act."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.aid.clocks import blocks, board, correct_deadline
from mistok.aid.clocks.finishing import BY_RECORD, mark_done
from mistok.aid.models import AidDeadline
from mistok.kernel.errors import NotFound
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.customs_forms import DayForm
from mistok.web.aid.due import due_row
from mistok.web.aid.fields import AidForm
from mistok.web.aid.seats import DeskSeat
from mistok.web.aid.timeline import timeline_of
from mistok.web.needs.fields import day
from mistok.web.needs.words import day_words
from mistok.web.offices.places import card_of
from mistok.web.procedure.fields import choice, text

TOLD, COUNTED = "told", "counted"


class CorrectionForm(AidForm):
    """A new day, or the day counted anew by the rule, with the reason."""

    how = choice(
        gettext_lazy("The new day"),
        [
            (TOLD, gettext_lazy("is the one written below")),
            (COUNTED, gettext_lazy("is counted anew by the rule that is in force")),
        ],
    )
    due_on = day(gettext_lazy("Day"))
    reason = text(
        gettext_lazy("Reason"),
        gettext_lazy("It is kept. Both days stay to be read."),
        needed=True,
        most=400,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.initial = {"how": TOLD, **self.initial}

    def clean(self) -> dict[str, Any]:
        """A day that is told must be written."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("how") == TOLD and not told.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Write the new day."))
        return told


def deadlines_page(seat: DeskSeat) -> HttpResponse:
    """The board, and the form that corrects the day that the address names."""
    page = partial(_page, seat)
    if seat.request.method == "POST":
        return perform(seat.request, _acts(seat), page)
    return page()


def _acts(seat: DeskSeat) -> Acts:
    asked = seat.request.GET.get("day", "")
    if not asked:
        return {}
    one = _deadline(seat, asked)
    acts = {"done": _done(seat, one), "correct": _correct(seat, one)}
    return {name: act for name, act in acts.items() if seat.may(act.right)}


def _done(seat: DeskSeat, one: AidDeadline) -> Act:
    def do(told: Told) -> Done:
        mark_done(actor=told.actor, deadline=one, day=told.values["day"])
        return Done(_("It is done."), reverse("aid:deadlines", args=[seat.office.public_id]))

    return Act(
        title=_("What was due is done"),
        button=_("It is done"),
        make=DayForm,
        do=do,
        right=Permission.FILE_AID_REPORT,
        office=seat.office,
        subject=one.consignment.public_id,
        on=one.done_on is None and one.rule not in BY_RECORD,
    )


def _correct(seat: DeskSeat, one: AidDeadline) -> Act:
    def do(told: Told) -> Done:
        counted = told.values["how"] == COUNTED
        made = correct_deadline(
            actor=told.actor,
            deadline=one,
            reason=told.values["reason"],
            due_on=None if counted else told.values["due_on"],
            recompute=counted,
        )
        told_day = day_words(made.due_on) or made.told
        url = reverse("aid:deadlines", args=[seat.office.public_id])
        return Done(_("The day is corrected: %(day)s.") % {"day": told_day}, url)

    return Act(
        title=_("Correct the day"),
        button=_("Correct the day"),
        make=CorrectionForm,
        do=do,
        right=Permission.CORRECT_DEADLINE,
        office=seat.office,
        subject=one.consignment.public_id,
        follows=_("A code or declaration that runs out on this day runs out on the new one."),
    )


def _deadline(seat: DeskSeat, asked: str) -> AidDeadline:
    rows = AidDeadline.objects.filter(consignment__office=seat.office, public_id=asked[:40])
    found = rows.select_related("consignment__office", "declaration").first()
    if found is None:
        raise NotFound(
            _("There is no such day on this board. Choose one of the table."),
            code="deadline_unknown",
        )
    return found


def _page(
    seat: DeskSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed, today = typed or {}, timezone.localdate()
    done = seat.request.GET.get("done") == "1"
    rows = [due_row(row, today) for row in board(seat.office, today, with_done=done)]
    asked = seat.request.GET.get("day", "")
    context = {
        "seat": seat,
        "place": card_of(seat.office),
        "rows": rows,
        "done": done,
        "named": next((row for row in rows if row.id == asked), None),
        "blocks": [block.sentence for block in blocks(seat.office, today)],
        "picture": timeline_of(rows, today),
        "corrects": seat.may(Permission.CORRECT_DEADLINE),
        "ends": seat.may(Permission.FILE_AID_REPORT),
        "acts": shown(seat.request, _acts(seat), typed, mistake=mistake),
        "desk_url": reverse("aid:desk", args=[seat.office.public_id]),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/deadlines.html", context, status=status)
