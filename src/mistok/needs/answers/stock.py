"""What is left of an offer: taken and given back in one statement each, which holds only if the
row still allows it. Always `amount` = `left` + `taken` + `closed`.
"""

import datetime as dt

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict
from mistok.needs.answers.amounts import amount_of
from mistok.needs.answers.holding import held_offer
from mistok.needs.lifecycle import OfferState
from mistok.needs.lines.refusing import told_amount
from mistok.needs.models import Offer


def take_from_offer(offer: Offer, steps: int, at: dt.datetime) -> None:
    """Take thousandths of what is left, inside the caller's transaction; the row is read again.

    Raises Conflict (`offer_closed`, `offer_not_open`, `offer_taken` with what is left).
    """
    rows = Offer.objects.filter(pk=offer.pk, state=OfferState.OPEN, left__gte=steps)
    taken = rows.update(
        left=F("left") - steps,
        taken=F("taken") + steps,
        state=Case(
            When(left__gt=steps, then=Value(OfferState.OPEN.value)),
            default=Value(OfferState.TAKEN.value),
        ),
        changed_at=at,
    )
    offer.refresh_from_db()
    if not taken:
        raise not_takeable(offer)


def return_to_offer(offer: Offer, steps: int, at: dt.datetime) -> None:
    """Give back what was taken: an offer that was closed meanwhile stays closed."""
    back = {"taken": F("taken") - steps, "changed_at": at}
    if held_offer(offer).state == OfferState.CLOSED:
        back["closed"] = F("closed") + steps
    else:
        back |= {"left": F("left") + steps, "state": OfferState.OPEN.value}
    Offer.objects.filter(pk=offer.pk).update(**back)
    offer.refresh_from_db()


def not_takeable(offer: Offer) -> Conflict:
    """Why nothing, or not so much, can be taken from an offer."""
    if offer.state == OfferState.CLOSED:
        return Conflict(
            _("This offer was closed: nothing is given by it any more."), code="offer_closed"
        )
    if offer.state == OfferState.DRAFT:
        return Conflict(
            _("This offer is a draft, which nobody else sees. Open it first."),
            code="offer_not_open",
        )
    return Conflict(
        _("Only %(left)s of this offer are left. Take that much, or ask whether there is more.")
        % {"left": told_amount(offer.left, offer.unit)},
        code="offer_taken",
        details={"left": str(amount_of(offer.left, offer.unit).number), "unit": offer.unit},
    )
