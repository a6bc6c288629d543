"""Whether an act may be done with a step now. Pure; every refusal names what to do instead."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import Ref
from mistok.partnering.procedure.sentences import blocked_told, papers_named, step_named
from mistok.partnering.procedure.states import GOING_ON, TO_DO, Act, State, What
from mistok.partnering.procedure.steps import Record, Role


def check_act(course: Course, act: Act) -> None:
    """Raise unless this act may come next.

    NotFound (`step_unknown`); Conflict when the step is not in the state for it (`step_blocked`,
    `step_done`, `step_left_out`, `step_not_needed`, `step_passed`, `paper_missing`,
    `not_submitted`, `nothing_lies_there`, `nothing_to_reopen`, `later_steps_done`, `too_early`,
    `silence_not_over`); Invalid for what can never be (`not_submittable`, `not_optional`,
    `day_in_the_future`, `day_in_the_past`, `day_before_predecessor`, `silence_is_no_consent`).
    """
    if act.ref not in course.graph.steps:
        raise NotFound(
            _("This procedure has no step “%(code)s”. Open the page of the procedure again.")
            % {"code": act.ref.code[:60]},
            code="step_unknown",
            details={"side": act.ref.side, "step": act.ref.code[:60]},
        )
    CHECKS[act.what](course, act)


def _planned(course: Course, act: Act) -> None:
    _check_not_over(course, act.ref)
    if act.on < course.facts.today:
        raise Invalid(
            _("%(day)s is past. Plan a day to come, or record that the step was done.")
            % {"day": act.on.isoformat()},
            code="day_in_the_past",
        )


def _submitted(course: Course, act: Act) -> None:
    step = course.graph.steps[act.ref]
    signs = step.record is Record.SIGNATURES
    if not (step.submitted_first or signs or step.role is Role.OUTSIDE):
        raise Invalid(
            _("%(step)s is not submitted to anybody: do it.")
            % {"step": step_named(course, act.ref)},
            code="not_submittable",
        )
    # Of several sides one signs after the other: the signing lies with those that are left.
    _check_ready(course, act.ref, GOING_ON if signs else TO_DO)
    _check_papers(course, act.ref)
    _check_day(course, act)
    _check_period(course, act)


def _returned(course: Course, act: Act) -> None:
    if course.graph.steps[act.ref].record is Record.DECISION:
        # A council votes a motion down without anybody having noted that it lay there.
        _check_ready(course, act.ref, GOING_ON)
    else:
        _check_lies_there(course, act.ref)
    _check_day(course, act)


def _done(course: Course, act: Act) -> None:
    step = course.graph.steps[act.ref]
    _check_ready(course, act.ref, GOING_ON)
    if step.submitted_first:
        _check_lies_there(course, act.ref)
    _check_papers(course, act.ref)
    _check_day(course, act)
    _check_period(course, act)
    if act.silent:
        _check_silence(course, act)


def _skipped(course: Course, act: Act) -> None:
    if not course.graph.steps[act.ref].optional:
        raise Invalid(
            _("%(step)s cannot be left out: it is not optional.")
            % {"step": step_named(course, act.ref)},
            code="not_optional",
        )
    _check_ready(course, act.ref, GOING_ON)
    _check_past(course, act.on)


def _reopened(course: Course, act: Act) -> None:
    named = step_named(course, act.ref)
    if not course.touched(act.ref):
        raise Conflict(
            _("Nothing was done with %(step)s that could be taken back.") % {"step": named},
            code="nothing_to_reopen",
        )
    later = course.passed_by(act.ref)
    if later:
        raise Conflict(
            _("%(step)s cannot be taken back: %(later)s came after it. Take that back first.")
            % {"step": named, "later": step_named(course, later[-1])},
            code="later_steps_done",
            details={"steps": [[ref.side, ref.code] for ref in later]},
        )
    _check_past(course, act.on)


CHECKS: Mapping[What, Callable[[Course, Act], None]] = {
    What.PLANNED: _planned,
    What.SUBMITTED: _submitted,
    What.RETURNED: _returned,
    What.DONE: _done,
    What.SKIPPED: _skipped,
    What.REOPENED: _reopened,
}


def _check_not_over(course: Course, ref: Ref) -> None:
    """Refuse what is done, left out or not needed."""
    state = course.states[ref].state
    named = {"step": step_named(course, ref)}
    if state is State.DONE:
        raise Conflict(
            _("%(step)s is done already. Take it back first if it was recorded wrongly.") % named,
            code="step_done",
        )
    if state is State.NOT_NEEDED and course.elsewhere(ref):
        raise Conflict(
            _(
                "%(step)s does not follow from what the evaluation found. Take the evaluation back "
                "if it was recorded wrongly."
            )
            % named,
            code="step_not_needed",
        )
    if state is State.NOT_NEEDED:
        raise Conflict(
            _("%(step)s is not needed: another step took its place.") % named,
            code="step_not_needed",
        )
    if state is State.SKIPPED and course.touched(ref):
        raise Conflict(
            _("%(step)s was left out. Take that back first.") % named, code="step_left_out"
        )
    later = course.passed_by(ref)
    if later and not course.touched(ref):
        raise Conflict(
            _("It is too late for %(step)s: %(later)s, which comes after it, has happened.")
            % {**named, "later": step_named(course, later[0])},
            code="step_passed",
        )


def _check_ready(course: Course, ref: Ref, states: tuple[State, ...]) -> None:
    _check_not_over(course, ref)
    found = course.states[ref]
    if found.blocks:
        raise Conflict(
            blocked_told(course, ref, found.blocks),
            code="step_blocked",
            details={
                "blocks": [
                    {
                        "why": block.why,
                        "side": block.ref.side,
                        "step": block.ref.code,
                        "papers": list(course.missing_papers(block.ref)),
                    }
                    for block in found.blocks
                ]
            },
        )
    if found.state not in states:
        raise Conflict(
            _("%(step)s is submitted already. Record the answer, or take it back first.")
            % {"step": step_named(course, ref)},
            code="step_submitted",
        )


def _check_lies_there(course: Course, ref: Ref) -> None:
    if course.states[ref].state is not State.WAITING:
        raise Conflict(
            _("%(step)s is not submitted. Record first on which day it was.")
            % {"step": step_named(course, ref)},
            code="not_submitted",
        )


def _check_papers(course: Course, ref: Ref) -> None:
    missing = course.missing_papers(ref)
    if missing:
        raise Conflict(
            _("%(step)s needs papers that are not there yet: %(papers)s. Make or upload them.")
            % {"step": step_named(course, ref), "papers": papers_named(missing)},
            code="paper_missing",
            details={"papers": list(missing)},
        )


def _check_past(course: Course, on: dt.date) -> None:
    if on > course.facts.today:
        raise Invalid(
            _("%(day)s is still to come. Write it down as planned.") % {"day": on.isoformat()},
            code="day_in_the_future",
        )


def _check_day(course: Course, act: Act) -> None:
    """Refuse days to come, and days before what the step comes after (its own acts too)."""
    _check_past(course, act.on)
    last = course.last(act.ref)
    own = last.on if last is not None else None
    floor = max((day for day in (course.floor[act.ref], own) if day), default=None)
    if floor is not None and act.on < floor:
        raise Invalid(
            _("%(day)s lies before %(floor)s, when what comes first happened. Correct the day.")
            % {"day": act.on.isoformat(), "floor": floor.isoformat()},
            code="day_before_predecessor",
            details={"day": act.on.isoformat(), "floor": floor.isoformat()},
        )


def _check_period(course: Course, act: Act) -> None:
    earliest = course.earliest(act.ref)
    if earliest is not None and earliest.on is not None and act.on < earliest.on:
        raise Conflict(
            _("%(step)s may be done from %(day)s on (rule %(rule)s), not on %(on)s.")
            % {
                "step": step_named(course, act.ref),
                "day": earliest.on.isoformat(),
                "rule": earliest.rule,
                "on": act.on.isoformat(),
            },
            code="too_early",
            details={"from": earliest.on.isoformat(), "rule": earliest.rule},
        )


def _check_silence(course: Course, act: Act) -> None:
    step = course.graph.steps[act.ref]
    submitted = course.submitted_on(act.ref)
    named = {"step": step_named(course, act.ref)}
    if not step.silence or submitted is None:
        raise Invalid(
            _("No answer is no consent in %(step)s. Wait for the answer or ask for it.") % named,
            code="silence_is_no_consent",
        )
    over = course.day_of(step.silence, submitted, act.ref.side)
    if over.on is None or act.on <= over.on:
        raise Conflict(
            _("The time in which %(step)s may still be answered ends on %(day)s. Wait for it.")
            % {**named, "day": over.on.isoformat() if over.on else over.why},
            code="silence_not_over",
        )
