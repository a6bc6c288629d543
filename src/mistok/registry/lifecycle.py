"""The life cycle of a tie (D2-03) as data: states, allowed transitions, what an event does.

Sources are believed as they speak; what offices tell must keep to TRANSITIONS (`guarding`). The
diagram in docs/reference/tie-states.md is generated from it, the papers' from `paper_states`.
"""

from collections import deque
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class TieState(StrEnum):
    """Where a tie stands. `registered` is a mark on an instrument, not a state of the tie."""

    IDEA = "idea"
    SEARCH_MANDATE = "search_mandate"
    CONTACT = "contact"
    EXPLORING = "exploring"
    LETTER_OF_INTENT = "letter_of_intent"
    NEGOTIATING = "negotiating"
    PENDING_APPROVALS = "pending_approvals"
    APPROVED = "approved"
    SIGNED = "signed"
    ACTIVE = "active"
    UNDER_REVIEW = "under_review"
    UPGRADED = "upgraded"
    EXTENDED = "extended"
    DORMANT = "dormant"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    ABANDONED = "abandoned"


S = TieState
BEFORE_SIGNING = (
    S.IDEA,
    S.SEARCH_MANDATE,
    S.CONTACT,
    S.EXPLORING,
    S.LETTER_OF_INTENT,
    S.NEGOTIATING,
    S.PENDING_APPROVALS,
    S.APPROVED,
)
IN_FORCE = (S.SIGNED, S.ACTIVE, S.UNDER_REVIEW, S.UPGRADED, S.EXTENDED)
RESTING = (S.DORMANT, S.SUSPENDED)
ENDED = (S.EXPIRED, S.TERMINATED, S.SUPERSEDED, S.ABANDONED)

_IN_FORCE_NEXT = frozenset({S.UNDER_REVIEW, S.DORMANT, S.SUSPENDED, S.EXPIRED, S.TERMINATED})
TRANSITIONS: dict[TieState, frozenset[TieState]] = {
    S.IDEA: frozenset({S.SEARCH_MANDATE, S.CONTACT, S.ABANDONED}),
    S.SEARCH_MANDATE: frozenset({S.CONTACT, S.ABANDONED}),
    S.CONTACT: frozenset({S.EXPLORING, S.LETTER_OF_INTENT, S.ABANDONED}),
    S.EXPLORING: frozenset({S.LETTER_OF_INTENT, S.NEGOTIATING, S.ABANDONED}),
    S.LETTER_OF_INTENT: frozenset({S.NEGOTIATING, S.ABANDONED}),
    S.NEGOTIATING: frozenset({S.PENDING_APPROVALS, S.ABANDONED}),
    S.PENDING_APPROVALS: frozenset({S.APPROVED, S.NEGOTIATING, S.ABANDONED}),
    # Where the councils decide first, the draft goes to the ministry after that (F2-15).
    S.APPROVED: frozenset({S.SIGNED, S.PENDING_APPROVALS, S.ABANDONED}),
    S.SIGNED: frozenset({S.ACTIVE, S.TERMINATED, S.SUSPENDED, S.EXPIRED}),
    S.ACTIVE: _IN_FORCE_NEXT,
    S.UNDER_REVIEW: frozenset({S.ACTIVE, S.UPGRADED, S.EXTENDED, S.TERMINATED, S.EXPIRED}),
    S.UPGRADED: _IN_FORCE_NEXT | {S.ACTIVE},
    S.EXTENDED: _IN_FORCE_NEXT | {S.ACTIVE},
    S.DORMANT: frozenset({S.ACTIVE, S.SUSPENDED, S.TERMINATED, S.EXPIRED, S.SUPERSEDED}),
    S.SUSPENDED: frozenset({S.ACTIVE, S.TERMINATED, S.EXPIRED, S.SUPERSEDED}),
    S.EXPIRED: frozenset({S.SUPERSEDED}),
    S.TERMINATED: frozenset(),
    S.SUPERSEDED: frozenset(),
    S.ABANDONED: frozenset(),
}

BY_DECLARATION = (S.APPROVED, S.ACTIVE)
"""The one step past `signed`: a declaration of all sides, meant to suffice (D3-04, F3-03)."""

