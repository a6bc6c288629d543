"""Which places of a clause can be parties, and which are listed together.

A place is no party where it is the venue ("in Berlin"), the area around another ("Izium in the
Kharkiv region") or the owner of something that is no authority ("the University of Vienna").
"""

from collections.abc import Sequence

from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.cues import Token

_CLAUSE = 9
"""Words after ", with which" in which the tie is named."""
_WIDE = frozenset({"region", "district", "state", "country"})
_LOOSE = frozenset({"in", "from", "for", "as"})
_DASHES = frozenset({"–", "—", "-", ":", "C"})
_SOFT = frozenset({",", "J", "F", "C", "D", "(", ")", "x", "O", "/", "&", "-", "–", "W", "M", "R"})


def placed(tokens: Sequence[Token], n: int) -> Place:
    """A place with the preposition before it and what that hangs on."""
    token = tokens[n]
    assert token.mention is not None  # noqa: S101 - a token "P" is made of a mention
    place = Place(n, token, token.mention.party)
    words = 0
    for back in range(n - 1, max(-1, n - 9), -1):
        other = tokens[back]
        if other.tag == "W" and not (other.sub == "of" and tokens[back - 1].tag == "F" and back):
            place.lead = other.sub
            place.before = tokens[back - 1].tag if back else ""
            if place.lead == "of" and place.before == "T":
                place.bound = back - 1
            return place
        words += other.tag in ("x", "X")
        if other.tag not in ("F", "C", "x", "W", "R", "M", "X") or words > 2:
            place.before = other.tag
            return place
    return place


def judge(clause: Clause) -> None:
    """Say of each place whether it can be a party."""
    tokens = clause.tokens
    _inherit(clause)
    for n, place in enumerate(clause.places):
        if place.lead in _LOOSE and _apposed(tokens, place.at):
            place.lead = ""
        elif place.lead == "in" and place.before not in ("O", "T"):
            place.part = "context"
        elif place.lead in ("as", "from", "for") or (
            place.lead == "to" and not _leads(tokens, place.at)
        ):
            place.part = "soft"
        if _reports(tokens, place.at) and place.part == "party":
            place.part = "soft" if len(clause.places) > 1 else "context"
        if _owned(tokens, place.at):
            place.part = "org"
        elif place.party.level in ("state", "country") and _of_town(tokens, place.at):
            place.part = "context"
        if n and _around(tokens, clause.places[n - 1], place):
            place.part = "context"
        elif n and _around(tokens, place, clause.places[n - 1]):
            clause.places[n - 1].part = "context"
    for one, other in zip(clause.places, clause.places[1:], strict=False):
        if _beside(tokens, one, other) and "org" in (one.part, other.part):
            one.part = other.part = "org"


def _of_town(tokens: Sequence[Token], at: int) -> bool:
    """ "The Ohio town": the state only tells where the town is."""
    after = tokens[at + 1 : at + 2]
    return bool(after) and after[0].is_("R", "city") and any(t.tag == "F" for t in tokens[:at])


def _beside(tokens: Sequence[Token], one: Place, other: Place) -> bool:
    """Whether two places stand in one list with nothing but signs and articles between."""
    between = tokens[one.at + 1 : other.at]
    return (
        0 < len(between) < 5
        and any(t.tag in (",", "J") for t in between)
        and all(t.tag in (",", "J", "F", "C") for t in between)
    )


def _inherit(clause: Clause) -> None:
    """What leads to the first of a list leads to all ("aid to Vinnytsia and Mykolaiv"), but not
    to the subject of a new pair ("A is twinned with B, C with D")."""
    for one, other in zip(clause.places, clause.places[1:], strict=False):
        gap = clause.tokens[other.at + 1 : other.at + 3]
        if one.lead in ("with", "of") and any(t.is_("W", one.lead) for t in gap):
            continue
        if not other.lead and one.lead and _beside(clause.tokens, one, other):
            other.lead, other.before = one.lead, one.before


def _reports(tokens: Sequence[Token], at: int) -> bool:
    """Whether the place only tells the news (", the Lviv City Council reports", ", Kyiv Mayor
    Vitali Klitschko said")."""
    after = tokens[at + 1 : at + 8]
    told = [n for n, token in enumerate(after) if token.is_("M", "report")]
    names = all(t.tag in ("O", "X", "F", "x") for t in after[: told[0]]) if told else False
    if names and after[0].tag == "O":
        ties = [n for n, token in enumerate(tokens) if token.tag == "T"]
        return bool(ties) and ties[-1] < at
    before = tokens[max(0, at - 4) : at]
    reports = [n for n, token in enumerate(before) if token.is_("M", "report")]
    if not reports or any(t.tag in ("T", "P") for t in before[reports[-1] :]):
        return False
    return not any(t.tag in ("T", "E") for t in tokens[at + 1 :])


