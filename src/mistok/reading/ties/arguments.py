"""Which parties a word for a tie speaks of: the groups of places in its clause, and who is meant.

Two groups give all pairs across ("Paris and Hamburg became Kyiv's sister cities"); one group gives
the pairs within it, or those with the city that the document speaks of.
"""

from collections.abc import Sequence
from itertools import combinations
from itertools import pairwise as pairwise_of

from mistok.reading.model import Party
from mistok.reading.ties.anchors import anchor_of, done_here
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.pairing import (
    MOST,
    Pairing,
    across,
    best_two,
    distinct,
    joint,
    own_dates,
    pairwise,
    parallel,
    same_place,
    star,
)
from mistok.reading.ties.scene import Scene

_OWN = 5
"""Words between a party and "its sister city" that stands beside it."""
_SAYING = ("be", "is", "since", "talk", "agree")


def pairings(clause: Clause, at: int, scene: Scene, subjects: Sequence[Place]) -> list[Pairing]:
    """The pairs of the tie named at a token; `subjects` are those of the clause before."""
    groups = [group for group in clause.groups if group]
    if bodies_act(clause, at):
        return []
    if not groups:
        return _without_places(clause, at, scene)
    zipped = pairwise(clause, groups)
    if zipped:
        return zipped
    if clause.stands_for("three"):
        together = joint(groups)
        if together:
            return together
    inside = _apposed(clause, at) or _between(clause, at, groups)
    if inside:
        return inside
    groups = parallel(clause, groups)
    if len(groups) > 2:
        groups = best_two(clause, at, groups)
    if len(groups) == 2 and not same_place(groups):
        return across(clause, groups)
    return _of_one_group(clause, at, scene, groups[0], subjects)


def _apposed(clause: Clause, at: int) -> list[Pairing]:
    """ "A sent buses to B, its sister city, and C gave ..": the tie is that of A and B."""
    before = clause.tokens[:at]
    if not clause.tokens[at].names_partner or len(before) < _OWN:
        return []
    comma = next((n for n in range(at - 1, max(-1, at - _OWN), -1) if before[n].tag == ","), -1)
    if comma < 1 or not any(t.is_("R", "its") for t in before[comma:]):
        return []
    told = [p for p in clause.places if p.at < comma and p.part in ("party", "soft")]
    near = told[-1] if told and comma - told[-1].at <= _OWN else None
    if near is None or any(p.at > comma and p.at < at + 3 for p in clause.places):
        return []
    others = [p for p in told if p.part == "party" and p.party.country != near.party.country]
    return [Pairing(others[0].party, near.party, "across")] if others else []


def _between(clause: Clause, at: int, groups: list[list[Place]]) -> list[Pairing]:
    """ "The agreement between A and B was signed during a visit to C": that of A and B."""
    pairs = [g for g in groups if g[0].lead == "between" and len(distinct(g)) == 2]
    if len(groups) < 2 or len(pairs) != 1 or pairs[0][0].at < at:
        return []
    a, b = distinct(pairs[0])
    home = a.country == b.country
    return [] if home else [Pairing(a, b, "listed")]


def bodies_act(clause: Clause, at: int) -> bool:
    """Whether ministries, universities or clubs are the parties, and no authority."""
    bodies = [n for n in clause.find("G") if n < at]
    if bodies:
        officials = [n for n in clause.find("O") if not _of_state(clause, n)]
        actors = [n for n in (*officials, *(p.at for p in clause.places)) if n < at]
        owned = [p.at for p in clause.places if p.part in ("org", "context")]
        if any(bodies[-1] < n for n in clause.find("M", "that")):
            return False
        return not [n for n in actors if n < bodies[0] and n not in owned]
    after = clause.tokens[at + 1 : at + 7]
    for n, token in enumerate(after):
        if token.tag == "G":
            return any(t.is_("W", "with", "between", "of") for t in after[:n])
        if token.tag in ("P", "O", "E", ",", "T"):
            return False
    return False


def _of_state(clause: Clause, n: int) -> bool:
    """Whether officials are those of a country ("Lithuania's government")."""
    return any(token.tag == "C" for token in clause.tokens[max(0, n - 2) : n])


def _of_one_group(
    clause: Clause, at: int, scene: Scene, group: list[Place], subjects: Sequence[Place]
) -> list[Pairing]:
    parties = distinct(group)[:MOST]
    if clause.stands_for("both") and len(parties) == 1 and clause.tokens[at].names_partner:
        joined = _with_both(clause, scene, parties[0])
        if joined:
            return joined
    anchor, margin, how = anchor_of(clause, at, scene, group, subjects)
    headed = _headed(clause, at, group)
    if anchor is None and headed:
        return []
    inside = anchor is None or _within(clause, at, scene, group, anchor)
    if len(parties) > 1 and inside and not headed:
        if len(parties) == 2:
            home = parties[0].country == parties[1].country
            return [Pairing(parties[0], parties[1], "listed_home" if home else "listed")]
        return star(group, parties)
    if anchor is None:
        return []
    dates = own_dates(clause, group)
    owned = {name_of(place.party): dates.get(place.at) for place in group}
    return [
        Pairing(anchor, party, how, owned[name_of(party)], (), margin)
        for party in parties
        if name_of(party) != name_of(anchor)
    ]


