"""Where a shortlist is kept: stored for office and coordinators, in the session for others."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from mistok.partnering import shortlists
from mistok.partnering.models import ShortlistEntry
from mistok.partnering.policies import Actor
from mistok.partnering.search import Candidate

SESSION = "shortlists"
MOST_LISTS = 10
"""Municipalities with a shortlist in one session; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A candidate that was put on a shortlist; `score` and `added_on` where it is stored."""

    candidate: str
    note: str
    score: float | None = None
    added_on: dt.date | None = None


def actor_of(request: HttpRequest) -> Actor:
    """Whoever is signed in, or nobody."""
    return Actor(user=request.user)


def is_stored(request: HttpRequest, key: str) -> bool:
    """Whether this reader's shortlist of the municipality is stored."""
    return shortlists.can_keep_shortlists(actor_of(request), key)


def noted(request: HttpRequest, key: str) -> list[Noted]:
    """The shortlist of a municipality as this reader keeps it."""
    if is_stored(request, key):
        return [_of_row(row) for row in shortlists.shortlist_of(key)]
    return [Noted(candidate, note) for candidate, note in _own(request, key).items()]


def put(request: HttpRequest, key: str, candidate: Candidate, algorithm: str) -> None:
    """Put a candidate on the list; one that stands there stays as it is. Raises Conflict."""
    if is_stored(request, key):
        shortlists.add_to_shortlist(
            actor=actor_of(request), key=key, candidate=candidate, algorithm=algorithm
        )
        return
    own = _own(request, key)
    if candidate.place.key not in own:
        shortlists.check_room(len(own))
        _keep(request, key, own | {candidate.place.key: ""})


def write(request: HttpRequest, key: str, candidate: str, note: str) -> None:
    """Write a note beside a candidate of the list. Raises Invalid, Conflict."""
    if is_stored(request, key):
        shortlists.note_on_shortlist(
            actor=actor_of(request), key=key, candidate=candidate, note=note
        )
        return
    own = _own(request, key)
    if candidate in own:
        _keep(request, key, own | {candidate: shortlists.checked_note(note)})


def take_off(request: HttpRequest, key: str, candidate: str) -> None:
    """Take a candidate off the list. Raises Conflict where a stored one is gone already."""
    if is_stored(request, key):
        shortlists.remove_from_shortlist(actor=actor_of(request), key=key, candidate=candidate)
        return
    own = _own(request, key)
    own.pop(candidate, None)
    _keep(request, key, own)


def _of_row(row: ShortlistEntry) -> Noted:
    return Noted(row.candidate, row.note, row.score, timezone.localdate(row.added_at))


def _own(request: HttpRequest, key: str) -> dict[str, str]:
    """Notes by candidate of one municipality's list in this session."""
    return dict(request.session.get(SESSION, {}).get(key, []))


def _keep(request: HttpRequest, key: str, own: dict[str, str]) -> None:
    # As pairs in a list: the order must outlast the session's own serialisation.
    lists = {one: pairs for one, pairs in request.session.get(SESSION, {}).items() if one != key}
    if own:
        lists[key] = [list(pair) for pair in own.items()]
    request.session[SESSION] = dict(list(lists.items())[-MOST_LISTS:])
