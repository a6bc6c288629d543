"""The life cycles of a round, an answer and a place on the waiting list, as tables.

The diagrams in docs/how-to/run-a-round.md are made from these tables; a test keeps them equal.
"""

from collections.abc import Mapping
from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands: shown to nobody, put before the municipalities, over, taken back."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What one side has said to a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Wait(StrEnum):
    """Where a municipality on the waiting list stands."""

    WAITING = "waiting"
    CONTACTED = "contacted"
    PARTNERED = "partnered"
    LEFT = "left"


class Side(StrEnum):
    """Who asks for a partner, and who offers to be one."""

    SEEKER = "seeker"
    OFFERER = "offerer"


ROUND_TRANSITIONS: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.PROPOSED, RoundState.WITHDRAWN}),
    RoundState.PROPOSED: frozenset({RoundState.CLOSED, RoundState.WITHDRAWN}),
    RoundState.CLOSED: frozenset(),
    RoundState.WITHDRAWN: frozenset(),
}

ANSWER_TRANSITIONS: Mapping[Answer, frozenset[Answer]] = {
    Answer.OPEN: frozenset({Answer.ACCEPTED, Answer.DECLINED}),
    # A yes may be taken back as long as the other side has not said yes too.
    Answer.ACCEPTED: frozenset({Answer.DECLINED}),
    Answer.DECLINED: frozenset(),
}

WAIT_TRANSITIONS: Mapping[Wait, frozenset[Wait]] = {
    Wait.WAITING: frozenset({Wait.CONTACTED, Wait.PARTNERED, Wait.LEFT}),
    # A contact that leads nowhere brings nobody back to the end of the list.
    Wait.CONTACTED: frozenset({Wait.WAITING, Wait.PARTNERED, Wait.LEFT}),
    Wait.PARTNERED: frozenset(),
    Wait.LEFT: frozenset(),
}

PUBLISHED = (RoundState.PROPOSED, RoundState.CLOSED)
"""Rounds that municipalities have seen and that were not taken back."""
IN_LINE = (Wait.WAITING, Wait.CONTACTED)
"""States in which a municipality still has its place on the waiting list."""


def state_of_answers(seeker: Answer, offerer: Answer) -> Answer:
    """Where a proposal stands: declined as soon as one side declines, accepted when both accept."""
    if Answer.DECLINED in (seeker, offerer):
        return Answer.DECLINED
    return Answer.ACCEPTED if seeker == offerer == Answer.ACCEPTED else Answer.OPEN


def diagram(transitions: Mapping[StrEnum, frozenset[StrEnum]]) -> str:
    """A table of transitions as a Mermaid state diagram; the first state is where a life begins."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(transitions))}"]
    for state, following in transitions.items():
        lines += [f"    {state} --> {after}" for after in sorted(following)]
        lines += [] if following else [f"    {state} --> [*]"]
    return "\n".join(lines) + "\n"
