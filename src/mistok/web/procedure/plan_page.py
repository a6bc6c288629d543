"""The action plan of a year: measures, what became of them, the report that follows from them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import NotFound
from mistok.partnering.models import ActionPlan, Evaluation, Measure
from mistok.partnering.models.procedure.plans import MEASURE_STATES
from mistok.partnering.procedure import services
from mistok.partnering.procedure.measures import MEASURE_TRANSITIONS, MeasureState
from mistok.partnering.procedure.services.planning import MeasureGiven, yearly_report
from mistok.web.procedure import fields
from mistok.web.procedure.acting import Act, Acts, Mistake, Told, shown
from mistok.web.procedure.run_acts import NothingForm, plainly
from mistok.web.procedure.run_page import head_context
from mistok.web.procedure.seats import Seat
from mistok.web.procedure.step_page import paper_url
from mistok.web.procedure.words import day_words

STATE_WORDS = dict(MEASURE_STATES)
LINES = (1, 2, 3)
"""Lines of money that the form of a measure shows."""
LOOKS = {"planned": "○", "running": "▶", "done": "✓", "postponed": "◐", "cancelled": "✕"}


class PlanForm(forms.Form):
    """Which year, and what for."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    goal = fields.text(gettext_lazy("Goal of the year"), most=1000)


class GoalForm(forms.Form):
    """What for."""

    goal = fields.text(gettext_lazy("Goal of the year"), most=1000)


