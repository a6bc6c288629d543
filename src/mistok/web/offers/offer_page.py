"""One offer: what is left of it, who takes it, which needs it may meet, and its acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.errors import Invalid
from mistok.needs.answers import Suggestion, close_offer, offers_for, open_offer, suggestions
from mistok.needs.answers.guarding import passages_of_offer
from mistok.needs.lifecycle import CommitmentState, OfferState
from mistok.needs.models import Need, Offer
from mistok.registry.gazetteer import the_world
from mistok.web.answers.need_view import NeedView
from mistok.web.answers.steps import REFUSALS, Mistake, mistake_of, status_of
from mistok.web.appeals.words import commitment_badge
from mistok.web.needs.guard_present import sentence_of
from mistok.web.needs.words import bar_from, field_of, kind_of, steps_text
from mistok.web.offers.matching import needs_rows, offers_rows
from mistok.web.offers.seats import OfferSeat
from mistok.web.offers.words import added_words, for_words, offer_badge, offer_title, when_words
from mistok.web.procedure.acting import expected_of
from mistok.web.registry.present import place_card
from mistok.web.words import StateBadge

O = OfferState  # noqa: E741 - as in the table of its life
MOST_NEEDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What can be done with an offer, and what follows from it."""

    title: Any
    follows: Any
    done: Any
    states: tuple[OfferState, ...]
    do: Callable[..., Offer]


ACTS: Mapping[str, Act] = {
    "open": Act(
        title=gettext_lazy("Open the offer"),
        follows=gettext_lazy("Your partners read it from now on, and everybody where you said so."),
        done=gettext_lazy("The offer is open."),
        states=(O.DRAFT,),
        do=open_offer,
    ),
    "close": Act(
        title=gettext_lazy("Close the offer"),
        follows=gettext_lazy(
            "What is left is no longer offered. What was promised from it stays promised."
        ),
        done=gettext_lazy("The offer is closed."),
        states=(O.DRAFT, O.OPEN, O.TAKEN),
        do=close_offer,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRow:
    """A commitment that takes from the offer."""

    words: str
    place: str
    amount: str
    state: StateBadge
    url: str


def offer_page(seat: OfferSeat, mistake: Mistake | None = None) -> HttpResponse:
    """The page for its office, for those who may take it, for everybody."""
    offer = seat.offer
    context = {
        "offer": offer,
        "seat": seat,
        "title": offer_title(offer),
        "added": added_words(offer),
        "place": place_card(the_world().get(offer.place)),
        "state": offer_badge(offer),
        "bar": bar_from(offer.amount, (offer.taken, offer.left, offer.closed), offer.unit),
        "left": steps_text(offer.left, offer.unit),
        "facts": _facts(offer),
        "opens": _act(seat, "open"),
        "closes": _act(seat, "close"),
        **_found(seat),
        "taken": _taken(seat),
        "edit_url": _edit_url(seat),
        "mistake": mistake,
        **_matches(seat),
    }
    return render(seat.request, "offers/offer.html", context, status=status_of(mistake))


def perform(seat: OfferSeat) -> HttpResponse:
    """Do the act that the form names. Raises Invalid for a form that names none."""
    name = seat.request.POST.get("act", "")
    if name not in ACTS:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    act = ACTS[name]
    try:
        act.do(actor=seat.actor, offer=seat.offer, expected=expected_of(seat.request))
    except REFUSALS as refusal:
        return offer_page(seat, mistake_of(refusal))
    messages.success(seat.request, str(act.done))
    return redirect(seat.request.path)


def _act(seat: OfferSeat, name: str) -> Act | None:
    """An act, where this person may do it now."""
    act = ACTS[name]
    return act if seat.writes and seat.offer.state in act.states else None


def _facts(offer: Offer) -> list[tuple[str, str]]:
    season = "" if offer.season == "none" else str(offer.get_season_display())
    told = [
        (_("Field of help"), field_of(offer.cluster)),
        (_("Kind"), kind_of(offer.kind)),
        (_("When"), when_words(offer) or _("at any time")),
        (_("When it is of use"), season),
        (_("For whom"), for_words(offer)),
        (_("Condition"), offer.condition),
        (_("Who carries it"), offer.transport),
        (_("Who reads it"), _("everybody") if offer.public else _("partners only")),
    ]
    return [(label, value[:1].upper() + value[1:]) for label, value in told if value]


def _edit_url(seat: OfferSeat) -> str:
    if not seat.writes or seat.offer.state == O.CLOSED:
        return ""
    return reverse("offers:edit", args=[seat.offer.public_id])


def _found(seat: OfferSeat) -> dict[str, Any]:
    """What the wartime guard finds, for the office itself, and whether it must be taken out."""
    if not seat.writes or seat.offer.state == O.CLOSED:
        return {"found": [], "danger": False}
    found = passages_of_offer(seat.offer)
    return {
        "found": [sentence_of(one) for one in found],
        "danger": any(one.danger for one in found),
    }


def _taken(seat: OfferSeat) -> list[TakenRow]:
    """Who takes it: all for its own office, for others what concerns them."""
    rows = seat.offer.commitments.select_related("need").exclude(
        state__in=(CommitmentState.UNCONFIRMED, CommitmentState.DECLINED)
    )
    if seat.own is None:
        rows = rows.filter(Q(need__office__in=[one.pk for one in seat.others]))
    found = []
    for row in rows:
        view = NeedView.of(row.need, seat.own, asker=seat.own is None)
        found.append(
            TakenRow(
                words=view.words(row.covers),
                place=view.place.name,
                amount=steps_text(row.offer_amount, seat.offer.unit),
                state=commitment_badge(row.state),
                url=reverse("answers:commitment", args=[row.public_id]),
            )
        )
    return found


def _matches(seat: OfferSeat) -> dict[str, Any]:
    """Needs that the offer may meet: of all for its office, one's own for who may take it."""
    if seat.offer.state != O.OPEN:
        return {"matches": [], "mine": []}
    if seat.own is not None:
        return {"matches": needs_rows(suggestions(seat.offer), proposes=seat.gives), "mine": []}
    return {"matches": [], "mine": offers_rows(_for_own_needs(seat), proposes=True)}


def _for_own_needs(seat: OfferSeat) -> list[Suggestion]:
    needs = Need.objects.open().filter(
        office__in=[one.pk for one in seat.takers()],
        cluster=seat.offer.cluster,
        kind=seat.offer.kind,
    )
    found = []
    for need in needs.select_related("office").order_by("needed_by", "pk")[:MOST_NEEDS]:
        found += [one for one in offers_for(need) if one.offer.pk == seat.offer.pk]
    return sorted(found, key=lambda one: -one.score)
