"""The page on which a party says of each fact whether it is right, and what may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.registry.models import ShowConsent
from mistok.registry.services import agree_to_show, confirm
from mistok.registry.services.living import needed_for
from mistok.web.living.fact_cards import FactCard, fact_cards
from mistok.web.living.mistakes import Mistake, incomplete, mistake_of
from mistok.web.living.objecting import ObjectionForm, Verdict
from mistok.web.living.seats import CONFIRMING, Seat, check_shown, seat_of
from mistok.web.living.telling import expected_of, seat_context


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent and not done: the form, and why."""

    mistake: Mistake
    forms: Mapping[str, ObjectionForm] = field(default_factory=dict)


def confirm_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every fact with the words of the offices; or the answer to one of the forms."""
    seat = seat_of(request, public_id, CONFIRMING)
    if request.method != "POST":
        return render(request, "living/confirm.html", confirm_context(seat))
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    refused = act(seat)
    if refused is None:
        return redirect("living:confirm", public_id=seat.life.tie)
    context = confirm_context(seat.fresh(), refused)
    return render(request, "living/confirm.html", context, status=refused.mistake.status)


def confirm_context(seat: Seat, typed: Typed | None = None) -> dict[str, Any]:
    """Everything that living/confirm.html shows."""
    cards = fact_cards(seat, typed.forms if typed else {})
    return {
        **seat_context(seat),
        "facts": cards,
        "waiting": [card.id for card in cards if card.waits],
        "why_not": seat.why_not(Permission.CONFIRM_FACTS),
        "tells": seat.may(Permission.TELL_EVENT) or seat.may(Permission.SIGN),
        "mistake": typed.mistake if typed else None,
        **_showing(seat, cards),
    }


def _showing(seat: Seat, cards: Sequence[FactCard]) -> dict[str, Any]:
    """What only the parties read, and which of them agree to show it."""
    agreed = set(ShowConsent.objects.filter(tie=seat.life.tie).values_list("party", flat=True))
    parties = seat.life.known.parties
    return {
        "internal": sum(card.internal for card in cards),
        "agreed": [party.name for party in parties if party.key in agreed],
        "not_agreed": [party.name for party in parties if party.key not in agreed],
        "we_agreed": seat.office.place in agreed,
    }


def _do_confirm(seat: Seat) -> Typed | None:
    """One fact is right."""
    return _say(seat, [seat.request.POST.get("fact", "")])


def _do_all(seat: Seat) -> Typed | None:
    """All facts that stood on the page undisputed are right."""
    return _say(seat, seat.request.POST.getlist("fact"))


def _say(seat: Seat, facts: Sequence[str]) -> Typed | None:
    """Confirm each in turn; what was confirmed before one that is refused stays."""
    expected = expected_of(seat.request)
    try:
        check_shown(seat, CONFIRMING.verb, CONFIRMING.right)
        for number, fact in enumerate(facts):
            confirm(
                actor=seat.actor,
                office=seat.office,
                parties=seat.keys,
                fact=fact,
                verdict=Verdict.CONFIRMED,
                expected=expected + number,
            )
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return Typed(mistake=mistake_of(refusal))
    told = ngettext("%(n)s fact is confirmed.", "%(n)s facts are confirmed.", len(facts))
    messages.success(seat.request, told % {"n": len(facts)})
    return None


def _do_object(seat: Seat) -> Typed | None:
    """One fact is corrected or disputed, in words."""
    asked = seat.request.POST.get("fact", "")
    fact = next((one for one in seat.life.known.facts if one.id == asked), None)
    if fact is None:
        return _say(seat, [asked])
    form = ObjectionForm(fact, seat.request.POST, auto_id=f"{fact.id}-%s")
    if not form.is_valid():
        return Typed(mistake=incomplete(form), forms={fact.id: form})
    try:
        _object(seat, form)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return Typed(mistake=mistake_of(refusal, form), forms={fact.id: form})
    messages.success(seat.request, _("The word of your office stands beside the fact."))
    return None


def _object(seat: Seat, form: ObjectionForm) -> None:
    correction = form.correction
    right = needed_for(correction, seat.life) if correction else CONFIRMING.right
    check_shown(seat, CONFIRMING.verb, right)
    confirm(
        actor=seat.actor,
        office=seat.office,
        parties=seat.keys,
        fact=form.fact.id,
        verdict=form.cleaned_data["verdict"],
        words=form.cleaned_data["words"],
        correction=correction,
        expected=expected_of(seat.request),
    )


def _do_show(seat: Seat) -> Typed | None:
    """What only the parties read may be shown."""
    try:
        check_shown(seat, "agree_to_show", CONFIRMING.right)
        shown = agree_to_show(actor=seat.actor, office=seat.office, parties=seat.keys)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return Typed(mistake=mistake_of(refusal))
    done = _("All partners agree: it is public now.")
    waits = _("Your consent is kept. It is shown when every partner has agreed.")
    messages.success(seat.request, done if shown else waits)
    return None


ACTS = {"confirm": _do_confirm, "all": _do_all, "object": _do_object, "show": _do_show}
