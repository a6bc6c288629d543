"""From what sources say to what people read: pure rules, no database, no clock.

Contradictions are never resolved silently: every fact stays, `disagreements` names where they
differ, and the state is a decision over all of them by the rule that `state_of` documents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from mistok.kernel.dates import PartialDate
from mistok.registry.facts import Evidence, Fact, gather, weight
from mistok.registry.lifecycle import ENDED, IN_FORCE, STATE_AFTER, TieState
from mistok.registry.signings import by_different_parties, lacking
from mistok.registry.stages import stage_of
from mistok.registry.terms import Terms, terms_of

__all__ = [
    "Disagreement",
    "Evidence",
    "Fact",
    "TieView",
    "disagreements",
    "gather",
    "project",
    "state_of",
]


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
    terms: Terms


ONCE = ("signed", "severed", "suspended", "approved", "decided", "expired")
"""Events that happen on one day: two dates for one of them are a disagreement."""
STARTS = frozenset({"signed", "active", "under_review", "extended", "upgraded", "not_suspended"})
STOPS = frozenset({"severed", "suspended", "expired", "superseded", "dormant", "abandoned"})
ENDINGS = frozenset({"severed", "suspended", "not_suspended"})


def project(facts: Sequence[Fact], *, parties: int) -> TieView:
    """The registry's reading of a tie with this many parties from all facts about it."""
    real = [fact for fact in facts if not fact.event.planned]
    state = state_of(facts, parties=parties)
    stopped = state in ENDED or state in (TieState.SUSPENDED, TieState.DORMANT)
    short = lacking(real, parties)
    whole = [fact for fact in real if fact.statements not in short]
    return TieView(
        state=state,
        kind=_kind_of(whole or real or list(facts)),
        since=_since(whole),
        until=_end(real, state) if stopped else None,
        facts=tuple(facts),
        terms=terms_of(facts, state),
    )


def state_of(facts: Sequence[Fact], *, parties: int) -> TieState:
    """Where the tie stands.

    1. What was only planned does not count, except that a planned signing shows negotiation.
    2. A tie that was ever in force stays so until a stop (ended, suspended, expired) that is not
       followed by a dated new start. A list that merely still names it does not revive it.
    3. Between stops the later one counts; between stops of one date the better source.
    4. Before that, the furthest stage counts; decisions of all parties make it approved, the
       decision of one does not (D3-04). A signature that is still missing leaves it there
       (`stages`).
    """
    real = [fact for fact in facts if not fact.event.planned]
    short = lacking(real, parties)
    starts = [f for f in real if f.event.event in STARTS and f.statements not in short]
    stops = [fact for fact in real if fact.event.event in STOPS]
    if stops:
        last = max(stops, key=weight)
        if not _revived(starts, last):
            return STATE_AFTER[last.event.event]
    if starts:
        return _in_force(starts)
    return stage_of(real, facts, parties=parties, short=short)


def _revived(starts: Iterable[Fact], stop: Fact) -> bool:
    """Whether a start with a date of its own lies surely after the stop."""
    stopped = stop.placed
    if stopped is None:
        return False
    return any(start.when and start.when.earliest > stopped.latest for start in starts)


def _in_force(starts: Sequence[Fact]) -> TieState:
    """The last that is said of a tie in force; being named after a signing makes it active."""
    last = max(starts, key=weight)
    return STATE_AFTER[last.event.event]


def _kind_of(facts: Sequence[Fact]) -> str:
    """The kind that the latest word on an existing tie gives it, else the latest word at all."""
    known = [fact for fact in facts if fact.event.kind != "unknown"]
    if not known:
        return "unknown"
    in_force = [fact for fact in known if STATE_AFTER[fact.event.event] in IN_FORCE]
    dated = [fact for fact in in_force if fact.when]
    return max(dated or in_force or known, key=weight).event.kind


def _since(real: Sequence[Fact]) -> PartialDate | None:
    """The first start; of "2023" and "2023-02-23", which agree, the one that says more."""
    starts = [fact.when for fact in real if fact.event.event in STARTS and fact.when]
    return min(starts, key=lambda date: (date.latest, date), default=None)


def _end(real: Sequence[Fact], state: TieState) -> PartialDate | None:
    ends = [fact for fact in real if STATE_AFTER[fact.event.event] == state]
    return max(ends, key=weight).when if ends else None


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
        if one.when and two.when and not by_different_parties(one.event, two.event)
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
