"""What a run consists of and where its steps can stand: the engine's words. Pure."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mistok.partnering.procedure.graph import Ref, Side
from mistok.partnering.procedure.steps import Step, Track


class What(StrEnum):
    """What an act does to a step."""

    PLANNED = "planned"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    SKIPPED = "skipped"
    REOPENED = "reopened"


class State(StrEnum):
    """Where a step stands."""

    BLOCKED = "blocked"
    OPEN = "open"
    WAITING = "waiting"
    RETURNED = "returned"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_NEEDED = "not_needed"


TO_DO = (State.OPEN, State.RETURNED)
GOING_ON = (*TO_DO, State.WAITING)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done with a step, on a day. `silent`: nobody answered, which is a yes."""

    ref: Ref
    what: What
    on: dt.date
    silent: bool = False


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that a rule gives, or why it gives none."""

    on: dt.date | None
    rule: str
    why: str = ""


Deadline = Callable[[str, dt.date, str], DueDay]
"""Rule, first day and country of the side (empty for a shared step) to the day that it gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a run consists of. `papers` are (side, kind); `given` days that a decision itself set;
    `found` is what an evaluation found, and when.

    Acts are in the order in which they were recorded.
    """

    sides: Sequence[Side]
    shared: Track
    acts: Sequence[Act]
    today: dt.date
    deadline: Deadline
    papers: Collection[tuple[str, str]] = ()
    given: Mapping[str, dt.date] = field(default_factory=dict)
    found: tuple[str, dt.date] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stands in the way of a step: the sentence is made in `sentences`.

    `why` is `step` (of `ref`, to be settled), `under_way` (to be submitted), `paper` (of `ref`'s
    side; its kind), `partner` (there is no second side yet), `period` (not before the day).
    """

    why: str
    ref: Ref
    paper: str = ""
    until: dt.date | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class StepState:
    """A step as a page shows it."""

    ref: Ref
    step: Step
    state: State
    on: dt.date | None
    blocks: tuple[Block, ...]
    due: DueDay | None
    planned: dt.date | None
    missing: tuple[str, ...]

    def overdue(self, today: dt.date) -> bool:
        """Whether it should have been done by now."""
        late = self.due is not None and self.due.on is not None and self.due.on < today
        return late and self.state in (State.BLOCKED, *GOING_ON)
