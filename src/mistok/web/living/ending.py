"""The page on which one act of a council ends several ties."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext

from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.registry.lifecycle import IN_FORCE, RESTING
from mistok.registry.models import Tie, TieLife
from mistok.registry.selectors import municipality_by_key, ties_of
from mistok.registry.services import Told, end_ties
from mistok.web.living.fields import Ground
from mistok.web.living.mistakes import Mistake, incomplete, mistake_of
from mistok.web.living.seats import ENDING, Seat, check_shown, own_seat
from mistok.web.living.telling import expected_of, office_choices
from mistok.web.living.telling_form import EventForm
from mistok.web.registry.present import place_url, tie_row
from mistok.web.words import lang


class EndForm(EventForm):
    """Which ties, and the act that ends them; what is only planned is told of each tie alone."""

    def __init__(self, seat: Seat, ties: list[Tie], data: Any = None, **more: Any) -> None:
        ground = Ground(parties=seat.life.known.parties)
        super().__init__("severed", ground, data, **more)
        self.fields["ties"] = forms.MultipleChoiceField(
            label=gettext_lazy("Ties that the act ends"),
            choices=[(tie.public_id, _names(tie)) for tie in ties],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": gettext_lazy("Choose at least one tie."),
                "invalid_choice": gettext_lazy(
                    "One of the chosen ties is not in the list any more. Choose again."
                ),
            },
        )
        del self.fields["planned"]
        self.ties = {tie.public_id: tie for tie in ties}

    @property
    def chosen(self) -> list[Tie]:
        """The ties that were ticked."""
        return [self.ties[one] for one in self.cleaned_data["ties"]]


def _names(tie: Tie) -> str:
    return " – ".join(seat.municipality.name_in(lang()) for seat in tie.parties.all())


def endable(seat: Seat) -> list[Tie]:
    """Public ties of the municipality that are in force or rest."""
    row = municipality_by_key(seat.office.place)
    ties = ties_of(municipality=row) if row else []
    return [tie for tie in ties if tie.state in (*IN_FORCE, *RESTING)]


def end_page(request: HttpRequest) -> HttpResponse:
    """Choose ties and tell the act; all of them are ended, or none."""
    seat = own_seat(request, [], ENDING)
    ties = endable(seat)
    if request.method != "POST":
        body = {"body": seat.office.place, "body_kind": "council", "ending": "unilateral"}
        form = EndForm(seat, ties, initial=body | {"ties": request.GET.getlist("tie")})
        return _page(seat, form)
    form = EndForm(seat, ties, request.POST)
    if not form.is_valid():
        return _page(seat, form, incomplete(form))
    try:
        told = _end(seat, form)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return _page(seat, form, mistake_of(refusal, form))
    return _after(seat, told)


def _end(seat: Seat, form: EndForm) -> list[Told]:
    check_shown(seat, ENDING.verb, ENDING.right)
    kinds = {tie.kind for tie in form.chosen}
    event = replace(form.told(), kind=kinds.pop() if len(kinds) == 1 else "unknown")
    return end_ties(
        actor=seat.actor,
        office=seat.office,
        ties=[[one.municipality.key for one in tie.parties.all()] for tie in form.chosen],
        event=event,
        expected=[expected_of(seat.request, f"version-{tie.public_id}") for tie in form.chosen],
    )


def _after(seat: Seat, told: list[Told]) -> HttpResponse:
    done = ngettext(
        "One act is recorded; it ended %(n)s tie.",
        "One act is recorded; it ended %(n)s ties.",
        len(told),
    )
    messages.success(seat.request, done % {"n": len(told)})
    for message in dict.fromkeys(r.message for one in told for r in one.passage.remarks):
        messages.warning(seat.request, message)
    return redirect("registry:place", key=seat.office.place)


def _page(seat: Seat, form: EndForm, mistake: Mistake | None = None) -> HttpResponse:
    ids = list(form.ties)
    versions = dict(TieLife.objects.filter(tie__in=ids).values_list("tie", "version"))
    party = seat.life.known.parties[0]
    context = {
        "seat": seat,
        "form": form,
        "mistake": mistake,
        "name": party.name,
        "place_url": place_url(party.key),
        "ties": [(tie_row(tie), versions.get(tie.public_id, 0)) for tie in form.ties.values()],
        "ticked": form["ties"].value() or [],
        "offices": office_choices(seat),
        "why_not": seat.why_not(ENDING.right),
    }
    return render(
        seat.request, "living/end.html", context, status=mistake.status if mistake else 200
    )
