"""Why an act cannot be done now, in sentences with what to do instead.

A sentence may name goods, files and amounts to its reader; an audit event, which more people read
and which stays, keeps `kept` in its place (`untold`).
"""

import datetime as dt
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mistok.aid.consignments.refusing import STATE_WORDS, check_state
from mistok.aid.lifecycle import ENDED, State
from mistok.aid.models import AidAct, AidLine, Consignment
from mistok.kernel.errors import Conflict, Invalid, Refusal
from mistok.needs.lines.refusing import reader_language, told_amount

Told = TypeVar("Told", bound=Refusal)


def untold(refusal: Told, about: str) -> Told:
    """The same refusal, of which an audit event keeps the code and `about` what it was, no more."""
    refusal.kept = f"{about}: {refusal.code}."
    return refusal


def check_open(consignment: Consignment, *states: State) -> None:
    """Raise Conflict unless the consignment is in one of these states.

    Codes: `consignment_closed` where nothing more can happen to it, `wrong_state` else.
    """
    if consignment.state in ENDED:
        raise Conflict(
            _(
                "This consignment has been in the state “%(state)s” since %(day)s, so nothing was "
                "posted. Keep what you wrote down, and ask the office where it belongs."
            )
            % {
                "state": STATE_WORDS[consignment.state],
                "day": date_format(consignment.state_since),
            },
            code="consignment_closed",
            details={"state": consignment.state},
        )
    check_state(consignment, *states)


def not_in_books(lines: int) -> Conflict:
    """For who issues or passes on what no commission has valued yet."""
    return Conflict(
        _(
            "Goods are issued and passed on after they are in the books. Let the commission value "
            "every line first: %(lines)s are left."
        )
        % {"lines": lines},
        code="not_on_balance",
        details={"lines": lines},
    )


def still_coming() -> Conflict:
    """For who values or issues while a part is on the way."""
    return Conflict(
        _(
            "A part of this consignment is still on the way. Count what has come of it, or record "
            "it as lost, before you go on."
        ),
        code="still_coming",
    )


