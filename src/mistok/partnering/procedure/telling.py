"""What a step tells the registry: an event in the life of the tie, guarded there.

The registry judges for itself (registry.guarding): what it refuses, the step cannot record.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.kernel.errors import Conflict
from mistok.partnering.models import ProcedureRun, RunSide, StepRecord
from mistok.partnering.procedure.course import position_of, standing_records
from mistok.partnering.procedure.graph import Ref
from mistok.partnering.procedure.states import What
from mistok.partnering.procedure.steps import Record, Step
from mistok.provenance.values import TieEvent
from mistok.registry.guarding.declaring import DECLARATION
from mistok.registry.life import life_between
from mistok.registry.lifecycle import BEFORE_SIGNING, ENDED, Guard
from mistok.registry.services import tell_event, withdraw
from mistok.registry.signings import PAPERS_MADE
from mistok.registry.terms import paper_reference
from mistok.registry.words import MINISTRY

NOT_TOLD = frozenset({"already_so", "already_told", "order_unclear"})
"""The registry has it, or has two things of one day: the step is done all the same, and its record
keeps that nothing was told."""
ANSWERS = {What.SUBMITTED: "submitted", What.RETURNED: "returned", What.DONE: "approved"}
"""What a ministry's step tells as it goes."""
LETTER, AGREEMENT = "letter_of_intent", "agreement"


@dataclass(frozen=True, slots=True)
class Word:
    """What is to be told, and to whom the act belongs."""

    event: TieEvent
    parties: tuple[str, ...]
    declared: tuple[Guard, ...] = ()


def word_of(
    run: ProcedureRun,
    sides: Sequence[RunSide],
    step: Step,
    ref: Ref,
    what: What,
    on: dt.date,
    data: Mapping[str, Any],
) -> Word | None:
    """What the act tells of the tie; none when it tells nothing."""
    keys = tuple(side.place for side in sides)
    own = next((side for side in sides if side.position == position_of(ref)), None)
    if not step.event:
        return None
    if step.record is Record.APPROVAL:
        return _answer(run, keys, what, on, data)
    if what is not What.DONE or step.record is Record.SIGNATURES:
        return None
    if step.event == "search_mandate" and own:
        mandate = TieEvent(event="search_mandate", kind=run.kind, date=str(on), body=own.place)
        return Word(mandate, (own.place,))
    told = _SHAPES.get(step.event, _plain)(run, own, step.event, on, data)
    return Word(told, keys, (Guard.LEGAL_REVIEW,))


def signature_word(
    run: ProcedureRun, sides: Sequence[RunSide], side: RunSide, signature: Mapping[str, str]
) -> Word:
    """One party signed; with the last one the paper is.

    A tie in force gets a further paper (D2-03): of its own kind it extends the tie, of another it
    makes more of it, and it replaces the last one.
    """
    keys = tuple(one.place for one in sides)
    known = life_between(keys).known
    further = known.state not in (*BEFORE_SIGNING, *ENDED)
    papers = [fact.event for fact in known.starts if fact.event.event in PAPERS_MADE]
    event = TieEvent(
        event=("extended" if known.view.kind == run.kind else "upgraded") if further else "signed",
        kind=run.kind,
        date=signature["date"],
        instrument=_instrument(standing_records(run.records.all())),
        mode=signature.get("mode", ""),
        signatures=({"party": side.place, **signature},),
        supersedes=_reference(papers[-1]) if further and papers else "",
    )
    return Word(event, keys)


def _instrument(records: Mapping[Ref, StepRecord]) -> str:
    """The kind of paper that the sides drafted."""
    draft = records.get(Ref("", "draft_agreement"))
    return str(draft.data.get("instrument") or AGREEMENT) if draft else AGREEMENT


def _reference(paper: TieEvent) -> str:
    return paper_reference(paper.instrument or AGREEMENT, paper.date)


def tell_registry(
    *, actor: Actor, office: Office, word: Word | None, today: dt.date
) -> dict[str, Any]:
    """Tell it; gives what the record of the act keeps of it. Raises what `tell_event` raises."""
    if word is None:
        return {}
    try:
        told = tell_event(
            actor=actor,
            office=office,
            parties=word.parties,
            event=word.event,
            declared=word.declared,
            today=today,
        )
    except Conflict as conflict:
        if conflict.code not in NOT_TOLD:
            raise
        return {"told": {"code": conflict.code}}
    remarks = [remark.message for remark in told.passage.remarks]
    kept = {"tie": told.tie, "statement": told.statement, "parties": len(word.parties)}
    return {"told": {**kept, "remarks": remarks}}


