"""Whether a loose word ("partners", "cooperation", "twin") speaks of a tie where it stands."""

from mistok.reading.ties.clauses import Clause, name_of
from mistok.reading.ties.cues import Token

_NEXT = 5
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
        return said or _predicate(clause, n) or (_apposed(before) and _of_a_place(clause, n))
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
    before = any(n < place.at < verbs[0] for place in clause.places) if verbs else False
    return before and any(place.at > verbs[0] for place in clause.places)


def _apposed(before: list[Token] | tuple[Token, ...]) -> bool:
    """Whether ", a" stands before."""
    words = [t for t in before[-3:] if t.tag != "F"]
    return bool(words) and words[-1].tag == ","
