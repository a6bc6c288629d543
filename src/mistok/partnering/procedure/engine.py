"""Where every step of a run stands: pure, from the acts that were recorded, the day and the rules.

A step is blocked until all before it are settled: done, replaced by an alternative, or left out
where it is optional. An optional step that nobody touched never blocks; once something after it
has happened it counts as left out. Dates never run backwards.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from mistok.partnering.procedure.graph import SHARED, Edge, Graph, Ref
from mistok.partnering.procedure.states import (
    GOING_ON,
    Act,
    Block,
    DueDay,
    Facts,
    State,
    StepState,
    What,
)
from mistok.partnering.procedure.steps import Doer


class Course:
    """A run looked at on one day; `graph`, where it is at hand, is that of the facts' sides."""

    def __init__(self, facts: Facts, graph: Graph | None = None) -> None:
        self.facts = facts
        self.graph = graph or Graph(facts.sides, facts.shared)
        self._acts: dict[Ref, list[Act]] = {ref: [] for ref in self.graph.steps}
        self._planned: dict[Ref, dt.date] = {}
        for act in facts.acts:
            # A newer version of a template may have dropped a step: its acts stay in the record.
            if act.ref not in self._acts:
                continue
            if act.what is What.PLANNED:
                self._planned[act.ref] = act.on
            elif act.what is What.REOPENED:
                self._acts[act.ref] = []
            else:
                self._acts[act.ref].append(act)

    @cached_property
    def states(self) -> dict[Ref, StepState]:
        """Every step with where it stands, in an order in which they can be done."""
        return {ref: self._state_of(ref) for ref in self.graph.order}

    def last(self, ref: Ref) -> Act | None:
        """The last act that counts: reopening takes all before it away."""
        acts = self._acts[ref]
        return acts[-1] if acts else None

    def touched(self, ref: Ref) -> bool:
        """Whether anything that counts was done with it."""
        return bool(self._acts[ref])

    def done_on(self, ref: Ref) -> dt.date | None:
        """The day on which it was done, if it was."""
        last = self.last(ref)
        return last.on if last and last.what is What.DONE else None

    def submitted_on(self, ref: Ref) -> dt.date | None:
        """The day of the last submission that still counts."""
        days = self._submissions(ref)
        return days[-1] if days else None

    def _submissions(self, ref: Ref) -> list[dt.date]:
        return [act.on for act in self._acts[ref] if act.what is What.SUBMITTED]

    def replaced_on(self, ref: Ref) -> dt.date | None:
        """The day on which an alternative, or what an evaluation found, made it needless."""
        days = [self.done_on(other) for other in self.graph.alternatives(ref)]
        if self.elsewhere(ref) and self.facts.found:
            days.append(self.facts.found[1])
        return min((day for day in days if day is not None), default=None)

    def elsewhere(self, ref: Ref) -> bool:
        """Whether the evaluation found something that does not lead to this step."""
        wanted = self.graph.steps[ref].outcomes
        return bool(wanted and self.facts.found and self.facts.found[0] not in wanted)

    @cached_property
    def settled(self) -> dict[Ref, bool]:
        """Whether each step holds nothing up any more."""
        found: dict[Ref, bool] = {}
        for ref in self.graph.order:
            last = self.last(ref)
            ended = last is not None and last.what in (What.DONE, What.SKIPPED)
            left_out = last is None and self.graph.steps[ref].optional
            found[ref] = (
                ended
                or self.replaced_on(ref) is not None
                or (left_out and all(self._over(edge, found) for edge in self.graph.edges[ref]))
            )
        return found

    def _over(self, edge: Edge, settled: Mapping[Ref, bool]) -> bool:
        last = self.last(edge.before)
        return settled[edge.before] or (edge.under_way and last is not None)

    @cached_property
    def floor(self) -> dict[Ref, dt.date | None]:
        """The day before which a step cannot have happened: the last of what it came after."""
        floors: dict[Ref, dt.date | None] = {}
        for ref in self.graph.order:
            days = (self._day(edge, floors) for edge in self.graph.edges[ref])
            floors[ref] = max((day for day in days if day is not None), default=None)
        return floors

    def _day(self, edge: Edge, floors: Mapping[Ref, dt.date | None]) -> dt.date | None:
        """The day of a predecessor; of one that was left out the days before it count."""
        submissions = self._submissions(edge.before)
        if edge.under_way and submissions:
            return submissions[0]
        return self.done_on(edge.before) or self.replaced_on(edge.before) or floors[edge.before]

    def earliest(self, ref: Ref) -> DueDay | None:
        """The first day on which steps that must lie some time back allow this one, if any do."""
        found: DueDay | None = None
        for other, step in self.graph.steps.items():
            on = self.done_on(other)
            if not step.bars or step.bars.step != ref.code or ref.side not in (other.side, SHARED):
                continue
            if on is None:
                continue
            day = self.day_of(step.bars.rule, on, other.side)
            if found is None or (day.on or dt.date.min) > (found.on or dt.date.min):
                found = day
        return found

    def day_of(self, rule: str, start: dt.date, side: str) -> DueDay:
        """The day that a rule gives; one that a decision set itself comes first."""
        if rule in self.facts.given:
            return DueDay(self.facts.given[rule], rule)
        country = self.graph.sides[side].country if side else ""
        return self.facts.deadline(rule, start, country)

    def due(self, ref: Ref) -> DueDay | None:
        """By when the step should be done, once what starts the time has happened."""
        rule = self.graph.steps[ref].due
        if rule is None:
            return None
        if rule.start == "submitted":
            start = self.submitted_on(ref)
        else:
            near = [Ref(side, code) for code in rule.start.split() for side in (ref.side, SHARED)]
            days = (self.done_on(other) for other in near if other in self.graph.steps)
            start = next((day for day in days if day is not None), None)
        return None if start is None else self.day_of(rule.rule, start, ref.side)

    def blocks(self, ref: Ref) -> tuple[Block, ...]:
        """Everything that stands in the way, nearest first."""
        found: list[Block] = []
        for block in self._unsettled(ref):
            same = {block.ref, *self.graph.alternatives(block.ref)}
            if all(other.ref not in same for other in found):
                found.append(block)
        together = self.graph.steps[ref].side is not Doer.OWN
        if together and len(self.facts.sides) < 2:
            found.append(Block("partner", ref))
        earliest = self.earliest(ref)
        if earliest and earliest.on and earliest.on > self.facts.today:
            found.append(Block("period", ref, until=earliest.on, rule=earliest.rule))
        return tuple(found)

    def _unsettled(self, ref: Ref) -> Iterator[Block]:
        """What is to be settled first; behind an untouched optional step, what that one needs."""
        for edge in self.graph.edges[ref]:
            if self._over(edge, self.settled):
                continue
            if self.graph.steps[edge.before].optional and not self.touched(edge.before):
                yield from self._unsettled(edge.before)
            else:
                yield Block("under_way" if edge.under_way else "step", edge.before)

    def missing_papers(self, ref: Ref) -> tuple[str, ...]:
        """Kinds of papers that the step asks for and that are not there yet.

        A paper of all sides serves each side's steps, one of any side serves the shared steps.
        """
        if ref.side and not self.graph.sides[ref.side].tells:
            return ()
        near = (ref.side, SHARED)
        there = {kind for side, kind in self.facts.papers if side in near or ref.side == SHARED}
        return tuple(kind for kind in self.graph.steps[ref].papers if kind not in there)

    def _state_of(self, ref: Ref) -> StepState:
        blocks = self.blocks(ref)
        state, on = self._standing(ref, blocks)
        settled = state in (State.DONE, State.SKIPPED, State.NOT_NEEDED)
        return StepState(
            ref=ref,
            step=self.graph.steps[ref],
            state=state,
            on=on,
            blocks=() if settled else blocks,
            due=self.due(ref),
            planned=None if settled else self._planned.get(ref),
            missing=() if settled else self.missing_papers(ref),
        )

    def _standing(self, ref: Ref, blocks: Sequence[Block]) -> tuple[State, dt.date | None]:
        last = self.last(ref)
        if last is not None and last.what in (What.DONE, What.SKIPPED):
            return (State.DONE if last.what is What.DONE else State.SKIPPED), last.on
        replaced = self.replaced_on(ref)
        if replaced is not None:
            return State.NOT_NEEDED, replaced
        if last is not None:
            state = State.WAITING if last.what is What.SUBMITTED else State.RETURNED
            return state, last.on
        if self.graph.steps[ref].optional and self.passed_by(ref):
            return State.SKIPPED, None
        return (State.BLOCKED if blocks else State.OPEN), None

    def passed_by(self, ref: Ref) -> list[Ref]:
        """What has happened already of all that comes after the step."""
        later = {other for other in self.graph.dependents[ref] if self.touched(other)}
        return [other for other in self.graph.order if other in later]

    def next_steps(self) -> list[StepState]:
        """What can go on now: to be done, to be done again, or lying with a body outside."""
        return [found for found in self.states.values() if found.state in GOING_ON]
