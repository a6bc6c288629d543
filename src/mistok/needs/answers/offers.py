"""Offers: what a municipality could give or do without having been asked."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict, Refusal
from mistok.needs.answers.amounts import amount_of
from mistok.needs.answers.entries import OfferEntry
from mistok.needs.answers.guarding import let_pass, passages_of_offer
from mistok.needs.answers.holding import new_id
from mistok.needs.answers.offered import checked_offer
from mistok.needs.answers.stock import not_takeable
from mistok.needs.lifecycle import COUNTING, CommitmentState, OfferState
from mistok.needs.lines import LetPass, told_amount
from mistok.needs.models import Offer
from mistok.provenance.models import AuditEvent

GOING_ON = (OfferState.OPEN, OfferState.TAKEN)
_COUNTED = (*COUNTING, CommitmentState.PROPOSED)


def write_offer(
    *, actor: Actor, office: Office, entry: OfferEntry, at: dt.datetime | None = None
) -> Offer:
    """A new offer as a draft, which only the office sees.

    Raises NotAllowed, Invalid and NotFound as `offered.checked_offer` does.
    """
    at = at or timezone.now()
    with audited(actor, "write_offer", office.public_id) as act:
        check_can(actor, Permission.WRITE_OFFER, office=office)
        fields = checked_offer(entry, at.date())
        offer = Offer.objects.create(
            public_id=new_id("offer"),
            office=office,
            place=office.place,
            country=office.country,
            left=fields["amount"],
            written_by=str(actor),
            written_at=at,
            changed_at=at,
            **fields,
        )
        act.done(about=offer.public_id, after=_in_short(offer))
    return offer


def change_offer(
    *,
    actor: Actor,
    offer: Offer,
    entry: OfferEntry,
    expected: int | None = None,
    overruled: Sequence[LetPass] = (),
    at: dt.datetime | None = None,
) -> Offer:
    """Write an offer anew; what others see already passes the guard again.

    Its amount may rise, and fall by what is left; its unit and item stay once something of it is
    taken or proposed. Raises NotAllowed, Conflict (`offer_changed`, `offer_closed`, `unit_fixed`,
    `item_fixed`, `less_than_taken`), Invalid.
    """
    at = at or timezone.now()
    with _writing(actor, offer, "change_offer", expected, at) as act:
        if offer.state == OfferState.CLOSED:
            raise not_takeable(offer)
        _check_overrules(actor, offer, overruled)
        fields = checked_offer(entry, at.date(), offer)
        _check_fixed(offer, fields)
        for name, value in fields.items():
            setattr(offer, name, value)
        _weigh(offer)
        if offer.state in GOING_ON:
            offer.overruled = let_pass(passages_of_offer(offer), overruled, offer.overruled)
        offer.save()
        act.done(after=_in_short(offer))
    return offer


def open_offer(
    *,
    actor: Actor,
    offer: Offer,
    expected: int | None = None,
    overruled: Sequence[LetPass] = (),
    at: dt.datetime | None = None,
) -> Offer:
    """Show an offer to partners and, where it says so, to everybody.

    `overruled`: dangers that who may publish lets pass, each with a reason. Raises NotAllowed,
    Conflict (`offer_changed`, `offer_open_already`, `offer_closed`), Invalid (`dangerous_text`).
    """
    at = at or timezone.now()
    with _writing(actor, offer, "open_offer", expected, at) as act:
        _check_draft(offer)
        _check_overrules(actor, offer, overruled)
        offer.overruled = let_pass(passages_of_offer(offer), overruled, offer.overruled)
        offer.state = OfferState.OPEN
        offer.save()
        act.done(after=_in_short(offer))
    return offer


def close_offer(
    *,
    actor: Actor,
    offer: Offer,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Offer:
    """End an offer: what is left is no longer offered, what was taken stays promised.

    Raises NotAllowed, Conflict (`offer_changed`, `offer_closed`).
    """
    at = at or timezone.now()
    with _writing(actor, offer, "close_offer", expected, at) as act:
        if offer.state == OfferState.CLOSED:
            raise not_takeable(offer)
        offer.closed, offer.left = offer.closed + offer.left, 0
        offer.state = OfferState.CLOSED
        offer.save()
        act.done(after=_in_short(offer))
    return offer


@contextmanager
def _writing(
    actor: Actor, offer: Offer, verb: str, expected: int | None, at: dt.datetime
) -> Iterator[Act]:
    """One transaction in which the offer gets its next version and is held.

    After a refusal `offer` is again as it stands.
    """
    try:
        with audited(actor, verb, offer.public_id) as act:
            check_can(actor, Permission.WRITE_OFFER, office=offer.office)
            rows = Offer.objects.filter(pk=offer.pk)
            if expected is not None:
                rows = rows.filter(version=expected)
            held = rows.update(version=F("version") + 1, changed_at=at)
            offer.refresh_from_db()
            if not held:
                raise _stale(offer, expected or 0)
            yield act
    except Refusal:
        offer.refresh_from_db()
        raise


def _stale(offer: Offer, version: int) -> Conflict:
    """The refusal for whoever writes over somebody else's words, with what was done meanwhile."""
    events = AuditEvent.objects.filter(subject=offer.public_id, after__version__gt=version)
    done = {
        "change_offer": _("it was written anew"),
        "open_offer": _("it was opened"),
        "close_offer": _("it was closed"),
    }
    verbs = list(events.order_by("pk").values_list("verb", flat=True))
    return Conflict(
        _(
            "While you were writing, somebody changed this offer: %(changes)s. Nothing of yours is "
            "lost: look at it, then send yours again."
        )
        % {"changes": "; ".join(done[verb] for verb in verbs if verb in done)},
        code="offer_changed",
        details={"changes": verbs, "version": offer.version},
    )


