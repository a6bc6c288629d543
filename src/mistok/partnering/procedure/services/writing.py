"""What every write to a run has in common: rights, the version, the record, the audit event."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act as Audit
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.partnering.models import ProcedureRun, RunSide, StepRecord
from mistok.partnering.models.procedure.runs import LONGEST_NOTE
from mistok.partnering.procedure.allowing import check_act
from mistok.partnering.procedure.course import course_of, position_of
from mistok.partnering.procedure.deadlines import KeptDeadlines
from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import SHARED, Ref
from mistok.partnering.procedure.rights import needed
from mistok.partnering.procedure.states import Act, What
from mistok.partnering.procedure.steps import Doer, Step
from mistok.partnering.procedure.telling import tell_registry, word_of
from mistok.partnering.procedure.words import VERBS
from mistok.provenance.models import AuditEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does something with a run, for which office, on which day.

    `expected` is the version of the run that the form showed; none asks for no comparison.
    """

    actor: Actor
    office: Office
    run: ProcedureRun
    expected: int | None = None
    today: dt.date = field(default_factory=timezone.localdate)
    at: dt.datetime = field(default_factory=timezone.now)

    @classmethod
    def of(
        cls,
        actor: Actor,
        office: Office,
        run: ProcedureRun,
        expected: int | None,
        today: dt.date | None,
    ) -> "Doing":
        """With today's date where none is given."""
        return cls(
            actor=actor,
            office=office,
            run=run,
            expected=expected,
            today=today or timezone.localdate(),
        )


@contextmanager
def writing(doing: Doing, verb: str, permission: Permission | None = None) -> Iterator[Audit]:
    """One transaction in which the run gets its next version; a refusal is audited.

    With a permission the office must hold a side of the run and the actor the right; without,
    the caller asks for them. Raises Conflict (`run_closed`, `run_changed`).
    """
    run = doing.run
    with audited(doing.actor, verb, run.public_id) as audit:
        if permission is not None:
            check_can(doing.actor, permission, office=doing.office)
            check_takes_part(doing)
        _take_version(run, doing.expected)
        yield audit


def _take_version(run: ProcedureRun, expected: int | None) -> None:
    """Compare and set; the row is held until the transaction ends."""
    rows = ProcedureRun.objects.filter(pk=run.pk, closed_at__isnull=True)
    if expected is not None:
        rows = rows.filter(version=expected)
    if not rows.update(version=models.F("version") + 1):
        _refuse_stale(run, expected)
    run.refresh_from_db()


def _refuse_stale(run: ProcedureRun, expected: int | None) -> None:
    run.refresh_from_db()
    if run.closed_at is not None:
        raise Conflict(
            _("This procedure was closed on %(day)s: %(reason)s. Open a new one to go on.")
            % {"day": run.closed_at.date().isoformat(), "reason": run.closed_reason},
            code="run_closed",
        )
    changes = changes_since(run, expected or 0)
    raise Conflict(
        _(
            "While you were writing, this was done in the procedure: %(changes)s. Nothing of "
            "yours is lost: look at it, then send yours again."
        )
        % {"changes": "; ".join(change["told"] for change in changes)},
        code="run_changed",
        details={"changes": changes, "version": run.version},
    )


def changes_since(run: ProcedureRun, version: int) -> list[dict[str, Any]]:
    """What was written after a version, oldest first, each told in a few words."""
    events = AuditEvent.objects.filter(subject=run.public_id)
    later = [event for event in events if event.after.get("version", 0) > version]
    later.sort(key=lambda event: event.after["version"])
    names = {side.office: side.shown for side in run.sides.all() if side.office}
    titles = {
        ref.code: step for ref, step in course_of(run, timezone.localdate()).graph.steps.items()
    }
    lang = get_language() or "en"
    told = []
    for event in later:
        step = titles.get(event.after.get("step", ""))
        what = step.title(lang) if step else str(VERBS.get(event.verb, event.verb))
        who = names.get(event.after.get("office", ""), "")
        on = event.after.get("on", "")
        words = f"{who}: {what} {on}".strip()
        told.append({"told": words, "verb": event.verb, **event.after})
    return told


