"""Pairs made of groups of places: across two lists, one by one, all together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from itertools import pairwise as pairwise_of

from mistok.reading.model import DateMention, Party
from mistok.reading.ties.clauses import Clause, Place, name_of

MOST = 400
"""Pairs that one clause can give."""
_TO = ("with", "of", "to")
_JOINS = frozenset({"J", "-", "–", "—", "/", "&"})
_CLOSE = 12
"""Words between two places that are listed two by two."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pair that a clause speaks of; `how` names the rule, `date` is the pair's own."""

    a: Party
    b: Party
    how: str
    date: DateMention | None = None
    parties: tuple[Party, ...] = ()
    margin: float = 0.0


def joint(groups: list[list[Place]]) -> list[Pairing]:
    """All pairs of three or more parties to one instrument."""
    parties = distinct(place for group in groups for place in group)
    if not 2 < len(parties) < 8:
        return []
    return [Pairing(a, b, "joint", None, parties) for a, b in combinations(parties, 2)]


def distinct(places: Iterable[Place]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for place in places:
        found.setdefault(name_of(place.party), place.party)
    return tuple(found.values())


def across(clause: Clause, groups: list[list[Place]]) -> list[Pairing]:
    """Every place of one group with every place of the other."""
    dates = own_dates(clause, groups[0] + groups[1])
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


def own_dates(clause: Clause, places: Sequence[Place]) -> dict[int, DateMention]:
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


def best_two(clause: Clause, at: int, groups: list[list[Place]]) -> list[list[Place]]:
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


def pairwise(clause: Clause, groups: list[list[Place]]) -> list[Pairing]:
    """ "A and B with C and D respectively"; "A has twinned with B, C with D and E with F"."""
    places = [place for group in groups for place in group]
    if clause.has("R", "pairwise") and len(groups) == 2 and len(groups[0]) == len(groups[1]):
        pairs = list(zip(*groups, strict=True))
    else:
        leads = [place.lead in _TO for place in places]
        gapped = len(places) > 3 and leads == [False, True] * (len(places) // 2)
        if not (gapped or _by_twos(clause, places)):
            return []
        pairs = list(zip(places[::2], places[1::2], strict=True))
    dates = own_dates(clause, [place for pair in pairs for place in pair])
    return [
        Pairing(a.party, b.party, "across", dates.get(b.at))
        for a, b in pairs[:MOST]
        if name_of(a.party) != name_of(b.party)
    ]


def _by_twos(clause: Clause, places: Sequence[Place]) -> bool:
    """Whether places are listed two by two ("A and B, C and D", "between A and B, between C and
    D"): "and" within each pair, a comma between pairs, one country in all of them."""
    if len(places) < 4 or len(places) % 2:
        return False
    homes = [{one.party.country, other.party.country} for one, other in _twos(places)]
    if any(len(home) != 2 for home in homes) or not set.intersection(*homes):
        return False
    for n, (one, other) in enumerate(pairwise_of(places)):
        between = clause.tokens[one.at + 1 : other.at]
        tags = {token.tag for token in between}
        joined = bool(tags & _JOINS) and not tags & {",", ";"}
        apart = bool(tags & {",", ";"}) or any(t.is_("W", "between") for t in between)
        if len(between) > _CLOSE or not (apart if n % 2 else joined) or tags & {"T", "E"}:
            return False
    return True


def _twos(places: Sequence[Place]) -> list[tuple[Place, Place]]:
    return list(zip(places[::2], places[1::2], strict=True))


def parallel(clause: Clause, groups: list[list[Place]]) -> list[list[Place]]:
    """ "With A it has twinned, with B it has signed": all of them partners of somebody else."""
    if len(groups) == 2 and all(group[0].lead == "with" for group in groups):
        return [groups[0] + groups[1]]
    return groups


def same_place(groups: list[list[Place]]) -> bool:
    names = [{name_of(p.party) for p in group} for group in groups]
    return names[0] == names[1] and len(names[0]) == 1


def star(group: list[Place], parties: tuple[Party, ...]) -> list[Pairing]:
    """A list of three and more and nobody beside it: the odd one is the centre, or all of them."""
    countries = [party.country for party in parties]
    odd = [party for party in parties if countries.count(party.country) == 1]
    if len(set(countries)) == len(parties):
        return joint([group])
    if len(odd) == 1:
        others = [party for party in parties if party is not odd[0]]
        return [Pairing(odd[0], other, "star") for other in others]
    return []