def _headed(clause: Clause, at: int, group: Sequence[Place]) -> bool:
    """ "Partner cities: A, B, C": partners of somebody who is not told, not of each other.

    "New twin cities: A and B" are two that became twins.
    """
    if len(group) == 2 and any(t.tag == "J" for t in clause.tokens[group[0].at : group[1].at]):
        return False
    after = range(at + 1, min(at + 4, len(clause.tokens)))
    colon = next((n for n in after if clause.tokens[n].tag == ":"), -1)
    partners = clause.tokens[at].names_partner
    return partners and colon > 0 and all(place.at > colon for place in group)


def _with_both(clause: Clause, scene: Scene, party: Party) -> list[Pairing]:
    """ "X is a partner city of both": with each of the two named before."""
    line = clause.line.number
    last = scene.last_told(line) or scene.last_named(line)
    if len(last) < 2 or name_of(party) in map(name_of, last):
        return []
    return [Pairing(other, party, "both") for other in last]


def _without_places(clause: Clause, at: int, scene: Scene) -> list[Pairing]:
    """Nobody is named: "the two cities", "the agreement" of those named before."""
    line = clause.line.number
    tie = clause.tokens[at]
    sure = clause.stands_for("both", "three") or _two_cities(clause)
    last = scene.last_told(line)
    how = "they" if sure else "follow"
    three = clause.stands_for("three")
    if three and len(last) != 3:
        last = scene.last_named(line, three=True)
    elif len(last) < 2 and sure and (clause.has("E") or clause.has("M", *_SAYING)):
        last = scene.last_named(line)
    acting = clause.has("R", "its", "city") or clause.has("O")
    if len(last) < 2 and sure and not three:
        last = scene.only_two(line) or scene.top_two(line, _told_countries(clause))
    if len(last) < 2 and tie.form == "role" and clause.has("R", "its"):
        last, how = scene.this_and_focus(line), "scene"
        return [Pairing(last[0], last[1], how)] if last else []
    if len(last) < 2 and acting and tie.form != "loose" and done_here(clause):
        last, how = scene.only_two(line), "scene"
    topic = scene.topic_pair(line)
    if topic:
        return [Pairing(topic[0], topic[1], "they")]
    if len(last) < 2 or not (sure or how == "scene" or done_here(clause)):
        return []
    if how == "follow" and (tie.names_partner or tie.form == "loose"):
        return []
    if len(last) == 3 and not three and tie.names_partner and clause.has("R", "its"):
        # "Both are its sister cities": two of one country, and whose they are.
        odd = [p for p in last if [q.country for q in last].count(p.country) == 1]
        if len(odd) == 1:
            return [Pairing(odd[0], p, how) for p in last if p is not odd[0]]
    parties = tuple(last) if len(last) > 2 else ()
    return [Pairing(a, b, how, None, parties) for a, b in combinations(last, 2)]


def _told_countries(clause: Clause) -> list[str]:
    """The countries of "the Danish municipality and the Ukrainian city", in order."""
    mentions = (token.mention for token in clause.tokens if token.is_("C", "nationality"))
    return [mention.party.country for mention in mentions if mention is not None]


def _two_cities(clause: Clause) -> bool:
    """ "The Danish municipality and the city in the south", "the Danish city .. the other one"."""
    cities = clause.find("R", "city")
    if len(cities) > 1 and len(set(_told_countries(clause))) > 1:
        return True
    return any(
        any(token.tag == "J" for token in clause.tokens[one:other])
        for one, other in pairwise_of(cities)
        if clause.tokens[one].end < clause.tokens[other].start
    )


def _are_partners(clause: Clause, at: int, group: list[Place]) -> bool:
    """ "A and B are sister cities", with nobody else of whom they would be."""
    between = clause.tokens[group[-1].at + 1 : at]
    if len(between) > 6 or any(t.is_("R", "its") for t in between):
        return False
    return any(t.is_("M", "be", "is") or t.is_("E", "become") for t in between)


def _within(clause: Clause, at: int, scene: Scene, group: list[Place], anchor: Party) -> bool:
    """Whether a list of two is a pair in itself, and not two partners of somebody else."""
    first = group[0]
    if first.lead == "between" or clause.stands_for("both"):
        return True
    countries = {place.party.country for place in group}
    if _are_partners(clause, at, group):
        return True
    if len(countries) == 1 or len(distinct(group)) > 2:
        return False
    tokens = clause.tokens
    before = tokens[max(0, first.at - 5) : first.at]
    if any(t.is_("R", "its") for t in before) or first.lead in ("with", "to"):
        return False
    if any(t.names_partner for t in before):
        return name_of(anchor) not in scene.titled
    return True
