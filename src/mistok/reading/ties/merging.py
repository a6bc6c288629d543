"""All claims about a pair become one fact, or two where the text speaks of two instruments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mistok.reading.model import TIE_KINDS, Stage, TieFact
from mistok.reading.ties.claims import Claim
from mistok.reading.ties.confidence import confidence_of

_STAGE = {"proposed": 1, "negotiating": 2, "approved": 3, "signed": 4}
_LAST = ("severed", "suspended")
_PAPERS = ("memorandum", "cooperation")
_STATUS = ("solidarity", "twinning", "partner", "friendship")
_NEAR = 0.6
_SUPPLIED = frozenset(("implied", "scene"))
"""How a party was found that the sentence does not name."""
THRESHOLD = 0.35
"""Confidence under which a fact is not proposed."""


def facts_of(claims: Iterable[Claim]) -> tuple[TieFact, ...]:
    """Give the facts of a document, in the order in which the text tells them."""
    facts = []
    for instrument, best in candidates_of(claims):
        confidence = confidence_of(instrument, best)
        if confidence >= THRESHOLD:
            facts.append(_fact(instrument, best, confidence))
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end, fact.b.name)))


def candidates_of(claims: Iterable[Claim]) -> Iterator[tuple[list[Claim], Claim]]:
    """All instruments that claims speak of, sure or not: their claims, and the best of these."""
    pairs: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        pairs.setdefault(claim.pair, []).append(claim)
    spokes = _spokes(pairs)
    for pair, told in pairs.items():
        if not _stands(told) or _faint(told) or (_guessed(told) and _share(pair, spokes)):
            continue
        for instrument in _instruments(told):
            named = [c for c in instrument if c.event]
            if named:
                event = _event_of(named)
                alike = [c for c in named if c.event == event] or named
                yield instrument, _best(alike)


def _guessed(claims: Sequence[Claim]) -> bool:
    """Whether one party of a pair was only supplied, since its sentence names the other alone."""
    return all(claim.how in _SUPPLIED for claim in claims)


def _spokes(pairs: Mapping[tuple[str, str], Sequence[Claim]]) -> dict[str, set[str]]:
    """With whom each party is tied in so many words."""
    spokes: dict[str, set[str]] = {}
    for (one, other), claims in pairs.items():
        if not _guessed(claims):
            spokes.setdefault(one, set()).add(other)
            spokes.setdefault(other, set()).add(one)
    return spokes


def _share(pair: tuple[str, str], spokes: Mapping[str, set[str]]) -> bool:
    """Whether both are partners of the same third: it is that one's tie which is spoken of."""
    one, other = pair
    return bool(spokes.get(one, set()) & spokes.get(other, set()))


def _faint(claims: Sequence[Claim]) -> bool:
    """Whether a pair only stands beside a word such as "agreement" or "ties"."""
    named = [c for c in claims if c.form != "follow"]
    home = all(c.how in ("home", "listed_home") for c in named)
    if home and all(c.features.get("gap", 0.0) > _NEAR for c in named):
        return True
    return all(c.kind == "unknown" and not c.told for c in claims)


def _stands(claims: Sequence[Claim]) -> bool:
    """Whether anything is left of a pair whose tie was turned down or denied."""
    held = [c for c in claims if c.event in ("signed", "active", *_LAST) and c.told]
    if any(c.rejected or c.denied for c in claims):
        return bool(held)
    return any(c.event for c in claims)


def _instruments(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Split claims of an old status and a new paper, or of a paper and a status to come."""
    papers = [c for c in claims if c.kind in _PAPERS and c.event and c.told]
    status = [c for c in claims if c.kind in _STATUS and c.event and (c.told or c.planned)]
    if not papers or not status:
        return [list(claims)]
    if _apart(papers, status):
        first = [c for c in claims if c.kind not in _PAPERS and c.form != "follow"]
        second = [c for c in claims if c not in first]
        return [first, second]
    return [list(claims)]


def _apart(papers: Sequence[Claim], status: Sequence[Claim]) -> bool:
    old = all(c.event == "active" for c in status)
    fresh = any(c.event in _STAGE for c in papers)
    if old and fresh:
        return any(c.form in ("role", "verb") or c.date for c in status)
    coming = all(c.event in ("proposed", "negotiating") for c in status if c.told or c.planned)
    coming = coming and any(c.planned for c in status)
    there = any(c.event in ("signed", "active") and c.told for c in papers)
    return coming and there


def _fact(claims: Sequence[Claim], best: Claim, confidence: float) -> TieFact:
    named = [c for c in claims if c.event]
    event, date = _event_of(named), _date_of(best, named)
    return TieFact(
        a=best.a,
        b=best.b,
        kind=_kind_of(claims),
        event=event,
        date=date,
        start=best.start,
        end=best.end,
        confidence=confidence,
        parties=best.parties,
        history=_history(named, event, date),
        label=best.label,
    )


def _kind_of(claims: Sequence[Claim]) -> str:
    """The label that wins, of those that were said with a stage; else of all."""
    named = [c for c in claims if c.form != "follow"]
    firm = [c for c in named if c.told or c.how not in ("they", "scene")] or named or list(claims)
    return min((c.kind for c in firm), key=TIE_KINDS.index)


def _event_of(claims: Sequence[Claim]) -> str:
    """The latest stage; an end counts unless something later was signed."""
    told = [c for c in claims if c.told] or list(claims)
    events = {c.event for c in told}
    for event in _LAST:
        if event in events and not _revived(told, event):
            return event
    stages = sorted((e for e in events if e in _STAGE), key=lambda e: _STAGE[e])
    if not stages:
        return "active"
    if stages[-1] == "proposed" and any(c.event == "active" and c.date for c in told):
        return "active"
    if stages[-1] == "negotiating" and any(c.draft for c in claims):
        return "proposed"
    return stages[-1]


def _revived(claims: Sequence[Claim], event: str) -> bool:
    """Whether a signature is later than the end."""
    ends = [c.date for c in claims if c.event == event and c.date]
    signed = [c.date for c in claims if c.event == "signed" and c.date]
    return bool(ends and signed) and max(signed) > max(ends)


def _best(claims: Sequence[Claim]) -> Claim:
    """The claim whose sentence is the evidence: in the body, both named, with a date."""

    def order(claim: Claim) -> tuple[bool, bool, bool, bool, int]:
        named = claim.how in ("across", "listed", "home", "listed_home", "joint", "list")
        return (not claim.told, claim.role != "body", not claim.date, not named, claim.line)

    return min(claims, key=order)


def _date_of(best: Claim, named: Sequence[Claim]) -> str:
    """The date of the stage: from its sentence, from another that tells it, from the headline."""
    if best.date:
        return best.date
    alike = [c for c in named if c.event == best.event]
    if best.event in ("signed", "approved", "severed", "suspended"):
        alike += [c for c in named if c.role == "title" and not c.told]
    return next((c.date for c in alike if c.date), "")


def _history(claims: Sequence[Claim], event: str, date: str) -> tuple[Stage, ...]:
    """Earlier stages, and such as are still planned, for another day than that of the stage."""
    stages: dict[tuple[str, bool], Stage] = {}
    for claim in claims:
        if claim.planned and event != "signed" and claim.coming not in ("", date):
            stages[("signed", True)] = Stage("signed", claim.coming, True, claim.start, claim.end)
        if claim.event in (event, "active") or not claim.told:
            continue
        found = Stage(claim.event, claim.date, False, claim.start, claim.end)
        known = stages.get((claim.event, False))
        if known is None or (claim.date and not known.date):
            stages[(claim.event, False)] = found
    return tuple(stages.values())
