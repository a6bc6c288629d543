"""The life of a paper (D2-04) as data: from a draft to force, amendment and end.

`registered` is a mark with a number, not a state. A paper that is submitted may lie with several
addressees at once: ministry, council, foreign council.
"""

from enum import StrEnum

from mistok.registry.lifecycle import TieState, drawn


class PaperState(StrEnum):
    """Where an instrument stands."""

    DRAFT = "draft"
    INTERNAL_REVIEW = "internal_review"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"


P = PaperState
_ENDS = frozenset({P.EXPIRED, P.TERMINATED, P.SUPERSEDED})
PAPER_TRANSITIONS: dict[PaperState, frozenset[PaperState]] = {
    P.DRAFT: frozenset({P.INTERNAL_REVIEW}),
    P.INTERNAL_REVIEW: frozenset({P.DRAFT, P.SUBMITTED}),
    P.SUBMITTED: frozenset({P.RETURNED, P.APPROVED}),
    P.RETURNED: frozenset({P.DRAFT, P.SUBMITTED}),
    P.APPROVED: frozenset({P.SIGNED}),
    P.SIGNED: _ENDS | {P.IN_FORCE},
    P.IN_FORCE: _ENDS | {P.AMENDED},
    P.AMENDED: _ENDS | {P.IN_FORCE},
    P.EXPIRED: frozenset(),
    P.TERMINATED: frozenset(),
    P.SUPERSEDED: frozenset(),
}

PAPER_WHEN_TIE = {
    TieState.SIGNED: P.SIGNED,
    TieState.EXPIRED: P.EXPIRED,
    TieState.TERMINATED: P.TERMINATED,
    TieState.SUPERSEDED: P.SUPERSEDED,
}
"""How a signed paper stands when its tie does; in every other state it is in force."""


def paper_state(tie: TieState, *, superseded: bool, binding: bool) -> PaperState:
    """Where a signed paper of a tie in this state stands.

    `superseded`: a later paper names it; `binding`: false for letters of intent, which are signed
    and never come into force.
    """
    if superseded:
        return P.SUPERSEDED
    if not binding:
        return P.SIGNED
    return PAPER_WHEN_TIE.get(tie, P.IN_FORCE)


def paper_diagram() -> str:
    """The life of a paper as a Mermaid state diagram."""
    return drawn(PAPER_TRANSITIONS, P.DRAFT)
