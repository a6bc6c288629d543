"""Projected rows of one tie, made from its view and not yet written: what `services` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mistok.kernel.ids import is_place_key, public_id
from mistok.provenance.values import TieEvent, parse_votes
from mistok.registry.models import (
    Act,
    Decision,
    Instrument,
    MergedTie,
    Municipality,
    Signature,
    Tie,
    TieFact,
    TieLabel,
    TieParty,
)
from mistok.registry.paper_rows import paper_rows
from mistok.registry.projection import Fact, TieView

DECISIONS = frozenset({"decided", "approved", "severed", "suspended", "not_suspended", "extended"})

Places = Mapping[str, Municipality]


@dataclass(slots=True)
class TieRows:
    """A tie and all its rows, in the order in which they are to be written."""

    tie: Tie
    parties: list[TieParty]
    merged: list[MergedTie] = field(default_factory=list)
    labels: list[TieLabel] = field(default_factory=list)
    facts: list[TieFact] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def tie_rows(
    *,
    subject: str,
    parties: Sequence[Municipality],
    view: TieView,
    sources: int,
    places: Places,
) -> TieRows:
    """Rows for the tie `subject` between the parties; labels are added by the caller."""
    tie = Tie(
        public_id=subject,
        kind=view.kind,
        state=view.state,
        since=str(view.since or ""),
        until=str(view.until or ""),
        latest=_latest(view.facts),
        ends_on=view.terms.ends_on,
        renewal=view.terms.renewal,
        review_on=view.terms.review_on,
        sources_count=sources,
        public=sources > 0,
    )
    seats = [TieParty(tie=tie, municipality=p, position=i) for i, p in enumerate(parties)]
    rows = TieRows(tie, seats)
    rows.facts = [fact_row(tie, i, fact, places) for i, fact in enumerate(view.facts)]
    real = [fact for fact in view.facts if not fact.event.planned]
    for fact in real:
        if fact.event.event in DECISIONS and fact.event.body:
            rows.decisions.append(decision_row(tie, fact, places))
    rows.instruments, rows.signatures = paper_rows(tie, view, parties)
    return rows


def _latest(facts: Sequence[Fact]) -> str:
    """The day of the last thing that happened, without its bound: what lists are ordered by."""
    dates = [fact.when for fact in facts if fact.when and not fact.event.planned]
    return str(max(dates, default="")).lstrip("<>~")


def fact_row(tie: Tie, position: int, fact: Fact, places: Places) -> TieFact:
    """One line of the life."""
    event = fact.event
    return TieFact(
        tie=tie,
        position=position,
        event=event.event,
        kind=event.kind,
        date=event.date,
        planned=event.planned,
        value=event.to_text(),
        body=places.get(event.body),
        statements=list(fact.statements),
    )


def decision_row(tie: Tie, fact: Fact, places: Places) -> Decision:
    """What a body decided; a body that is no place keeps its name as text."""
    event = fact.event
    return Decision(
        tie=tie,
        body=places.get(event.body),
        body_text=body_text(event),
        outcome=event.event,
        date=event.date,
        number=event.act_number,
        votes=parse_votes(event.votes),
        statements=list(fact.statements),
    )


def body_text(event: TieEvent) -> str:
    """The acting body where it is named in words and not by a place's key."""
    return "" if is_place_key(event.body) else event.body


def act_row(fact: TieFact) -> Act:
    """The act that a fact names, such as one decision that ended five ties, as the fact has it."""
    event = TieEvent.from_text(fact.value)
    return Act(
        public_id=public_id("act", event.act),
        slug=event.act,
        body=fact.body,
        body_text=body_text(event),
        number=event.act_number,
        date=event.date,
    )
