"""What every act by which goods leave the store or the way asks before and after it posts."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

from mistok.aid.acts.refusing import (
    check_open,
    elsewhere,
    not_in_books,
    nothing_named,
    still_coming,
    too_early,
)
from mistok.aid.acts.standing import came_by, unvalued_lines
from mistok.aid.acts.units import check_amount
from mistok.aid.ledger import Movement
from mistok.aid.lifecycle import MOVING, Account, State
from mistok.aid.models import Consignment

_EARLY: Final = {
    Account.STORE: "before_acceptance",
    Account.DAMAGED: "before_acceptance",
    Account.CUSTOMS: "before_clearance",
    Account.IN_TRANSIT: "before_dispatch",
}


def check_in_books(consignment: Consignment) -> None:
    """Raise Conflict unless everything has come and is valued.

    Codes: `consignment_closed`, `wrong_state`, `still_coming`, `not_on_balance`.
    """
    if consignment.state in MOVING:
        raise still_coming()
    if consignment.state == State.RECEIVED:
        raise not_in_books(len(unvalued_lines(consignment)))
    check_open(consignment, State.ON_BALANCE, State.DISTRIBUTING)


def check_rows(consignment: Consignment, movements: Sequence[Movement]) -> None:
    """Raise Invalid for no rows at all (`nothing_named`), foreign lots, impossible amounts."""
    if not movements:
        raise nothing_named()
    for move in movements:
        if move.lot.line.consignment_id != consignment.pk:
            raise elsewhere()
        check_amount(move.amount, move.lot.line)


def check_there(movements: Sequence[Movement], day: dt.date) -> None:
    """Raise Invalid where goods left an account on a day before so much had come into it.

    Asked after they were posted: what the ledger does not hold at all it refuses by itself. What
    the giver or nobody held has no such day.
    Codes: `before_acceptance`, `before_clearance`, `before_dispatch`.
    """
    places = Counter((move.lot, move.source) for move in movements)
    for lot, account in places:
        code = _EARLY.get(account)
        if code and came_by(lot, account, day) < 0:
            raise too_early(code, day, lot.line)
