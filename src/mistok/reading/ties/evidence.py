"""The words on which a claim rests, and the day that is told for it before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mistok.reading.ties.claims import Claim
from mistok.reading.ties.clauses import Clause, name_of
from mistok.reading.ties.cues import Line
from mistok.reading.ties.dating import date_of, dates_apart, lone_date
from mistok.reading.ties.events import Happening
from mistok.reading.ties.pairing import Pairing

FIRM = ("signed", "approved", "severed", "suspended")
"""Stages that happen on a day."""
DECIDED = ("approved", "severed", "suspended")
"""Stages that a council reaches by its decision."""
_TOP = 6
"""Lines from the top in which minutes tell the day of their meeting."""
_BACK = 2
"""Sentences before, of which parties or a day may be taken."""


def evidence_of(lines: Mapping[int, Line], clause: Clause, pairing: Pairing) -> tuple[int, int]:
    """The sentence; from the one that names the parties, where they come from before."""
    line = clause.line
    here = {name_of(place.party) for place in clause.places}
    missing = {name_of(party) for party in (pairing.a, pairing.b)} - here
    if not missing or line.role in ("title", "heading"):
        return line.start, line.end
    for number in range(line.number - 1, line.number - 1 - _BACK, -1):
        before = lines.get(number)
        if before is None or before.role in ("title", "heading"):
            break
        named = {name_of(t.mention.party) for t in before.tokens if t.mention is not None}
        if missing & named:
            return before.start, line.end
    return line.start, line.end


def sitting_of(clauses: Sequence[Clause]) -> str:
    """The day of the meeting whose minutes a document is ("Minutes of the meeting of 2 June")."""
    for clause in clauses:
        if clause.line.number > _TOP or clause.has("T"):
            continue
        if clause.has("M", "meeting") and not clause.has("M", "will", "vote", "next"):
            return lone_date(clause)
    return ""


def date_decisions(clause: Clause, claims: Sequence[Claim]) -> None:
    """ "The council voted on 14 May": the day of what was told just before as decided."""
    date = date_of(clause, clause.find("M", "decide")[0], "approved")
    for claim in claims if date else ():
        if claim.event in DECIDED and not claim.date:
            claim.date, claim.end = date, max(claim.end, clause.line.end)


def _day_before(told: Sequence[Clause], line: Line) -> str:
    """The day told just before in the paragraph ("On Sunday X had guests. .. They signed")."""
    for clause in reversed(told):
        far = line.number - clause.line.number > _BACK
        if far or clause.line.paragraph != line.paragraph:
            break
        if clause.line.number < line.number and clause.has("D"):
            return "" if clause.has("T") else lone_date(clause)
    return ""


def _day_ahead(told: Sequence[Clause], clause: Clause) -> str:
    """The day with which the sentence begins ("On 5 July A and B signed .., and C and D ..")."""
    first = next((c for c in told if c.line.number == clause.line.number), clause)
    days = first.find("D")
    if first is clause or not days or first.line is not clause.line:
        return ""
    verbs = [n for n, t in enumerate(first.tokens) if t.tag == "E" or t.is_verb]
    ahead = not verbs or days[0] < min((*verbs, *(p.at for p in first.places)))
    return date_of(first, days[0], "signed") if ahead else ""


def dates_of(
    clause: Clause,
    stage: Happening,
    pairing: Pairing,
    before: tuple[Clause | None, Sequence[Clause]],
) -> tuple[str, str]:
    """The date of the stage, and that of a signature that is still to come.

    `before` are the clause that leads to this one ("4 May.", "today at once:"), and those of the
    sentences before.
    """
    led, told = before
    event = stage.event
    title = clause.line.role == "title" and not stage.told
    date = date_of(clause, stage.at, "signed" if title else event, pairing.date)
    coming = ""
    if stage.planned and stage.verb >= 0:
        coming = date_of(clause, stage.verb, "signed", pairing.date)
        date = date if dates_apart(clause, stage.at, stage.verb) else ""
    if not date and led is not None and event != "active":
        date = date_of(led, 0, event) or date_of(led, 0, "active")
    if not date and event in FIRM and not clause.has("D"):
        date = _day_ahead(told, clause) or _day_before(told, clause.line)
    return date, coming


def by_both(clause: Clause, stage: Happening, pairing: Pairing) -> Happening:
    """ "A and B plan to become partners": both want it, so that they are about to agree."""
    if pairing.how not in ("listed", "they") or not stage.planned or stage.event != "proposed":
        return stage
    ends = [p.at for p in clause.places if p.party in (pairing.a, pairing.b)]
    after = clause.tokens[max(ends) + 1 : max(ends) + 3] if ends else ()
    firm = any(t.is_("M", "propose", "will", "wish") for t in after[:2])
    if not firm or stage.verb < 0 or stage.draft:
        return stage
    return replace(stage, event="negotiating")
