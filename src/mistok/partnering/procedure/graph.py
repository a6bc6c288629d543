"""What comes after what in a run of several sides: one graph of all tracks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

from mistok.partnering.procedure.steps import Track

SHARED = ""
"""In place of a side's id: a step that all sides do together."""
PHASE, SUBMITTED = "phase:", "submitted:"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One step of one run: the side's id (or SHARED) and the code."""

    side: str
    code: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a run: `name` as sentences name it, `tells` False when others tell for it.

    A side that has no office here has no papers here either: none are asked of it.
    """

    id: str
    name: str
    country: str
    track: Track
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """A step that must be settled, or only be under way at its body, before another."""

    before: Ref
    under_way: bool = False


class Graph:
    """All steps of a run with their edges.

    A step that a kind of tie does not have is passed through: what would come after it comes
    after its predecessors. Raises KeyError for a code that no track has, graphlib.CycleError when
    steps wait for each other; tests try every pair of templates.
    """

    def __init__(self, sides: Sequence[Side], shared: Track) -> None:
        self.sides = {side.id: side for side in sides}
        self.shared = shared
        self.steps = {Ref(SHARED, step.code): step for step in shared.steps}
        for side in sides:
            self.steps |= {Ref(side.id, step.code): step for step in side.track.steps}
        self.edges = {ref: tuple(dict.fromkeys(self._before(ref))) for ref in self.steps}
        links = {ref: {edge.before for edge in edges} for ref, edges in self.edges.items()}
        self.order = tuple(TopologicalSorter(links).static_order())

    def track(self, side: str) -> Track:
        """The track of a side, or the shared one."""
        return self.sides[side].track if side else self.shared

    def alternatives(self, ref: Ref) -> list[Ref]:
        """Steps of which one is enough, on the same track or the shared one, as far as they are."""
        codes = self.steps[ref].alternatives
        near = (Ref(ref.side, code) for code in codes)
        shared = (Ref(SHARED, code) for code in codes)
        return [found for found in dict.fromkeys((*near, *shared)) if found in self.steps]

    @cached_property
    def dependents(self) -> dict[Ref, frozenset[Ref]]:
        """For each step all that come after it, near and far, also through its alternatives."""
        direct: dict[Ref, set[Ref]] = {ref: set() for ref in self.steps}
        for ref, edges in self.edges.items():
            for edge in edges:
                direct[edge.before].add(ref)
                # What may replace a predecessor is a ground of the step too.
                for other in self.alternatives(edge.before):
                    direct[other].add(ref)
        return {ref: frozenset(_reached(ref, direct)) for ref in self.steps}

    def _before(self, ref: Ref) -> Iterator[Edge]:
        track = self.track(ref.side)
        for entry in track.predecessors(self.steps[ref]):
            yield from (edge for edge in self._resolve(ref.side, entry) if edge.before != ref)

    def _resolve(self, side: str, entry: str) -> Iterator[Edge]:
        if entry.startswith(PHASE):
            phase = entry.removeprefix(PHASE)
            mine = {side, SHARED} if side else {SHARED, *self.sides}
            yield from (
                Edge(ref)
                for ref, step in self.steps.items()
                if step.phase == phase and ref.side in mine
            )
            return
        under_way = entry.startswith(SUBMITTED)
        code = entry.removeprefix(SUBMITTED)
        near = dict.fromkeys((side, SHARED))
        found = [Ref(one, code) for one in near if Ref(one, code) in self.steps]
        # A side's own step comes before the shared one of the same name.
        yield from (Edge(ref, under_way) for ref in found[:1])
        if not found:
            yield from self._through(near, code)

    def _through(self, near: Iterable[str], code: str) -> Iterator[Edge]:
        """The predecessors of a step that this kind of tie does not have."""
        left_out = [
            (side, step) for side in near for step in self.track(side).left_out if step.code == code
        ]
        if not left_out:
            raise KeyError(code)
        for side, step in left_out[:1]:
            for entry in self.track(side).predecessors(step):
                yield from self._resolve(side, entry)


def _reached(ref: Ref, direct: dict[Ref, set[Ref]]) -> set[Ref]:
    found: set[Ref] = set()
    todo = list(direct[ref])
    while todo:
        following = todo.pop()
        if following not in found:
            found.add(following)
            todo += direct[following]
    return found - {ref}
