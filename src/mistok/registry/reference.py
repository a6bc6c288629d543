"""The page docs/reference/tie-states.md: the life of ties and papers, told from their tables."""

from collections.abc import Iterable

from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.guarding.steps import DECLARABLE
from mistok.registry.lifecycle import (
    BEFORE_SIGNING,
    ENDED,
    GUARDS,
    IN_FORCE,
    RESTING,
    STATE_AFTER,
    TRANSITIONS,
    Guard,
    TieState,
    diagram,
)
from mistok.registry.models import PAPER_STATES, STATE_LABELS
from mistok.registry.paper_states import PAPER_TRANSITIONS, PaperState, paper_diagram

GROUPS = (
    ("before signing", BEFORE_SIGNING),
    ("in force", IN_FORCE),
    ("resting", RESTING),
    ("ended", ENDED),
)
MEANINGS = {
    Guard.LETTER: "the paper is a letter or protocol of intent",
    Guard.DRAFT: "a draft of the paper exists",
    Guard.LEGAL_REVIEW: "the draft went through legal review",
    Guard.APPROVALS: (
        "every side's body decided, the ministry approved for a Ukrainian side, and whoever the "
        "paper was sent to has answered"
    ),
    Guard.SIGNATURES: (
        "every party signed, or as many as the paper's own rule asks for; no Ukrainian signature "
        "before its consents"
    ),
    Guard.IN_FORCE_CONDITION: "the day of entry into force has come, where the paper names one",
    Guard.REVIEW_DUE: "the date of review has come, or somebody asks for it",
    Guard.REVIEW_OUTCOME: "a body decided on the review, or the parties signed",
    Guard.NEW_PAPER: "the new paper names the one that it replaces",
    Guard.ACT_REASON_REVIEW: "the act, the reason and the date of review are told",
    Guard.ACT_AND_NOTICE: (
        "the act and the way of ending are told; an end by one side without notice is remarked"
    ),
    Guard.TERM_OVER: "the paper's end date has passed, and it does not renew itself",
    Guard.SILENCE: "nothing: a warning only",
}


def tie_states_page(made: str) -> str:
    """The life cycle of ties and papers; `made`: the note that the page is generated."""
    states = [
        (
            f"`{state}`",
            str(STATE_LABELS[state]),
            next(name for name, members in GROUPS if state in members),
            _codes(sorted(TRANSITIONS[state])),
        )
        for state in TieState
    ]
    events = [(f"`{event}`", f"`{state}`") for event, state in STATE_AFTER.items()]
    return (
        f"# States of a tie\n\n{made}\n"
        f"```mermaid\n{diagram()}```\n\n"
        + _table(("state", "shown as", "group", "may be followed by"), states)
        + "\nWhat offices tell keeps to this table; how is told in [the life of a "
        "tie](../explanation/life-of-a-tie.md). Sources seldom tell every step, and are believed "
        "as they speak, so a tie may stand in a state without the ones before it. How the state "
        "is worked out is told in [provenance](../explanation/provenance.md). Taken alone, an "
        "event says this:\n\n" + _table(("event", "state"), events) + _guards() + _papers()
    )


def _guards() -> str:
    """Each guard once, with the steps before which it stands."""
    rows = []
    for guard in Guard:
        steps = [step for step, guards in GUARDS.items() if guard in guards]
        told = "; ".join(f"`{before}` → `{after}`" for before, after in sorted(steps))
        declarable = "yes" if guard in DECLARABLE else ""
        rows.append((f"`{guard}`", MEANINGS[guard], told, declarable))
    barred = ", ".join(f"`{state.country}`" for state in AGGRESSOR_STATES if state.refused)
    return (
        "\n## What guards a step\n\n"
        "A step that is not listed needs no paper. An office may vouch for what is marked so.\n\n"
        + _table(("guard", "met when", "before", "may be vouched for"), rows)
        + f"\nNo new tie is made with {barred}; with Belarus it is warned of, until an "
        "administrator decides otherwise by a version of rule G01. Whether the ministry or the "
        "council comes first is rule G02.\n"
    )


def _papers() -> str:
    labels = dict(PAPER_STATES)
    rows = [
        (f"`{state}`", str(labels[state]), _codes(sorted(PAPER_TRANSITIONS[state])))
        for state in PaperState
    ]
    return (
        "\n## States of a paper\n\n"
        f"```mermaid\n{paper_diagram()}```\n\n"
        + _table(("state", "shown as", "may be followed by"), rows)
        + "\nThat a paper is registered is a mark with a number, not a state.\n"
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