def _apposed(tokens: Sequence[Token], at: int) -> bool:
    """Whether "X, sister city of Y" follows: then X is a party wherever it stands."""
    if at + 2 >= len(tokens) or tokens[at + 1].tag not in (",", "(", "-", "–", "—"):
        return False
    if tokens[at + 1].tag == "," and tokens[at + 2].is_("W", "with", "to"):
        return any(t.tag == "T" for t in tokens[at + 3 : at + 3 + _CLAUSE])
    for token in tokens[at + 2 : at + 7]:
        if token.tag == "T":
            return token.names_partner
        if token.tag not in ("P", "R", "F", "C", "x", "W") and not token.is_("M", "since", "new"):
            return False
    return False


def _leads(tokens: Sequence[Token], at: int) -> bool:
    """Whether "to" hangs on a tie ("ties to Moscow", "offered cooperation to Uzhhorod")."""
    for back in range(at - 1, max(-1, at - 10), -1):
        if tokens[back].tag in ("T", "E"):
            return True
        if tokens[back].tag in ("P", ",", ";"):
            return False
    return False


def _owned(tokens: Sequence[Token], at: int) -> bool:
    """Whether the place is part of the name of a body that is no authority."""
    after = tokens[at + 1 : at + 4]
    for n, token in enumerate(after):
        if token.tag == "G":
            return not any(t.tag in ("T", "O", ",") for t in after[:n])
        if token.tag not in ("X", "x", "F", "C"):
            break
    for back in range(at - 1, max(-1, at - 6), -1):
        token = tokens[back]
        if token.tag == "G":
            return not (back and tokens[back - 1].tag == "T")
        if token.tag not in ("F", "C", "W", "X") or token.sub in ("with", "between", "by"):
            return False
    return False


def _around(tokens: Sequence[Token], near: Place, wide: Place) -> bool:
    """Whether one place is only the area around the other, which stands beside it."""
    if wide.party.level not in _WIDE or near.party.level in _WIDE - {"district"}:
        return False
    if near.party.level == wide.party.level or near.party.country != wide.party.country:
        return False
    low, high = sorted((near.at, wide.at))
    between = tokens[low + 1 : high]
    words = len({t.start for t in between})
    if words > 5 or any(t.tag in ("T", "E", "O", "J", "D") for t in between):
        return False
    return not any(t.is_("W", "with", "between", "to", "by", "from") for t in between)


def groups_of(clause: Clause) -> list[list[Place]]:
    """Places that are listed together, of those that can be parties."""
    hard = [place for place in clause.places if place.part == "party"]
    names = {name_of(place.party) for place in hard}
    if len(names) < 2:
        home = {place.party.country for place in hard}
        hard = [
            place
            for place in clause.places
            if place.part == "party" or (place.part == "soft" and place.party.country not in home)
        ]
    groups: list[list[Place]] = []
    for place in hard:
        goes_on = bool(groups) and _listed(clause.tokens, groups[-1], place)
        if goes_on and not _owns(clause.tokens, groups[-1], place):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _owns(tokens: Sequence[Token], group: list[Place], place: Place) -> bool:
    """ "The Czech twin cities of A, B and C": the place right after the tie is whose they are."""
    first = group[0]
    if any(t.tag not in ("F", "C", "T", "W", "R") for t in tokens[max(0, first.at - 2) : first.at]):
        return False
    return (
        len(group) == 1
        and first.before == "T"
        and first.lead in ("", "of")
        and place.before == ","
        and first.party.country != place.party.country
        and not place.lead
    )


def _listed(tokens: Sequence[Token], group: list[Place], place: Place) -> bool:
    """Whether a place goes on with the list before it."""
    last = group[-1]
    between = tokens[last.at + 1 : place.at]
    if not between or len(between) > 24:
        return False
    tags = [token.tag for token in between]
    if not any(tag in (",", "J", "/", "&", "-", "–", "—", ";", ")") for tag in tags):
        return False
    if _opens(tokens, group, between):
        return False
    officials = "O" in tags
    words = 0
    for token in between:
        words += token.tag in ("x", "X")
        if token.tag == "X" and officials:
            continue
        if token.tag == "W" and not _repeats(token, group, place):
            return False
        if token.tag == "M" and token.sub not in ("new", "since", "next"):
            return False
        if token.tag not in _SOFT and token.tag not in ("X", "P", "—"):
            return False
    return words <= (6 if officials else 3)


def _opens(tokens: Sequence[Token], group: list[Place], between: Sequence[Token]) -> bool:
    """Whether a dash opens the list of partners ("Among the sister cities of X – Y, Z and W")."""
    dashed = all(t.tag in _DASHES for t in between) and len(group) == 1
    before = [t for t in tokens[max(0, group[0].at - 4) : group[0].at] if t.tag not in ("F", "W")]
    return dashed and bool(before) and before[-1].names_partner


def _repeats(token: Token, group: list[Place], place: Place) -> bool:
    """Whether a preposition inside a list says nothing new ("mayors of A and of B")."""
    if token.sub in ("of", "in", "as"):
        return True
    return token.sub == group[0].lead == place.lead
