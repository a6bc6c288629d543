"""Which parties a word for a tie speaks of: the groups of places in its clause, and who is meant.

Two groups give all pairs across ("Paris and Hamburg became Kyiv's sister cities"); one group gives
the pairs within it, or those with the city that the document speaks of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from mistok.reading.model import DateMention, Party
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.cues import Token
from mistok.reading.ties.scene import Scene

MOST = 400
"""Pairs that one clause can give."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pair that a clause speaks of; `how` names the rule, `date` is the pair's own."""

    a: Party
    b: Party
    how: str
    date: DateMention | None = None
    parties: tuple[Party, ...] = ()
    margin: float = 0.0


def pairings(clause: Clause, at: int, scene: Scene, subjects: Sequence[Place]) -> list[Pairing]:
    """The pairs of the tie named at a token; `subjects` are those of the clause before."""
    groups = [group for group in clause.groups if group]
    if bodies_act(clause, at):
        return []
    if not groups:
        return _without_places(clause, at, scene)
    if clause.stands_for("three"):
        joint = _joint(groups)
        if joint:
            return joint
    zipped = _pairwise(clause, groups)
    if zipped:
        return zipped
    groups = _parallel(clause, groups)
    if len(groups) > 2:
        groups = _best_two(clause, at, groups)
    if len(groups) == 2 and not _same(groups):
        return _across(clause, groups)
    return _of_one_group(clause, at, scene, groups[0], subjects)


def bodies_act(clause: Clause, at: int) -> bool:
    """Whether ministries, universities or clubs are the parties, and no authority."""
    bodies = [n for n in clause.find("G") if n < at]
    if bodies:
        officials = [n for n in clause.find("O") if not _of_state(clause, n)]
        actors = [n for n in (*officials, *(p.at for p in clause.places)) if n < at]
        owned = [p.at for p in clause.places if p.part in ("org", "context")]
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


