"""A line passes from state to state: shown to partners, withdrawn, fulfilled, asked again."""

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict
from mistok.needs.lifecycle import CommitmentState, NeedState
from mistok.needs.lines.amounts import check_steps
from mistok.needs.lines.entries import check_day, checked, entry_of
from mistok.needs.lines.guarding import LetPass, check_guard, let_pass_before, passages
from mistok.needs.lines.refusing import (
    check_may_leave,
    check_state,
    more_than_open,
    not_all_kept,
    not_open,
    still_open,
)
from mistok.needs.lines.standing import take_back_standing
from mistok.needs.lines.telling import tell_withdrawn
from mistok.needs.lines.writing import drafted, in_short, writing
from mistok.needs.models import Need
from mistok.needs.models.lines import Repeat

LONGEST_REASON: Final = 400
MONTHS: Final = {Repeat.MONTH: 1, Repeat.QUARTER: 3, Repeat.YEAR: 12}


def open_need(
    *,
    actor: Actor,
    need: Need,
    expected: int | None = None,
    overruled: Sequence[LetPass] = (),
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Need:
    """Show a draft to the partners of the municipality, once its texts are safe.

    A danger in them is taken out, or let pass by who may publish (then she shows it). What is
    only a warning is told by `passages` and stops nothing. Raises Conflict (`need_changed`,
    `need_open_already` and the like, `need_for_defence`), Invalid
    (`dangerous_text`, `needed_by_past`), NotAllowed.
    """
    at = at or timezone.now()
    right = Permission.PUBLISH_NEED if overruled else Permission.WRITE_NEED
    with writing(actor, need, "open_need", right, expected) as act:
        check_state(need, NeedState.DRAFT)
        check_may_leave(need.end_user)
        check_day(need.needed_by, today or timezone.localdate())
        found = passages(need, need.office)
        kept = check_guard(found, overruled, let_pass_before(need))
        need.state = NeedState.OPEN
        need.opened_at = need.changed_at = at
        need.save()
        act.done(after=in_short(need) | ({"overruled": kept} if kept else {}))
    return need


def withdraw_need(
    *,
    actor: Actor,
    need: Need,
    reason: str,
    expected: int | None = None,
    amount: int | None = None,
    at: dt.datetime | None = None,
) -> Need:
    """Ask no longer for what is open, or for `amount` thousandths of it; the rest stays.

    What is committed stays committed: to withdraw all, commitments are taken back first. A line
    of which nothing is left to ask is no longer public. Raises Conflict (`need_changed`,
    `nothing_open`, `more_than_open`, `need_withdrawn`, `need_fulfilled`), Invalid
    (`text_missing`, `text_too_long`, `amount_zero`), NotAllowed.
    """
    at = at or timezone.now()
    with writing(actor, need, "withdraw_need", Permission.WRITE_NEED, expected) as act:
        why = words(reason, what=_("The reason"), most=LONGEST_REASON)
        check_state(need, NeedState.DRAFT, NeedState.OPEN)
        steps = need.still_open if amount is None else amount
        check_steps(steps)
        if steps > need.still_open:
            raise more_than_open(need, steps)
        need.still_open -= steps
        need.withdrawn += steps
        need.state = _after_withdrawal(need)
        need.changed_at = at
        need.save()
        if need.state == NeedState.WITHDRAWN:
            take_back_standing(need, actor, at)
            tell_withdrawn(need, actor, at)
        act.done(after=in_short(need) | {"reason": without_addresses(why), "steps": steps})
    return need


def fulfil_need(
    *,
    actor: Actor,
    need: Need,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Need:
    """Say that everything that was committed has come; the line is closed for good.

    Raises Conflict (`need_changed`, `still_open`, `not_all_kept`, `need_not_open`,
    `need_withdrawn`, `need_fulfilled`), NotAllowed.
    """
    at = at or timezone.now()
    with writing(actor, need, "fulfil_need", Permission.WRITE_NEED, expected) as act:
        if need.state == NeedState.OPEN:
            raise still_open(need)
        check_state(need, NeedState.COMMITTED)
        waiting = need.commitments.filter(state=CommitmentState.MADE).count()
        if waiting:
            raise not_all_kept(waiting)
        need.state = NeedState.FULFILLED
        need.changed_at = at
        need.save()
        take_back_standing(need, actor, at)
        act.done(after=in_short(need))
    return need


def renew_need(
    *,
    actor: Actor,
    need: Need,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Need:
    """The next line of a standing need, as a draft with the same words and the same amount.

    It is needed by the next day of its rhythm that is still to come. Raises Conflict
    (`need_not_standing`, `need_renewed_already`, `need_not_open` for a draft), NotAllowed.
    """
    at = at or timezone.now()
    today = today or timezone.localdate()
    with audited(actor, "renew_need", need.public_id) as act:
        check_can(actor, Permission.WRITE_NEED, office=need.office)
        if not need.repeat:
            raise Conflict(
                _("This need does not come back. Say in its form how often it does."),
                code="need_not_standing",
            )
        if need.state == NeedState.DRAFT:
            raise not_open(need)
        fields = checked(entry_of(need), today, need.needed_by)
        fields["needed_by"] = next_day(need.needed_by, Repeat(need.repeat), today)
        made = drafted(need.office, fields, actor, at)
        made.renews = need
        _save_once(made)
        act.done(about=made.public_id, after=in_short(made) | {"renews": need.public_id})
    return made


def next_day(day: dt.date | None, repeat: Repeat, today: dt.date) -> dt.date | None:
    """The day in the rhythm after `day` that is not over; the last of a month stays inside it."""
    if day is None:
        return None
    months, following = 0, day
    while following <= day or following < today:
        months += MONTHS[repeat]
        following = _months_after(day, months)
    return following


def _months_after(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _after_withdrawal(need: Need) -> NeedState:
    if not need.still_open:
        return NeedState.COMMITTED if need.committed else NeedState.WITHDRAWN
    return NeedState(need.state)


def _save_once(made: Need) -> None:
    """The database keeps a line from having two next ones."""
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(
            _("This need was asked again already. Open the newer line."),
            code="need_renewed_already",
        ) from error
