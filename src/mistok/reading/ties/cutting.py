"""Where one statement ends and the next begins."""

from collections.abc import Iterator, Sequence

from mistok.reading.ties.clauses import Clause
from mistok.reading.ties.cues import Line, Token
from mistok.reading.ties.standing import groups_of, judge, placed

_BREAK = frozenset({";", "!", "?", "•"})
_LINKS = frozenset({"J", "F", "C", "W", "–", "—", "-", ":", "R"})
_ELLIPSIS = 10
_OPENING = frozenset({"F", "R", "x", "W", "D"})
_TURN = frozenset({":", "–", "—"})


def clauses_of(line: Line) -> list[Clause]:
    """The clauses of a sentence, each with its places judged and grouped."""
    clauses = []
    for part in filter(len, _parts(line.tokens)):
        clause = Clause(line, part)
        clause.ends = _sign_after(line, part)
        clause.places = [placed(part, n) for n, token in enumerate(part) if token.tag == "P"]
        judge(clause)
        clause.groups = groups_of(clause)
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
    for side in sides:
        if not any(t.tag == "T" for t in side):
            return False
        if not any(t.tag in ("P", "E") or (t.tag == "T" and t.form == "verb") for t in side):
            return False
    return True


def _by_subject(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut at a comma or "and" where a place (or a list of places) and its verb follow."""
    begin = 0
    n = 1
    depth = int(tokens[0].tag == "(") if tokens else 0
    while n < len(tokens) - 2:
        depth = max(0, depth + (tokens[n].tag == "(") - (tokens[n].tag == ")"))
        cut = not depth and tokens[n].tag in (",", "J") and _whole(tokens[begin:n])
        cut = cut and not _pair_of(tokens[begin:n]) and not _in_list(tokens, n)
        new = cut and (_subject_follows(tokens, n + 1) or _shared(tokens, begin, n))
        if new or (cut and tokens[n - 1].tag != "P" and elliptic(tokens[n + 1 :])):
            yield tokens[begin:n]
            begin = n + 1
        n += 1
    yield tokens[begin:]


def _in_list(tokens: Sequence[Token], n: int) -> bool:
    """Whether a comma stands in "A, B and C", where A hangs on no preposition."""
    if tokens[n].tag != "," or tokens[n - 1].tag != "P" or n + 1 >= len(tokens):
        return False
    if tokens[n + 1].tag != "P" or any(t.tag in ("W", "C") for t in tokens[max(0, n - 4) : n]):
        return False
    return any(t.tag == "J" for t in tokens[n + 2 : n + 5])


def elliptic(tokens: Sequence[Token]) -> bool:
    """Whether two places and a date stand here without a verb ("A and B in 2019, C and D in
    2023"): what was said of the pair before is said of them."""
    places = 0
    for n, token in enumerate(tokens[:_ELLIPSIS]):
        if token.tag == "P":
            places += 1
        elif token.tag == "D":
            rest = tokens[n + 1 : n + 2]
            return places == 2 and (not rest or rest[0].tag in (",", "J", ";", "."))
        elif token.is_("M", "since"):
            continue
        elif token.tag not in _LINKS and not (places and token.tag == "x"):
            return False
    return False


def _pair_of(tokens: Sequence[Token]) -> bool:
    """Whether "between X" or "(decision on) a twinning X" ends here, so that "and Y" follows."""
    if [t.tag for t in tokens[-2:]] == ["T", "P"] and not any(t.tag == "E" for t in tokens):
        return True
    for token in reversed(tokens[-6:]):
        if token.tag == "W":
            return token.sub == "between"
        if token.tag not in ("P", "F", "C", "R", "x"):
            return False
    return False


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
    if verb >= 0 and len([n for n in places if n < verb]) > 1 and _told(tokens):
        return True
    if len(places) < 2 or not tokens or tokens[-1].tag != "P":
        return False
    between = tokens[places[-2] + 1 : places[-1]]
    return sum(t.tag == "x" for t in between) > 1 and not any(t.tag in (",", "J") for t in between)


def _told(tokens: Sequence[Token]) -> bool:
    """Whether a statement of a tie is complete: "A and B became sister cities in 2022"."""
    if not any(t.tag == "T" for t in tokens) or any(t.is_("R", "its") for t in tokens):
        return False
    return tokens[-1].tag in ("D", "T", "E") or (len(tokens) > 1 and tokens[-2].tag in ("D", "T"))


def is_predicate(token: Token) -> bool:
    """Whether a word is a verb that says what becomes of a tie."""
    return (
        token.is_verb
        or (token.tag == "E" and token.form in ("done", "fut"))
        or token.is_("M", "be", "is", "decide", "propose", "will", "agree")
        or token.is_("R", "same")
    )


def _subject_follows(tokens: Sequence[Token], n: int) -> bool:
    """Whether a place or a list of places follows, and then at once a verb."""
    seen = False
    words = 0
    before = ""
    for token in tokens[n : n + 24]:
        if seen and before == "," and token.tag == "x":
            return False  # "A in Latvia, because its people have .." is no subject.
        before = token.tag
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
        if not any(t.tag == "E" or t.is_("M", "decide", "be", "is") or t.is_verb for t in side):
            return False
    first = next((t for t in right if t.tag not in _OPENING), None)
    return first is not None and (first.tag in ("E", "T", "M", "P", "O"))
