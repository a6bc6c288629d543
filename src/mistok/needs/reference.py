"""The page docs/reference/need-states.md: four life cycles, told from their tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mistok.needs.lifecycle import (
    APPEAL_TRANSITIONS,
    COMMITMENT_TRANSITIONS,
    COUNTING,
    LIVING_NEEDS,
    NEED_TRANSITIONS,
    OFFER_TRANSITIONS,
    AppealState,
    CommitmentState,
    NeedState,
    OfferState,
)
from mistok.needs.lines.visibility import SHOWN
from mistok.needs.models.answers import COMMITMENT_STATES
from mistok.needs.models.appeals import APPEAL_STATES
from mistok.needs.models.lines import NEED_STATES
from mistok.needs.models.offers import OFFER_STATES

N, A, C, O = NeedState, AppealState, CommitmentState, OfferState  # noqa: E741 - a letter a table


@dataclass(frozen=True, slots=True)
class Life:
    """One life cycle as the page tells it: where it begins, what each state means, what it heeds.

    `labels`: how pages call a state; `after`: what stands under the table.
    """

    title: str
    starts: tuple[StrEnum, ...]
    transitions: Mapping[Any, frozenset[Any]]
    labels: Sequence[tuple[str, Any]]
    meanings: Mapping[StrEnum, str]
    after: str


LIVES = (
    Life(
        "A line of need",
        (N.DRAFT,),
        NEED_TRANSITIONS,
        NEED_STATES,
        {
            N.DRAFT: "Only the office that writes it sees it.",
            N.OPEN: "Its partners see it, and something of it is not committed yet.",
            N.COMMITTED: "All that is still asked for is committed.",
            N.FULFILLED: "Every commitment was kept, and nothing is open; closed for good.",
            N.WITHDRAWN: "Nothing of it is asked for any more, and nobody has committed anything.",
        },
        "Partners see it while it is {shown}; what was approved for the public is read while it is "
        "{living}. In every state the amounts add up: asked = open + committed + withdrawn.",
    ),
    Life(
        "A letter of appeal",
        (A.DRAFT,),
        APPEAL_TRANSITIONS,
        APPEAL_STATES,
        {
            A.DRAFT: "It is being written.",
            A.IN_REVIEW: "An approver reads it, and nobody changes it.",
            A.APPROVED: "It has its number in the register, and what it says is fixed.",
            A.SENT: "Each addressee has a signed letter of its own, which never changes.",
            A.CLOSED: "It has done its work: it stays genuine and takes no answers any more.",
            A.RECALLED: "Its sender took it back; whoever checks its code is told so.",
            A.WITHDRAWN: "It was given up before it went out; a number that it has stays used.",
        },
        "That its last day has passed is no state: it is worked out from the day. A letter that "
        "was sent is corrected by a further version, and stays in its state.",
    ),
    Life(
        "A commitment",
        (C.UNCONFIRMED, C.PROPOSED, C.MADE),
        COMMITMENT_TRANSITIONS,
        COMMITMENT_STATES,
        {
            C.UNCONFIRMED: (
                "A person gave it in her own name and has not confirmed it by the mailed link."
            ),
            C.PROPOSED: (
                "It waits for the other side's word: it is more than is open, another thing than "
                "asked for, or drawn from an offer."
            ),
            C.MADE: "It counts against its line.",
            C.KEPT: "What was promised has come, says the office that asked.",
            C.WITHDRAWN: "It was taken back with a reason; what it had counted for is open again.",
            C.DECLINED: "The side whose word was awaited said no.",
        },
        "It counts against its line while it is {counting}. Who gives in her own name begins with "
        "`unconfirmed`, an office with `proposed` or `made`.",
    ),
    Life(
        "An offer",
        (O.DRAFT,),
        OFFER_TRANSITIONS,
        OFFER_STATES,
        {
            O.DRAFT: "Only the office that writes it sees it.",
            O.OPEN: "Partners see it, or everybody, and something of it is left.",
            O.TAKEN: "Nothing of it is left; a commitment that is taken back opens it again.",
            O.CLOSED: "Nothing more is given by it; what was taken stays promised.",
        },
        "In every state the amounts add up: offered = left + taken + no longer offered.",
    ),
)


def need_states_page(made: str) -> str:
    """The four life cycles; `made`: the line that says that the page is generated."""
    return (
        f"# States of needs, letters of appeal, commitments and offers\n\n{made}\n"
        "How they hang together is told in [needs and "
        "appeals](../explanation/needs-and-appeals.md).\n" + "".join(_life(one) for one in LIVES)
    )


def diagram(life: Life) -> str:
    """A life cycle as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {start}" for start in life.starts)]
    for state, following in life.transitions.items():
        lines += [f"    {state} --> {after}" for after in sorted(following) or ["[*]"]]
    return "\n".join(lines) + "\n"


def _life(life: Life) -> str:
    labels = dict(life.labels)
    rows = [
        (f"`{state}`", str(labels[state]), life.meanings[state], _codes(sorted(following)))
        for state, following in life.transitions.items()
    ]
    after = life.after.format(
        shown=_either(SHOWN), living=_either(LIVING_NEEDS), counting=_either(COUNTING)
    )
    return (
        f"\n## {life.title}\n\n```mermaid\n{diagram(life)}```\n\n"
        + _table(("state", "shown as", "meaning", "may be followed by"), rows)
        + f"\n{after}\n"
    )


def _either(states: Iterable[StrEnum]) -> str:
    *most, last = (f"`{state}`" for state in states)
    return " or ".join((", ".join(most), last))


def _codes(states: Iterable[StrEnum]) -> str:
    return ", ".join(f"`{state}`" for state in states)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in cells)
