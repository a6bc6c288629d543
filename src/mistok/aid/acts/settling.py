"""The state of a consignment follows its acts: forward by the table, back by a reversal."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from mistok.accounts.actors import Actor
from mistok.aid.acts.standing import due_state
from mistok.aid.consignments.passing import move
from mistok.aid.lifecycle import TRANSITIONS, State
from mistok.aid.models import Consignment, Passage

BETWEEN: Final = (State.CUSTOMS_CLEARED, State.ON_BALANCE)
"""States that a consignment may go through by one act: what was not waited for has come too."""


def settle(consignment: Consignment, *, day: dt.date, by: Actor, at: dt.datetime) -> None:
    """Take the consignment to the state that its acts and its ledger give it."""
    for state in way(State(consignment.state), due_state(consignment)):
        # An act may be recorded after a later one; the passages stay in order.
        later = max(day, consignment.state_since)
        move(consignment=consignment, state=state, day=later, by=by, at=at)
    Consignment.objects.filter(pk=consignment.pk).update(changed_at=at)
    consignment.refresh_from_db()


def go_back(
    consignment: Consignment,
    state: State,
    *,
    day: dt.date,
    note: str,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Set the state that stands after a reversal, with a passage that says why; nothing if same."""
    if state != consignment.state:
        since = max(day, consignment.state_since)
        Passage.objects.create(
            consignment=consignment,
            before=consignment.state,
            after=state,
            day=since,
            note=note,
            by=str(by),
            at=at,
        )
        Consignment.objects.filter(pk=consignment.pk).update(state=state, state_since=since)
    Consignment.objects.filter(pk=consignment.pk).update(changed_at=at)
    consignment.refresh_from_db()


def way(start: State, goal: State) -> Sequence[State]:
    """The states from one to another, by the table and one state between at most for each step."""
    if start == goal:
        return ()
    if goal in TRANSITIONS[start]:
        return (goal,)
    between = [one for one in BETWEEN if one in TRANSITIONS[start] and goal in TRANSITIONS[one]]
    return (between[0], goal)
