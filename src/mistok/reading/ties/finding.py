"""From sentences to claims: every word for a tie with its parties, its stage and its date."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from mistok.reading.ties.arguments import pairings
from mistok.reading.ties.claims import Claim
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.cues import Line, Token
from mistok.reading.ties.cutting import clauses_of
from mistok.reading.ties.events import Happening, happening
from mistok.reading.ties.evidence import FIRM, dates_of, evidence_of
from mistok.reading.ties.hubs import Hub, hub_of, joined, partners_after
from mistok.reading.ties.loose import counts
from mistok.reading.ties.lists import claims_of_lists
from mistok.reading.ties.pairing import Pairing
from mistok.reading.ties.scene import Scene, scene_of
from mistok.reading.ties.traits import traits_of

MOST_TURNED = 12
TURNED = 3
"""Sentences back in which "the motion" is looked for."""
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

    def read(self, clauses: Sequence[Clause]) -> None:
        """Take what the clauses of one sentence say."""
        self.told = (self.told + list(clauses))[-8:]
        subjects: list[Place] = []
        self._lead(clauses)
        for clause in clauses:
            if self.hub is not None:
                self._after_hub(clause)
            if self.joint is not None:
                self._after_joint(clause)
            ties = [n for n in clause.find("T") if counts(clause, n)]
            if ties:
                self._ties(clause, ties, subjects)
            elif clause.has("R", "same", "joins"):
                self._same(clause, subjects)
            elif clause.has("M", "reject") and not clause.places:
                self._turned_down(clause)
            elif clause.has("E") and not clause.places:
                self._follow(clause)
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
            if not found or found[0].how == "implied":
                self._maybe_hub(clause, at)
            if not found:
                if token.sub != "unknown" and not clause.has("G"):
                    self.unmet = (clause.line.number, token.sub)
            stage = happening(clause, at)
            if not (stage.event or stage.told):
                continue
            for pairing in found:
                self._add(clause, at, stage, pairing)
            if found:
                parties = {name_of(p): p for pair in found for p in (pair.a, pair.b)}
                joint = tuple(parties.values()) if len(found) == 1 or found[0].parties else ()
                self.scene.told(clause.line.number, joint or (found[0].a, found[0].b))

    def _add(self, clause: Clause, at: int, stage: Happening, pairing: Pairing) -> Claim | None:
        token = clause.tokens[at]
        follows = pairing.how == "follow"
        if len(self.claims) >= MOST or (follows and not self._goes_on(clause, at, stage, pairing)):
            return None
        stage = _by_both(clause, stage, pairing)
        start, end = evidence_of(self.lines, clause, pairing)
        date, coming = dates_of(clause, stage, pairing, (self.led, self.told))
        claim = Claim(
            a=pairing.a,
            b=pairing.b,
            kind=self._kind(clause, token),
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

    def _goes_on(self, clause: Clause, at: int, stage: Happening, pairing: Pairing) -> bool:
        """Whether a clause that names nobody goes on about the pair told last."""
        firm = stage.event in ("negotiating", *FIRM)
        if not (firm and stage.told) or clause.has("G"):
            return False
        return self._same_paper(clause.tokens[at], pairing)

    def _turned_down(self, clause: Clause) -> None:
        """ "The motion was rejected": what was proposed just before is no tie."""
        for claim in self.claims[-MOST_TURNED:]:
            near = 0 <= clause.line.number - claim.line <= TURNED
            claim.rejected |= near and claim.planned and claim.event != "active"

    def _same(self, clause: Clause, subjects: Sequence[Place]) -> None:
        """ "X did the same with Y": what was said last is said of them."""
        last = self.claims[-1] if self.claims else None
        if last is None or clause.line.number - last.line > 2 or not clause.groups:
            return
        at = clause.find("R", "same", "joins")[0]
        event = "signed" if last.event == "active" else last.event
        stage = Happening(event, at, planned=last.planned)
        found = joined(clause, self.claims, self.scene)
        if len(clause.groups) == 2:
            found = pairings(clause, at, self.scene, subjects)
        for pairing in found:
            claim = self._add(clause, stage.at, stage, pairing)
            if claim is not None:
                claim.kind, claim.form = last.kind, last.form

    def _kind(self, clause: Clause, token: Token) -> str:
        """The label; "the agreement" is that which was spoken of just before without parties."""
        unmet = self.unmet
        if (
            token.sub == "unknown"
            and token.form == "paper"
            and unmet
            and 0 <= clause.line.number - unmet[0] <= 1
        ):
            return unmet[1]
        return token.sub

    def _same_paper(self, token: Token, pairing: Pairing) -> bool:
        """Whether "the agreement" can be that of the pair told last."""
        pair = {name_of(pairing.a), name_of(pairing.b)}
        told = [claim for claim in self.claims[-40:] if set(claim.pair) == pair]
        kinds = {claim.kind for claim in told}
        return token.tag != "T" or token.sub == "unknown" or token.sub in kinds

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


def _by_both(clause: Clause, stage: Happening, pairing: Pairing) -> Happening:
    """ "A and B plan to become partners": both want it, so that they are about to agree."""
    if pairing.how not in ("listed", "they") or not stage.planned or stage.event != "proposed":
        return stage
    ends = [p.at for p in clause.places if p.party in (pairing.a, pairing.b)]
    after = clause.tokens[max(ends) + 1 : max(ends) + 3] if ends else ()
    firm = any(t.is_("M", "propose", "will", "wish") for t in after[:2])
    if not firm or stage.verb < 0 or stage.draft:
        return stage
    return replace(stage, event="negotiating")


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
