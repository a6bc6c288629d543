"""The life cycle of a tie (D2-03) as data: states, allowed transitions, what an event does.

The diagram in docs/reference/tie-states.md is generated from TRANSITIONS.
"""

from enum import StrEnum


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
    S.APPROVED: frozenset({S.SIGNED, S.ABANDONED}),
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

STATE_AFTER: dict[str, TieState] = {
    "proposed": S.IDEA,
    "offered": S.CONTACT,
    "search_mandate": S.SEARCH_MANDATE,
    "contact": S.CONTACT,
    "letter_of_intent": S.LETTER_OF_INTENT,
    "negotiating": S.NEGOTIATING,
    # One body's decision does not make a tie: it stays under negotiation (D3-04).
    "decided": S.NEGOTIATING,
    "approved": S.APPROVED,
    "signed": S.SIGNED,
    "active": S.ACTIVE,
    "not_suspended": S.ACTIVE,
    "extended": S.EXTENDED,
    "upgraded": S.UPGRADED,
    "dormant": S.DORMANT,
    "suspended": S.SUSPENDED,
    "severed": S.TERMINATED,
    "expired": S.EXPIRED,
    "abandoned": S.ABANDONED,
}
"""What a source's event, taken alone, says about where the tie stands."""

EVENT_ORDER = {event: position for position, event in enumerate(STATE_AFTER)}
"""Events in the order of a life: what breaks a tie between two facts of one date."""


def diagram() -> str:
    """The transitions as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> idea"]
    for state, nexts in TRANSITIONS.items():
        lines += [f"    {state} --> {following}" for following in sorted(nexts)]
        if not nexts:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines) + "\n"