def _check_draft(offer: Offer) -> None:
    if offer.state == OfferState.CLOSED:
        raise not_takeable(offer)
    if offer.state != OfferState.DRAFT:
        raise Conflict(
            _("This offer is open already. Change it, or close it."), code="offer_open_already"
        )


def _check_overrules(actor: Actor, offer: Offer, overruled: Sequence[LetPass]) -> None:
    if overruled:
        check_can(actor, Permission.PUBLISH_NEED, office=offer.office)


def _check_fixed(offer: Offer, fields: dict[str, Any]) -> None:
    """What others rely on stays: the unit of what they were promised, and the thing itself."""
    if not offer.taken and not offer.commitments.filter(state__in=_COUNTED).exists():
        return
    if fields["unit"] != offer.unit:
        raise Conflict(
            _(
                "Something of this offer is taken or proposed, counted in its present unit, so "
                "the unit stays. Write a new offer for another unit."
            ),
            code="unit_fixed",
        )
    if fields["item"] != offer.item:
        raise Conflict(
            _(
                "Something of this offer is taken or proposed, so it stays what it is. Write a "
                "new offer for another thing."
            ),
            code="item_fixed",
        )


def _weigh(offer: Offer) -> None:
    """What is left after the new amount; raises Conflict (`less_than_taken`)."""
    offer.left = offer.amount - offer.taken - offer.closed
    if offer.left < 0:
        raise Conflict(
            _("%(taken)s of this offer are taken, so it cannot be less than that.")
            % {"taken": told_amount(offer.taken, offer.unit)},
            code="less_than_taken",
            details={"taken": str(amount_of(offer.taken, offer.unit).number), "unit": offer.unit},
        )
    if offer.state in GOING_ON:
        offer.state = OfferState.OPEN if offer.left else OfferState.TAKEN


def _in_short(offer: Offer) -> dict[str, Any]:
    """An offer for its audit event: codes and numbers, no words."""
    return {
        "version": offer.version,
        "office": offer.office.public_id,
        "state": str(offer.state),
        "item": offer.item,
        "unit": offer.unit,
        "amount": offer.amount,
        "left": offer.left,
        "taken": offer.taken,
        "closed": offer.closed,
        "public": offer.public,
        **({"overruled": offer.overruled} if offer.overruled else {}),
    }
