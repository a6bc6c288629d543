"""A letter that went out is corrected: by a further version, approved like the first.

The earlier letters stay as they are, and their codes say that they were replaced.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid
from mistok.needs.appeals.checking import check_lines_stand, checked_addressees, checked_lines
from mistok.needs.appeals.deciding import MOST_REASON, check_own_eyes, keep_slots
from mistok.needs.appeals.entries import (
    AddresseeEntry,
    AppealEntry,
    LineEntry,
    addressee_entry,
    as_kept,
    cleaned,
    from_kept,
)
from mistok.needs.appeals.filling import Source, slots_of, sources_of, trimmed
from mistok.needs.appeals.gaps import check_whole, unprintable
from mistok.needs.appeals.guarding import Overruled, check_safe
from mistok.needs.appeals.making import kept_or_removed, make_letter
from mistok.needs.appeals.sending import Sent, counted, hand_out
from mistok.needs.appeals.telling import tell_addressees, tell_own
from mistok.needs.appeals.writing import check_version, fields_of, in_short, keep_rows, writing
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Appeal, Letter, Posting

_STATES = {AppealState.SENT}


def correct_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    entry: AppealEntry,
    lines: Sequence[LineEntry],
    addressees: Sequence[AddresseeEntry],
    expected: int | None = None,
) -> Appeal:
    """Write what a corrected version shall say, and put it before the approver.

    The lines are those of the letter in their order (amounts may change), and so are the
    addressees (how they are greeted, their language and mail may change). Raises NotAllowed,
    Conflict (`appeal_state`, `appeal_changed`, `line_…`), Invalid (`correction_changes_lines`,
    `correction_changes_addressees`, `letter_not_whole`, and what `change_appeal` raises).
    """
    with writing(
        actor, "correct_appeal", appeal, Permission.WRITE_APPEAL, _STATES, expected
    ) as act:
        found = checked_lines(appeal.office, lines)
        to = [addressee_entry(one) for one in checked_addressees(appeal.office, addressees)]
        _check_same(appeal, found, to)
        kept = as_kept(cleaned(entry), found, to) | {"by": str(actor)}
        Appeal.objects.filter(pk=appeal.pk).update(correction=kept, returned_because="")
        appeal.refresh_from_db()
        check_lines_stand(found, more_than_open=True)
        sources = sources_of_correction(appeal)
        check_whole(sources)
        problem = unprintable(sources)
        if problem is not None:
            raise problem
        tell_own("appeal_submitted", appeal, actor)
        act.done(after=in_short(appeal))
    return appeal


def refuse_correction(
    *, actor: Actor, appeal: Appeal, reason: str, expected: int | None = None
) -> Appeal:
    """Send a correction back: the letter stays as it went out."""
    with writing(
        actor, "refuse_correction", appeal, Permission.APPROVE_APPEAL, _STATES, expected
    ) as act:
        check_correction(appeal)
        why = words(reason, what=_("The reason"), most=MOST_REASON)
        Appeal.objects.filter(pk=appeal.pk).update(correction={}, returned_because=why)
        appeal.refresh_from_db()
        tell_own("appeal_returned", appeal, actor)
        act.done(after=in_short(appeal))
    return appeal


def new_version(
    *,
    actor: Actor,
    appeal: Appeal,
    overruled: Sequence[Overruled] = (),
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Sent:
    """Approve the correction and send it: a further letter to every addressee.

    Raises NotAllowed (`own_letter`), Conflict (`appeal_state`, `appeal_changed`,
    `no_correction`), Invalid (`text_dangerous`), and what `send_appeal` raises.
    """
    at = at or timezone.now()
    with audited(actor, "new_version", appeal.public_id):
        check_can(actor, Permission.APPROVE_APPEAL, office=appeal.office)
        check_version(appeal, _STATES, expected)
        check_correction(appeal)
        check_own_eyes(actor, appeal.correction["by"])
        sources = sources_of_correction(appeal)
        check_lines_stand(sources[0].lines, more_than_open=True)
        check_whole(sources)
        passed = check_safe(sources, overruled)
    letters = _made(appeal, sources, actor, at)
    seen = appeal.version
    with (
        kept_or_removed(letters),
        writing(actor, "new_version", appeal, Permission.APPROVE_APPEAL, _STATES, seen) as act,
    ):
        sent = _kept(appeal, letters, passed, at)
        tell_addressees("letter_replaced", appeal, appeal.addressees.all())
        act.done(after=in_short(appeal, **counted(sent)))
    return sent


def sources_of_correction(appeal: Appeal) -> tuple[Source, ...]:
    """What the corrected letters are made of, one an addressee; empty without a correction."""
    if not appeal.correction:
        return ()
    entry, lines, addressees = from_kept(appeal.correction)
    return tuple(Source(appeal.office, entry, lines, one) for one in addressees)


def check_correction(appeal: Appeal) -> None:
    """Raise Conflict (`no_correction`) where none waits for the approver."""
    if not appeal.correction:
        raise Conflict(
            _("No correction of this letter waits for approval. Open the letter again."),
            code="no_correction",
        )


def _check_same(
    appeal: Appeal, lines: Sequence[LineEntry], addressees: Sequence[AddresseeEntry]
) -> None:
    asked = list(appeal.lines.order_by("position").values_list("need_id", flat=True))
    if [line.need.pk for line in lines] != asked:
        raise Invalid(
            _("The numbers of lines never change: correct amounts, or write a new letter."),
            code="correction_changes_lines",
        )
    if {one.place for one in addressees} != {one.place for one in appeal.addressees.all()}:
        raise Invalid(
            _("A correction goes to the same addressees. Write a new letter to others."),
            code="correction_changes_addressees",
        )


def _made(
    appeal: Appeal, sources: Sequence[Source], actor: Actor, at: dt.datetime
) -> tuple[Letter, ...]:
    rows = {one.place: one for one in appeal.addressees.select_related("appeal__office")}
    made: list[Letter] = []
    with kept_or_removed(made):
        for source in sources:
            slots = trimmed(slots_of(source), source.languages)
            one = rows[source.to.place]
            made.append(make_letter(source, one, slots, actor=actor, at=at))
    return tuple(made)


def _kept(
    appeal: Appeal, letters: Sequence[Letter], passed: list[dict[str, Any]], at: dt.datetime
) -> Sent:
    """The record says what the newest version says; mails of older ones are no longer sent."""
    entry, lines, addressees = from_kept(appeal.correction)
    Appeal.objects.filter(pk=appeal.pk).update(
        **fields_of(entry), overruled=passed, correction={}, returned_because=""
    )
    appeal.refresh_from_db()
    keep_rows(appeal, lines, addressees)
    keep_slots(appeal, sources_of(appeal))
    waiting = Posting.objects.filter(letter__addressee__appeal=appeal, sent_at__isnull=True)
    waiting.filter(dropped_at__isnull=True).update(dropped_at=at, failure="replaced")
    rows = {one.place: one for one in appeal.addressees.all()}
    for letter in letters:
        letter.addressee = rows[letter.addressee.place]
    return hand_out(appeal, letters, at)
