"""Where two lists contradict each other about one tie: dates, state, kind. Pure.

A list that speaks of an earlier time does not contradict what happened since.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from mistok.ingest.comparing.rows import Event
from mistok.ingest.comparing.seats import Reason
from mistok.kernel.dates import PartialDate

ONCE: Final = ("signed", "approved", "decided", "suspended", "severed", "expired")
"""Events that happen on one day."""
IN_FORCE: Final = frozenset(
    ("signed", "active", "under_review", "extended", "upgraded", "not_suspended")
)
STOPPED: Final = frozenset(("suspended", "severed", "expired", "superseded", "abandoned"))
UMBRELLA: Final = frozenset(("unknown", "partnership", "contact"))
"""Kinds that any other kind of tie may be called as well."""
MOST: Final = 4


def contradictions(left: Sequence[Event], right: Sequence[Event]) -> list[Reason]:
    """Every contradiction, each once; none where both can be true."""
    found = [*_dates(left, right), *_states(left, right), *_kinds(left, right)]
    return list(dict.fromkeys(found))[:MOST]


def _dates(left: Sequence[Event], right: Sequence[Event]) -> Iterator[Reason]:
    """One event on two days; as long as no pair of dates agrees."""
    for name in ONCE:
        ours = [one.date for one in left if one.event == name and one.date]
        theirs = [one.date for one in right if one.event == name and one.date]
        if ours and theirs and not _agree(ours, theirs):
            yield Reason("dates_differ", (name, str(min(ours)), str(min(theirs))))


def _agree(ours: Iterable[PartialDate], theirs: Sequence[PartialDate]) -> bool:
    return any(one.agrees_with(two) for one in ours for two in theirs)


def _states(left: Sequence[Event], right: Sequence[Event]) -> Iterator[Reason]:
    """One list has the tie stopped, the other in force, and not at a time that explains it."""
    ours, theirs = _last_word(left), _last_word(right)
    if ours is None or theirs is None or _stopped(ours) == _stopped(theirs):
        return
    stop, start = (ours, theirs) if _stopped(ours) else (theirs, ours)
    if not _explained(stop, start):
        yield Reason("states_differ", (stop.event, str(stop.date or ""), start.event))


def _last_word(events: Sequence[Event]) -> Event | None:
    """The latest that a list says of the state; what is undated counts before what is dated."""
    told = [one for one in events if one.event in IN_FORCE | STOPPED]
    return max(told, key=_time_of, default=None)


def _time_of(event: Event) -> tuple[bool, int, bool]:
    when = event.as_of or event.date
    return (when is not None, when.latest.toordinal() if when else 0, _stopped(event))


def _stopped(event: Event) -> bool:
    return event.event in STOPPED


def _explained(stop: Event, start: Event) -> bool:
    """Whether the start was told before the stop came, or came itself after it."""
    ended, told = stop.date or stop.as_of, start.as_of or start.date
    if ended is None or told is None:
        return False
    return told.latest < ended.earliest or told.earliest > ended.latest


def _kinds(left: Sequence[Event], right: Sequence[Event]) -> Iterator[Reason]:
    """The lists name kinds, none of one is a kind of the other, and nothing sets them apart."""
    ours = {one.kind for one in left}
    theirs = {one.kind for one in right}
    if ours & theirs or ours & UMBRELLA or theirs & UMBRELLA:
        return
    dated = [(one.date, two.date) for one in left for two in right]
    if all(one and two and not one.agrees_with(two) for one, two in dated):
        return
    yield Reason("kinds_differ", (min(ours), min(theirs)))
