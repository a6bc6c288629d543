"""A commitment is taken back, so that its need opens again, or kept: what was promised has come."""

import datetime as dt

from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.selectors import verified_office
from mistok.kernel.errors import NotAllowed
from mistok.needs.answers.deciding import checked_reason, hold_both
from mistok.needs.answers.holding import check_stands, in_short, move
from mistok.needs.answers.notifying import tell_decided
from mistok.needs.answers.stock import return_to_offer
from mistok.needs.lifecycle import CommitmentState, NeedState
from mistok.needs.lines.amounts import give_back
from mistok.needs.models import Commitment, Need
from mistok.needs.models.answers import Giver

PRIVATE = (Giver.ORGANISATION, Giver.CITIZEN)


def withdraw_commitment(
    *,
    actor: Actor,
    commitment: Commitment,
    reason: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Take a commitment back with the reason: what it covered is open again.

    The giver does it; the asking office may too, for a giver who is silent. What the commitment
    had raised what is asked by is no longer asked. Raises NotAllowed (`not_your_commitment`),
    Conflict (`commitment_changed`), Invalid.
    """
    at = at or timezone.now()
    with audited(actor, "withdraw_commitment", commitment.public_id) as act:
        need, row = hold_both(commitment)
        by_giver = _check_side(actor, row)
        take_back(need, row, reason, expected=expected, at=at)
        tell_decided("commitment_withdrawn", row, need, actor, by_giver=by_giver)
        act.done(after=in_short(row, need, **_side(row, by_giver)))
    return row


def keep_commitment(
    *,
    actor: Actor,
    commitment: Commitment,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Say that what was promised has come; the need is fulfilled when all of it has.

    Raises NotAllowed for who is not of the asking office, Conflict (`commitment_changed`).
    """
    at = at or timezone.now()
    with audited(actor, "keep_commitment", commitment.public_id) as act:
        need, row = hold_both(commitment)
        check_can(actor, Permission.ACCEPT_HELP, office=need.office)
        check_stands(row, CommitmentState.MADE, expected)
        row = move(row, CommitmentState.KEPT, expected=expected, at=at)
        fulfilled = _fulfil(need, at)
        tell_decided("commitment_kept", row, need, actor, by_giver=False)
        act.done(after=in_short(row, need, office=need.office.public_id, fulfilled=fulfilled))
    return row


def take_back(
    need: Need, row: Commitment, reason: str, *, expected: int | None, at: dt.datetime
) -> Commitment:
    """The same inside a transaction that holds need and commitment."""
    why = checked_reason(reason)
    counted = row.state == CommitmentState.MADE
    move(row, CommitmentState.WITHDRAWN, expected=expected, at=at, reason=why)
    if counted:
        give_back(need, row.covers, at=at)
        _ask_less(need, row.surplus, at)
        if row.offer is not None:
            return_to_offer(row.offer, row.offer_amount, at)
    return row


def _check_side(actor: Actor, row: Commitment) -> bool:
    """Whether it is the giver who acts; raises NotAllowed for who is of neither side."""
    # What was promised by a link is the municipality's, whose office may have come since.
    office = row.giver_office or (verified_office(row.giver_place) if row.giver_place else None)
    if office is not None and can(actor, Permission.COMMIT_HELP, office=office):
        return True
    if row.giver in PRIVATE and actor.person is not None and row.made_by == str(actor):
        return True
    if can(actor, Permission.ACCEPT_HELP, office=row.need.office):
        return False
    raise NotAllowed(
        _("Only who gives and who asked can take this commitment back. Ask one of them."),
        code="not_your_commitment",
    )


def _side(row: Commitment, by_giver: bool) -> dict[str, str]:
    office = row.giver_office if by_giver else row.need.office
    return {
        "side": "giver" if by_giver else "asker",
        **({"office": office.public_id} if office is not None else {}),
    }


def _ask_less(need: Need, surplus: int, at: dt.datetime) -> None:
    """What nobody had asked for before the commitment is not asked for after it."""
    if not surplus:
        return
    rows = Need.objects.filter(pk=need.pk, still_open__gte=surplus, asked__gt=surplus)
    rows.update(
        asked=F("asked") - surplus,
        still_open=F("still_open") - surplus,
        state=Case(
            When(still_open__gt=surplus, then=Value(NeedState.OPEN.value)),
            When(committed__gt=0, then=Value(NeedState.COMMITTED.value)),
            default=Value(NeedState.WITHDRAWN.value),
        ),
        version=F("version") + 1,
        changed_at=at,
    )
    need.refresh_from_db()


def _fulfil(need: Need, at: dt.datetime) -> bool:
    """Nothing is open and every commitment that counts was kept: then the need is fulfilled."""
    if Commitment.objects.filter(need=need, state=CommitmentState.MADE).exists():
        return False
    rows = Need.objects.filter(pk=need.pk, state=NeedState.COMMITTED, still_open=0)
    done = rows.update(state=NeedState.FULFILLED.value, version=F("version") + 1, changed_at=at)
    return bool(done)
