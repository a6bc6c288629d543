"""The way of a letter: before the approver, sent back, approved, withdrawn, closed."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.needs.appeals.checking import check_lines_stand
from mistok.needs.appeals.entries import lines_of
from mistok.needs.appeals.filling import Source, slots_of, sources_of, trimmed
from mistok.needs.appeals.gaps import check_whole, gaps_of, unprintable
from mistok.needs.appeals.guarding import Overruled, check_safe
from mistok.needs.appeals.register import next_number, register_number
from mistok.needs.appeals.telling import tell_own
from mistok.needs.appeals.writing import in_short, move, writing
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Addressee, Appeal

MOST_REASON: Final = 2000
BEFORE_SENDING: Final = {AppealState.DRAFT, AppealState.IN_REVIEW, AppealState.APPROVED}


def submit_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    expected: int | None = None,
    today: dt.date | None = None,
) -> Appeal:
    """Put a draft before the approver.

    Raises NotAllowed, Conflict (`appeal_state`, `appeal_changed`, `line_…`), Invalid
    (`letter_has_no_line`, `letter_has_no_addressee`, `valid_until_past`, `letter_not_whole` with
    every gap, `sign_unprintable`). Dangers in the texts are told by `passages_of`; of them the
    approver decides.
    """
    today = today or timezone.localdate()
    sources = sources_of(appeal)
    whole = bool(sources) and all(not gaps_of(source) for source in sources)
    problem = unprintable(sources) if whole else None
    with writing(
        actor, "submit_appeal", appeal, Permission.WRITE_APPEAL, {AppealState.DRAFT}, expected
    ) as act:
        check_ready(appeal, sources_of(appeal), today)
        if problem is not None:
            raise problem
        move(appeal, AppealState.IN_REVIEW, returned_because="")
        tell_own("appeal_submitted", appeal, actor)
        act.done(after=in_short(appeal))
    return appeal


def return_appeal(
    *, actor: Actor, appeal: Appeal, reason: str, expected: int | None = None
) -> Appeal:
    """Send a letter back to who wrote it. Raises NotAllowed, Conflict, Invalid (`text_missing`)."""
    with writing(
        actor, "return_appeal", appeal, Permission.APPROVE_APPEAL, {AppealState.IN_REVIEW}, expected
    ) as act:
        why = words(reason, what=_("The reason"), most=MOST_REASON)
        move(appeal, AppealState.DRAFT, returned_because=why)
        tell_own("appeal_returned", appeal, actor)
        act.done(after=in_short(appeal))
    return appeal


def approve_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    overruled: Sequence[Overruled] = (),
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Appeal:
    """Approve a letter: it gets its number in the register, and what it says is kept as it is.

    Raises NotAllowed (`own_letter` for who wrote it), what `submit_appeal` raises, and Invalid
    (`text_dangerous`) for dangers that are not among `overruled`.
    """
    at = at or timezone.now()
    with writing(
        actor,
        "approve_appeal",
        appeal,
        Permission.APPROVE_APPEAL,
        {AppealState.IN_REVIEW},
        expected,
    ) as act:
        check_own_eyes(actor, appeal.written_by)
        sources = sources_of(appeal)
        check_ready(appeal, sources, timezone.localdate(at))
        passed = check_safe(sources, overruled)
        keep_slots(appeal, sources)
        number, year = next_number(appeal.office, at)
        move(
            appeal,
            AppealState.APPROVED,
            number=number,
            year=year,
            overruled=passed,
            approved_by=str(actor),
            approved_at=at,
        )
        tell_own("appeal_approved", appeal, actor, number=register_number(appeal))
        act.done(after=in_short(appeal, overruled=[one["why"] for one in passed]))
    return appeal


def withdraw_appeal(*, actor: Actor, appeal: Appeal, expected: int | None = None) -> Appeal:
    """Give a letter up that has not gone out. A number that it has stays in the register."""
    with writing(
        actor, "withdraw_appeal", appeal, Permission.WRITE_APPEAL, BEFORE_SENDING, expected
    ) as act:
        move(appeal, AppealState.WITHDRAWN)
        act.done(after=in_short(appeal))
    return appeal


def close_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Appeal:
    """Close a letter that has done its work; it stays genuine."""
    with writing(
        actor, "close_appeal", appeal, Permission.SEND_APPEAL, {AppealState.SENT}, expected
    ) as act:
        move(appeal, AppealState.CLOSED, closed_at=at or timezone.now(), correction={})
        act.done(after=in_short(appeal))
    return appeal


def check_ready(appeal: Appeal, sources: Sequence[Source], today: dt.date) -> None:
    """Raise unless this could go out today: lines, addressees, day, whole in every language."""
    lines = sources[0].lines if sources else lines_of(appeal)
    if not lines:
        raise Invalid(
            _("The letter asks for nothing. Add at least one need."), code="letter_has_no_line"
        )
    if not sources:
        raise Invalid(
            _("The letter has no addressee. Choose at least one."), code="letter_has_no_addressee"
        )
    check_lines_stand(lines)
    until = sources[0].entry.valid_until
    if until is not None and until < today:
        raise Invalid(
            _("The letter would be good until %(day)s, which has passed. Choose a later day.")
            % {"day": until.isoformat()},
            code="valid_until_past",
        )
    check_whole(sources)


def check_own_eyes(actor: Actor, writer: str) -> None:
    """Raise NotAllowed (`own_letter`) where somebody would approve her own letter."""
    if str(actor) == writer:
        raise NotAllowed(
            _("You wrote this letter yourself. Ask another approver of the office."),
            code="own_letter",
        )


def keep_slots(appeal: Appeal, sources: Sequence[Source]) -> None:
    """Keep what each letter says, so that what is sent is what was approved."""
    for source in sources:
        rows = Addressee.objects.filter(appeal=appeal, place=source.to.place)
        rows.update(slots=trimmed(slots_of(source), source.languages))


def lapsed(appeal: Appeal, today: dt.date) -> bool:
    """Whether the day until which the letter is good has passed."""
    return appeal.valid_until is not None and appeal.valid_until < today


def check_not_lapsed(appeal: Appeal, today: dt.date) -> None:
    """Raise Conflict (`letter_lapsed`) for a letter that would be expired when it comes."""
    if lapsed(appeal, today):
        raise Conflict(
            _("The letter was good until %(day)s. Withdraw it and write a new one.")
            % {"day": appeal.valid_until},
            code="letter_lapsed",
        )