class MeasureForm(forms.Form):
    """One measure: what, who, when, with which money, how it is told that it worked."""

    title = fields.line(gettext_lazy("Measure"), needed=True, most=400)
    field = fields.line(
        gettext_lazy("Field"), gettext_lazy("For example: water, schools."), most=60
    )
    starts_on = fields.day(gettext_lazy("From"))
    ends_on = fields.day(gettext_lazy("Until"))
    indicator = fields.line(gettext_lazy("How success is told"), most=200)
    target = fields.line(gettext_lazy("To be reached"), most=60)
    risk = fields.line(gettext_lazy("Risk"), most=400)

    def __init__(self, seat: Seat, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.sides = list(seat.run.sides.all())
        for side in self.sides:
            self.fields[f"owner-{side.position}"] = fields.line(
                _("Who answers for it: %(name)s") % {"name": side.shown},
                _("A unit or an office; people only by their office."),
            )
        for line in LINES:
            named = {"line": line}
            self.fields[f"source-{line}"] = fields.line(_("Money %(line)s: source") % named)
            self.fields[f"amount-{line}"] = fields.line(
                _("Money %(line)s: amount") % named, most=24
            )
            self.fields[f"currency-{line}"] = fields.line(
                _("Money %(line)s: currency") % named, _("EUR, UAH or another."), most=3
            )

    def given(self) -> MeasureGiven:
        """What was filled in, as the service takes it."""
        told = self.cleaned_data
        owners = {str(s.position): told[f"owner-{s.position}"] for s in self.sides}
        parts = ("source", "amount", "currency")
        lines = [{part: told[f"{part}-{line}"] for part in parts} for line in LINES]
        plain = ("title", "field", "starts_on", "ends_on", "indicator", "target", "risk")
        return MeasureGiven(
            **{name: told[name] for name in plain},
            owners={position: name for position, name in owners.items() if name},
            budget=tuple(
                line | {"currency": line["currency"].upper()} for line in lines if line["amount"]
            ),
        )


class ChangeForm(forms.Form):
    """How a measure stands, and what it reached."""

    state = fields.pick(gettext_lazy("How it stands"), [])
    actual = fields.line(gettext_lazy("Reached"), most=60)
    result = fields.text(gettext_lazy("Result"), most=1000)

    def __init__(self, measure: Measure, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        now = MeasureState(measure.state)
        offered = [now, *sorted(MEASURE_TRANSITIONS[now])]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (state.value, STATE_WORDS[state.value]) for state in offered
        ]
        self.initial = {"state": now, "actual": measure.actual, "result": measure.result}


def plans_acts() -> Acts:
    """Beginning a plan."""
    return {
        "begin": Act(
            title=_("Begin the plan of a year"),
            button=_("Begin the plan"),
            make=plainly(partial(PlanForm, initial={"year": timezone.localdate().year + 1})),
            do=_begin,
            right=Permission.EDIT_ACTION_PLAN,
        )
    }


def _begin(told: Told) -> str:
    services.keep_plan(**told.common, year=told.values["year"], goal=told.values["goal"])
    return _("The plan is begun. Put its measures in.")


def plan_of(seat: Seat, year: int) -> ActionPlan:
    """The plan of a year. Raises NotFound."""
    found = seat.run.plans.filter(year=year).first()
    if found is None:
        raise NotFound(_("There is no plan of this year. Begin one."), code="plan_unknown")
    return found


def plan_acts(seat: Seat, plan: ActionPlan) -> Acts:
    """What can be done with a plan: measures, their state, its goal, the report."""
    edit = Permission.EDIT_ACTION_PLAN
    found = {
        "measure": Act(
            title=_("Put a measure in"),
            button=_("Put the measure in"),
            make=plainly(partial(MeasureForm, seat)),
            do=partial(_measure, seat, plan),
            right=edit,
        ),
        "goal": Act(
            title=_("Change the goal"),
            button=_("Keep the goal"),
            make=plainly(partial(GoalForm, initial={"goal": plan.goal})),
            do=partial(_goal, plan),
            right=edit,
        ),
        "report": Act(
            title=_("File the report on the year"),
            button=_("File the report"),
            make=plainly(NothingForm),
            do=partial(_report, plan),
            right=Permission.FILE_REPORT,
            follows=_("The report is derived from the measures, and the plan stands from then on."),
        ),
    }
    for measure in plan.measures.all():
        found[f"change-{measure.position}"] = Act(
            title=_("Say how it stands"),
            button=_("Keep it"),
            make=plainly(partial(ChangeForm, measure)),
            do=partial(_change, measure),
            right=edit,
        )
    return found


def _at_plan(told: Told) -> dict[str, Any]:
    arguments = told.common
    del arguments["run"]
    return arguments


def _measure(seat: Seat, plan: ActionPlan, told: Told) -> str:
    form = MeasureForm(seat)
    form.cleaned_data = dict(told.values)
    plan.run = seat.run
    services.plan_measure(**_at_plan(told), plan=plan, given=form.given())
    return _("The measure is in the plan.")


def _goal(plan: ActionPlan, told: Told) -> str:
    services.keep_plan(**told.common, year=plan.year, goal=told.values["goal"])
    return _("The goal is kept.")


def _report(plan: ActionPlan, told: Told) -> str:
    plan.run = told.seat.run
    services.file_report(**_at_plan(told), plan=plan)
    return _("The report is filed. Now write it as a paper, if the other side wants one.")


def _change(measure: Measure, told: Told) -> str:
    measure.plan.run = told.seat.run
    services.change_measure(
        **_at_plan(told),
        measure=measure,
        state=MeasureState(told.values["state"]),
        actual=told.values["actual"],
        result=told.values["result"],
    )
    return _("It is kept.")


def plans_context(
    seat: Seat, typed: Mapping[str, forms.Form] | None = None, mistake: Mistake | None = None
) -> dict[str, Any]:
    """All plans of a run, and its evaluations."""
    run, acts = seat.run, plans_acts()
    open_now = acts if seat.may(Permission.EDIT_ACTION_PLAN) and not run.closed_at else ()
    return head_context(run) | {
        "plans": [
            {
                "year": plan.year,
                "goal": plan.goal,
                "count": plan.measures.count(),
                "reported": day_words(plan.reported_at.date()) if plan.reported_at else "",
                "url": reverse("procedure:plan", args=[run.public_id, plan.year]),
            }
            for plan in run.plans.all()
        ],
        "evaluations": [
            {
                "on": day_words(one.held_on),
                "outcome": str(one.get_outcome_display()),
                "grounds": one.grounds,
            }
            for one in Evaluation.objects.filter(record__run=run)
        ],
        "evaluation_url": reverse("procedure:step", args=[run.public_id, 0, "evaluation"]),
        "acts": shown(acts, open_now, typed or {}),
        "mistake": mistake,
    }


def plan_context(
    seat: Seat,
    plan: ActionPlan,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> dict[str, Any]:
    """One year: its measures, its report, what can be done."""
    acts = plan_acts(seat, plan)
    closed = seat.run.closed_at is not None or plan.reported_at is not None
    mine = [] if closed else [name for name, act in acts.items() if seat.may(act.right)]
    forms_shown = {one.name: one for one in shown(acts, mine, typed or {})}
    changes = {name: one for name, one in forms_shown.items() if name.startswith("change-")}
    names = {str(side.position): side.shown for side in seat.run.sides.all()}
    own = seat.side.position if seat.side else 0
    return head_context(seat.run) | {
        "plan": plan,
        "reported": day_words(plan.reported_at.date()) if plan.reported_at else "",
        "measures": [_row(one, names, changes) for one in plan.measures.all()],
        "report": _report_told(plan),
        "acts": list(forms_shown.values()),
        "main_acts": [one for name, one in forms_shown.items() if name not in changes],
        "mistake": mistake,
        "plans_url": reverse("procedure:plans", args=[seat.run.public_id]),
        "plan_paper": paper_url(seat.run.public_id, "action_plan", own, "action_plan"),
        "report_paper": paper_url(seat.run.public_id, "yearly_report", own, "yearly_report"),
    }


def _row(measure: Measure, names: Mapping[str, str], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "measure": measure,
        "state": str(STATE_WORDS[measure.state]),
        "icon": LOOKS[measure.state],
        "owners": [(names.get(at, ""), name) for at, name in sorted(measure.owners.items())],
        "from": day_words(measure.starts_on),
        "until": day_words(measure.ends_on),
        "change": changes.get(f"change-{measure.position}"),
    }


def _report_told(plan: ActionPlan) -> dict[str, Any]:
    """The report as it follows today: counts by state, money by currency and source."""
    report = yearly_report(plan)
    return {
        "counts": [
            (str(STATE_WORDS[state.value]), count) for state, count in report.counts.items()
        ],
        "money": [
            (source, f"{amount:,.2f}".replace(",", "\u202f"), currency)
            for currency, by_source in report.money.items()
            for source, amount in by_source.items()
        ],
        "unfinished": [one.title for one in report.unfinished],
    }
