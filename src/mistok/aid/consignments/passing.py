"""A consignment passes from state to state: by the table, in the order of days, with its guards."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.aid.clocks import (
    CODE,
    MONTHLY,
    PUBLICATION_OF_PROPERTY,
    REPORT,
    RETENTION,
    TRANSPORT,
    end_clocks,
    finish_clock,
    in_force,
    start_clock,
)
from mistok.aid.consignments.flags import is_public_transport
from mistok.aid.consignments.guards import check_guards
from mistok.aid.consignments.refusing import check_day, check_order, no_way
from mistok.aid.consignments.writing import in_short, living_lines, writing
from mistok.aid.lifecycle import CODED, CUSTOMS_STATES, ENDED, TRANSITIONS, Regime, State
from mistok.aid.models import Consignment, Passage, UniqueCode
from mistok.kernel.errors import Conflict

LONGEST_NOTE: Final = 2000
TELLS_WHY: Final = frozenset({State.REFUSED, State.LOST, State.SEIZED, State.RETURNED})
"""States that somebody else will ask the reason of."""


def pass_to(
    *,
    actor: Actor,
    consignment: Consignment,
    state: State,
    day: dt.date,
    note: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Consignment:
    """Take a consignment on where no code, declaration or act does it.

    The guards of section 9 are judged by the rules in force on the day. A giver may take its own
    offer back (REFUSED). Raises NotAllowed, Conflict (`consignment_changed`, `wrong_state`,
    `no_border`, `needs_act`, `declaration_missing`, `goods_still_seized`, `goods_left`,
    `still_due`), Invalid (`day_to_come`, `before_last_passage`, `text_missing`, `text_too_long`).
    """
    at, state = at or timezone.now(), State(state)
    donor_too = state == State.REFUSED and consignment.state == State.OFFERED
    permission = Permission.MOVE_CONSIGNMENT
    with writing(
        actor, consignment, "pass_consignment", permission, expected, donor_too=donor_too
    ) as act:
        before = consignment.state
        check_way(consignment, state)
        check_day(consignment, day, today or timezone.localdate(at))
        needed = state in TELLS_WHY
        why = words(note, what=_("The reason"), most=LONGEST_NOTE, needed=needed)
        check_guards(consignment, state, day)
        move(consignment=consignment, state=state, day=day, by=actor, at=at, note=why)
        act.done(after=in_short(consignment) | {"from": before})
    return consignment


def check_way(consignment: Consignment, state: State) -> None:
    """Raise Conflict for a step that the table does not have (`wrong_state`), and for one over a
    border of what crosses none (`no_border`)."""
    if state not in TRANSITIONS[State(consignment.state)]:
        raise no_way(consignment, state)
    if state in CUSTOMS_STATES and not consignment.abroad:
        raise Conflict(
            _("This consignment does not come from abroad, so it crosses no border."),
            code="no_border",
        )


def move(
    *,
    consignment: Consignment,
    state: State,
    day: dt.date,
    by: Actor | str,
    at: dt.datetime,
    note: str = "",
) -> None:
    """Write the passage and the new state of a held consignment, in the caller's transaction.

    For acts, codes and declarations, which check their own guards before, and that the day is not
    to come. Raises Conflict (`wrong_state`, `no_border`), Invalid (`before_last_passage`).
    """
    check_way(consignment, state)
    check_order(consignment, day)
    Passage.objects.create(
        consignment=consignment,
        before=consignment.state,
        after=state.value,
        day=day,
        note=note,
        by=str(by),
        at=at,
    )
    consignment.state = state.value
    consignment.state_since = day
    consignment.changed_at = at
    consignment.save(update_fields=["state", "state_since", "changed_at"])
    _turn_clocks(consignment, state, day, at)


def _turn_clocks(consignment: Consignment, state: State, day: dt.date, at: dt.datetime) -> None:
    """Days that begin or end with a state, by section 8."""
    if state == State.CUSTOMS_CLEARED:
        finish_clock(consignment, CODE, day)
        if consignment.regime in CODED and not consignment.declarations.exists():
            start_clock(consignment, REPORT, day, at=at)
    if state == State.RECEIVED:
        for rule in _begun_by_receipt(consignment, day):
            start_clock(consignment, rule, day, at=at)
    if state in ENDED:
        end_clocks(consignment, day)
        UniqueCode.objects.filter(consignment=consignment, ended_on__isnull=True).update(
            ended_on=day
        )
    if state == State.CLOSED:
        start_clock(consignment, RETENTION, day, at=at)


def _begun_by_receipt(consignment: Consignment, day: dt.date) -> list[str]:
    found = []
    if consignment.regime == Regime.TECHNICAL:
        found.append(PUBLICATION_OF_PROPERTY)
    # What is not verified is asked of nobody before the duty that it belongs to.
    if consignment.regime in CODED and in_force(REPORT, day):
        found.append(MONTHLY)
    if any(is_public_transport(line) for line in living_lines(consignment)):
        found.append(TRANSPORT)
    return found
