"""From what sources say to what people read: pure rules, no database, no clock.

Contradictions are never resolved silently: every fact stays, `disagreements` names where they
differ, and the state is a decision over all of them by the rule that `state_of` documents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from mistok.kernel.dates import PartialDate
from mistok.provenance.values import TieEvent
from mistok.registry.lifecycle import (
    BEFORE_SIGNING,
    ENDED,
    EVENT_ORDER,
    IN_FORCE,
    STATE_AFTER,
    TieState,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement of an event, with what the rules need to know of its source."""

    statement: str
    event: TieEvent
    trust: int
    published: PartialDate | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of a tie, with everybody who says exactly it."""

    event: TieEvent
    statements: tuple[str, ...]
    trust: int
    spoken: PartialDate | None

    @property
    def when(self) -> PartialDate | None:
        """The date of the event itself, as stated."""
        return self.event.when

    @property
    def placed(self) -> PartialDate | None:
        """Where it stands on the time line: its date, else the day its source speaks of."""
        return self.when or self.spoken


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more facts that cannot all be true as they stand, or differ in name."""

    about: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TieView:
    """What the registry says of a tie."""

    state: TieState
    kind: str
    since: PartialDate | None
    until: PartialDate | None
    facts: tuple[Fact, ...]


ONCE = ("signed", "severed", "suspended", "approved", "decided", "expired")
"""Events that happen on one day: two dates for one of them are a disagreement."""
STARTS = frozenset({"signed", "active", "extended", "upgraded", "not_suspended"})
STOPS = frozenset({"severed", "suspended", "expired", "dormant", "abandoned"})
ENDINGS = frozenset({"severed", "suspended", "not_suspended"})
_LONG_AGO = PartialDate(1, bound="<")


def gather(evidence: Iterable[Evidence]) -> tuple[Fact, ...]:
    """Join statements of the very same fact, and put facts in the order of a life.

    `as_of`, notes and fields do not make two facts: who says so, and until when, is evidence.
    """

    def sameness(item: Evidence) -> tuple[str, ...]:
        event = item.event
        same = ("date", "kind", "body", "act", "instrument", "act_number", "votes", "mode")
        return (event.event, str(event.planned), *(getattr(event, name) for name in same))

    facts = []
    for _key, group in groupby(sorted(evidence, key=sameness), key=sameness):
        said = sorted(group, key=lambda item: (-item.trust, item.statement))
        days = [day for item in said if (day := item.event.stated_as_of or item.published)]
        facts.append(
            Fact(
                said[0].event,
                tuple(item.statement for item in said),
                said[0].trust,
                max(days, default=None),
            )
        )
    return tuple(sorted(facts, key=_life_order))


def _life_order(fact: Fact) -> tuple[object, ...]:
    placed = fact.placed
    day = (placed.earliest, placed.latest) if placed else (_LONG_AGO.earliest,) * 2
    return (*day, EVENT_ORDER[fact.event.event], fact.event.planned, fact.statements)


def project(facts: Sequence[Fact], *, parties: int) -> TieView:
    """The registry's reading of a tie with this many parties from all facts about it."""
    real = [fact for fact in facts if not fact.event.planned]
    state = state_of(facts, parties=parties)
    stopped = state in ENDED or state in (TieState.SUSPENDED, TieState.DORMANT)
    return TieView(
        state=state,
        kind=_kind_of(real or list(facts)),
        since=_since(real),
        until=_end(real, state) if stopped else None,
        facts=tuple(facts),
    )


def state_of(facts: Sequence[Fact], *, parties: int) -> TieState:
    """Where the tie stands.

    1. What was only planned does not count, except that a planned signing shows negotiation.
    2. A tie that was ever in force stays so until a stop (ended, suspended, expired) that is not
       followed by a dated new start. A list that merely still names it does not revive it.
    3. Between stops the later one counts; between stops of one date the better source.
    4. Before that, the furthest stage counts; decisions of all parties make it approved, the
       decision of one does not (D3-04).
    """
    real = [fact for fact in facts if not fact.event.planned]
    starts = [fact for fact in real if fact.event.event in STARTS]
    stops = [fact for fact in real if fact.event.event in STOPS]
    if stops:
        last = max(stops, key=_weight)
        if not _revived(starts, last):
            return STATE_AFTER[last.event.event]
    if starts:
        return _in_force(starts)
    return _stage(real, facts, parties)


def _weight(fact: Fact) -> tuple[object, ...]:
    placed = fact.placed or _LONG_AGO
    return (placed.earliest, fact.trust, EVENT_ORDER[fact.event.event], fact.statements)


