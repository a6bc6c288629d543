"""What the registry holds beside a proposal, as its card shows it."""

from dataclasses import dataclass
from typing import Any

from mistok.ingest.documents.known import Against, Known, known_of
from mistok.ingest.models import Proposal
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.selectors import statements_of
from mistok.web.cards import DisagreementCard, SourceRef, SupportRow, TieRow, Version
from mistok.web.labels import EVENT_LABELS
from mistok.web.read.words import AGAINST, who_words
from mistok.web.registry.place_page import support_row
from mistok.web.registry.present import source_refs, tie_row
from mistok.web.words import StateBadge, kind_label, label_of, state_badge, stated_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedBefore:
    """The same claim, as somebody rejected it."""

    date: str
    who: str
    reason: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCard:
    """The tie or the reports that stand, who says the same, what speaks against it."""

    is_new: bool
    tie: TieRow | None
    same: list[SourceRef]
    against: list[DisagreementCard]
    becomes: StateBadge | None
    supports: list[SupportRow]
    rejected: list[RejectedBefore]


def held_card(
    what: str, content: Any, claim: str, *, published: str, besides: int | None, reviewer: str
) -> HeldCard:
    """What is held; earlier judgements for reviewers only (`reviewer` is who looks, or empty)."""
    known = known_of(what, content, claim, published=published, besides=besides)
    return HeldCard(
        is_new=known.is_new,
        tie=tie_row(known.tie) if known.tie else None,
        same=source_refs(known.same),
        against=[_against(one) for one in known.against],
        becomes=state_badge(known.becomes) if known.becomes else None,
        supports=_supports(known),
        rejected=[_rejected(one, reviewer) for one in known.rejected] if reviewer else [],
    )


def _against(one: Against) -> DisagreementCard:
    """What differs, version by version, with the sources of each."""
    versions: dict[str, list[Statement]] = {}
    for said in one.said:
        versions.setdefault(_words(said), []).append(said)
    shown = [Version(value=words, sources=source_refs(said)) for words, said in versions.items()]
    return DisagreementCard(what=str(AGAINST[one.about]), versions=shown)


def _words(said: Statement) -> str:
    event = TieEvent.from_text(said.value)
    parts = [label_of(EVENT_LABELS, event.event), kind_label(event.kind), stated_words(event.date)]
    return ", ".join(part for part in parts if part)


def _supports(known: Known) -> list[SupportRow]:
    statements = statements_of(rows=known.supports)
    return [support_row(row, statements) for row in known.supports]


def _rejected(proposal: Proposal, me: str) -> RejectedBefore:
    day = proposal.decided_at.date().isoformat() if proposal.decided_at else ""
    return RejectedBefore(
        date=stated_words(day),
        who=who_words(proposal.decided_by, me),
        reason=proposal.reason,
        document=proposal.document.title,
    )
