"""The course of a run as its records tell it: what the pure engine is asked with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mistok.partnering.models import ProcedureRun, RunSide, StepRecord
from mistok.partnering.procedure.deadlines import KeptDeadlines
from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import SHARED, Graph, Ref, Side
from mistok.partnering.procedure.states import Act, Facts, What
from mistok.partnering.procedure.steps import Track
from mistok.partnering.procedure.templates import options_key, track_of
from mistok.partnering.procedure.words import OF_ONE_HOUSE

REVIEW_RULE = "R12"
"""The evaluation is due on the day that the council's decision names."""
GRAPHS = 64
"""So many ways of going are kept for the next look: runs of two sides share a few."""


def course_of(
    run: ProcedureRun,
    today: dt.date,
    *,
    without: Ref | None = None,
    deadlines: KeptDeadlines | None = None,
) -> Course:
    """Where the run stands on a day; `without` leaves out what was done with one step."""
    rows = list(run.sides.all())
    records = list(run.records.all())
    shared = shared_track(run, rows)
    sides = tuple(engine_side(run, row, shared) for row in rows)
    return Course(
        Facts(
            sides=sides,
            shared=shared,
            acts=[act for act in map(act_of, records) if act.ref != without],
            today=today,
            deadline=deadlines or KeptDeadlines(run),
            papers=_papers(run, rows),
            given=_given(records),
            found=_found(records),
        ),
        _graph(sides, shared),
    )


def ref_of(position: int, step: str) -> Ref:
    """The engine's name of a step: sides are known by their position, 0 is shared."""
    return Ref(str(position) if position else SHARED, step)


def position_of(ref: Ref) -> int:
    """The side's position that a step stands for."""
    return int(ref.side) if ref.side else 0


def act_of(record: StepRecord) -> Act:
    """A record as the engine reads it."""
    silent = bool(record.data.get("by_silence"))
    return Act(ref_of(record.position, record.step), What(record.what), record.on, silent)


def version_of(sides: Sequence[RunSide]) -> str:
    """The version of the templates with which a run began: the same for all its sides."""
    return sides[0].template_version


def shared_track(run: ProcedureRun, sides: Sequence[RunSide]) -> Track:
    """The steps of all sides, as they were when the run began."""
    return track_of("shared", version_of(sides), run.aim, run.kind, options_key(run.options))


def engine_side(run: ProcedureRun, side: RunSide, shared: Track) -> Side:
    """A side as the engine reads it; who neither suspends nor ends has no steps of its own."""
    options = options_key(side.options)
    version = side.template_version
    track = track_of(side.template, version, run.aim, run.kind, options, shared.chosen)
    if not side.initiator:
        track = Track(track.code, track.version, ())
    return Side(str(side.position), side.shown, side.country, track, tells=bool(side.office))


@lru_cache(maxsize=GRAPHS)
def _graph(sides: tuple[Side, ...], shared: Track) -> Graph:
    return Graph(sides, shared)


def standing_records(records: Iterable[StepRecord]) -> dict[Ref, StepRecord]:
    """The last record of each step that counts; a step that was taken back has none."""
    found: dict[Ref, StepRecord] = {}
    for record in records:
        ref = ref_of(record.position, record.step)
        if record.what == What.REOPENED:
            found.pop(ref, None)
        elif record.what != What.PLANNED:
            found[ref] = record
    return found


def _found(records: Iterable[StepRecord]) -> tuple[str, dt.date] | None:
    """What the evaluation that stands found, and its day."""
    told = [record for record in standing_records(records).values() if "outcome" in record.data]
    return (str(told[-1].data["outcome"]), told[-1].on) if told else None


def _papers(run: ProcedureRun, sides: Sequence[RunSide]) -> set[tuple[str, str]]:
    """Kinds of papers by side; a paper of one house that was made for all sides is its house's."""
    houses = {side.office: side.position for side in sides if side.office}
    made = list(run.papers.values_list("position", "kind", "office"))
    made += run.scans.values_list("position", "kind", "office")
    found = set()
    for position, kind, office in made:
        own = houses.get(office, 0) if kind in OF_ONE_HOUSE else 0
        found.add((str(position or own or SHARED), kind))
    return found


def _given(records: Iterable[StepRecord]) -> dict[str, dt.date]:
    """Days that decisions themselves set: of several the first."""
    told = (record.data.get("review_on") for record in standing_records(records).values())
    days = [dt.date.fromisoformat(day) for day in told if day]
    return {REVIEW_RULE: min(days)} if days else {}
