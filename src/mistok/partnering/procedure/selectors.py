"""What pages read of procedures: both tracks of a run, an office's desk, papers it may open."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from mistok.accounts.models import Office
from mistok.kernel.errors import Refusal
from mistok.law.selectors import rule_on
from mistok.law.versions import RuleInForce
from mistok.partnering.models import PaperVersion, ProcedureRun, RunSide, SignedScan
from mistok.partnering.models.procedure.papers import Access
from mistok.partnering.procedure.course import course_of, position_of, version_of
from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import SHARED
from mistok.partnering.procedure.guards import ASKED
from mistok.partnering.procedure.sentences import block_told
from mistok.partnering.procedure.states import GOING_ON, StepState
from mistok.partnering.procedure.steps import Doer, Role, Step
from mistok.partnering.procedure.templates import SHARED as SHARED_STEPS
from mistok.partnering.procedure.templates import changed_since
from mistok.partnering.procedure.words import BODIES, PAPERS, PHASES, ROLES, STANDINGS, STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step as a page shows it, in the reader's language.

    `blocks` are sentences, `by_others` that the other sides reply here, `doer` says who acts,
    `due_why` why no day is known, `asks` what a form asks for, `record` which form it is.
    """

    position: int
    by_others: bool
    code: str
    title: str
    phase: str
    state: str
    state_word: str
    on: dt.date | None
    doer: str
    optional: bool
    due_on: dt.date | None
    due_why: str
    due_rule: str
    overdue: bool
    planned: dt.date | None
    blocks: tuple[str, ...]
    missing_papers: tuple[str, ...]
    papers: tuple[str, ...]
    asks: tuple[str, ...]
    record: str
    silence: str
    rules: tuple[str, ...]
    standing: str
    standing_word: str
    origin: tuple[tuple[str, str, str], ...]

    def is_of(self, position: int) -> bool:
        """Whether it is a step of this side: its own, one of all, or a reply to another side."""
        if self.by_others:
            return self.position != position
        return self.position in (0, position)

    @property
    def goes_on(self) -> bool:
        """Whether something can be done with it now."""
        return self.state in GOING_ON


@dataclass(frozen=True, slots=True)
class TrackView:
    """The steps of one side, or of all sides (`side` is none then)."""

    position: int
    name: str
    side: RunSide | None
    steps: tuple[StepView, ...]
    newer_template: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """A run on one page: each side's track, the shared one, who is next and what blocks."""

    run: ProcedureRun
    shared: TrackView
    tracks: tuple[TrackView, ...]

    @property
    def steps(self) -> tuple[StepView, ...]:
        """All steps of all tracks."""
        return tuple(step for track in (self.shared, *self.tracks) for step in track.steps)

    @property
    def next_steps(self) -> tuple[StepView, ...]:
        """What can go on now, required steps before optional ones, the nearest day first."""
        going = [step for step in self.steps if step.goes_on]
        return tuple(sorted(going, key=lambda s: (s.optional, s.due_on or dt.date.max)))


@dataclass(frozen=True, slots=True)
class DeskStep:
    """An open step of one of an office's procedures."""

    run: ProcedureRun
    names: str
    step: StepView


def run_view(run: ProcedureRun, today: dt.date | None = None) -> RunView:
    """Both tracks of a run as they stand on a day."""
    course = course_of(run, today or timezone.localdate())
    sides = list(run.sides.all())
    newer = changed_since(SHARED_STEPS, version_of(sides))
    shared = TrackView(0, "", None, _steps(course, SHARED), False)
    tracks = tuple(
        TrackView(
            side.position,
            side.shown,
            side,
            _steps(course, str(side.position)),
            newer or changed_since(side.template, side.template_version),
        )
        for side in sides
    )
    return RunView(run, shared, tracks)


def runs_of(office: Office) -> "QuerySet[ProcedureRun]":
    """The procedures in which an office takes part, the latest first."""
    runs = ProcedureRun.objects.of_office(office.public_id)
    return runs.prefetch_related("sides", "records", "deadlines")


