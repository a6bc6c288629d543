"""An offer is written, or written anew; nobody writes over somebody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.needs.answers import change_offer, write_offer
from mistok.needs.items import items
from mistok.needs.lifecycle import OfferState
from mistok.web.answers.steps import REFUSALS, Mistake, incomplete, mistake_of, status_of
from mistok.web.offers.offer_form import OfferForm, answers_of
from mistok.web.offers.seats import OfferSeat, unknown, writer_of
from mistok.web.offices.places import card_of
from mistok.web.procedure.acting import expected_of


def new_page(request: HttpRequest) -> HttpResponse:
    """The form of a new offer; a POST keeps it as a draft."""
    actor, office, offices = writer_of(request)
    shown = {
        "place": card_of(office),
        "office": office,
        "choices": [(one.public_id, card_of(one).name) for one in offices],
    }
    if request.method != "POST":
        return _page(request, OfferForm(initial=_wished(request)), shown)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, form, shown, incomplete(form))
    try:
        offer = write_offer(actor=actor, office=office, entry=form.entry())
    except REFUSALS as refusal:
        return _page(request, form, shown, mistake_of(refusal, form))
    messages.success(request, _("The offer is kept as a draft. Look it over, then open it."))
    return redirect("offers:offer", public_id=offer.public_id)


def _wished(request: HttpRequest) -> dict[str, Any]:
    """An item that the address names is chosen already."""
    asked = request.GET.get("item", "")
    return {"item": asked} if any(one.code == asked for one in items()) else {}


def edit_page(seat: OfferSeat) -> HttpResponse:
    """The form of an offer as it stands; a POST writes it anew. Raises NotFound, NotAllowed."""
    if seat.own is None:
        raise unknown()
    check_can(seat.actor, Permission.WRITE_OFFER, office=seat.own)
    request, offer = seat.request, seat.offer
    shown = {"place": card_of(seat.own), "offer": offer, "seen": _seen(request, offer.version)}
    if request.method != "POST":
        return _page(request, OfferForm(initial=answers_of(offer)), shown)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, form, shown, incomplete(form))
    try:
        change_offer(
            actor=seat.actor, offer=offer, entry=form.entry(), expected=expected_of(request)
        )
    except REFUSALS as refusal:
        shown["seen"] = offer.version
        return _page(request, form, shown, mistake_of(refusal, form))
    messages.success(request, _("The offer is changed."))
    return redirect("offers:offer", public_id=offer.public_id)


def _seen(request: HttpRequest, now: int) -> int:
    """The version that the form was made from."""
    return expected_of(request) or now if request.method == "POST" else now


def _page(
    request: HttpRequest, form: OfferForm, shown: dict[str, Any], mistake: Mistake | None = None
) -> HttpResponse:
    offer = shown.get("offer")
    going = offer is not None and offer.state != OfferState.DRAFT
    context = {"form": form, "mistake": mistake, "going": going, **shown}
    return render(request, "offers/edit.html", context, status=status_of(mistake))
