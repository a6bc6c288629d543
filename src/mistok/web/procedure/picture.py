"""The two tracks of a run as one small drawing: phases from left to right, arcs between sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mistok.web.procedure.cards import PhaseRow, StepCard
from mistok.web.procedure.words import LOOKS

STEP, LEFT, TOP, HEIGHT = 28, 20, 34, 34
SETTLED = ("done", "skipped", "not_needed")
GOING = ("returned", "waiting", "open")


@dataclass(frozen=True, slots=True)
class Node:
    """A side in one phase; `state` is the word of its badge, `mark` its sign."""

    x: int
    y: int
    state: str
    mark: str


@dataclass(frozen=True, slots=True)
class Span:
    """What all sides do together in one phase: an arc from the first side to the last."""

    path: str
    state: str
    mark: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing; sizes in its own units."""

    width: int
    height: int
    numbers: list[tuple[int, int, int]]
    rails: list[tuple[int, int, int]]
    nodes: list[Node]
    spans: list[Span]
    names: list[tuple[int, str]]


def picture_of(phases: Sequence[PhaseRow]) -> Picture | None:
    """The drawing of these phases; none where there is nothing to draw."""
    if not phases:
        return None
    sides = [cell.name for cell in phases[0].cells]
    low = TOP + HEIGHT * max(len(sides) - 1, 1)
    right = LEFT + STEP * (len(phases) - 1)
    return Picture(
        width=right + LEFT,
        height=low + 36,
        numbers=[(_x(row), low + 19, row.number) for row in phases],
        rails=[(LEFT, right, TOP + HEIGHT * at) for at in range(len(sides))],
        nodes=[
            Node(_x(row), TOP + HEIGHT * at, state, LOOKS[state][1])
            for row in phases
            for at, cell in enumerate(row.cells)
            if (state := sum_of(cell.steps))
        ],
        spans=[
            _span(_x(row), TOP, low, state) for row in phases if (state := sum_of(row.together))
        ],
        names=[
            (TOP + HEIGHT * at + (-11 if not at else 33 if at == len(sides) - 1 else -9), name)
            for at, name in enumerate(sides)
        ],
    )


def _x(row: PhaseRow) -> int:
    return LEFT + STEP * (row.number - 1)


def _span(x: int, top: int, low: int, state: str) -> Span:
    middle = (top + low) // 2
    path = f"M{x} {top}Q{x + 16} {middle} {x} {low}"
    return Span(path, state, LOOKS[state][1], x + 8, middle)


def sum_of(steps: Iterable[StepCard]) -> str:
    """One word for several steps: what is to be done first, then what waits, then what is done.

    Steps that may be left out count only when nothing else is there.
    """
    every = list(steps)
    states = [step.badge.code for step in every if not step.optional]
    states = states or [step.badge.code for step in every]
    if not states:
        return ""
    going = next((state for state in GOING if state in states), "")
    if going:
        return going
    return "done" if all(state in SETTLED for state in states) else "blocked"