def invited(office: Office) -> "QuerySet[ProcedureRun]":
    """Procedures that name the office's municipality and that it has not joined."""
    return ProcedureRun.objects.going_on().filter(sides__place=office.place, sides__office="")


def desk(office: Office, today: dt.date | None = None) -> list[DeskStep]:
    """An office's open steps in all its procedures: overdue and near days first, then the rest."""
    today = today or timezone.localdate()
    found = [
        DeskStep(run, names_of(run), step)
        for run in runs_of(office).filter(closed_at__isnull=True)
        for step in run_view(run, today).steps
        if step.goes_on and _concerns(office, run, step)
    ]
    return sorted(found, key=lambda item: (item.step.due_on or dt.date.max, item.step.optional))


def names_of(run: ProcedureRun) -> str:
    """The sides by name."""
    return " – ".join(side.shown for side in run.sides.all())


def takes_part(office: Office, run: ProcedureRun) -> bool:
    """Whether the office holds a side of the run."""
    return any(side.office == office.public_id for side in run.sides.all())


def papers_for(run: ProcedureRun, office: Office) -> "QuerySet[PaperVersion]":
    """The papers of a run that an office of it may read."""
    return run.papers.filter(_readable(office))


def scans_for(run: ProcedureRun, office: Office) -> "QuerySet[SignedScan]":
    """The scans of a run that an office of it may read."""
    return run.scans.filter(_readable(office))


def rules_of(view: RunView, on: dt.date | None = None) -> dict[str, RuleInForce]:
    """The rules that the steps rest on, as in force on a day; a missing one is left out."""
    on = on or timezone.localdate()
    codes = {code for step in view.steps for code in step.rules}
    found = {}
    for code in sorted(codes):
        try:
            found[code] = rule_on(code, on)
        except Refusal:
            continue
    return found


def _readable(office: Office) -> Q:
    return Q(access=Access.PARTNER) | Q(office=office.public_id)


def _concerns(office: Office, run: ProcedureRun, step: StepView) -> bool:
    """Its own steps, those of all sides, and those of sides without an office."""
    mine = [s.position for s in run.sides.all() if s.office in ("", office.public_id)]
    return any(step.is_of(position) for position in mine)


def _steps(course: Course, side: str) -> tuple[StepView, ...]:
    track = course.graph.track(side)
    codes = [step.code for step in track.steps]
    states = [state for ref, state in course.states.items() if ref.side == side]
    return tuple(
        _view(course, state) for state in sorted(states, key=lambda s: codes.index(s.ref.code))
    )


def _view(course: Course, state: StepState) -> StepView:
    step = state.step
    due = state.due
    return StepView(
        position=position_of(state.ref),
        by_others=step.side is Doer.OTHER,
        code=step.code,
        title=step.title(get_language() or "en"),
        phase=str(PHASES[step.phase]),
        state=state.state,
        state_word=str(STATES[state.state]),
        on=state.on,
        doer=_doer(step),
        optional=step.optional,
        due_on=due.on if due else None,
        due_why=due.why if due else "",
        due_rule=due.rule if due else "",
        overdue=state.overdue(course.facts.today),
        planned=state.planned,
        blocks=tuple(dict.fromkeys(block_told(course, block) for block in state.blocks)),
        missing_papers=_papers(state.missing),
        papers=step.papers,
        asks=tuple(name for guard in step.guards for name in ASKED[guard]),
        record=step.record,
        silence=step.silence,
        rules=_rules(step),
        standing=step.standing,
        standing_word=str(STANDINGS[step.standing]),
        origin=tuple((o.text, o.url, o.dated) for o in step.origin),
    )


def _doer(step: Step) -> str:
    return str(BODIES[step.outside] if step.role is Role.OUTSIDE else ROLES[step.role])


def _papers(kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(PAPERS[kind]) for kind in kinds)


def _rules(step: Step) -> tuple[str, ...]:
    told: Iterable[str] = (
        *step.rules,
        step.due.rule if step.due else "",
        step.bars.rule if step.bars else "",
        step.silence,
    )
    return tuple(dict.fromkeys(code for code in told if code))
