"""From sentences to claims: every word for a tie with its parties, its stage and its date."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from mistok.reading.ties.arguments import pairings
from mistok.reading.ties.claims import Claim
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.cues import Line
from mistok.reading.ties.cutting import clauses_of, elliptic
from mistok.reading.ties.events import Happening, happening
from mistok.reading.ties.evidence import (
    DECIDED,
    by_both,
    date_decisions,
    dates_of,
    evidence_of,
    sitting_of,
)
from mistok.reading.ties.hubs import Hub, hub_of, joined, owner_of, partners_after
from mistok.reading.ties.lists import claims_of_lists
from mistok.reading.ties.loose import counts
from mistok.reading.ties.pairing import Pairing
from mistok.reading.ties.resuming import MOST_TURNED, goes_on, kind_of, turn_down
from mistok.reading.ties.scene import Scene, scene_of
from mistok.reading.ties.traits import traits_of

_FEW = 4
"""Words of its own that a sentence has which only says that it was decided."""
MOST = 2_000
"""Claims that one document can give."""


@dataclass(slots=True)
class _Finder:
    """Goes through a document line by line."""

    scene: Scene
    lines: dict[int, Line]
    claims: list[Claim] = field(default_factory=list)
    hub: Hub | None = None
    led: Clause | None = None
    unmet: tuple[int, str] | None = None
    told: list[Clause] = field(default_factory=list)
    joint: tuple[Clause, int] | None = None
    sitting: str = ""

    def read(self, clauses: Sequence[Clause]) -> None:
        """Take what the clauses of one sentence say."""
        self.told = (self.told + list(clauses))[-8:]
        subjects: list[Place] = []
        self._lead(clauses)
        self.sitting = self.sitting or sitting_of(clauses)
        for clause in clauses:
            if self.hub is not None:
                self._after_hub(clause)
            if self.joint is not None:
                self._after_joint(clause)
            ties = [n for n in clause.find("T") if counts(clause, n)]
            if ties:
                self._ties(clause, ties, subjects)
            elif clause.has("R", "same", "joins") or elliptic(clause.tokens):
                self._same(clause, subjects)
            elif clause.has("M", "reject") and not clause.places:
                turn_down(clause, self.claims)
            elif clause.has("E") and not clause.places:
                self._follow(clause)
            elif clause.has("M", "decide") and not clause.places:
                self._decided(clause)
            if clause.groups:
                subjects = clause.groups[0]
            if clause.ends == ":":
                self.led = clause

    def _lead(self, clauses: Sequence[Clause]) -> None:
        """A date that stands alone before ("4 May.") is that of what follows in its paragraph."""
        line = clauses[0].line if clauses else None
        if line is None or self.led is None or self.led.line.paragraph != line.paragraph:
            self.led = None
        if line is not None and len(line.tokens) < 5 and line.has("D") and not line.has("T"):
            self.led = clauses[0]
        elif self.led is not None and self.led.line.number != clauses[0].line.number:
            keeps = len(self.led.line.tokens) < 5
            self.led = self.led if keeps else None

    def _ties(self, clause: Clause, ties: list[int], subjects: Sequence[Place]) -> None:
        known = any(clause.tokens[n].sub != "unknown" for n in ties)
        for at in ties:
            token = clause.tokens[at]
            if token.sub == "unknown" and known and len(ties) > 1:
                continue
            found = pairings(clause, at, self.scene, subjects)
            if not found or found[0].how in ("implied", "pointed"):
                self._maybe_hub(clause, at)
            if not found and token.sub != "unknown" and not clause.has("G"):
                self.unmet = (clause.line.number, token.sub)
            stage = happening(clause, at)
            if not (stage.event or stage.told):
                continue
            for pairing in found:
                self._add(clause, at, stage, pairing)
            if found:
                parties = {name_of(p): p for pair in found for p in (pair.a, pair.b)}
                joint = tuple(parties.values()) if len(found) == 1 or found[0].parties else ()
                self.scene.hub = owner_of(clause, at, found) or self.scene.hub
                self.scene.told(clause.line.number, joint or (found[0].a, found[0].b))

    def _add(self, clause: Clause, at: int, stage: Happening, pairing: Pairing) -> Claim | None:
        token = clause.tokens[at]
        follows = pairing.how == "follow"
        if len(self.claims) >= MOST or (
            follows and not goes_on(clause, at, stage, pairing, self.claims)
        ):
            return None
        stage = by_both(clause, stage, pairing)
        start, end = evidence_of(self.lines, clause, pairing)
        date, coming = dates_of(clause, stage, pairing, (self.led, self.told))
        if not date and stage.event in DECIDED and stage.told and not clause.has("D"):
            date = self.sitting
        claim = Claim(
            a=pairing.a,
            b=pairing.b,
            kind=kind_of(clause, token, self.claims, self.unmet),
            form="follow" if follows else token.form,
            event=stage.event,
            line=clause.line.number,
            start=start,
            end=end,
            date=date,
            planned=stage.planned,
            rejected=stage.rejected,
            denied=stage.denied,
            told=stage.told,
            how=pairing.how,
            role=clause.line.role,
            parties=pairing.parties,
            coming=coming,
            draft=stage.draft,
            features=traits_of(clause, at, (pairing.a, pairing.b), pairing.how, pairing.margin),
        )
        self.claims.append(claim)
        return claim

    def _decided(self, clause: Clause) -> None:
        """ "The council has decided so on 8 April": what was planned just before is approved."""
        others = sum(token.tag in ("x", "X", "E") for token in clause.tokens)
        if others > _FEW or clause.has("M", "propose", "wish", "vote", "neg", "will", "cond"):
            return
        at = clause.find("M", "decide")[0]
        stage = Happening("approved", at)
        near = [c for c in self.claims[-MOST_TURNED:] if clause.line.number - c.line in (0, 1)]
        date_decisions(clause, near)
        planned = [c for c in near if c.planned and c.event in ("proposed", "negotiating")]
        for claim in planned if clause.has("O") else ():
            added = self._add(clause, at, stage, Pairing(claim.a, claim.b, "follow"))
            if added is not None:
                added.kind = claim.kind

    def _same(self, clause: Clause, subjects: Sequence[Place]) -> None:
        """ "X did the same with Y": what was said last is said of them."""
        last = self.claims[-1] if self.claims else None
        if last is None or clause.line.number - last.line > 2 or not clause.groups:
            return
        at = next(iter(clause.find("R", "same", "joins")), 0)
        goes_on = last.event != "active" or elliptic(clause.tokens)
        event = last.event if goes_on else "signed"
        stage = Happening(event, at, planned=last.planned)
        found = joined(clause, self.claims, self.scene)
        if len(clause.groups) == 2:
            found = pairings(clause, at, self.scene, subjects)
        for pairing in found:
            claim = self._add(clause, stage.at, stage, pairing)
            if claim is not None:
                claim.kind, claim.form = last.kind, last.form

    def _follow(self, clause: Clause) -> None:
        """ "They signed it on 5 May": of those named last."""
        last = self.scene.last_told(clause.line.number)
        about = clause.has("R", "paper")
        if len(last) < 2 or not about or not self.claims:
            return
        verbs = [n for n in clause.find("E", "sign") if clause.tokens[n].form in ("done", "fut")]
        recent = [c for c in self.claims[-12:] if clause.line.number - c.line <= 2]
        if not verbs or not recent:
            return
        stage = happening(clause, verbs[0])
        for claim in {c.pair: c for c in recent}.values():
            if {name_of(claim.a), name_of(claim.b)} <= set(map(name_of, last)):
                pairing = Pairing(claim.a, claim.b, "follow")
                added = self._add(clause, verbs[0], stage, pairing)
                if added is not None:
                    added.kind = claim.kind

    def _maybe_hub(self, clause: Clause, at: int) -> None:
        """ "X gets aid from seven sister cities!": their names may open the next sentence."""
        parties = {name_of(place.party) for place in clause.places if place.part == "party"}
        if clause.stands_for("three") and not parties:
            self.joint = (clause, at)
        self.hub = hub_of(clause, at, self.scene) or self.hub

    def _after_joint(self, clause: Clause) -> None:
        """ "A trilateral memorandum was signed." - and its three parties in the next sentence."""
        assert self.joint is not None  # noqa: S101 - the caller looked
        head, at = self.joint
        if clause is head:
            return
        self.joint = None
        parties = {name_of(p.party): p.party for g in clause.groups for p in g}
        if len(parties) == 3 and clause.line.number - head.line.number == 1:
            stage = happening(head, at)
            three = tuple(parties.values())
            for a, b in combinations(three, 2):
                claim = self._add(head, at, stage, Pairing(a, b, "joint", None, three))
                if claim is not None:
                    claim.end = clause.line.end

    def _after_hub(self, clause: Clause) -> None:
        hub = self.hub
        if hub is None or clause is hub.head:
            return
        found = partners_after(hub, clause)
        if not found and (clause.line.number > hub.head.line.number + 1 or clause.has("T")):
            self.hub = None
        stage = happening(hub.head, hub.at)
        for pairing in found:
            claim = self._add(hub.head, hub.at, stage, pairing)
            if claim is not None:
                claim.end = max(claim.end, clause.line.end)


def _doubted(lines: Sequence[Line]) -> bool:
    """Whether the document is about false reports."""
    doubts = sum(line.has("M", "doubt") for line in lines)
    return doubts > 2 or any(line.has("M", "doubt") for line in lines[:2] if line.role == "title")


def claims_of(lines: Sequence[Line], lang: str) -> list[Claim]:
    """All claims of a document, in the order of its sentences."""
    if not any(line.has("T") for line in lines) or _doubted(lines):
        return []
    parts = {line.number: clauses_of(line) for line in lines}
    scene = scene_of(lines, parts, lang)
    finder = _Finder(scene, {line.number: line for line in lines})
    for line in lines:
        finder.read(parts[line.number])
    ordered = [parts[line.number] for line in lines]
    told = {c.line for c in finder.claims if c.told and c.how in ("across", "listed", "joint")}
    return finder.claims + claims_of_lists(ordered, scene, told)
