"""Rounds and answers in words: states with mark and tone, what reasons are counted under."""

from mistok.partnering.models.rounds import ANSWERS, ROUND_STATES
from mistok.partnering.rounds.lifecycle import Answer, RoundState
from mistok.web.words import StateBadge

ROUND_MARKS = {
    RoundState.DRAFT: ("slate", "○"),
    RoundState.PROPOSED: ("river", "○"),
    RoundState.CLOSED: ("moss", "●"),
    RoundState.WITHDRAWN: ("clay", "✕"),
}
ANSWER_MARKS = {
    Answer.OPEN: ("amber", "◐"),
    Answer.ACCEPTED: ("moss", "●"),
    Answer.DECLINED: ("clay", "✕"),
}


def round_badge(state: str) -> StateBadge:
    """Where a round stands."""
    tone, icon = ROUND_MARKS[RoundState(state)]
    return StateBadge(state, str(dict(ROUND_STATES)[state]), tone, icon)


def answer_badge(answer: str) -> StateBadge:
    """What one side has said, or where a proposal stands by both."""
    tone, icon = ANSWER_MARKS[Answer(answer)]
    return StateBadge(answer, str(dict(ANSWERS)[answer]), tone, icon)