STATE_AFTER: dict[str, TieState] = {
    "proposed": S.IDEA,
    "offered": S.CONTACT,
    "search_mandate": S.SEARCH_MANDATE,
    "contact": S.CONTACT,
    "exploring": S.EXPLORING,
    "letter_of_intent": S.LETTER_OF_INTENT,
    "negotiating": S.NEGOTIATING,
    "submitted": S.PENDING_APPROVALS,
    # A paper that comes back with remarks is negotiated again.
    "returned": S.NEGOTIATING,
    # One body's decision does not make a tie: it stays under negotiation (D3-04).
    "decided": S.NEGOTIATING,
    "approved": S.APPROVED,
    "signed": S.SIGNED,
    "active": S.ACTIVE,
    "under_review": S.UNDER_REVIEW,
    "not_suspended": S.ACTIVE,
    "extended": S.EXTENDED,
    "upgraded": S.UPGRADED,
    "dormant": S.DORMANT,
    "suspended": S.SUSPENDED,
    "severed": S.TERMINATED,
    "expired": S.EXPIRED,
    "superseded": S.SUPERSEDED,
    "abandoned": S.ABANDONED,
}
"""What a source's event, taken alone, says about where the tie stands."""

EVENT_ORDER = {event: position for position, event in enumerate(STATE_AFTER)}
"""Events in the order of a life: what breaks a tie between two facts of one date."""


class Guard(StrEnum):
    """What must be so before a tie passes from one state to the next (facts.md section 9)."""

    LETTER = "letter"
    DRAFT = "draft"
    LEGAL_REVIEW = "legal_review"
    APPROVALS = "approvals"
    SIGNATURES = "signatures"
    IN_FORCE_CONDITION = "in_force_condition"
    REVIEW_DUE = "review_due"
    REVIEW_OUTCOME = "review_outcome"
    NEW_PAPER = "new_paper"
    ACT_REASON_REVIEW = "act_reason_review"
    ACT_AND_NOTICE = "act_and_notice"
    TERM_OVER = "term_over"
    SILENCE = "silence"


GUARDS: dict[tuple[TieState, TieState], tuple[Guard, ...]] = {
    (S.CONTACT, S.LETTER_OF_INTENT): (Guard.LETTER,),
    (S.EXPLORING, S.LETTER_OF_INTENT): (Guard.LETTER,),
    (S.EXPLORING, S.NEGOTIATING): (Guard.DRAFT,),
    (S.LETTER_OF_INTENT, S.NEGOTIATING): (Guard.DRAFT,),
    (S.NEGOTIATING, S.PENDING_APPROVALS): (Guard.LEGAL_REVIEW,),
    (S.APPROVED, S.PENDING_APPROVALS): (Guard.LEGAL_REVIEW,),
    (S.PENDING_APPROVALS, S.APPROVED): (Guard.APPROVALS,),
    (S.APPROVED, S.SIGNED): (Guard.SIGNATURES,),
    (S.SIGNED, S.ACTIVE): (Guard.IN_FORCE_CONDITION,),
    (S.ACTIVE, S.UNDER_REVIEW): (Guard.REVIEW_DUE,),
    (S.UPGRADED, S.UNDER_REVIEW): (Guard.REVIEW_DUE,),
    (S.EXTENDED, S.UNDER_REVIEW): (Guard.REVIEW_DUE,),
    (S.UNDER_REVIEW, S.ACTIVE): (Guard.REVIEW_OUTCOME,),
    (S.UNDER_REVIEW, S.UPGRADED): (Guard.REVIEW_OUTCOME, Guard.NEW_PAPER),
    (S.UNDER_REVIEW, S.EXTENDED): (Guard.REVIEW_OUTCOME, Guard.NEW_PAPER),
}
GUARDS |= {
    (state, following): guards
    for following, guards in (
        (S.SUSPENDED, (Guard.ACT_REASON_REVIEW,)),
        (S.TERMINATED, (Guard.ACT_AND_NOTICE,)),
        (S.EXPIRED, (Guard.TERM_OVER,)),
        (S.DORMANT, (Guard.SILENCE,)),
    )
    for state, nexts in TRANSITIONS.items()
    if following in nexts
}
"""What guards a transition; one that is not named here needs no paper."""


State = TypeVar("State", bound=StrEnum)


def shortest(
    table: Mapping[State, frozenset[State]], start: State, goal: State
) -> tuple[State, ...]:
    """The shortest way through a table of transitions; of several the first in reading order."""
    ways: deque[tuple[State, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        if way[-1] == goal:
            return way
        for following in sorted(table[way[-1]] - seen):
            seen.add(following)
            ways.append((*way, following))
    return ()


def path(start: TieState, goal: TieState) -> tuple[TieState, ...]:
    """The shortest way by the table, both ends included; empty when there is none."""
    return shortest(TRANSITIONS, start, goal)


def drawn(table: Mapping[State, frozenset[State]], first: State) -> str:
    """A table of transitions as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    for state, nexts in table.items():
        lines += [f"    {state} --> {following}" for following in sorted(nexts)]
        if not nexts:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines) + "\n"


def diagram() -> str:
    """The life of a tie as a Mermaid state diagram."""
    before, after = BY_DECLARATION
    apart = f"    {before} --> {after}: by a declaration of all sides\n"
    return drawn(TRANSITIONS, TieState.IDEA) + apart