def check_takes_part(doing: Doing) -> list[RunSide]:
    """Raise NotAllowed (`not_your_procedure`) unless the office holds a side; gives all sides."""
    sides = list(doing.run.sides.all())
    if all(side.office != doing.office.public_id for side in sides):
        raise NotAllowed(
            _("%(office)s takes no part in this procedure. Ask one of its sides to name you.")
            % {"office": doing.office.name},
            code="not_your_procedure",
        )
    return sides


def tells_for(doing: Doing, ref: Ref, step: Step) -> bool:
    """Whether the office tells for a side that has no office; False where it does its own step.

    Raises NotAllowed (`not_your_side`) where another office does the step.
    """
    sides = check_takes_part(doing)
    if ref.side == SHARED:
        return False
    side = next(side for side in sides if side.position == position_of(ref))
    doers = [side] if step.side is not Doer.OTHER else [s for s in sides if s.pk != side.pk]
    if any(doer.office == doing.office.public_id for doer in doers):
        return False
    if any(not doer.office for doer in doers):
        return True
    raise NotAllowed(
        _("“%(step)s” is a step of %(side)s. Its own office does it; ask there.")
        % {
            "step": step.title(get_language() or "en"),
            "side": ", ".join(doer.shown for doer in doers),
        },
        code="not_your_side",
    )


def step_of(course: Course, ref: Ref) -> Step:
    """The step; raises NotFound (`step_unknown`) as `check_act` does."""
    if ref not in course.graph.steps:
        check_act(course, Act(ref, What.PLANNED, course.facts.today))
    return course.graph.steps[ref]


def write_act(
    doing: Doing,
    audit: Audit,
    act: Act,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    telling: Mapping[str, Any] | None = None,
    course: Course | None = None,
) -> StepRecord:
    """Check one act on one step and write it down, inside `writing`.

    `telling` is what was told to the registry already; without it the step tells what it has to.
    `course` is where the run stands, when the caller has looked and written nothing since.
    Raises what `check_act`, the rights and the registry's guards raise.
    """
    course = course or course_of(doing.run, doing.today)
    step = step_of(course, act.ref)
    check_can(doing.actor, needed(step, act.what), office=doing.office)
    told_for = tells_for(doing, act.ref, step)
    check_note(note)
    check_act(course, act)
    data = dict(data or {})
    if telling is None:
        sides = list(doing.run.sides.all())
        word = word_of(doing.run, sides, step, act.ref, act.what, act.on, data)
        telling = tell_registry(
            actor=doing.actor, office=doing.office, word=word, today=doing.today
        )
    record = _written(doing, act, note, {**data, **telling}, told_for)
    _keep_deadlines(doing)
    audit.done(after=_in_short(doing, act, telling))
    return record


def _written(doing: Doing, act: Act, note: str, data: dict[str, Any], told_for: bool) -> StepRecord:
    tie = data.get("told", {}).get("tie")
    if tie and tie != doing.run.tie and data["told"].get("parties", 2) > 1:
        ProcedureRun.objects.filter(pk=doing.run.pk).update(tie=tie)
        doing.run.refresh_from_db()
    return StepRecord.objects.create(
        run=doing.run,
        position=position_of(act.ref),
        step=act.ref.code,
        what=act.what,
        on=act.on,
        at=doing.at,
        actor=str(doing.actor),
        office=doing.office.public_id,
        told=told_for,
        note=note.strip(),
        data=data,
        run_version=doing.run.version,
    )


def _keep_deadlines(doing: Doing) -> None:
    """Days that the act has set going are computed now and kept."""
    deadlines = KeptDeadlines(doing.run)
    course = course_of(doing.run, doing.today, deadlines=deadlines)
    for ref in course.graph.order:
        course.due(ref)
        course.earliest(ref)
    deadlines.keep(doing.at)


def _in_short(doing: Doing, act: Act, telling: Mapping[str, Any]) -> dict[str, Any]:
    """The act without names of persons, for the audit event."""
    return {
        "version": doing.run.version,
        "office": doing.office.public_id,
        "side": position_of(act.ref),
        "step": act.ref.code,
        "what": act.what,
        "on": act.on.isoformat(),
        **({"told": telling["told"]} if "told" in telling else {}),
    }


def check_note(note: str) -> None:
    """Raise Invalid (`text_too_long`) for a note that cannot be kept."""
    if len(note) > LONGEST_NOTE:
        raise Invalid(
            _("The note has %(length)s letters; %(most)s are the most. Shorten it.")
            % {"length": len(note), "most": LONGEST_NOTE},
            code="text_too_long",
        )
