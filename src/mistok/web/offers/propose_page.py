"""An offer and a need are brought together: one side proposes, the other has the word."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.kernel.errors import NotFound
from mistok.kernel.ids import is_public_id
from mistok.needs.answers import CommitmentEntry, propose_from_offer, suggestions
from mistok.needs.items import Amount, amount_words
from mistok.needs.items import unit as unit_of
from mistok.needs.models import Need
from mistok.web.answers.amounts import NumberField, number_of, steps_words
from mistok.web.answers.lines_form import hidden
from mistok.web.answers.need_view import NeedView, grouped
from mistok.web.answers.saying import Told
from mistok.web.answers.steps import Mistake, Steps, status_of
from mistok.web.needs.words import day_words
from mistok.web.offers.seats import OfferSeat, seat_of, unknown
from mistok.web.offers.words import offer_title
from mistok.web.offices.places import card_of
from mistok.web.procedure.acting import expected_of
from mistok.web.procedure.fields import day, text
from mistok.web.words import lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One offer, one need, and the person who proposes; `gives`: for the side that offers."""

    request: HttpRequest
    seat: OfferSeat
    view: NeedView
    gives: bool

    @property
    def need(self) -> Need:
        """The need."""
        return self.view.need

    @property
    def alike(self) -> bool:
        """Whether both are counted in units of which one can be turned into the other."""
        offer = self.seat.offer
        return unit_of(offer.unit).dimension == unit_of(self.need.unit).dimension


class ProposeForm(forms.Form):
    """How much of the offer, for how much of the need where the units differ, and when."""

    def __init__(self, meeting: Meeting, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="propose-%s", **more)
        offer, need = meeting.seat.offer, meeting.need
        left = {"left": steps_words(offer.left, offer.unit)}
        still = {"open": steps_words(meeting.view.line.open, need.unit)}
        self.fields["amount"] = NumberField(
            unit=offer.unit, label=_("How much of the offer"), help_text=_("Left: %(left)s") % left
        )
        if not meeting.alike:
            self.fields["counts_for"] = NumberField(
                unit=need.unit,
                label=_("For how much of the need it counts"),
                help_text=_("Still open: %(open)s") % still,
            )
        if meeting.gives:
            self.fields["day"] = day(_("Expected to arrive"), _("As far as you know it."))
        self.fields["note"] = text(_("Note"), _("The other side reads it."))


def meeting_of(request: HttpRequest, offer_id: str, need_id: str) -> Meeting:
    """The two sides as this person may see them. Raises NotFound."""
    seat = seat_of(request, offer_id)
    if not is_public_id(need_id, "need"):
        raise _no_need()
    if seat.gives:
        found = suggestions(seat.offer)
        one = next((s for s in found if s.need.public_id == need_id), None)
        if one is None:
            raise _no_need()
        view = NeedView(one.need, one.publication is None, one.publication)
        return Meeting(request=request, seat=seat, view=view, gives=True)
    mine = [office.pk for office in seat.takers()]
    need = Need.objects.filter(public_id=need_id, office__in=mine).first()
    if need is None:
        raise unknown() if not mine else _no_need()
    return Meeting(request=request, seat=seat, view=NeedView(need, True), gives=False)


def _no_need() -> NotFound:
    return NotFound(
        _("This need does not fit the offer any more. Open the offer again and choose."),
        code="need_unknown",
    )


def propose_page(meeting: Meeting) -> HttpResponse:
    """The form; a POST is one of its two steps."""
    request = meeting.request
    if request.method != "POST":
        return _page(meeting, ProposeForm(meeting, initial=_wished(meeting)))
    form = ProposeForm(meeting, request.POST)
    steps = Steps(
        request=request,
        form=form,
        page=partial(_page, meeting),
        check=partial(_check, meeting),
        send=lambda: _propose(meeting, form),
        after=reverse("offers:offer", args=[meeting.seat.offer.public_id]),
    )
    return steps.answer()


def _wished(meeting: Meeting) -> dict[str, str]:
    """As much as fits: all that is left, or no more than is open."""
    offer = meeting.seat.offer
    steps = offer.left
    if offer.unit == meeting.need.unit:
        steps = min(steps, meeting.view.line.open) or steps
    return {"amount": f"{number_of(steps).normalize():f}"}


def _propose(meeting: Meeting, form: ProposeForm) -> str:
    propose_from_offer(
        actor=meeting.seat.actor,
        offer=meeting.seat.offer,
        need=meeting.need,
        amount=form.cleaned_data["amount"],
        counts_for=form.cleaned_data.get("counts_for"),
        entry=_entry(form),
        expected=expected_of(meeting.request) or None,
    )
    return _("It is proposed. It counts when the other side accepts it.")


def _entry(form: ProposeForm) -> CommitmentEntry:
    told = form.cleaned_data
    return CommitmentEntry(arrives_on=told.get("day"), note=told["note"], beyond_open=True)


def _page(
    meeting: Meeting, form: ProposeForm, *, mistake: Mistake | None = None, **more: Any
) -> HttpResponse:
    offer = meeting.seat.offer
    context = {
        **meeting.view.head(),
        "offer_title": offer_title(offer),
        "offer_url": reverse("offers:offer", args=[offer.public_id]),
        "offer_place": card_of(offer.office).name,
        "gives": meeting.gives,
        "form": form,
        "mistake": mistake,
        **more,
    }
    return render(meeting.request, "offers/propose.html", context, status=status_of(mistake))


def _check(meeting: Meeting, form: ProposeForm) -> HttpResponse:
    giver = meeting.seat.own if meeting.gives else None
    other = meeting.view.place.name if meeting.gives else card_of(meeting.seat.offer.office).name
    follows = [_("%(name)s is asked whether it accepts. Until then nothing counts.")]
    return _page(
        meeting,
        form,
        checked=True,
        told=_told(meeting, form),
        warnings=grouped(meeting.view.warnings(_entry(form), giver)),
        follows=[one % {"name": other} for one in follows],
        hidden=hidden(form),
        seen=[("version", str(meeting.need.version))],
        button=_("Propose it"),
    )


def _told(meeting: Meeting, form: ProposeForm) -> list[Told]:
    told, offer = form.cleaned_data, meeting.seat.offer
    rows = [
        (_("From the offer"), amount_words(Amount(told["amount"], offer.unit), lang()), ""),
        (_("For the need"), meeting.view.words(), ""),
    ]
    if told.get("counts_for"):
        counts = amount_words(Amount(told["counts_for"], meeting.need.unit), lang())
        rows.append((_("Counts for"), counts, ""))
    rows.append((_("Expected to arrive"), day_words(told.get("day")), ""))
    rows.append((_("Note"), told["note"], ""))
    return [row for row in rows if row[1]]
