"""Clauses: where one statement ends and the next begins, and which places are in it as parties.

A place is no party where it is the venue ("in Berlin"), the area around another ("Izium in the
Kharkiv region") or the owner of something that is no authority ("the University of Vienna").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mistok.reading.model import Party
from mistok.reading.ties.cues import Line, Token

_WIDE = frozenset({"region", "district", "state", "country"})
_BREAK = frozenset({";", "!", "?", "•"})
_TURN = frozenset({":", "–", "—"})
_SOFT = frozenset({",", "J", "F", "C", "D", "(", ")", "x", "O", "/", "&", "-", "–", "W", "M", "R"})


@dataclass(slots=True)
class Place:
    """A place in a clause: its token's position, the word that leads to it, and what it is.

    `lead` is "with", "between", "of", "to", "by", "from", "as", "in" or ""; `before` the tag of
    what stands before that; `bound` the position of the tie of which it is a part ("twin of X"); `part` "party", "soft" (only when no other is there), "context" or
    "org" (the owner of a body that is no authority).
    """

    at: int
    token: Token
    party: Party
    lead: str = ""
    before: str = ""
    part: str = "party"
    bound: int = -1


@dataclass(slots=True)
class Clause:
    """A part of a sentence with its places, and the groups in which they are listed."""

    line: Line
    tokens: Sequence[Token]
    places: list[Place] = field(default_factory=list)
    groups: list[list[Place]] = field(default_factory=list)
    ends: str = ""

    def find(self, tag: str, *subs: str) -> list[int]:
        """Positions of the tokens of a tag (and of one of those kinds)."""
        return [n for n, token in enumerate(self.tokens) if token.is_(tag, *subs)]

    def has(self, tag: str, *subs: str) -> bool:
        """Whether a token of that tag (and one of those kinds) is there."""
        return any(token.is_(tag, *subs) for token in self.tokens)

    def stands_for(self, *subs: str) -> bool:
        """Whether words stand for parties ("both cities"), and not for partners ("two twins")."""
        ties = [token.start for token in self.tokens if token.tag == "T"]
        return any(
            token.is_("R", *subs) and not any(token.start <= tie < token.end for tie in ties)
            for token in self.tokens
        )


def name_of(party: Party) -> str:
    """What tells a party from others: its key, or its name and country where it has none."""
    return party.key or f"{party.country}:{party.name}"


def clauses_of(line: Line) -> list[Clause]:
    """The clauses of a sentence, each with its places judged and grouped."""
    clauses = []
    for part in filter(len, _parts(line.tokens)):
        clause = Clause(line, part)
        clause.ends = _sign_after(line, part)
        clause.places = [_placed(part, n) for n, token in enumerate(part) if token.tag == "P"]
        _judge(clause)
        clause.groups = _groups(clause)
        clauses.append(clause)
    return clauses


def _sign_after(line: Line, part: Sequence[Token]) -> str:
    """The sign at which a clause was cut off."""
    return next((t.tag for t in line.tokens if t.start >= part[-1].end), "")


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut at strong signs; then before a new subject, where both sides are statements."""
    begin = 0
    for n, token in enumerate(tokens):
        if token.tag in _BREAK or (token.tag in _TURN and _both_speak(tokens, begin, n)):
            yield from _by_subject(tokens[begin:n])
            begin = n + 1
    yield from _by_subject(tokens[begin:])


def _both_speak(tokens: Sequence[Token], begin: int, n: int) -> bool:
    sides = (tokens[begin:n], tokens[n + 1 :])
    return all(any(t.tag == "T" for t in side) for side in sides) and all(
        any(t.tag in ("P", "E") or t.is_("T") and t.form == "verb" for t in side) for side in sides
    )


