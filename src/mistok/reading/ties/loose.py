"""Whether a loose word ("partners", "cooperation", "twin") speaks of a tie where it stands."""

from collections.abc import Sequence

from mistok.reading.ties.clauses import Clause, name_of
from mistok.reading.ties.cues import Token

_NEXT = 5
_SHORT = 4
_WORDS = 9
"""Words after "partner" in which the verb may stand."""
_SMALL = frozenset({"F", "C", "x"})


def counts(clause: Clause, n: int) -> bool:
    """Whether the word for a tie at a position counts as one there."""
    token = clause.tokens[n]
    if token.form != "loose":
        return True
    if token.sub == "twinning":
        if clause.has("M", "since") or clause.has("E", "become", "end", "hold"):
            return True
        return _names(clause, n) or _of_a_place(clause, n)
    before = clause.tokens[max(0, n - 5) : n]
    if token.sub == "partner":
        said = any(t.tag == "E" or t.is_("M", "be", "is", "next", "old") for t in before)
        named = _names(clause, n) or _possessed(clause, n)
        named = named or (_apposed(before) and _of_a_place(clause, n))
        return said or named or _predicate(clause, n)
    return _works(clause, n, token)


def _works(clause: Clause, n: int, token: Token) -> bool:
    """ "Cooperation", "friendship": something is done about it, with somebody."""
    after = clause.tokens[n + 1 : n + 5]
    with_ = any(t.is_("W", "with", "between", "to") for t in after)
    if len({name_of(place.party) for place in clause.places}) > 1 and not with_:
        return token.sub == "cooperation" and clause.tokens[n - 1].tag in ("P", "M")
    verb = clause.has("E") or clause.has(
        "M", "agree", "decide", "propose", "talk", "be", "is", "since"
    )
    return verb and (with_ or len(clause.groups) > 1 or clause.stands_for("both"))


def _names(clause: Clause, n: int) -> bool:
    """ "Its twin Uman", "their twin, the Ukrainian city of Uman"."""
    if not any(t.is_("R", "its") for t in clause.tokens[max(0, n - 3) : n]):
        return False
    for token in clause.tokens[n + 1 : n + 1 + _NEXT]:
        if token.tag == "P":
            return True
        if token.tag not in _SMALL and token.tag != "," and not token.is_("W", "of", "in"):
            return False
    return False


def _possessed(clause: Clause, n: int) -> bool:
    """ "Sumy's partner Celle", "its other partner, Oslo"."""
    after = [t for t in clause.tokens[n + 1 : n + 3] if t.tag not in (",", "C")]
    if not after or after[0].tag != "P":
        return False
    before = clause.tokens[max(0, n - 3) : n]
    return any(t.tag == "P" or t.is_("R", "its") for t in before)


def _of_a_place(clause: Clause, n: int) -> bool:
    """ "A twin of Oslo", "partner of the city of Oslo"."""
    after = clause.tokens[n + 1 : n + 1 + _NEXT]
    if not after or not after[0].is_("W", "of"):
        return False
    for token in after[1:]:
        if token.tag == "P":
            return True
        if token.tag not in _SMALL and not token.is_("W", "of"):
            return False
    return False


def _predicate(clause: Clause, n: int) -> bool:
    """ "Партнером X є Y", "Partnerem X jest Y": the verb stands between the two names."""
    verbs = [
        at
        for at in range(n + 1, min(len(clause.tokens), n + _WORDS))
        if clause.tokens[at].is_("M", "be", "is") or clause.tokens[at].is_("E", "become")
    ]
    dashed = (
        n > 0
        and clause.tokens[n - 1].tag in ("–", "—")
        and any(place.at < n for place in clause.places)
    )
    if dashed and any(n < place.at < n + _SHORT for place in clause.places):
        return True
    owners = [place.at for place in clause.places] + clause.find("R", "city")
    before = any(n < owner < verbs[0] for owner in owners) if verbs else False
    return before and any(place.at > verbs[0] for place in clause.places)


def _apposed(before: Sequence[Token]) -> bool:
    """Whether ", a" stands before."""
    words = [t for t in before[-3:] if t.tag != "F"]
    return bool(words) and words[-1].tag == ","