def _revived(starts: Iterable[Fact], stop: Fact) -> bool:
    """Whether a start with a date of its own lies surely after the stop."""
    stopped = stop.placed
    if stopped is None:
        return False
    return any(start.when and start.when.earliest > stopped.latest for start in starts)


def _in_force(starts: Sequence[Fact]) -> TieState:
    """The last that is said of a tie in force; being named after a signing makes it active."""
    last = max(starts, key=_weight)
    return STATE_AFTER[last.event.event]


def _stage(real: Sequence[Fact], facts: Sequence[Fact], parties: int) -> TieState:
    deciders = {fact.event.body for fact in real if fact.event.event == "decided"}
    if parties > 1 and len(deciders - {""}) >= parties:
        return TieState.APPROVED
    stages = [STATE_AFTER[fact.event.event] for fact in real]
    if any(fact.event.event == "signed" for fact in facts):
        stages.append(TieState.NEGOTIATING)
    if not stages:
        return TieState.IDEA
    return max(stages, key=BEFORE_SIGNING.index)


def _kind_of(facts: Sequence[Fact]) -> str:
    """The kind that the latest word on an existing tie gives it, else the latest word at all."""
    known = [fact for fact in facts if fact.event.kind != "unknown"]
    if not known:
        return "unknown"
    in_force = [fact for fact in known if STATE_AFTER[fact.event.event] in IN_FORCE]
    dated = [fact for fact in in_force if fact.when]
    return max(dated or in_force or known, key=_weight).event.kind


def _since(real: Sequence[Fact]) -> PartialDate | None:
    """The first start; of "2023" and "2023-02-23", which agree, the one that says more."""
    starts = [fact.when for fact in real if fact.event.event in STARTS and fact.when]
    return min(starts, key=lambda date: (date.latest, date), default=None)


def _end(real: Sequence[Fact], state: TieState) -> PartialDate | None:
    ends = [fact for fact in real if STATE_AFTER[fact.event.event] == state]
    return max(ends, key=_weight).when if ends else None


def disagreements(facts: Sequence[Fact]) -> list[Disagreement]:
    """Where facts differ: `date:EVENT`, `plan:EVENT`, `kind:EVENT`, `ending`."""
    real = [fact for fact in facts if not fact.event.planned]
    found = []
    for event in ONCE:
        told = [fact for fact in real if fact.event.event == event]
        plans = [fact for fact in facts if fact.event.planned and fact.event.event == event]
        found += [*_dates(event, told), *_kinds(event, told), *_plans(event, plans, told)]
    endings = [fact for fact in real if fact.event.event in ENDINGS]
    if len({fact.event.event for fact in endings}) > 1:
        found.append(Disagreement("ending", tuple(endings)))
    return found


def _dates(event: str, told: Sequence[Fact]) -> list[Disagreement]:
    """One body's one act on one kind of tie, told with dates that cannot both be true."""

    def same_act(fact: Fact) -> tuple[str, str]:
        return (fact.event.kind, fact.event.body)

    found = []
    for _key, group in groupby(sorted(told, key=same_act), key=same_act):
        dated = [fact for fact in group if fact.when]
        if _clash(dated):
            found.append(Disagreement(f"date:{event}", tuple(dated)))
    return found


def _clash(dated: Sequence[Fact]) -> bool:
    return any(
        not one.when.agrees_with(two.when)
        for position, one in enumerate(dated)
        for two in dated[position + 1 :]
        if one.when and two.when
    )


def _kinds(event: str, told: Sequence[Fact]) -> list[Disagreement]:
    """The same event at what may be the same time, called different kinds of tie."""
    known = [fact for fact in told if fact.event.kind != "unknown"]
    clashing: set[tuple[str, ...]] = set()
    for position, one in enumerate(known):
        for two in known[position + 1 :]:
            together = bool(one.when and two.when and one.when.agrees_with(two.when))
            if together and one.event.kind != two.event.kind:
                clashing |= {one.statements, two.statements}
    ordered = tuple(fact for fact in known if fact.statements in clashing)
    return [Disagreement(f"kind:{event}", ordered)] if ordered else []


def _plans(event: str, plans: Sequence[Fact], told: Sequence[Fact]) -> list[Disagreement]:
    """Plans that the event, when it came, proved wrong."""
    found = []
    for plan in plans:
        came = [fact for fact in told if fact.event.kind == plan.event.kind and fact.when]
        if plan.when and came and not any(plan.when.agrees_with(f.when) for f in came if f.when):
            found.append(Disagreement(f"plan:{event}", (plan, *came)))
    return found
