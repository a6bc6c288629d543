"""The lives of needs, appeals, commitments and offers as tables; the docs' diagrams are made of
them. D4-03 (appeals) and D4-04 (lines) of the domain notes.
"""

from collections.abc import Mapping
from enum import StrEnum


class NeedState(StrEnum):
    """Where a line of need stands. How much of it is committed is told by its amounts."""

    DRAFT = "draft"
    OPEN = "open"
    COMMITTED = "committed"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"


class AppealState(StrEnum):
    """Where a letter of appeal stands; that its day has passed is told by `valid_until`."""

    DRAFT = "draft"
    IN_REVIEW = "internal_review"
    APPROVED = "approved"
    SENT = "sent"
    CLOSED = "closed"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"


class CommitmentState(StrEnum):
    """Where a commitment stands: only a made or kept one counts against the line."""

    UNCONFIRMED = "unconfirmed"
    PROPOSED = "proposed"
    MADE = "made"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class OfferState(StrEnum):
    """Where an offer stands."""

    DRAFT = "draft"
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


N, A, C, O = NeedState, AppealState, CommitmentState, OfferState  # noqa: E741 - a letter a table

NEED_TRANSITIONS: Mapping[NeedState, frozenset[NeedState]] = {
    N.DRAFT: frozenset({N.OPEN, N.WITHDRAWN}),
    N.OPEN: frozenset({N.COMMITTED, N.WITHDRAWN}),
    N.COMMITTED: frozenset({N.OPEN, N.FULFILLED}),
    N.FULFILLED: frozenset(),
    N.WITHDRAWN: frozenset(),
}
"""OPEN has an amount that nobody committed; COMMITTED has none; WITHDRAWN has no commitment."""

APPEAL_TRANSITIONS: Mapping[AppealState, frozenset[AppealState]] = {
    A.DRAFT: frozenset({A.IN_REVIEW, A.WITHDRAWN}),
    A.IN_REVIEW: frozenset({A.DRAFT, A.APPROVED, A.WITHDRAWN}),
    A.APPROVED: frozenset({A.SENT, A.WITHDRAWN}),
    A.SENT: frozenset({A.CLOSED, A.RECALLED}),
    A.CLOSED: frozenset({A.RECALLED}),
    A.RECALLED: frozenset(),
    A.WITHDRAWN: frozenset(),
}
"""The number is given at APPROVED; from SENT on nothing of the letter changes any more."""

COMMITMENT_TRANSITIONS: Mapping[CommitmentState, frozenset[CommitmentState]] = {
    C.UNCONFIRMED: frozenset({C.MADE, C.PROPOSED, C.WITHDRAWN}),
    C.PROPOSED: frozenset({C.MADE, C.DECLINED, C.WITHDRAWN}),
    C.MADE: frozenset({C.KEPT, C.WITHDRAWN}),
    C.KEPT: frozenset(),
    C.WITHDRAWN: frozenset(),
    C.DECLINED: frozenset(),
}
"""UNCONFIRMED waits for the giver to open the link sent to her address; PROPOSED for the other
side's word (more than is open, another thing than asked, or drawn from an offer)."""

OFFER_TRANSITIONS: Mapping[OfferState, frozenset[OfferState]] = {
    O.DRAFT: frozenset({O.OPEN, O.CLOSED}),
    O.OPEN: frozenset({O.TAKEN, O.CLOSED}),
    O.TAKEN: frozenset({O.OPEN, O.CLOSED}),
    O.CLOSED: frozenset(),
}
"""TAKEN has nothing left to take; a commitment taken back opens it again."""

COUNTING = (C.MADE, C.KEPT)
"""Commitments that count against their line."""
LIVING_NEEDS = (N.OPEN, N.COMMITTED)
"""Needs that others may see."""