def not_cleared(line: AidLine) -> Conflict:
    """For who receives what customs have not let go."""
    refusal = Conflict(
        _("“%(name)s” is not cleared by customs. Record the clearance, then receive it.")
        % {"name": line_name(line)},
        code="not_cleared",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def border_ahead() -> Conflict:
    """For who receives a consignment without declarations that is between two customs."""
    return Conflict(
        _("The consignment is not cleared by customs. Record the clearance, then receive it."),
        code="not_cleared",
    )


def more_than_cleared(line: AidLine, more_by: int) -> Conflict:
    """For who counts more than customs have let go while they hold the rest."""
    refusal = Conflict(
        _(
            "Of “%(name)s” %(more)s more were counted than customs have cleared. Record the "
            "clearance of the other declarations first."
        )
        % {"name": line_name(line), "more": told_amount(more_by, line.unit)},
        code="more_than_cleared",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def too_early(code: str, day: dt.date, line: AidLine) -> Invalid:
    """For an act whose day comes before what it rests on."""
    sentences = {
        "before_acceptance": _(
            "On %(day)s not so much of “%(name)s” had been accepted. Write a day from its "
            "acceptance on."
        ),
        "before_clearance": _(
            "On %(day)s not so much of “%(name)s” had been cleared by customs. Write a day from "
            "its clearance on."
        ),
        "before_dispatch": _(
            "On %(day)s not so much of “%(name)s” had been sent off. Write a day from its dispatch "
            "on."
        ),
    }
    refusal = Invalid(
        sentences[code] % {"day": date_format(day), "name": line_name(line)},
        code=code,
        details={"line": line.public_id, "day": day.isoformat()},
    )
    return untold(refusal, line.public_id)


def line_name(line: AidLine) -> str:
    """What a line is called in the reader's language, else as it has it first."""
    told = line.names.get(reader_language()) or next(iter(line.names.values()), "")
    return str(told or line.public_id)


def counted_twice(line: AidLine) -> Invalid:
    """For an act that names the same lot in two rows."""
    refusal = Invalid(
        _("“%(name)s” is counted twice in this act. Write one row for each lot.")
        % {"name": line_name(line)},
        code="counted_twice",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def lot_unclear(line: AidLine) -> Invalid:
    """For a line of several lots, or of none, without a batch or serial number."""
    refusal = Invalid(
        _("“%(name)s” has several batches. Say of which batch or serial number you counted.")
        % {"name": line_name(line)},
        code="lot_unclear",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def more_damaged(line: AidLine, there: int) -> Invalid:
    """Damage beyond what the papers name cannot be the giver's claim."""
    refusal = Invalid(
        _(
            "Of “%(name)s” more was damaged than the papers name (%(there)s). Count what is beyond "
            "them as received, and write it off afterwards."
        )
        % {"name": line_name(line), "there": _told(there, line)},
        code="more_damaged_than_came",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def more_missing(line: AidLine, missing: int) -> Invalid:
    """A shortage is what the papers name and nobody found."""
    refusal = Invalid(
        _(
            "Of “%(name)s” no more than %(missing)s can be missing, by the papers and the count. "
            "Correct the shortage, or leave it out."
        )
        % {"name": line_name(line), "missing": _told(missing, line)},
        code="more_missing_than_came",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def _told(steps: int, line: AidLine) -> str:
    return told_amount(steps, line.unit) if steps else "0"


def way_unknown() -> Invalid:
    """For goods that such an act cannot take from where they are said to be."""
    return Invalid(
        _(
            "Such an act cannot take goods from there. Say where they are: in the store, damaged, "
            "on the way, or with the customs."
        ),
        code="account_wrong",
    )


def not_all_distributed() -> Conflict:
    """For who files the last report while goods lie in the store."""
    return Conflict(
        _(
            "Not all goods have left the store, so this cannot be the last report. File it as an "
            "interim one, or issue the rest first."
        ),
        code="not_all_distributed",
    )


def report_number_taken(number: str) -> Conflict:
    """For another report under the number of one that was filed."""
    return Conflict(
        _("A report with the number %(number)s is kept already, with other words.")
        % {"number": number},
        code="report_number_taken",
    )


def not_the_last(act: AidAct) -> Conflict:
    """For who reverses an act on which later ones rest."""
    return Conflict(
        _(
            "Later acts rest on the act %(number)s/%(year)s. Reverse them first, the latest of all "
            "at the beginning."
        )
        % {"number": act.number, "year": act.year},
        code="not_enough",
        details={"act": act.public_id},
    )


def follows_another(act: AidAct) -> Conflict:
    """A discrepancy act stands and falls with its acceptance."""
    return Conflict(
        _(
            "The act %(number)s/%(year)s belongs to an acceptance act. Reverse that one: this one "
            "is reversed with it."
        )
        % {"number": act.number, "year": act.year},
        code="follows_another",
        details={"act": act.public_id},
    )


def clearance_stays() -> Conflict:
    """What customs said is not taken back by the office."""
    return Conflict(
        _(
            "A clearance was told by the customs and stays. Where its day is wrong, correct the "
            "day of the report, and write what happened into the remarks of the next act."
        ),
        code="clearance_stays",
    )


def category_wrong(line: AidLine) -> Invalid:
    """For goods that are issued to nobody of the list."""
    refusal = Invalid(
        _("For whom “%(name)s” was given out is not told. Choose one of the list.")
        % {"name": line_name(line)},
        code="category_wrong",
        details={"line": line.public_id},
    )
    return untold(refusal, line.public_id)


def elsewhere() -> Invalid:
    """For a lot or line of another consignment."""
    return Invalid(
        _("A lot or line that you named is not of this consignment. Choose it from the list."),
        code="lot_elsewhere",
    )


def nothing_named() -> Invalid:
    """For an act without a single line."""
    return Invalid(
        _("The act names nothing. Write how much of which lot it is about."), code="nothing_named"
    )
