"""How far a tie has come that was never in force: the furthest stage, with consents counted."""

from collections.abc import Collection, Sequence

from mistok.kernel.ids import is_place_key
from mistok.registry.facts import LONG_AGO, Fact, weight
from mistok.registry.lifecycle import BEFORE_SIGNING, STATE_AFTER, TieState

ADVISERS = frozenset({"board", "committee"})
"""Bodies that recommend; the council decides (F3-05, F3-06)."""
ANSWERS = frozenset({"approved", "returned"})


def stage_of(
    real: Sequence[Fact],
    facts: Sequence[Fact],
    *,
    parties: int,
    short: Collection[tuple[str, ...]],
) -> TieState:
    """The stage before signing that facts show.

    `real`: what happened; `facts`: plans too; `short`: signings that lack a party's signature.
    A paper that came back is negotiated until it is sent in again; one that lies with a ministry
    is pending, whoever else has decided; the consent of one body is not the consent of all.
    """
    if _sent_back(real):
        return TieState.NEGOTIATING
    if any(fact.statements in short for fact in real):
        return TieState.APPROVED
    if open_submissions(real):
        return TieState.PENDING_APPROVALS
    if parties > 1 and len(deciders(real)) >= parties:
        return TieState.APPROVED
    stages = [_stage_after(fact) for fact in real]
    if any(fact.event.event == "signed" for fact in facts):
        stages.append(TieState.NEGOTIATING)
    return max(stages, key=BEFORE_SIGNING.index, default=TieState.IDEA)


def _stage_after(fact: Fact) -> TieState:
    """One named body's consent is one of several; "approved" by nobody in particular is all."""
    if fact.event.event == "approved" and fact.event.body:
        return TieState.PENDING_APPROVALS
    return STATE_AFTER[fact.event.event]


def deciders(real: Sequence[Fact]) -> frozenset[str]:
    """Bodies that decided for their side; advice and a ministry's consent are no such decision."""
    return frozenset(fact.event.body for fact in real if decides(fact))


def decides(fact: Fact) -> bool:
    """Whether a side's own body decided here."""
    event = fact.event
    if event.event == "approved":
        return is_place_key(event.body) and event.body_kind != "ministry"
    advised = event.body_kind in ADVISERS or event.body_kind == "ministry"
    return event.event == "decided" and bool(event.body) and not advised


def open_submissions(real: Sequence[Fact]) -> list[Fact]:
    """Papers sent to a body that has not answered since."""
    return [
        sent
        for sent in real
        if sent.event.event == "submitted" and not any(_answers(fact, sent) for fact in real)
    ]


def _answers(fact: Fact, sent: Fact) -> bool:
    """An answer of that body, or one that names no body, not before the paper was sent."""
    event = fact.event
    if event.event not in ANSWERS and not decides(fact):
        return False
    first, then = sent.placed or LONG_AGO, fact.placed or LONG_AGO
    return event.body in ("", sent.event.body) and then.earliest >= first.earliest


def _sent_back(real: Sequence[Fact]) -> bool:
    """Whether the last that happened to the paper is that it came back."""
    moves = {"submitted", "approved", "signed", "returned"}
    last = max((fact for fact in real if fact.event.event in moves), key=weight, default=None)
    return last is not None and last.event.event == "returned"