def _by_subject(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut at a comma or "and" where a place (or a list of places) and its verb follow."""
    begin = 0
    n = 1
    while n < len(tokens) - 2:
        cut = tokens[n].tag in (",", "J") and _whole(tokens[begin:n])
        if cut and (_subject_follows(tokens, n + 1) or _shared(tokens, begin, n)):
            yield tokens[begin:n]
            begin = n + 1
        n += 1
    yield tokens[begin:]


def _whole(tokens: Sequence[Token]) -> bool:
    """Whether a statement stands here already: a verb and a place after it, or two groups."""
    for n in range(len(tokens) - 1, 0, -1):
        if tokens[n].tag == ":":
            tokens = tokens[n + 1 :]
            break
    verb = -1
    places = [n for n, token in enumerate(tokens) if token.tag == "P"]
    for n, token in enumerate(tokens):
        if is_predicate(token):
            verb = n
            break
    if verb >= 0 and any(n > verb for n in places):
        return True
    if len(places) < 2 or not tokens or tokens[-1].tag != "P":
        return False
    between = tokens[places[-2] + 1 : places[-1]]
    return sum(t.tag == "x" for t in between) > 1 and not any(t.tag in (",", "J") for t in between)


def is_predicate(token: Token) -> bool:
    """Whether a word is a verb that says what becomes of a tie."""
    return (
        token.is_("T", "verb")
        or (token.tag == "T" and token.form == "verb")
        or (token.tag == "E" and token.form in ("done", "fut"))
        or token.is_("M", "be", "is", "decide", "propose", "will", "agree")
    )


def _subject_follows(tokens: Sequence[Token], n: int) -> bool:
    """Whether a place or a list of places follows, and then at once a verb."""
    seen = False
    words = 0
    for token in tokens[n : n + 24]:
        if token.tag == "P":
            seen, words = True, 0
        elif is_predicate(token):
            return seen
        elif token.tag in ("x", "O", "X", "D"):
            words += 1
        elif token.tag not in (",", "J", "F", "C", "W", "(", ")", "R"):
            return False
        if words > 2 or (token.tag == "W" and token.sub not in ("of", "in")):
            return False
    return False


def _shared(tokens: Sequence[Token], begin: int, n: int) -> bool:
    """Whether both sides have a tie, an event and a place of their own ("approved a twinning with
    A and suspended its partnership with B")."""
    left, right = tokens[begin:n], tokens[n + 1 :]
    for side in (left, right):
        if not (any(t.tag == "T" for t in side) and any(t.tag == "P" for t in side)):
            return False
        if not any(t.tag == "E" or t.is_("M", "decide", "be", "is") for t in side):
            return False
    first = next((t for t in right if t.tag not in ("F", "R", "x")), None)
    return first is not None and (first.tag in ("E", "T", "M", "P", "O"))


def _placed(tokens: Sequence[Token], n: int) -> Place:
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


def _judge(clause: Clause) -> None:
    """Say of each place whether it can be a party."""
    tokens = clause.tokens
    _inherit(clause)
    for n, place in enumerate(clause.places):
        if _apposed(tokens, place.at):
            place.lead = ""
        elif place.lead == "in" and place.before not in ("O", "T"):
            place.part = "context"
        elif place.lead in ("as", "from", "for") or (place.lead == "to" and not _leads(tokens, place.at)):
            place.part = "soft"
        if _reports(tokens, place.at):
            place.part = "context"
        if _owned(tokens, place.at):
            place.part = "org"
        if n and _around(tokens, clause.places[n - 1], place):
            place.part = "context"
        elif n and _around(tokens, place, clause.places[n - 1]):
            clause.places[n - 1].part = "context"
    for one, other in zip(clause.places, clause.places[1:], strict=False):
        if _beside(tokens, one, other) and "org" in (one.part, other.part):
            one.part = other.part = "org"


def _beside(tokens: Sequence[Token], one: Place, other: Place) -> bool:
    """Whether two places stand in one list with nothing but signs and articles between."""
    between = tokens[one.at + 1 : other.at]
    return (
        0 < len(between) < 5
        and any(t.tag in (",", "J") for t in between)
        and all(t.tag in (",", "J", "F", "C") for t in between)
    )


def _inherit(clause: Clause) -> None:
    """What leads to the first of a list leads to all ("aid to Vinnytsia and Mykolaiv")."""
    for one, other in zip(clause.places, clause.places[1:], strict=False):
        if not other.lead and one.lead and _beside(clause.tokens, one, other):
            other.lead, other.before = one.lead, one.before


def _reports(tokens: Sequence[Token], at: int) -> bool:
    """Whether the place only tells the news (", the Lviv City Council reports")."""
    before = tokens[max(0, at - 4) : at]
    reports = [n for n, token in enumerate(before) if token.is_("M", "report")]
    if not reports or any(t.tag in ("T", "P") for t in before[reports[-1] :]):
        return False
    return not any(t.tag in ("T", "E") for t in tokens[at + 1 :])


def _apposed(tokens: Sequence[Token], at: int) -> bool:
    """Whether "X, sister city of Y" follows: then X is a party wherever it stands."""
    if at + 2 >= len(tokens) or tokens[at + 1].tag not in (",", "(", "-", "–", "—"):
        return False
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
    if len(between) > 4 or any(t.tag in ("T", "E", "O", "J", "D") for t in between):
        return False
    return not any(t.is_("W", "with", "between", "to", "by", "from") for t in between)


def _groups(clause: Clause) -> list[list[Place]]:
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
        if groups and _listed(clause.tokens, groups[-1], place):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _listed(tokens: Sequence[Token], group: list[Place], place: Place) -> bool:
    """Whether a place goes on with the list before it."""
    last = group[-1]
    between = tokens[last.at + 1 : place.at]
    if not between or len(between) > 24:
        return False
    tags = [token.tag for token in between]
    if not any(tag in (",", "J", "/", "&", "-", "–", "—", ";", ")") for tag in tags):
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


def _repeats(token: Token, group: list[Place], place: Place) -> bool:
    """Whether a preposition inside a list says nothing new ("mayors of A and of B")."""
    if token.sub in ("of", "in", "as"):
        return True
    return token.sub == group[0].lead == place.lead
