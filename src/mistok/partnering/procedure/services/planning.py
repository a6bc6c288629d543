"""The action plan of a year, its measures, and the report on it (D1-07)."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import public_id
from mistok.partnering.models import ActionPlan, Measure, ProcedureRun
from mistok.partnering.procedure.measures import (
    MEASURE_TRANSITIONS,
    MeasureState,
    MeasureTold,
    YearlyReport,
    budget_line,
    report_of,
)
from mistok.partnering.procedure.services.writing import Doing, writing

YEARS = range(1945, 2201)
MOST_MEASURES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGiven:
    """A measure as a person fills it in. `owners` by the side's position; `budget` lines have
    source, amount (a number as text) and currency."""

    title: str
    field: str = ""
    owners: Mapping[str, str] | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    budget: tuple[Mapping[str, str], ...] = ()
    indicator: str = ""
    target: str = ""
    risk: str = ""


def keep_plan(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    year: int,
    goal: str,
    expected: int | None = None,
    today: dt.date | None = None,
) -> ActionPlan:
    """Begin the plan of a year, or change its goal. Raises Invalid for an impossible year."""
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "keep_plan", Permission.EDIT_ACTION_PLAN) as audit:
        if year not in YEARS:
            raise Invalid(
                _("%(year)s is no year of a plan. Write four digits.") % {"year": year},
                code="year_impossible",
            )
        plan = run.plans.filter(year=year).first() or ActionPlan(
            public_id=public_id("plan", secrets.token_hex(16)), run=run, year=year
        )
        _check_open(plan)
        plan.goal = goal.strip()[:1000]
        plan.save()
        audit.done(after=_in_short(doing, plan))
        return plan


def plan_measure(
    *,
    actor: Actor,
    office: Office,
    plan: ActionPlan,
    given: MeasureGiven,
    expected: int | None = None,
    today: dt.date | None = None,
) -> Measure:
    """Put a measure into a plan. Raises Invalid (`measure_untitled`, `measure_ends_before`,
    `owner_unknown`, `amount_malformed` …), Conflict (`plan_reported`)."""
    doing = Doing.of(actor, office, plan.run, expected, today)
    with writing(doing, "plan_measure", Permission.EDIT_ACTION_PLAN) as audit:
        _check_open(plan)
        fields = _checked(plan.run, given)
        highest = plan.measures.aggregate(last=models.Max("position"))["last"] or 0
        if highest >= MOST_MEASURES:
            raise Invalid(
                _("A plan takes %(most)s measures at most.") % {"most": MOST_MEASURES},
                code="too_many_measures",
            )
        measure = Measure.objects.create(plan=plan, position=highest + 1, **fields)
        audit.done(after={**_in_short(doing, plan), "measure": measure.position})
        return measure


def change_measure(
    *,
    actor: Actor,
    office: Office,
    measure: Measure,
    state: MeasureState,
    actual: str = "",
    result: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> Measure:
    """Say how a measure stands and what it reached. Raises Conflict (`measure_over`,
    `plan_reported`)."""
    doing = Doing.of(actor, office, measure.plan.run, expected, today)
    with writing(doing, "change_measure", Permission.EDIT_ACTION_PLAN) as audit:
        _check_open(measure.plan)
        measure.refresh_from_db()
        before = MeasureState(measure.state)
        if state is not before and state not in MEASURE_TRANSITIONS[before]:
            raise Conflict(
                _("“%(measure)s” is %(before)s and cannot become %(state)s. Plan a new measure.")
                % {"measure": measure.title, "before": before, "state": state},
                code="measure_over",
            )
        measure.state = state
        measure.actual = actual.strip()[:60] or measure.actual
        measure.result = result.strip()[:1000] or measure.result
        measure.save(update_fields=["state", "actual", "result"])
        told = {**_in_short(doing, measure.plan), "measure": measure.position, "state": state}
        audit.done(before={"state": before}, after=told)
        return measure


def file_report(
    *,
    actor: Actor,
    office: Office,
    plan: ActionPlan,
    expected: int | None = None,
    today: dt.date | None = None,
) -> YearlyReport:
    """Derive the report from the plan's measures and fix the plan with it.

    Raises Invalid (`measures_undecided`) while a measure's state says nothing of its end,
    (`plan_empty`) for a plan without measures, Conflict (`plan_reported`) the second time.
    """
    doing = Doing.of(actor, office, plan.run, expected, today)
    with writing(doing, "file_report", Permission.FILE_REPORT) as audit:
        _check_open(plan)
        report = yearly_report(plan)
        if not report.measures:
            raise Invalid(
                _("The plan of %(year)s has no measure to report on.") % {"year": plan.year},
                code="plan_empty",
            )
        open_still = [m.title for m in report.measures if m.state is MeasureState.PLANNED]
        if open_still:
            raise Invalid(
                _("Say of every measure what became of it. Still planned: %(titles)s.")
                % {"titles": "; ".join(open_still)},
                code="measures_undecided",
                details={"measures": open_still},
            )
        plan.reported_at = doing.at
        plan.save(update_fields=["reported_at"])
        counts = {str(state): count for state, count in report.counts.items()}
        audit.done(after={**_in_short(doing, plan), "measures": counts})
        return report


def yearly_report(plan: ActionPlan) -> YearlyReport:
    """The report as the measures give it today."""
    return report_of(plan.year, [_told(measure) for measure in plan.measures.all()])


def _told(measure: Measure) -> MeasureTold:
    lines = (budget_line(b["source"], b["amount"], b["currency"]) for b in measure.budget)
    return MeasureTold(
        title=measure.title,
        state=MeasureState(measure.state),
        field=measure.field,
        indicator=measure.indicator,
        target=measure.target,
        actual=measure.actual,
        result=measure.result,
        budget=tuple(lines),
    )


def _check_open(plan: ActionPlan) -> None:
    if plan.pk is not None:
        plan.refresh_from_db()
    if plan.reported_at is not None:
        raise Conflict(
            _("The year %(year)s is reported on, so its plan stands. Plan the next year.")
            % {"year": plan.year},
            code="plan_reported",
        )


def _checked(run: ProcedureRun, given: MeasureGiven) -> dict[str, Any]:
    if not given.title.strip():
        raise Invalid(_("A measure needs a title."), code="measure_untitled")
    if given.starts_on and given.ends_on and given.ends_on < given.starts_on:
        raise Invalid(
            _("The measure ends on %(end)s, before it begins on %(start)s. Correct one.")
            % {"end": given.ends_on, "start": given.starts_on},
            code="measure_ends_before",
        )
    positions = {str(position) for position in run.sides.values_list("position", flat=True)}
    owners = dict(given.owners or {})
    if not set(owners) <= positions:
        raise Invalid(_("An owner is of no side of this procedure."), code="owner_unknown")
    lines = [
        budget_line(line.get("source", ""), line.get("amount", ""), line.get("currency", ""))
        for line in given.budget
    ]
    budget = [
        {"source": source, "amount": str(amount), "currency": currency}
        for source, amount, currency in lines
    ]
    texts = {"title": 400, "field": 60, "indicator": 200, "target": 60, "risk": 400}
    plain = asdict(given)
    return {
        **{name: plain[name].strip()[:most] for name, most in texts.items()},
        "owners": {position: str(name)[:200] for position, name in owners.items()},
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "budget": budget,
    }


def _in_short(doing: Doing, plan: ActionPlan) -> dict[str, Any]:
    return {
        "version": doing.run.version,
        "office": doing.office.public_id,
        "plan": plan.public_id,
        "year": plan.year,
    }
