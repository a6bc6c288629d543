"""Rows of a tie's papers and signatures, made from its facts and not yet written."""

from collections.abc import Sequence

from mistok.registry.models import Instrument, Municipality, Signature, Tie
from mistok.registry.paper_states import paper_state
from mistok.registry.projection import Fact, TieView, disagreements
from mistok.registry.signings import PAPERS_MADE, lacking
from mistok.registry.terms import parse_reference

PAPERS = {
    "signed": "agreement",
    "letter_of_intent": "letter_of_intent",
    "extended": "extension",
    "upgraded": "agreement",
}
"""Events that leave a paper, with the paper's kind where the source names none."""
NOT_BINDING = frozenset({"letter_of_intent"})
"""Events whose paper never comes into force."""


def paper_rows(
    tie: Tie, view: TieView, parties: Sequence[Municipality]
) -> tuple[list[Instrument], list[Signature]]:
    """One instrument for facts that can be one signing, with the signatures under it.

    A paper that some parties have yet to sign has the signatures that are there, and stands as
    approved.
    """
    facts = [f for f in view.facts if f.event.event in PAPERS and not f.event.planned]
    contested = {
        statement
        for item in disagreements(facts)
        for fact in item.facts
        for statement in fact.statements
    }
    clusters = _clusters(facts)
    open_ones = _unsigned(clusters, facts, len(parties))
    replaced = _replaced(facts)
    instruments, signatures = [], []
    for cluster in clusters:
        instrument = _instrument(tie, cluster, contested)
        if any(fact.statements in open_ones for fact in cluster):
            instrument.state, instrument.signed = "approved", ""
        else:
            instrument.state = paper_state(
                view.state,
                superseded=any(_is_replaced(instrument, one) for one in replaced),
                binding=cluster[0].event.event not in NOT_BINDING,
            )
        instruments.append(instrument)
        signatures += _signatures(instrument, cluster, parties)
    return instruments, signatures


def _clusters(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts that can be of one signing: same kinds, dates that agree, or parts of one signing."""
    clusters: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda one: (-one.trust, one.statements)):
        cluster = next((c for c in clusters if _same_paper(c[0], fact)), None)
        if cluster is None:
            clusters.append([fact])
        else:
            cluster.append(fact)
    return clusters


def _same_paper(one: Fact, two: Fact) -> bool:
    agree = not (one.when and two.when) or one.when.agrees_with(two.when)
    apart = bool(one.event.signed_by and two.event.signed_by)
    told_apart = apart and one.event.supersedes == two.event.supersedes
    same = (one.event.event, one.event.kind) == (two.event.event, two.event.kind)
    return bool(same and (agree or told_apart) and _paper(one) == _paper(two))


def _paper(fact: Fact) -> str:
    return fact.event.instrument or PAPERS[fact.event.event]


def _unsigned(
    clusters: Sequence[Sequence[Fact]], facts: Sequence[Fact], parties: int
) -> frozenset[tuple[str, ...]]:
    """Signings that still lack a party; where the last one came, none of its paper does."""
    short = lacking(facts, parties)
    whole = [c for c in clusters if any(fact.statements not in short for fact in c)]
    return short - {fact.statements for cluster in whole for fact in cluster}


def _replaced(facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """Kind and date of each paper of this tie that a later one names as replaced."""
    named = (parse_reference(f.event.supersedes) for f in facts if f.event.supersedes)
    return [(kind, date) for tie, kind, date in named if not tie]


def _is_replaced(paper: Instrument, named: tuple[str, str]) -> bool:
    kind, date = named
    return paper.kind == kind and paper.signed.startswith(date)


def _instrument(tie: Tie, cluster: Sequence[Fact], contested: set[str]) -> Instrument:
    dates = [fact.when for fact in cluster if fact.when]
    statements = [statement for fact in cluster for statement in fact.statements]

    def first(name: str) -> str:
        return next((text for f in cluster if (text := getattr(f.event, name))), "")

    return Instrument(
        tie=tie,
        kind=_paper(cluster[0]),
        tie_kind=cluster[0].event.kind,
        # The most exact of dates that agree; of signatures on several days the last.
        signed=str(
            min(
                dates,
                key=lambda date: (date.latest - date.earliest, -date.earliest.toordinal(), date),
                default="",
            )
        ),
        mode=first("mode"),
        effective_on=first("effective_on"),
        ends_on=first("end_date"),
        renewal=first("renewal"),
        review_on=first("review_date"),
        place=first("place"),
        supersedes=first("supersedes"),
        leads_to=first("leads_to"),
        contested=not contested.isdisjoint(statements),
        statements=statements,
    )


def _signatures(
    instrument: Instrument, cluster: Sequence[Fact], parties: Sequence[Municipality]
) -> list[Signature]:
    """Each signature as it is told; where none is told one by one, all parties on the day.

    An extension is often one council's own, so there nobody signed who is not told of.
    """
    if cluster[0].event.event not in PAPERS_MADE:
        return []
    by_key = {party.key: party for party in parties}
    told = {
        by_key[part["party"]]: (part, fact.event.date)
        for fact in reversed(cluster)
        for part in fact.event.signatures
        if part["party"] in by_key
    }
    joint = cluster[0].event.event != "extended"
    whole = joint and (any(not fact.event.signatures for fact in cluster) or not told)
    rows = []
    for party in parties:
        part, date = told.get(party, ({}, instrument.signed))
        if part or whole:
            rows.append(
                Signature(
                    instrument=instrument,
                    party=party,
                    date=part.get("date", "") or date,
                    person=part.get("person", ""),
                    office=part.get("office", ""),
                    place=part.get("place", ""),
                    mode=part.get("mode", "") or instrument.mode,
                )
            )
    return rows
