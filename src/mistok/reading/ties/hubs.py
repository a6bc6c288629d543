"""One party whose partners are told in the sentences after: "X has 14 partner cities. They are .."

The names come as a bare list, after words such as "among them", or one by one ("Y joined them").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mistok.reading.model import Party
from mistok.reading.ties.claims import Claim
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.pairing import Pairing
from mistok.reading.ties.scene import Scene

_REACH = 2
"""Sentences after the head in which its partners may be named."""
_BESIDE = 4
_RECENT = 8
"""Claims back of which one may be joined."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A clause that speaks of somebody's partners without naming them; `at` is its tie."""

    head: Clause
    at: int
    party: Party


def hub_of(clause: Clause, at: int, scene: Scene) -> Hub | None:
    """Whose partners a clause speaks of, where the names are still to come."""
    token = clause.tokens[at]
    if any(place.at > at and place.lead != "of" for place in clause.places):
        return None
    parties = {name_of(p.party): p.party for p in clause.places if p.part in ("party", "soft")}
    if len(parties) == 1 and (token.names_partner or clause.has("E")):
        return Hub(clause, at, *parties.values())
    pointed = clause.has("R", "city", "its") or clause.has("O")
    if parties or not pointed or not (token.names_partner or clause.has("E")):
        return None
    party, margin = scene.focus(clause.line.number, (), ())
    return Hub(clause, at, party) if party is not None and margin > 0 else None


def partners_after(hub: Hub, clause: Clause) -> list[Pairing]:
    """The partners of a hub that a clause after it names, if it does nothing but that."""
    far = clause.line.number - hub.head.line.number
    if far > _REACH or not clause.groups or _ties(clause) or clause.has("G"):
        return []
    group = [place for listed in clause.groups for place in listed]
    before = clause.tokens[: group[0].at]
    pointed = any(t.is_("R", "them", "both", "three") or t.tag == "T" for t in before)
    bare = group[0].at <= 1 and len(clause.groups[0]) > 1
    if not pointed and not (bare and far == 1 and hub.head.tokens[hub.at].names_partner):
        return []
    if any(t.tag == "P" or t.is_("W", "with", "from", "by") for t in before):
        return []
    kept = group if pointed else clause.groups[0]
    return [
        Pairing(hub.party, place.party, "hub")
        for place in kept
        if place.party.country != hub.party.country and place.lead not in ("from", "by")
    ]


def _ties(clause: Clause) -> bool:
    """Whether a clause speaks of a tie of its own ("the partners are" does not)."""
    return any(clause.tokens[n].form != "loose" for n in clause.find("T"))


def joined(clause: Clause, claims: Sequence[Claim], scene: Scene) -> list[Pairing]:
    """ "Y followed in April", "Y joined them": with the one whose partners were told last."""
    group = clause.groups[0] if len(clause.groups) == 1 else []
    if len(group) == 2 and _two_of_two(group):
        return [Pairing(group[0].party, group[1].party, "listed")]
    line = clause.line.number
    recent = [c for c in claims[-_RECENT:] if 0 <= line - c.line <= _REACH]
    if not group or not recent:
        return []
    names = {name_of(place.party) for place in group}
    pairs = [set(claim.pair) for claim in recent]
    shared = set.intersection(*pairs) - names
    parties = {name_of(p): p for claim in recent for p in (claim.a, claim.b)}
    if len(shared) == 1:
        hub = parties[shared.pop()]
    else:
        countries = {place.party.country for place in group}
        found, _ = scene.focus(line, names, countries)
        if found is None or name_of(found) not in shared:
            return []
        hub = found
    return [
        Pairing(hub, place.party, "hub") for place in group if place.party.country != hub.country
    ]


def _two_of_two(group: Sequence[Place]) -> bool:
    return group[0].party.country != group[1].party.country


def owner_of(clause: Clause, at: int, found: Sequence[Pairing]) -> tuple[int, Party] | None:
    """Whose twin towns a clause names: "X's sister cities", "twin towns of X"."""
    if not clause.tokens[at].names_partner:
        return None
    parties = [
        place.party
        for place in clause.places
        if place.bound == at or (0 < at - place.at <= _BESIDE and _plain(clause, place.at, at))
    ]
    told = [p for p in parties if any(p in (pair.a, pair.b) for pair in found)]
    return (clause.line.number, told[0]) if len(told) == 1 else None


def _plain(clause: Clause, one: int, other: int) -> bool:
    return all(token.tag in ("x", "X", "F", "C") for token in clause.tokens[one + 1 : other])
