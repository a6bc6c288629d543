"""What colours a verb or a tie: will, not, if, proposed, decided."""

from mistok.reading.ties.clauses import Clause

_BEFORE, _AFTER, _AFTER_NAME = 12, 4, 16
_BESIDE = 3
_SHORT = 9
"""Words before and after a verb (after a tie without one) that may colour it."""


def asks(clause: Clause) -> bool:
    """Whether the sentence ends as a question."""
    return bool(clause.line.tokens) and clause.line.tokens[-1].tag == "?"


def marks_of(clause: Clause, at: int, verb: int | None) -> set[str]:
    """What colours the verb, or the tie where there is none."""
    first = at if verb is None else min(at, verb)
    last = at if verb is None else max(at, verb)
    reach = _AFTER if verb is not None else _AFTER_NAME
    marks: set[str] = set()
    for n in range(max(0, first - _BEFORE), min(len(clause.tokens), last + reach + 1)):
        token = clause.tokens[n]
        if n > last and (token.tag in ("T", "E") and verb is None):
            break
        if token.tag == "," and n > (last if verb is not None else at + _BESIDE):
            if _decided_after(clause, n):
                marks.add("decide")
            break
        if token.tag != "M":
            continue
        if token.sub == "neg" and _denies(clause, n, at, verb):
            marks.add("none")
        if token.sub == "neg" and not _negates(clause, n, at, verb):
            continue
        if token.sub in ("will", "next", "passive") and not _near(n, at, verb, 8):
            continue
        marks.add("decide" if _council(clause, n) else token.sub)
    return marks


def _decided_after(clause: Clause, n: int) -> bool:
    """ ".. are to become sister cities, the council decided on Monday"."""
    after = clause.tokens[n + 1 : n + _SHORT]
    decided = [t for t in after if t.is_("M", "decide")]
    council = any(t.is_("O", "council") for t in after)
    return bool(decided) and council and not any(t.tag == "T" for t in after)


def _council(clause: Clause, n: int) -> bool:
    """Whether it is a council that "agreed to" something: then it has decided."""
    if not clause.tokens[n].is_("M", "agree"):
        return False
    officials = [t for t in clause.tokens[:n] if t.tag == "O"]
    return bool(officials) and all(t.sub == "council" for t in officials)


def _near(n: int, at: int, verb: int | None, reach: int) -> bool:
    aims = (at,) if verb is None else (verb,)
    return any(-reach <= aim - n <= reach for aim in aims)


def _denies(clause: Clause, n: int, at: int, verb: int | None) -> bool:
    """Whether there is no tie at all ("has never had twin cities")."""
    if not 0 < at - n <= 4 or (verb is not None and n < verb < at):
        return False
    return not any(t.tag in ("P", ",", "E") for t in clause.tokens[n:at])


def _negates(clause: Clause, n: int, at: int, verb: int | None) -> bool:
    aims = [at] if verb is None else [at, verb]
    if clause.tokens[n].form == "after" and 0 < n - aims[-1] <= _BEFORE:
        return True
    return any(0 < aim - n <= 4 for aim in aims)
