"""A commitment is entered: checked against its line, written down, and counted where it counts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid
from mistok.needs.answers.amounts import counted_steps
from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.answers.guarding import check_harmless
from mistok.needs.answers.holding import check_lives, new_id
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines.amounts import take
from mistok.needs.lines.entries import MOST_MONTHS, MOST_PERCENT
from mistok.needs.lines.refusing import more_than_open
from mistok.needs.models import Addressee, AppealLine, Commitment, Need, Offer
from mistok.needs.models.answers import Giver

LONGEST_NOTE = 2000
LONGEST_INSTEAD = 400
LONGEST_WAIT = dt.timedelta(days=3 * 366)
"""A day of arrival later than this is a slip of the keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingSide:
    """Who gives: a municipality by its office or by a letter to it, an organisation, a citizen."""

    kind: Giver
    name: str
    by: str
    office: Office | None = None
    place: str = ""
    email: str = ""
    line: AppealLine | None = None
    addressee: Addressee | None = None

    @classmethod
    def of_office(cls, office: Office, by: object, line: AppealLine | None = None) -> "GivingSide":
        """A municipality whose office acts, on its own or for a line of a letter to it."""
        return cls(
            kind=Giver.MUNICIPALITY,
            name=office.name,
            by=str(by),
            office=office,
            place=office.place,
            line=line,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a commitment takes from an offer: thousandths of the offer's unit."""

    offer: Offer
    steps: int
    asks: str


def enter(
    *,
    need: Need,
    side: GivingSide,
    entry: CommitmentEntry,
    at: dt.datetime,
    unconfirmed: bool = False,
    drawn: Drawn | None = None,
) -> Commitment:
    """Write a commitment against a held need; a plain one is counted at once.

    It waits for the other side's word where it is more than is open, another thing, or drawn from
    an offer. Raises Invalid for an amount, day or text that cannot be, Conflict (`own_need`,
    `need_withdrawn`, `need_not_open`, `more_than_open`).
    """
    check_lives(need)
    _check_other(need, side)
    checked = _checked(entry, at.date())
    covers = counted_steps(need, entry, _all_of_it(need, side))
    surplus = max(0, covers - need.still_open)
    _check_amount(need, entry, covers, surplus)
    state = _state(entry, surplus, unconfirmed, drawn)
    waits = state == CommitmentState.PROPOSED
    row = _written(
        need,
        side,
        at,
        offer=drawn.offer if drawn else None,
        offer_amount=drawn.steps if drawn else 0,
        asks=(drawn.asks if drawn else "asker") if waits else "",
        form=_form(need, side, entry, covers),
        covers=covers,
        surplus=surplus,
        state=state,
        **checked,
    )
    if state == CommitmentState.MADE:
        take(need, covers, at=at)
    return row


def _written(need: Need, side: GivingSide, at: dt.datetime, **fields: Any) -> Commitment:
    """The row, with who gives."""
    return Commitment.objects.create(
        public_id=new_id("commitment"),
        need=need,
        unit=need.unit,
        addressee=side.addressee,
        giver=side.kind,
        giver_office=side.office,
        giver_place=side.place,
        giver_name=side.name,
        giver_email=side.email,
        made_by=side.by,
        made_at=at,
        changed_at=at,
        **fields,
    )


def check_unit(row: Commitment, need: Need) -> None:
    """Raise Conflict (`unit_changed`) where a need is counted otherwise than it was then."""
    if row.unit != need.unit:
        raise Conflict(
            _("The need is counted in another unit since then. Decline, and let it be made anew."),
            code="unit_changed",
        )


def _state(
    entry: CommitmentEntry, surplus: int, unconfirmed: bool, drawn: Drawn | None
) -> CommitmentState:
    if unconfirmed:
        return CommitmentState.UNCONFIRMED
    if drawn or surplus or entry.is_alternative:
        return CommitmentState.PROPOSED
    return CommitmentState.MADE


def _all_of_it(need: Need, side: GivingSide) -> int:
    """What a commitment without a number means: all that is open, or what the letter asks for."""
    return min(need.still_open, side.line.amount) if side.line else need.still_open


def _form(need: Need, side: GivingSide, entry: CommitmentEntry, covers: int) -> str:
    if entry.is_alternative:
        return Commitment.Form.ALTERNATIVE
    whole = side.line.amount if side.line else need.asked - need.withdrawn
    return Commitment.Form.FULL if covers >= whole else Commitment.Form.PART


def _check_other(need: Need, side: GivingSide) -> None:
    if side.place == need.place:
        raise Conflict(
            _("This is a need of your own municipality. What it buys itself is no commitment."),
            code="own_need",
        )


def _check_amount(need: Need, entry: CommitmentEntry, covers: int, surplus: int) -> None:
    if covers == 0:
        raise Conflict(
            _("All of this need is committed already. Write a number if you mean more."),
            code="nothing_open",
        )
    if surplus and not entry.beyond_open:
        raise more_than_open(need, covers)


def _checked(entry: CommitmentEntry, today: dt.date) -> dict[str, Any]:
    """What is told besides the amount, by the names of the row's fields."""
    if entry.arrives_on and not today <= entry.arrives_on <= today + LONGEST_WAIT:
        raise Invalid(
            _("“%(day)s” cannot be the day of arrival. Write a day from today on, within 3 years.")
            % {"day": entry.arrives_on.isoformat()},
            code="day_impossible",
        )
    for value, most in ((entry.shelf_life_months, MOST_MONTHS), (entry.wear_percent, MOST_PERCENT)):
        if value is not None and not 0 <= value <= most:
            raise Invalid(
                _("%(value)s cannot be. Write a whole number from 0 to %(most)s.")
                % {"value": value, "most": most},
                code="number_out_of_range",
            )
    code = item_of(entry.instead_item).code if entry.instead_item else ""
    instead = words(
        entry.instead,
        what=_("What is given instead"),
        most=LONGEST_INSTEAD,
        needed=entry.is_alternative and not code,
    )
    note = words(entry.note, what=_("The note"), most=LONGEST_NOTE, needed=False)
    check_harmless(instead, note)
    return {
        "instead": instead,
        "instead_item": code,
        "note": note,
        "arrives_on": entry.arrives_on,
        "shelf_life_months": entry.shelf_life_months,
        "wear_percent": entry.wear_percent,
    }
