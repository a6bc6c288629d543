"""Why something cannot be done with a consignment now, in sentences with what to do instead."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mistok.aid.lifecycle import State
from mistok.aid.models import AidLine, Consignment
from mistok.aid.models.consignments import STATES
from mistok.kernel.errors import Conflict, Invalid, NotFound, Refusal

Refused = TypeVar("Refused", bound=Refusal)

STATE_WORDS: Final[Mapping[str, Any]] = dict(STATES)


def kept_short(refusal: Refused, words: str) -> Refused:
    """The refusal, of which an audit event keeps these words alone: no amounts, no days of
    transport, no titles."""
    refusal.kept = words
    return refusal


def told_day(day: dt.date) -> str:
    """A day as the reader's language writes it."""
    return date_format(day, "DATE_FORMAT")


def check_state(consignment: Consignment, *states: State) -> None:
    """Raise Conflict (`wrong_state`) unless the consignment is in one of these states."""
    if consignment.state not in states:
        raise Conflict(
            _(
                "The consignment is in the state “%(state)s”, in which this cannot be done. Open "
                "the page again and look at what comes next."
            )
            % {"state": STATE_WORDS[consignment.state]},
            code="wrong_state",
            details={"state": consignment.state, "needed": [str(state) for state in states]},
        )


def no_way(consignment: Consignment, state: State) -> Conflict:
    """From where it stands it cannot come there (`wrong_state`)."""
    return Conflict(
        _(
            "A consignment in the state “%(state)s” cannot come into the state “%(next)s”. Open "
            "the page again and look at what comes next."
        )
        % {"state": STATE_WORDS[consignment.state], "next": STATE_WORDS[state]},
        code="wrong_state",
        details={"state": consignment.state, "next": str(state)},
    )


def lines_fixed(consignment: Consignment) -> Conflict:
    """For who writes lines after the papers have named them."""
    return Conflict(
        _(
            "Lines can be written until the code or the dispatch names them; the consignment is "
            "in the state “%(state)s”. Record what differs in the act of acceptance."
        )
        % {"state": STATE_WORDS[consignment.state]},
        code="lines_fixed",
        details={"state": consignment.state},
    )


def line_gone(line: AidLine) -> Conflict:
    """For who changes a line that was taken out."""
    return Conflict(
        _("Line %(line)s was taken out of the consignment. Write it anew if it comes after all.")
        % {"line": line.position},
        code="line_removed",
    )


def unknown_consignment() -> NotFound:
    """One sentence for what is not there and for what is not yours."""
    return NotFound(
        _(
            "There is no consignment with this address that you may read. Look at the list of "
            "your office."
        ),
        code="consignment_unknown",
    )


def check_day(consignment: Consignment, day: dt.date, today: dt.date) -> None:
    """Raise Invalid for a day to come (`day_to_come`) or before the last passage
    (`before_last_passage`)."""
    check_past(day, today)
    check_order(consignment, day)


def check_order(consignment: Consignment, day: dt.date) -> None:
    """Raise Invalid (`before_last_passage`) for a day before the consignment's present state."""
    if day < consignment.state_since:
        refusal = Invalid(
            _(
                "%(day)s lies before %(since)s, when the consignment came into the state "
                "“%(state)s”. Correct the day."
            )
            % {
                "day": told_day(day),
                "since": told_day(consignment.state_since),
                "state": STATE_WORDS[consignment.state],
            },
            code="before_last_passage",
        )
        raise kept_short(refusal, "The day lies before the last passage.")


def check_past(day: dt.date, today: dt.date) -> None:
    """Raise Invalid (`day_to_come`) for a day that lies ahead."""
    if day > today:
        refusal = Invalid(
            _("%(day)s lies ahead. Record what has happened, on the day when it happened.")
            % {"day": told_day(day)},
            code="day_to_come",
        )
        raise kept_short(refusal, "The day lies ahead.")
