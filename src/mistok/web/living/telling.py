"""The page on which an office tells what happened to its tie."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.provenance.values import TieEvent
from mistok.registry.services import Told, tell_event
from mistok.registry.services.living import needed_for
from mistok.registry.signings import PAPERS_MADE
from mistok.web.cards import Choice
from mistok.web.living.events import EVENTS, next_events
from mistok.web.living.mistakes import Mistake, incomplete, mistake_of
from mistok.web.living.seats import Seat, check_shown
from mistok.web.living.telling_form import EventForm, ground_of
from mistok.web.registry.present import tie_url
from mistok.web.words import state_badge

VERB = "tell_event"


def expected_of(request: HttpRequest, name: str = "version") -> int:
    """The version that the form was made from; a form without it counts as the oldest."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def event_of(request: HttpRequest) -> str:
    """The event that the address names; empty for none that can be told."""
    named = request.GET.get("event", "")
    return named if named in EVENTS else ""


def tell_page(seat: Seat, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of one event, or its answer: told, or shown again with what was typed."""
    event = event_of(seat.request)
    ground = ground_of(seat.life)
    if seat.request.method != "POST" or not event:
        form = EventForm(event, ground, initial=_initial(seat, event)) if event else None
        return _page(seat, template, context, form)
    form = EventForm(event, ground, seat.request.POST)
    if not form.is_valid():
        return _page(seat, template, context, form, incomplete(form))
    try:
        told = _tell(seat, form)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return _page(seat.fresh(), template, context, form, mistake_of(refusal, form))
    return after_telling(seat, told)


def _tell(seat: Seat, form: EventForm) -> Told:
    event = form.told()
    check_shown(seat, VERB, needed_for(event, seat.life))
    return tell_event(
        actor=seat.actor,
        office=seat.office,
        parties=seat.keys,
        event=event,
        expected=expected_of(seat.request),
        declared=form.declared,
        counterpart=form.counterpart,
    )


def after_telling(seat: Seat, told: Told) -> HttpResponse:
    """To the page of the tie, with what there is to know about what was told."""
    messages.success(seat.request, _("Recorded as the word of your office."))
    for remark in told.passage.remarks:
        messages.warning(seat.request, remark.message)
    if len(seat.life.known.parties) < 2:
        return redirect("registry:place", key=seat.office.place)
    if seat.is_public:
        return redirect("registry:tie", public_id=told.tie)
    return redirect("living:confirm", public_id=told.tie)


def _page(
    seat: Seat,
    template: str,
    context: dict[str, Any],
    form: EventForm | None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    status = mistake.status if mistake else 200
    told = {**seat_context(seat), **context, "form": form, "mistake": mistake}
    if form is not None:
        told |= _about(seat, form)
    return render(seat.request, template, told, status=status)


def seat_context(seat: Seat) -> dict[str, Any]:
    """What every page of a tie's office shows: which tie, for which office, its version."""
    return {
        "seat": seat,
        "names": seat.names,
        "state": state_badge(seat.life.known.state),
        "tie_url": tie_url(seat.life.tie) if seat.is_public else "",
        "confirm_url": reverse("living:confirm", args=[seat.life.tie]),
        "tell_url": reverse("living:tell", args=[seat.life.tie]),
        "offices": office_choices(seat),
    }


def office_choices(seat: Seat) -> list[Choice]:
    """The reader's offices, where more than one might tell."""
    if len(seat.choices) < 2:
        return []
    query = seat.request.GET.copy()
    found = []
    for one in seat.choices:
        query["office"] = one.public_id
        chosen = one.pk == seat.office.pk
        found.append(Choice(value=f"?{query.urlencode()}", label=one.name, selected=chosen))
    return found


def _about(seat: Seat, form: EventForm) -> dict[str, Any]:
    asked = EVENTS[form.event]
    why_not, plans = _standing(seat, form.event)
    return {
        "event": form.event,
        "event_label": asked.label,
        "hint": asked.hint,
        "why_not": why_not,
        "only_plan": bool(why_not) and plans,
        "closed": bool(why_not) and not plans,
    }


def _standing(seat: Seat, event: str) -> tuple[str, bool]:
    """Why this person cannot tell that it happened, and whether she may tell it as a plan.

    An extension is told by one role, and by another where it is a paper with signatures.
    """
    rights = [needed_for(TieEvent(event=event), seat.life)]
    rights += [Permission.SIGN] if event in PAPERS_MADE else []
    why = [seat.why_not(right) for right in rights]
    return "" if "" in why else why[0], seat.may(Permission.TELL_EVENT)


def _initial(seat: Seat, event: str) -> dict[str, Any]:
    why_not, plans = _standing(seat, event)
    return {"planned": bool(why_not) and plans}


def event_choices(seat: Seat, names: Sequence[str]) -> list[dict[str, Any]]:
    """Events to choose from, each with a note where another role tells it."""
    query = seat.request.GET.copy()
    found = []
    for name in names:
        query["event"] = name
        why_not, plans = _standing(seat, name)
        found.append(
            {
                "url": f"?{query.urlencode()}",
                "label": EVENTS[name].label,
                "hint": EVENTS[name].hint,
                "note": _role_note(bool(why_not), plans),
            }
        )
    return found


def _role_note(barred: bool, plans: bool) -> str:
    if not barred:
        return ""
    return _("you, as a plan; another role, when it happened") if plans else _("another role")


def tell_context(seat: Seat) -> dict[str, Any]:
    """The events to choose from: what most often comes next first."""
    likely = next_events(seat.life.known.state)
    others = [name for name in EVENTS if name not in likely and name != "search_mandate"]
    return {"likely": event_choices(seat, likely), "others": event_choices(seat, others)}