def untell_registry(*, actor: Actor, statement: str, reason: str) -> None:
    """Take back what a step told, when the step is taken back."""
    withdraw(actor=str(actor), statement_id=statement, reason=reason)


def _answer(
    run: ProcedureRun, keys: tuple[str, ...], what: What, on: dt.date, data: Mapping[str, Any]
) -> Word | None:
    if what not in ANSWERS:
        return None
    event = TieEvent(
        event=ANSWERS[what],
        kind=run.kind,
        date=str(on),
        body=MINISTRY,
        body_kind="ministry",
        act_number=str(data.get("number", "")),
        instrument=AGREEMENT,
    )
    return Word(event, keys, (Guard.LEGAL_REVIEW,))


def _plain(
    run: ProcedureRun, own: RunSide | None, word: str, on: dt.date, data: Mapping[str, Any]
) -> TieEvent:
    paper = {"letter_of_intent": LETTER, "negotiating": str(data.get("instrument") or AGREEMENT)}
    if DECLARATION in run.options.values():
        paper["active"] = DECLARATION
    return TieEvent(event=word, kind=run.kind, date=str(on), instrument=paper.get(word, ""))


def _decided(
    run: ProcedureRun, own: RunSide | None, word: str, on: dt.date, data: Mapping[str, Any]
) -> TieEvent:
    return TieEvent(
        event=word,
        kind=run.kind,
        date=str(on),
        body=own.place if own else "",
        body_kind=str(data.get("body_kind", "council")),
        act_number=str(data.get("number", "")),
        ground=str(data.get("ground", "")),
        votes=str(data.get("votes", "")),
        total=str(data.get("total", "")),
        sitting=str(data.get("sitting", "")),
        end_date=str(data.get("ends_on") or ""),
        review_date=str(data.get("review_on") or ""),
    )


def _ended(
    run: ProcedureRun, own: RunSide | None, word: str, on: dt.date, data: Mapping[str, Any]
) -> TieEvent:
    """An end or a suspension with its act, reason and notice, from the steps before."""
    before = standing_records(run.records.all())
    side = str(own.position) if own else ""
    act = next((before[Ref(side, code)] for code in _ACTS if Ref(side, code) in before), None)
    reason = before.get(Ref(side, "reasons"))
    notice = next((before[Ref(side, c)] for c in _NOTICES if Ref(side, c) in before), None)
    alone = run.sides.filter(initiator=True).count() == 1
    sent = notice is not None and notice.what == What.DONE
    return TieEvent(
        event=word,
        kind=run.kind,
        date=str(on),
        body=own.place if own else "",
        body_kind="mayor" if act and act.step == "mayor_order" else "council",
        act_number=str(act.data.get("number", "")) if act else "",
        votes=str(act.data.get("votes", "")) if act else "",
        total=str(act.data.get("total", "")) if act else "",
        reason=str(reason.data.get("reason", ""))[:400] if reason else "",
        review_date=str(act.data.get("review_on") or "") if act and word == "suspended" else "",
        ending=("unilateral" if alone else "mutual") if word == "severed" else "",
        notice="written" if sent else "",
        notice_on=str(notice.on) if notice and sent else "",
    )


def _extended(
    run: ProcedureRun, own: RunSide | None, word: str, on: dt.date, data: Mapping[str, Any]
) -> TieEvent:
    records = standing_records(run.records.all())
    signing = records.get(Ref("", "signing"))
    return TieEvent(
        event=word,
        kind=run.kind,
        date=str(on),
        act_number=str(data.get("number", "")),
        end_date=str(data.get("end_date") or ""),
        review_date=str(data.get("review_on") or ""),
        supersedes=paper_reference(_instrument(records), str(signing.on)) if signing else "",
    )


def _expired(
    run: ProcedureRun, own: RunSide | None, word: str, on: dt.date, data: Mapping[str, Any]
) -> TieEvent:
    last = str(data.get("end_date", ""))
    return TieEvent(event=word, kind=run.kind, date=str(on), end_date=last)


_ACTS = ("end_decision", "mayor_order", "pause_decision")
_NOTICES = ("end_notice", "pause_notice")
_SHAPES = {
    "decided": _decided,
    "severed": _ended,
    "suspended": _ended,
    "extended": _extended,
    "expired": _expired,
}
