"""The party that a clause does not name: whose "sister city", who signed "with X"."""

from collections.abc import Sequence

from mistok.reading.model import Party
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.cues import Token
from mistok.reading.ties.pairing import distinct
from mistok.reading.ties.scene import Scene


def done_here(clause: Clause) -> bool:
    """Whether a clause tells of something done."""
    return any(clause.tokens[n].form in ("done", "fut") for n in clause.find("E"))


def anchor_of(
    clause: Clause, at: int, scene: Scene, group: list[Place], subjects: Sequence[Place]
) -> tuple[Party | None, float, str]:
    """The party that is not named in the clause, with a margin and the rule that found it."""
    names = {name_of(place.party) for place in group}
    countries = {place.party.country for place in group}
    if not _hangs(clause, at, group):
        return (*_other(clause, at, scene, group), "other")
    for place in subjects:
        if name_of(place.party) not in names and place.party.country not in countries:
            return place.party, 3.0, "subject"
    hub = scene.hub_before(clause.line.number)
    if hub is not None and clause.tokens[at].names_partner and _too(clause, at):
        known = name_of(hub) in names or hub.country in countries
        if not known:
            return hub, 2.0, "pointed"
    pointed = clause.has("R", "its", "city") or clause.has("O")
    if len(countries) > 1:
        countries = set()
    party, margin = scene.focus(
        clause.line.number, names, countries, _asked(clause, group), _levels(clause)
    )
    if clause.line.tokens[0].is_("R", "its") and not clause.line.tokens[0].form:
        before = scene.subject(clause.line.number - 1, names, countries)
        party, margin = (before, 2.0) if before is not None else (party, margin)
    return party, margin, "pointed" if pointed else "implied"


def _too(clause: Clause, at: int) -> bool:
    """ "Kyiv is a sister city too": one more of the one whose they are."""
    return any(t.is_("M", "be", "is") or t.is_("E", "become") for t in clause.tokens[:at])


def _other(clause: Clause, at: int, scene: Scene, group: list[Place]) -> tuple[Party | None, float]:
    """ "He and the mayor of X signed a memorandum": the other of the two spoken of."""
    acting = clause.has("R", "its", "city") or _officials(clause, group[0].at)
    if len(distinct(group)) > 1 or not acting or not done_here(clause):
        return None, 0.0
    if clause.tokens[at].form not in ("paper", "state") or clause.has("G"):
        return None, 0.0
    line = clause.line.number
    name = name_of(group[0].party)
    for pair in (scene.last_told(line), scene.last_named(line), scene.only_two(line)):
        if len(pair) == 2 and name in map(name_of, pair):
            return next(p for p in pair if name_of(p) != name), 1.0
    if _officials(clause, group[0].at):
        return scene.focus(line, {name}, {group[0].party.country})
    return None, 0.0


def _officials(clause: Clause, at: int) -> bool:
    """Whether "the mayor and" stands before a place: somebody signs with it."""
    for n in range(max(0, at - 8), at):
        if clause.tokens[n].tag == "J":
            return any(t.tag == "O" or t.is_("R", "city", "its") for t in clause.tokens[:n])
    return False


def _levels(clause: Clause) -> frozenset[str]:
    """The level of "the district", "the region": who it may be."""
    return frozenset(level for t in clause.tokens if t.tag == "R" for level in t.form.split())


def _asked(clause: Clause, group: list[Place]) -> str:
    """The country of "the Ukrainian city" when no place of it is named in the clause."""
    countries = {place.party.country for place in group}
    for n, token in enumerate(clause.tokens):
        if token.tag == "C" and token.sub == "nationality" and token.mention is not None:
            country = token.mention.party.country
            after = clause.tokens[n + 1 : n + 2]
            if country not in countries and after and after[0].tag in ("F", "T"):
                return country
    return ""


def _hangs(clause: Clause, at: int, group: list[Place]) -> bool:
    """Whether the tie is that of the group with somebody who is not named."""
    tie = clause.tokens[at]
    if clause.has("G") and group[0].lead not in ("with",) and not tie.names_partner:
        return False
    if any(place.part == "org" for place in clause.places):
        return False
    first, last = group[0], group[-1]
    low, high = sorted((at, first.at if first.at > at else last.at))
    between = clause.tokens[low + 1 : high]
    if first.at > at:
        return _complement(first, between)
    return _possessor(clause, last, between, at)


def _complement(first: Place, between: Sequence[Token]) -> bool:
    """ "agreement with X", "sister city X", "sister cities: X and Y"."""
    if first.lead == "of":
        return all(t.tag in ("W", "F", "C") for t in between)
    if first.lead in ("with", "between", "to"):
        return len(between) < 14
    if first.lead in ("as", "by", "from"):
        return False
    stop = sum(t.tag in ("x", "X", "E", "M") for t in between)
    return stop <= 3


def _possessor(clause: Clause, last: Place, between: Sequence[Token], at: int) -> bool:
    """ "X's sister city", "X is a sister city", "with X the city signed an agreement"."""
    if last.lead in ("with", "between", "to"):
        return True
    if last.lead == "as":
        return False
    if any(t.tag == "," for t in between[:1]) and any(t.is_("W", "with") for t in between[1:4]):
        return True
    if clause.tokens[at].names_partner:
        loose = sum(t.tag in ("x", "X") for t in between)
        return loose <= 1 and not any(t.tag in ("W", "O", "G") for t in between)
    after = clause.tokens[at + 1 : at + 7]
    return any(t.is_("W", "with", "to") for t in after) and any(t.is_("R", "city") for t in after)