def _pairwise(clause: Clause, groups: list[list[Place]]) -> list[Pairing]:
    """ "A and B with C and D respectively"; "A has twinned with B, C with D and E with F"."""
    if clause.has("R", "pairwise") and len(groups) == 2 and len(groups[0]) == len(groups[1]):
        pairs = list(zip(*groups, strict=True))
    else:
        places = [place for group in groups for place in group]
        leads = [place.lead == "with" for place in places]
        if len(places) < 4 or leads != [False, True] * (len(places) // 2):
            return []
        pairs = list(zip(places[::2], places[1::2], strict=True))
    dates = _own_dates(clause, [place for pair in pairs for place in pair])
    return [
        Pairing(a.party, b.party, "across", dates.get(b.at))
        for a, b in pairs[:MOST]
        if name_of(a.party) != name_of(b.party)
    ]


def _parallel(clause: Clause, groups: list[list[Place]]) -> list[list[Place]]:
    """ "With A it has twinned, with B it has signed": all of them partners of somebody else."""
    if len(groups) == 2 and all(group[0].lead == "with" for group in groups):
        return [groups[0] + groups[1]]
    return groups


def _same(groups: list[list[Place]]) -> bool:
    names = [{name_of(p.party) for p in group} for group in groups]
    return names[0] == names[1] and len(names[0]) == 1


def _joint(groups: list[list[Place]]) -> list[Pairing]:
    """All pairs of three or more parties to one instrument."""
    parties = _distinct(place for group in groups for place in group)
    if not 2 < len(parties) < 8:
        return []
    return [Pairing(a, b, "joint", None, parties) for a, b in combinations(parties, 2)]


def _distinct(places: object) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for place in places:  # type: ignore[attr-defined]
        found.setdefault(name_of(place.party), place.party)
    return tuple(found.values())


def _across(clause: Clause, groups: list[list[Place]]) -> list[Pairing]:
    """Every place of one group with every place of the other."""
    dates = _own_dates(clause, groups[0] + groups[1])
    found = []
    linked = groups[1][0].lead in ("with", "between", "of", "to") or groups[0][0].lead == "between"
    for one, other in list(product(*groups))[:MOST]:
        if name_of(one.party) == name_of(other.party):
            continue
        home = one.party.country == other.party.country
        if home and not linked and min(map(len, groups)) > 1:
            continue
        how = "home" if home else "across"
        found.append(Pairing(one.party, other.party, how, dates.get(other.at, dates.get(one.at))))
    return found


def _own_dates(clause: Clause, places: Sequence[Place]) -> dict[int, DateMention]:
    """Dates that stand beside single places of a list, when at least two of them have one."""
    dates: dict[int, DateMention] = {}
    ordered = sorted(place.at for place in places)
    before = _dates_before(clause, ordered)
    if before:
        return before
    for at, after in zip(ordered, [*ordered[1:], len(clause.tokens)], strict=True):
        for n in range(at + 1, min(after, at + 7)):
            token = clause.tokens[n]
            if token.date is not None:
                dates[at] = token.date
                break
            if token.tag == "T":
                break
    return dates if len(dates) > 1 else {}


def _dates_before(clause: Clause, ordered: list[int]) -> dict[int, DateMention]:
    """Dates right before each place of a list ("since 1973 with A and since 1999 with B")."""
    dates: dict[int, DateMention] = {}
    ends = [0, *ordered]
    for previous, at in zip(ends, ordered, strict=False):
        for n in range(at - 1, max(previous, at - 5), -1):
            token = clause.tokens[n]
            if token.date is not None:
                dates[at] = token.date
                break
            if token.tag in (",", "T", "E"):
                break
    return dates if len(dates) > 1 else {}


def _best_two(clause: Clause, at: int, groups: list[list[Place]]) -> list[list[Place]]:
    """Of three and more groups, the two that the tie most likely joins."""
    best: tuple[float, int, int] | None = None
    for one, other in combinations(range(min(len(groups), 12)), 2):
        score = _affinity(clause, at, groups[one], groups[other])
        if best is None or score > best[0]:
            best = (score, one, other)
    assert best is not None  # noqa: S101 - there are three groups
    first, second = groups[best[1]], list(groups[best[2]])
    for group in groups[best[2] + 1 :]:
        alike = group[0].lead == second[0].lead != "" and group[0].lead in ("with", "to", "between")
        if alike and group[0].party.country != first[0].party.country:
            second += group
    return [first, second]


def _affinity(clause: Clause, at: int, one: list[Place], other: list[Place]) -> float:
    home = one[0].party.country == other[0].party.country
    score = -3.0 * home - 3.0 * (name_of(one[0].party) == name_of(other[0].party))
    for group in (one, other):
        score -= 0.25 * min(abs(place.at - at) for place in group)
        score += 1.0 * (group[0].before == "T") + 0.8 * (group[0].lead in ("with", "between"))
        score -= 1.5 * (group[0].part == "soft")
        score -= 3.0 * (group[0].bound not in (-1, at))
    score += 0.6 * (one[0].at < at < other[0].at)
    return score


def _of_one_group(
    clause: Clause, at: int, scene: Scene, group: list[Place], subjects: Sequence[Place]
) -> list[Pairing]:
    parties = _distinct(group)[:MOST]
    if clause.stands_for("both") and len(parties) == 1 and clause.tokens[at].names_partner:
        joined = _with_both(clause, scene, parties[0])
        if joined:
            return joined
    anchor, margin, how = _anchor(clause, at, scene, group, subjects)
    if len(parties) > 1 and (anchor is None or _within(clause, at, scene, group, anchor)):
        if len(parties) == 2:
            home = parties[0].country == parties[1].country
            return [Pairing(parties[0], parties[1], "listed_home" if home else "listed")]
        return _star(clause, scene, group, parties)
    if anchor is None:
        return []
    dates = _own_dates(clause, group)
    owned = {name_of(place.party): dates.get(place.at) for place in group}
    return [
        Pairing(anchor, party, how, owned[name_of(party)], (), margin)
        for party in parties
        if name_of(party) != name_of(anchor)
    ]


def _star(
    clause: Clause, scene: Scene, group: list[Place], parties: tuple[Party, ...]
) -> list[Pairing]:
    """A list of three and more and nobody beside it: the odd one is the centre, or all together."""
    countries = [party.country for party in parties]
    odd = [party for party in parties if countries.count(party.country) == 1]
    if len(parties) == 3 and len(set(countries)) == 3:
        return _joint([group])
    if len(odd) == 1:
        others = [party for party in parties if party is not odd[0]]
        return [Pairing(odd[0], other, "star") for other in others]
    return []


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
    elif len(last) < 2 and sure and (clause.has("E") or clause.has("M", "be", "is", "since")):
        last = scene.last_named(line)
    acting = clause.has("R", "its", "city") or clause.has("O")
    if len(last) < 2 and sure and not three:
        last = scene.only_two(line) or scene.top_two(line, _told_countries(clause))
    if len(last) < 2 and tie.names_partner and clause.has("R", "its"):
        last, how = scene.this_and_focus(line), "scene"
        return [Pairing(last[0], last[1], how)] if last else []
    if len(last) < 2 and acting and tie.form != "loose" and _done(clause):
        last, how = scene.only_two(line), "scene"
    topic = scene.topic_pair(line)
    if topic:
        return [Pairing(topic[0], topic[1], "they")]
    if len(last) < 2 or not (sure or how == "scene" or _done(clause)):
        return []
    if how == "follow" and (tie.names_partner or tie.form == "loose"):
        return []
    parties = tuple(last) if len(last) > 2 else ()
    return [Pairing(a, b, how, None, parties) for a, b in combinations(last, 2)]


def _told_countries(clause: Clause) -> list[str]:
    """The countries of "the Danish municipality and the Ukrainian city", in order."""
    mentions = (token.mention for token in clause.tokens if token.is_("C", "nationality"))
    return [mention.party.country for mention in mentions if mention is not None]


def _two_cities(clause: Clause) -> bool:
    """ "The Danish municipality and the city in the south"."""
    cities = clause.find("R", "city")
    return any(
        any(token.tag == "J" for token in clause.tokens[one:other])
        for one, other in zip(cities, cities[1:], strict=False)
        if clause.tokens[one].end < clause.tokens[other].start
    )


def _done(clause: Clause) -> bool:
    return any(t.tag == "E" and t.form in ("done", "fut") for t in clause.tokens)


def _anchor(
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


def _other(
    clause: Clause, at: int, scene: Scene, group: list[Place]
) -> tuple[Party | None, float]:
    """ "He and the mayor of X signed a memorandum": the other of the two spoken of."""
    acting = clause.has("R", "its", "city") or _officials(clause, group[0].at)
    if len(_distinct(group)) > 1 or not acting or not _done(clause):
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


def _within(
    clause: Clause, at: int, scene: Scene, group: list[Place], anchor: Party
) -> bool:
    """Whether a list of two is a pair in itself, and not two partners of somebody else."""
    first = group[0]
    if first.lead == "between" or clause.stands_for("both"):
        return True
    countries = {place.party.country for place in group}
    if len(countries) == 1 or len(_distinct(group)) > 2:
        return False
    tokens = clause.tokens
    before = tokens[max(0, first.at - 5) : first.at]
    if any(t.is_("R", "its") for t in before) or first.lead in ("with", "to"):
        return False
    if any(t.names_partner for t in before):
        return name_of(anchor) not in scene.titled
    return True
