"""Steps that take no record of their own: done, submitted, returned, left out, taken back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.kernel.errors import Invalid, NotAllowed
from mistok.partnering.models import Approval, ProcedureRun, ReturnReason, StepRecord
from mistok.partnering.procedure.course import course_of, ref_of, standing_records
from mistok.partnering.procedure.graph import Ref
from mistok.partnering.procedure.guards import ASKED, GUARDS
from mistok.partnering.procedure.services.writing import Doing, step_of, write_act, writing
from mistok.partnering.procedure.states import Act, What
from mistok.partnering.procedure.steps import Record, Role, Step
from mistok.partnering.procedure.telling import untell_registry
from mistok.partnering.procedure.words import DETAILS

MOST_LETTERS = 1000
"""Letters of one detail of a step."""
ALSO = {"negotiating": {"instrument"}, "extended": {"review_on", "end_date"}}
"""Details that may be told besides what guards ask for, by the event that a step tells."""


def do_step(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    expected: int | None = None,
    today: dt.date | None = None,
) -> StepRecord:
    """Record that a step was done on a day; `side` is the side's position, 0 for all sides.

    Raises NotAllowed without the right or for another office's step, Conflict when it is not
    its turn, Invalid for a day that cannot be, for details that the step asks for (`data`) and
    for a step whose decision, approval, signatures … are recorded by a service of their own.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "do_step") as audit:
        ref = ref_of(side, step)
        course = course_of(run, doing.today)
        found = step_of(course, ref)
        _check_plain(found)
        told = stated(found, data or {})
        _check_other_eyes(doing, ref, found)
        done = Act(ref, What.DONE, on)
        return write_act(doing, audit, done, note=note, data=told, course=course)


def submit(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    note: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> StepRecord:
    """Record that a step was put before its approver or the body outside; raises as `do_step`."""
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "submit_step") as audit:
        ref = ref_of(side, step)
        course = course_of(run, doing.today)
        if step_of(course, ref).record is Record.SIGNATURES:
            raise _own_service(Record.SIGNATURES)
        return write_act(doing, audit, Act(ref, What.SUBMITTED, on), note=note, course=course)


def return_step(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    reasons: Sequence[str] = (),
    remarks: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> StepRecord:
    """Record that a submitted step came back; `reasons` are codes that an administrator keeps.

    Raises Invalid (`reason_missing`, `reason_unknown`) and as `do_step`.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "return_step") as audit:
        ref = ref_of(side, step)
        course = course_of(run, doing.today)
        found = step_of(course, ref)
        _check_reasons(reasons, remarks)
        submitted, due = course.submitted_on(ref), course.due(ref)
        back, data = Act(ref, What.RETURNED, on), {"reasons": list(reasons)}
        record = write_act(doing, audit, back, note=remarks, data=data, course=course)
        if found.record is Record.APPROVAL and submitted is not None:
            Approval.objects.create(
                record=record,
                authority=found.outside,
                submitted_on=submitted,
                due_on=due.on if due else None,
                decided_on=on,
                result=Approval.Result.RETURNED,
                reasons=list(reasons),
                remarks=remarks.strip(),
            )
        return record


def skip_optional(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    note: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> StepRecord:
    """Leave an optional step out; raises as `do_step`."""
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "skip_step") as audit:
        return write_act(doing, audit, Act(ref_of(side, step), What.SKIPPED, on), note=note)


def plan_step(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    note: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> StepRecord:
    """Note for which day a step is planned: a plan is no fact; raises as `do_step`."""
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "plan_step") as audit:
        return write_act(doing, audit, Act(ref_of(side, step), What.PLANNED, on), note=note)


def reopen_step(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    reason: str,
    expected: int | None = None,
    today: dt.date | None = None,
) -> StepRecord:
    """Take back what was recorded of a step; what it told the registry is withdrawn.

    Raises Invalid without a reason, Conflict while anything stands on it, and as `do_step`.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "reopen_step") as audit:
        if not reason.strip():
            raise Invalid(
                _("Say why the step is taken back: the reason is kept with it."),
                code="reason_missing",
            )
        ref = ref_of(side, step)
        told = _told_since(run, ref)
        record = write_act(
            doing, audit, Act(ref, What.REOPENED, doing.today), note=reason, telling={}
        )
        for statement in told:
            untell_registry(actor=actor, statement=statement, reason=reason.strip())
        return record


def stated(step: Step, data: Mapping[str, Any]) -> dict[str, str]:
    """What the step asks for, checked by its guards; nothing else is kept."""
    wanted = {name for guard in step.guards for name in ASKED[guard]} | ALSO.get(step.event, set())
    told = {name: str(value).strip() for name, value in data.items() if name in wanted and value}
    for guard in step.guards:
        GUARDS[guard](told)
    for name, value in told.items():
        if len(value) > MOST_LETTERS:
            raise Invalid(
                _("%(name)s has %(length)s letters; %(most)s are the most. Shorten it.")
                % {"name": DETAILS[name], "length": len(value), "most": MOST_LETTERS},
                code="text_too_long",
            )
        if name in ("review_on", "end_date"):
            _check_date(value)
    if step.code == "military_act":
        told["body_kind"] = "military_administration"
    return told


def _check_date(text: str) -> None:
    try:
        dt.date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            _("“%(text)s” is no day. Write it as 2027-06-30.") % {"text": text[:40]},
            code="day_malformed",
        ) from error


def _check_plain(step: Step) -> None:
    if step.record is not Record.NONE:
        raise _own_service(step.record)


def _own_service(record: Record) -> Invalid:
    sentences = {
        Record.DECISION: _("Record the decision with its number, date and votes."),
        Record.APPROVAL: _("Record the answer of the body: granted, returned or refused."),
        Record.SIGNATURES: _("Record who signed and on which day, for each side."),
        Record.REGISTRATION: _("Record the number and date of the registration."),
        Record.EVALUATION: _("Record the evaluation with its outcome and grounds."),
    }
    return Invalid(sentences[record], code="record_needed", details={"record": str(record)})


def _check_other_eyes(doing: Doing, ref: Ref, step: Step) -> None:
    """Who put a paper before the approver does not approve it."""
    if step.role is not Role.APPROVER or not step.submitted_first:
        return
    last = standing_records(doing.run.records.all()).get(ref)
    if last is not None and last.what == What.SUBMITTED and last.actor == str(doing.actor):
        raise NotAllowed(
            _("You submitted this yourself. Approving takes other eyes: ask another approver."),
            code="own_submission",
        )


def _check_reasons(reasons: Sequence[str], remarks: str) -> None:
    if not reasons and not remarks.strip():
        raise Invalid(
            _("Say why it came back: choose a reason or write one."), code="reason_missing"
        )
    known = set(ReturnReason.objects.filter(retired=False).values_list("code", flat=True))
    unknown = sorted(set(reasons) - known)
    if unknown:
        raise Invalid(
            _("“%(code)s” is no reason of the list. Choose one, or write it as a remark.")
            % {"code": unknown[0][:60]},
            code="reason_unknown",
            details={"reasons": unknown},
        )


def _told_since(run: ProcedureRun, ref: Ref) -> list[str]:
    """Statements that acts on the step told and that were not taken back yet."""
    found: list[str] = []
    for record in run.records.filter(position=int(ref.side or 0), step=ref.code):
        if record.what == What.REOPENED:
            found = []
        statement = record.data.get("told", {}).get("statement")
        found += [statement] if statement else []
    return found
