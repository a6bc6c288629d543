"""What the registry holds of a proposal already: the same words, others, and earlier judgements.

Nothing is decided here. Likeness of the very claim only: a tie is the one between the very same
places, and a report of help is never added to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mistok.ingest.documents.contents import AID, SIDES, TIE, Content, parties_of
from mistok.ingest.documents.mapping import KINDS, key_of, stage_of
from mistok.ingest.models import Proposal
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Refusal
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.facts import Evidence, gather
from mistok.registry.lifecycle import ENDED, RESTING, TieState
from mistok.registry.models import Municipality, Support, Tie
from mistok.registry.models.order import bare_date
from mistok.registry.projection import ONCE, STARTS, STOPS, project
from mistok.registry.selectors import evidence_for, municipality_by_key

MOST_SHOWN: Final = 6
NEWS_TRUST: Final = 2
STILL: Final = frozenset((*RESTING, *ENDED))
"""States of a tie that nobody lives any more, or not now."""


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a proposal: `date`, `kind`, `ended` or `in_force`, and who says so."""

    about: str
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is held beside a proposal.

    `same`: statements of the same event; `becomes`: the state that the tie would be shown in after
    acceptance, where it is another; `supports`: reports between the same two places.
    """

    tie: Tie | None = None
    same: tuple[Statement, ...] = ()
    against: tuple[Against, ...] = ()
    becomes: str = ""
    supports: tuple[Support, ...] = ()
    rejected: tuple[Proposal, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the registry holds nothing of it."""
        return self.tie is None and not self.supports


def known_of(
    what: str, content: Content, claim: str, *, published: str = "", besides: int | None = None
) -> Known:
    """What we hold of this content; `besides` is the row of the proposal itself.

    `published` is the document's date, by which undated words are placed in time.
    """
    rejected = _rejected(claim, besides)
    if what != TIE:
        return Known(supports=_supports(what, content), rejected=rejected)
    tie = _tie_of(content)
    if tie is None:
        return Known(rejected=rejected)
    statements = evidence_for(subjects=[tie.public_id])[tie.public_id]
    held = [
        (said, TieEvent.from_text(said.value))
        for said in statements.values()
        if said.prop == "event"
    ]
    event = event_of(content)
    return Known(
        tie=tie,
        same=tuple(said for said, told in held if says_same(event, told)),
        against=tuple(against(event, held, TieState(tie.state), published)),
        becomes=_becomes(tie, event, held, published),
        rejected=rejected,
    )


def event_of(content: Content) -> TieEvent:
    """The event that a tie's content tells, as the registry would hold it."""
    return TieEvent(
        event=stage_of(content, content),
        kind=KINDS[content["kind"]],
        date=content.get("date") or "",
        planned=bool(content.get("planned")),
    )


def says_same(event: TieEvent, held: TieEvent) -> bool:
    """Whether a held event is the proposal's: one stage, no other kind, and no other date."""
    return (
        (event.event, event.planned) == (held.event, held.planned)
        and _kinds_agree(event, held)
        and (event.when is None or held.when is None or event.when.agrees_with(held.when))
    )


def _kinds_agree(event: TieEvent, held: TieEvent) -> bool:
    return event.kind == held.kind or "unknown" in (event.kind, held.kind)


Held = Sequence[tuple[Statement, TieEvent]]


def against(event: TieEvent, held: Held, state: TieState, published: str = "") -> Iterable[Against]:
    """Where what is held and a proposal cannot both be true, or would change what readers see."""
    real = [(said, told) for said, told in held if not told.planned]
    if event.planned or not real:
        return
    dated = [
        said
        for said, told in real
        if told.event == event.event in ONCE
        and event.when
        and told.when
        and not event.when.agrees_with(told.when)
    ]
    if dated:
        yield Against("date", tuple(dated))
    if not any(_kinds_agree(event, told) for _said, told in real):
        yield Against("kind", tuple(said for said, _told in real)[:MOST_SHOWN])
    placed = event.when or PartialDate.parse_or_none(published)
    if event.event in STARTS and state in STILL:
        stops = [said for said, told in real if told.event in STOPS and not _after(placed, told)]
        if stops:
            yield Against("ended", tuple(stops[:MOST_SHOWN]))
    if event.event in STOPS and state not in STILL:
        starts = [said for said, told in real if told.event in STARTS]
        if starts:
            yield Against("in_force", tuple(starts[:MOST_SHOWN]))


def _after(placed: PartialDate | None, stop: TieEvent) -> bool:
    """Whether a word lies surely after a dated stop, as a new start would."""
    return bool(placed and stop.when and placed.earliest > stop.when.latest)


def _becomes(tie: Tie, event: TieEvent, held: Held, published: str) -> str:
    evidence = [_evidence(said, told) for said, told in held]
    evidence.append(Evidence("proposal", event, NEWS_TRUST, PartialDate.parse_or_none(published)))
    state = project(gather(evidence), parties=tie.parties.count()).state
    return "" if state == tie.state else str(state)


def _evidence(said: Statement, told: TieEvent) -> Evidence:
    spoken = PartialDate.parse_or_none(said.source.published)
    return Evidence(said.pk, told, said.source.trust, spoken)


def _tie_of(content: Content) -> Tie | None:
    """The public tie between exactly these places, under whatever id it stands."""
    rows = _rows(parties_of(TIE, content))
    if len(rows) < 2 or None in rows:
        return None
    wanted = {row.pk for row in rows if row is not None}
    first = next(iter(row for row in rows if row is not None))
    for tie in Tie.objects.public().of(first).with_parties():
        if {seat.municipality_id for seat in tie.parties.all()} == wanted:
            return tie
    return None


def _rows(parties: Iterable[Content]) -> set[Municipality | None]:
    return {_row(party) for party in parties}


def _row(party: Content) -> Municipality | None:
    """The living row of a party; none where the registry has not needed it yet."""
    try:
        return municipality_by_key(key_of(party))
    except Refusal:
        return None


def _supports(what: str, content: Content) -> tuple[Support, ...]:
    """Public reports between the same giver and receiver that may be about the same help."""
    giving, getting = SIDES[what]
    receiver, giver = content.get(f"{getting}_party"), content.get(f"{giving}_party")
    row = _row(receiver) if receiver else None
    given = _row(giver) if giver else None
    if row is None or given is None:
        return ()
    found = Support.objects.filter(receiver=row, giver=given).select_related("giver", "receiver")
    rebuilds = {True: ("reconstruction",), False: ("goods", "money", "general", "hosting")}
    kinds = rebuilds[what != AID]
    date = PartialDate.parse_or_none(content.get("date") or "")
    likely = found.filter(kind__in=kinds).order_by(bare_date("date").desc(), "public_id")
    return tuple(one for one in likely if _when_agrees(date, one))[:MOST_SHOWN]


def _when_agrees(date: PartialDate | None, row: Support) -> bool:
    held = PartialDate.parse_or_none(row.date)
    return date is None or held is None or date.agrees_with(held)


def _rejected(claim: str, besides: int | None) -> tuple[Proposal, ...]:
    """The same claim as it was rejected before, the last time first."""
    found = Proposal.objects.filter(claim=claim, state=Proposal.State.REJECTED)
    found = found.exclude(pk=besides or 0).select_related("document").order_by("-decided_at", "-pk")
    return tuple(found[:3])
