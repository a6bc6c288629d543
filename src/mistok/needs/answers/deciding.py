"""The word of the other side: more than is asked, another thing, or help drawn from an offer."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict
from mistok.needs.answers.amounts import amount_of, steps_of
from mistok.needs.answers.giving import check_unit
from mistok.needs.answers.guarding import check_harmless
from mistok.needs.answers.holding import check_lives, check_stands, hold, in_short, move
from mistok.needs.answers.notifying import tell_decided
from mistok.needs.answers.stock import take_from_offer
from mistok.needs.items import exact_amount
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines.amounts import take
from mistok.needs.lines.refusing import told_amount
from mistok.needs.models import Commitment, Need

LONGEST_REASON = 2000


def accept_commitment(
    *,
    actor: Actor,
    commitment: Commitment,
    expected: int | None = None,
    surplus: Decimal | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Give the word that a proposal waits for: from now on it counts.

    What goes beyond the open amount raises what is asked, as far as the asker agrees: to the
    surplus that was proposed or, where less is open by now, to the `surplus` given here (in the
    need's unit). Raises NotAllowed for who is not asked, Conflict (`commitment_changed`,
    `surplus_grew`, `need_…`, `offer_…`).
    """
    at = at or timezone.now()
    with audited(actor, "accept_commitment", commitment.public_id) as act:
        need, row = hold_both(commitment)
        check_stands(row, CommitmentState.PROPOSED, expected)
        office = check_awaited(actor, row)
        by_giver = row.asks == "giver"
        check_lives(need)
        check_unit(row, need)
        agreed = row.surplus
        if surplus is not None and not by_giver:
            agreed = steps_of(exact_amount(surplus, need.unit)) if surplus else 0
        beyond = _beyond(need, row, agreed)
        row = move(row, CommitmentState.MADE, expected=expected, at=at, surplus=beyond)
        take(need, row.covers, raise_asked_by=beyond, at=at)
        if row.offer is not None:
            take_from_offer(row.offer, row.offer_amount, at)
        tell_decided("commitment_accepted", row, need, actor, by_giver=by_giver)
        act.done(after=in_short(row, need, office=office))
    return row


def decline_commitment(
    *,
    actor: Actor,
    commitment: Commitment,
    reason: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Say no to a proposal, with a reason if there is one to tell.

    Raises NotAllowed for who is not asked, Conflict (`commitment_changed`), Invalid.
    """
    at = at or timezone.now()
    with audited(actor, "decline_commitment", commitment.public_id) as act:
        need, row = hold_both(commitment)
        check_stands(row, CommitmentState.PROPOSED, expected)
        office = check_awaited(actor, row)
        by_giver = row.asks == "giver"
        why = checked_reason(reason, needed=False)
        row = move(row, CommitmentState.DECLINED, expected=expected, at=at, reason=why)
        tell_decided("commitment_declined", row, need, actor, by_giver=by_giver)
        act.done(after=in_short(row, need, office=office))
    return row


def hold_both(commitment: Commitment) -> tuple[Need, Commitment]:
    """The need, then the commitment, as they are now; nobody else changes them meanwhile."""
    need = hold(commitment.need)
    rows = Commitment.objects.select_for_update(of=("self",))
    row = rows.select_related("offer", "giver_office", "addressee").get(pk=commitment.pk)
    row.need = need
    return need, row


def check_awaited(actor: Actor, row: Commitment) -> str:
    """Raise NotAllowed unless the actor speaks for the side whose word is awaited.

    Gives the public id of the office that is asked.
    """
    if row.asks == "giver" and row.giver_office is not None:
        check_can(actor, Permission.COMMIT_HELP, office=row.giver_office)
        return row.giver_office.public_id
    check_can(actor, Permission.ACCEPT_HELP, office=row.need.office)
    return row.need.office.public_id


def checked_reason(reason: str, *, needed: bool = True) -> str:
    """A reason as it is kept: the other side reads it. Raises Invalid."""
    why = words(reason, what=_("The reason"), most=LONGEST_REASON, needed=needed)
    check_harmless(why)
    return without_addresses(why)


def _beyond(need: Need, row: Commitment, agreed: int) -> int:
    """By how much the commitment raises what is asked; never by more than was agreed to."""
    beyond = max(0, row.covers - need.still_open)
    if beyond <= agreed:
        return beyond
    raise Conflict(
        _(
            "By now only %(open)s are still open, so %(beyond)s would be more than is asked. "
            "Accept that surplus, or decline and ask for less."
        )
        % {
            "open": told_amount(need.still_open, need.unit),
            "beyond": told_amount(beyond, need.unit),
        },
        code="surplus_grew",
        details={"surplus": str(amount_of(beyond, need.unit).number), "unit": need.unit},
    )
