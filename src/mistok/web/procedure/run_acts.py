"""What can be done with a procedure as a whole: closed, its days counted anew, joined."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.partnering.models import ProcedureRun, RunSide
from mistok.partnering.procedure import services
from mistok.partnering.procedure.order import set_by_rule
from mistok.partnering.procedure.selectors import papers_for, scans_for
from mistok.partnering.procedure.steps import Aim
from mistok.partnering.procedure.templates import Option, template
from mistok.registry.lifecycle import IN_FORCE, RESTING
from mistok.registry.models import Tie
from mistok.web.procedure import fields
from mistok.web.procedure.acting import Act, Acts, Mistake, Told, shown
from mistok.web.procedure.files import paper_card, scan_card
from mistok.web.procedure.run_page import head_context, run_context
from mistok.web.procedure.seats import Seat, decided_alone
from mistok.web.words import lang


class CloseForm(forms.Form):
    """When and why."""

    on = fields.day(gettext_lazy("Day"), needed=True, now=True)
    reason = fields.text(
        gettext_lazy("Why it is closed"),
        gettext_lazy("Finished, or given up and why. All sides read it."),
        needed=True,
        most=400,
    )


class NothingForm(forms.Form):
    """Nothing is asked."""


def plainly(form: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    """A form without files."""
    return lambda data=None, files=None, **more: form(data, **more)


def run_acts() -> Acts:
    """What a side may do with the whole procedure."""
    return {
        "recompute": Act(
            title=_("Count the days anew"),
            button=_("Count the days anew"),
            make=plainly(NothingForm),
            do=_recompute,
            right=Permission.DO_STEP,
            follows=_("After a rule of law was corrected. The former days stay readable."),
        ),
        "close": Act(
            title=_("Close the procedure"),
            button=_("Close the procedure"),
            make=plainly(CloseForm),
            do=_close,
            right=Permission.DO_STEP,
            follows=_(
                "Nobody can do a step of it any more, on any side. What was done stays readable. "
                "A tie that was never signed is shown as given up."
            ),
        ),
    }


def _recompute(told: Told) -> str:
    changed = services.recompute_deadlines(**told.common)
    if not changed:
        return _("The days stand: no rule gives another day.")
    count = len(changed)
    return ngettext("%(count)s day has changed.", "%(count)s days have changed.", count) % {
        "count": count
    }


def _close(told: Told) -> str:
    services.close_run(**told.common, on=told.values["on"], reason=told.values["reason"])
    return _("The procedure is closed.")


def run_page(
    request: HttpRequest,
    seat: Seat,
    typed: dict[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    """The page of a run, whole or with a mistake."""
    acts, status = run_acts(), mistake.status if mistake else 200
    closed = seat.run.closed_at is not None
    mine = [name for name in acts if not closed and seat.may(acts[name].right)]
    if decided_alone(seat) and "close" in mine:
        mine.remove("close")
    context = run_context(seat) | {
        "acts": shown(acts, mine, typed or {}),
        "mistake": mistake,
        **_doors(seat, closed=closed),
    }
    return render(request, "procedure/run.html", context, status=status)


def _doors(seat: Seat, *, closed: bool) -> dict[str, Any]:
    """Where to go on from here; nothing of it for a coordinator."""
    if seat.office is None:
        return {}
    run, args = seat.run, [seat.run.public_id]
    tie = Tie.objects.filter(public_id=run.tie).first() if run.tie else None
    lives = tie is not None and tie.state in (*IN_FORCE, *RESTING)
    ends = lives and run.aim == Aim.TIE and seat.may(Permission.OPEN_PROCEDURE)
    opens = reverse("procedure:new")
    return {
        "papers": [paper_card(seat, row) for row in papers_for(run, seat.office)],
        "scans": [scan_card(seat, row) for row in scans_for(run, seat.office)],
        "papers_url": reverse("procedure:papers", args=args),
        "scans_url": reverse("procedure:scans", args=args),
        "plans_url": reverse("procedure:plans", args=args) if run.aim == Aim.TIE else "",
        "desk_url": reverse("offices:desk", args=[seat.office.public_id]),
        "partner_url": reverse("procedure:partner", args=args)
        if not closed and run.aim == Aim.TIE and seat.may(Permission.OPEN_PROCEDURE)
        else "",
        "suspend_url": f"{opens}?aim=suspension&tie={run.tie}" if ends else "",
        "end_url": f"{opens}?aim=termination&tie={run.tie}" if ends else "",
    }


def joining(run: ProcedureRun, office: Office) -> Acts:
    """An office that was named takes its side."""
    return {
        "join": Act(
            title=_("Take part"),
            button=_("Take part for our municipality"),
            make=plainly(partial(JoinForm, run.sides.get(place=office.place))),
            do=partial(_join, office),
            right=Permission.OPEN_PROCEDURE,
        )
    }


def option_field(option: Option) -> Any:
    """A choice that a side makes for its track."""
    words = [(word, texts.get(lang()) or texts["en"]) for word, texts in option.words.items()]
    return fields.choice(option.titles.get(lang()) or option.titles["en"], words)


class JoinForm(forms.Form):
    """The choices of the side's template, as it was when the procedure began."""

    def __init__(self, side: RunSide, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        found = template(side.template, side.template_version)
        for option in found.options:
            self.fields[option.code] = option_field(option)
            self.initial[option.code] = option.default
        self.initial.update(set_by_rule(found, timezone.localdate()))


def _join(office: Office, told: Told) -> str:
    services.join_run(
        actor=told.seat.actor,
        office=office,
        run=told.seat.run,
        side_options=dict(told.values),
        expected=told.expected,
    )
    return _("You take part. These are the tracks of all sides.")


def invited_page(
    request: HttpRequest,
    seat: Seat,
    office: Office,
    typed: dict[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    """What an office sees that was named: who, what for, and the way in; no tracks, no papers."""
    acts = joining(seat.run, office)
    context = head_context(seat.run) | {
        "office": office,
        "acts": shown(acts, acts, typed or {}),
        "mistake": mistake,
    }
    status = mistake.status if mistake else 200
    return render(request, "procedure/invited.html", context, status=status)
