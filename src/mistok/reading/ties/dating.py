"""The date of a stage: that which stands in its own clause, not one of another stage."""

from mistok.reading.model import DateMention
from mistok.reading.ties.clauses import Clause


def date_of(clause: Clause, at: int, event: str, own: DateMention | None = None) -> str:
    """The date of what a token says, or "" where none is certain.

    `own` is a date that stands beside one party of a list and wins over all others.
    """
    if own is not None:
        return _text(own)
    best: tuple[float, DateMention] | None = None
    for n in clause.find("D"):
        date = clause.tokens[n].date
        if date is None or _reported(clause, n, at) or _goes_on(clause, n):
            continue
        if (event == "active") != _since(clause, n) and not _rests(clause, n, at, event):
            continue
        cost = _cost(clause, n, at)
        if best is None or cost < best[0]:
            best = (cost, date)
    return _text(best[1]) if best is not None else ""


def lone_date(clause: Clause) -> str:
    """The only date of a sentence, when it is a day on which something was done."""
    found = [n for n in clause.find("D") if not _since(clause, n)]
    if len(found) != 1 or len(clause.find("D")) != 1 or clause.has("M", "report", "will"):
        return ""
    date = clause.tokens[found[0]].date
    if date is None or date.date is None or date.date.month is None:
        return ""
    return str(date.date)


def dates_apart(clause: Clause, mark: int, verb: int) -> bool:
    """Whether a date stands nearer to a decision than to the signature that it is about."""
    return any(
        abs(n - mark) < abs(n - verb) or (n < mark < verb) for n in clause.find("D") if mark != verb
    )


def _text(date: DateMention) -> str:
    return "" if date.date is None else str(date.date)


def _cost(clause: Clause, n: int, at: int) -> float:
    low, high = sorted((n, at))
    between = clause.tokens[low + 1 : high]
    return len(between) + sum(4.0 * (t.tag in (",", "E", "J")) for t in between)


def _goes_on(clause: Clause, n: int) -> bool:
    """Whether the year of a season stands right after it ("in the spring" - "of 2023")."""
    after = clause.tokens[n + 1 : n + 3]
    if not after or (after[0].tag != "D" and not after[0].is_("W", "of")):
        return False
    return any(token.tag == "D" for token in after)


def _reported(clause: Clause, n: int, at: int) -> bool:
    """Whether a date says when something was told and not when it was done."""
    low, high = max(0, n - 3), min(len(clause.tokens), n + 3)
    if not any(t.is_("M", "report") for t in clause.tokens[low:high]):
        return False
    return abs(at - n) > 3


def _rests(clause: Clause, n: int, at: int, event: str) -> bool:
    """Whether "since" tells when a tie was put on hold ("ruht seit 2021")."""
    after = clause.tokens[n + 1 : n + 2]
    return (
        event == "suspended"
        and n - at in range(1, 8)
        and not (after and after[0].is_("M", "since"))
    )


def _since(clause: Clause, n: int) -> bool:
    """Whether a date tells a beginning ("since 1990", "seit 1990")."""
    for token in reversed(clause.tokens[max(0, n - 3) : n]):
        if token.is_("M", "since"):
            return True
        if token.tag in (",", "D", "E", "T", "P"):
            return False
    return False
