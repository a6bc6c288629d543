"""An offer and a need are brought together: either side proposes, the other has the word."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.kernel.errors import Invalid
from mistok.needs.answers.amounts import amount_of, steps_of
from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.answers.giving import LONGEST_INSTEAD, Drawn, GivingSide, enter
from mistok.needs.answers.holding import check_unchanged, held_offer, hold, in_short
from mistok.needs.answers.naming import offer_words
from mistok.needs.answers.notifying import tell_entered
from mistok.needs.answers.seeing import check_offer_shown, check_shown
from mistok.needs.answers.stock import not_takeable
from mistok.needs.items import convert, exact_amount
from mistok.needs.items import unit as unit_of
from mistok.needs.lifecycle import OfferState
from mistok.needs.models import Commitment, Need, Offer


def propose_from_offer(
    *,
    actor: Actor,
    offer: Offer,
    need: Need,
    amount: Decimal,
    counts_for: Decimal | None = None,
    entry: CommitmentEntry | None = None,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Propose to give so much of an offer for a need; the other side accepts or declines.

    `amount` in the offer's unit; `counts_for` in the need's, where the one cannot be converted
    into the other. Who may commit for the offering office proposes for it, else who may accept
    help for the asking one. `entry` has what else is told (day of arrival, note, `beyond_open`).
    Nothing is taken from the offer before the other side's word. Raises NotAllowed, NotFound
    (`need_unknown`, `offer_unknown`), Conflict (`need_…`, `offer_…`, `more_than_open`), Invalid
    (amounts, `counts_for_missing`).
    """
    at = at or timezone.now()
    with audited(actor, "propose_from_offer", offer.public_id) as act:
        asks = _side(actor, offer, need, at.date())
        need = hold(need)
        check_unchanged(need, expected)
        offer = held_offer(offer)
        steps = _steps(offer, amount)
        told = _told(offer, need, entry, _covered(offer, need, steps, counts_for))
        row = enter(
            need=need,
            side=GivingSide.of_office(offer.office, actor),
            entry=told,
            at=at,
            drawn=Drawn(offer=offer, steps=steps, asks=asks),
        )
        tell_entered(row, need, actor)
        office = offer.office if asks == "asker" else need.office
        act.done(about=row.public_id, after=in_short(row, need, office=office.public_id))
    return row


def _side(actor: Actor, offer: Offer, need: Need, today: dt.date) -> str:
    """Whose word is awaited, after whoever proposes has been shown both sides."""
    if can(actor, Permission.COMMIT_HELP, office=offer.office):
        check_shown(offer.office, need, today)
        return "asker"
    check_can(actor, Permission.ACCEPT_HELP, office=need.office)
    check_offer_shown(need.office, offer)
    return "giver"


def _steps(offer: Offer, amount: Decimal) -> int:
    steps = steps_of(exact_amount(amount, offer.unit))
    if offer.state != OfferState.OPEN or steps > offer.left:
        raise not_takeable(offer)
    return steps


def _covered(offer: Offer, need: Need, steps: int, counts_for: Decimal | None) -> Decimal:
    if counts_for is not None:
        return exact_amount(counts_for, need.unit).number
    if unit_of(offer.unit).dimension != unit_of(need.unit).dimension:
        raise Invalid(
            _(
                "The offer and the need are counted in different units. Write for how much of the "
                "need it counts."
            ),
            code="counts_for_missing",
        )
    return convert(amount_of(steps, offer.unit), need.unit).number


def _told(
    offer: Offer, need: Need, entry: CommitmentEntry | None, number: Decimal
) -> CommitmentEntry:
    instead = _instead(offer, need)
    return replace(
        entry or CommitmentEntry(),
        number=number,
        unit=need.unit,
        instead=instead,
        instead_item=offer.item if instead else "",
    )


def _instead(offer: Offer, need: Need) -> str:
    """Another item than asked is an alternative; what only words tell of, people compare."""
    if offer.item and offer.item == need.item:
        return ""
    return offer_words(offer)[:LONGEST_INSTEAD]
