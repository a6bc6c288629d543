"""Signatures told one by one: parties may sign on different days (D2-08).

A paper is signed when every party has signed, or as many as the paper's own rule asks for. A source
that says "signed" and names no signatures means all of them.
"""

from collections.abc import Iterable, Sequence

from mistok.provenance.values import TieEvent, count_of
from mistok.registry.facts import Fact, weight

PAPERS_MADE = frozenset({"signed", "extended", "upgraded"})
"""Events that may leave a paper with signatures."""


def needed(event: TieEvent, parties: int) -> int:
    """How many signatures the paper needs: by its own rule, else those of all parties."""
    return min(count_of(event.signatures_needed, "signatures") or parties, parties)


def partial(event: TieEvent, parties: int) -> bool:
    """Whether this word tells of some signatures only."""
    return event.event in PAPERS_MADE and 0 < len(event.signed_by) < needed(event, parties)


def paper_key(event: TieEvent) -> tuple[str, str]:
    """Signatures under one kind of paper for one kind of tie belong together."""
    return (event.kind, event.instrument or "agreement")


def lacking(facts: Iterable[Fact], parties: int) -> frozenset[tuple[str, ...]]:
    """The signings, by their statements, that do not make a tie: some party is still to sign.

    Of several that together are complete, only the one that came last makes it. What a paper
    replaces tells it from the next one of its kind.
    """
    papers: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        if not fact.event.planned and partial(fact.event, parties):
            event = fact.event
            link = (event.event, *paper_key(event), event.supersedes)
            papers.setdefault(link, []).append(fact)
    found: set[tuple[str, ...]] = set()
    for told in papers.values():
        found |= {fact.statements for fact in told} - _completing(told, parties)
    return frozenset(found)


def _completing(told: Sequence[Fact], parties: int) -> set[tuple[str, ...]]:
    signed: frozenset[str] = frozenset()
    for fact in sorted(told, key=weight):
        signed |= fact.event.signed_by
        if len(signed) >= needed(fact.event, parties):
            return {fact.statements}
    return set()


def by_different_parties(one: TieEvent, two: TieEvent) -> bool:
    """Whether two words on a signing speak of different parties, so that dates may differ."""
    return bool(one.signed_by and two.signed_by and one.signed_by.isdisjoint(two.signed_by))
