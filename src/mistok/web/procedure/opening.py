"""Beginning a procedure: for which office, with whom, what kind of tie, by which steps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.kernel.errors import NotAllowed, NotFound, Refusal
from mistok.partnering.procedure.order import set_by_rule
from mistok.partnering.procedure.services import add_side, open_run
from mistok.partnering.procedure.steps import Aim
from mistok.partnering.procedure.templates import Template, country_template, template
from mistok.registry.gazetteer import the_world
from mistok.registry.guarding import Counterpart
from mistok.registry.models import Kind, Tie
from mistok.registry.selectors import resolve_place
from mistok.web.cards import PlaceCard
from mistok.web.procedure import fields
from mistok.web.procedure.acting import Mistake, expected_of, mistake_of
from mistok.web.procedure.run_acts import option_field
from mistok.web.procedure.run_page import head_context
from mistok.web.procedure.seats import Seat, can_open
from mistok.web.registry.lists import found_cards
from mistok.web.registry.present import place_card, tie_row
from mistok.web.words import lang

MOST_FOUND = 8
KINDS = {
    Kind.SOLIDARITY: gettext_lazy("solidarity partnership: help now, with few formalities"),
    Kind.PARTNERSHIP: gettext_lazy("partnership: in full form, for some years"),
    Kind.TWINNING: gettext_lazy("twinning: in full form, without an end"),
    Kind.FRIENDSHIP: gettext_lazy("friendship: in full form, mostly between people"),
    Kind.PROJECT: gettext_lazy("project partnership: for one purpose"),
    Kind.OPERATOR: gettext_lazy("partnership of utilities: water, heat, waste"),
    Kind.PATRONAGE: gettext_lazy("patronage over a region that is rebuilt"),
    Kind.NETWORK: gettext_lazy("network of several municipalities"),
    Kind.CONTACT: gettext_lazy("contact: to get to know each other"),
}
COUNTERPARTS = {
    Counterpart.AUTHORITY: gettext_lazy("a municipality or region"),
    Counterpart.ASSOCIATION: gettext_lazy("an association of municipalities"),
    Counterpart.BUSINESS: gettext_lazy("a business"),
    Counterpart.INTERNATIONAL_ORGANISATION: gettext_lazy("an international organisation"),
}


class OpenForm(forms.Form):
    """The kind of the tie, with whom it is made, and the choices of the templates."""

    kind = fields.choice(gettext_lazy("What kind of tie"), KINDS.items())
    counterpart = fields.choice(gettext_lazy("Who the other side is"), COUNTERPARTS.items())

    def __init__(self, office: Office, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.own, self.all = country_template(office.country), template("shared")
        self.initial = {"kind": Kind.SOLIDARITY, "counterpart": Counterpart.AUTHORITY} | {
            name: value for name, value in self.initial.items() if value
        }
        for prefix, found in (("side", self.own), ("shared", self.all)):
            for option in found.options:
                self.fields[f"{prefix}-{option.code}"] = option_field(option)
                self.initial[f"{prefix}-{option.code}"] = option.default
        for code, word in set_by_rule(self.own, timezone.localdate()).items():
            self.initial[f"side-{code}"] = word

    def chosen(self, prefix: str) -> dict[str, str]:
        """The choices of one template."""
        found = self.cleaned_data.items()
        return {k.removeprefix(f"{prefix}-"): v for k, v in found if k.startswith(f"{prefix}-")}


def open_page(
    request: HttpRequest, form: OpenForm | None = None, mistake: Mistake | None = None
) -> HttpResponse:
    """The page on which a procedure to a new tie is begun."""
    office, offices = chosen_office(request)
    partners = chosen_places(request)
    query = request.GET.get("q", "").strip()[:200]
    asked = {"kind": request.GET.get("kind", "")}
    form = form or OpenForm(office, initial=asked, auto_id="open-%s")
    context = {
        "office": office,
        "offices": offices,
        "partners": partners,
        "query": query,
        "found": found_places(query, [office.place, *(one.key for one in partners)]),
        "keep": urlencode([("office", office.public_id), *(("place", p.key) for p in partners)]),
        "form": form,
        "acts": [{"wrong": bool(form.errors), "form": form}],
        "mistake": mistake,
        "ways": [way_told(office.country, office.name)]
        + [way_told(one.country_code, one.name) for one in partners],
    }
    return render(request, "procedure/new.html", context, status=mistake.status if mistake else 200)


def open_now(request: HttpRequest) -> HttpResponse:
    """Begin it, or say why not with everything as it was filled in."""
    office, _offices = chosen_office(request)
    form = OpenForm(office, request.POST, auto_id="open-%s")
    if not form.is_valid():
        message = _("Something is missing or cannot be read. Nothing was begun yet.")
        return open_page(request, form, Mistake(name="open", message=message))
    try:
        run = open_run(
            actor=Actor(user=request.user),
            office=office,
            kind=form.cleaned_data["kind"],
            partners=[one.key for one in chosen_places(request)],
            options=form.chosen("shared"),
            side_options=form.chosen("side"),
            counterpart=Counterpart(form.cleaned_data["counterpart"]),
        )
    except Refusal as refusal:
        return open_page(request, form, mistake_of("open", refusal))
    messages.success(request, _("The procedure has begun. These are the steps of all sides."))
    return redirect("procedure:run", run.public_id)


def chosen_office(request: HttpRequest) -> tuple[Office, list[Office]]:
    """For which office, of those for which this person may begin one. Raises NotAllowed."""
    offices = can_open(Actor(user=request.user))
    asked = request.POST.get("office") or request.GET.get("office", "")
    found = next((one for one in offices if one.public_id == asked), None)
    if found is None and not offices:
        raise NotAllowed(
            _("A procedure is begun by an officer of a verified office. Claim your office first."),
            code="no_office",
        )
    return found or offices[0], offices


def chosen_places(request: HttpRequest) -> list[PlaceCard]:
    """The partners that were chosen so far, each once. Raises NotFound for an unknown key."""
    keys = (request.POST if request.method == "POST" else request.GET).getlist("place")
    standing = dict.fromkeys(resolve_place(key)[0] for key in keys if key.strip())
    return [place_card(the_world().get(key)) for key in standing]


def found_places(query: str, taken: Sequence[str]) -> list[PlaceCard]:
    """Municipalities by a name, without those that are chosen already."""
    if not query:
        return []
    try:
        matches = the_world().resolve(query, limit=MOST_FOUND).matches
    except Refusal:
        return []
    cards = found_cards([m for m in matches if m.place.is_municipality], query)
    return [card for card in cards if card.key not in taken]


def way_told(country: str, name: str) -> dict[str, str]:
    """By whose steps one side goes, in a sentence."""
    found: Template = country_template(country)
    title = found.titles.get(lang()) or found.titles["en"]
    steps = len(found.steps[Aim.TIE])
    told = _("%(name)s goes by the template “%(title)s” with %(steps)s steps of its own.")
    return {"told": told % {"name": name, "title": title, "steps": steps}}


def end_page(request: HttpRequest, aim: Aim, mistake: Mistake | None = None) -> HttpResponse:
    """The page on which a procedure is begun that suspends or ends a tie."""
    tie = tie_of(request)
    offices = [one for one in can_open(Actor(user=request.user)) if one.place in _keys(tie)]
    if not offices:
        raise NotFound(
            _("There is no tie of your office at this address. Look at the ties of your place."),
            code="tie_unknown",
        )
    context = {
        "tie": tie_row(tie),
        "aim": aim,
        "suspends": aim is Aim.SUSPENSION,
        "office": offices[0],
        "mistake": mistake,
    }
    return render(request, "procedure/end.html", context, status=mistake.status if mistake else 200)


def end_now(request: HttpRequest, aim: Aim) -> HttpResponse:
    """Begin it, or say why not."""
    tie = tie_of(request)
    office = next(o for o in can_open(Actor(user=request.user)) if o.place in _keys(tie))
    try:
        actor = Actor(user=request.user)
        run = open_run(actor=actor, office=office, aim=aim, tie=tie.public_id)
    except Refusal as refusal:
        return end_page(request, aim, mistake_of("open", refusal))
    messages.success(request, _("The procedure has begun. Nothing is decided yet."))
    return redirect("procedure:run", run.public_id)


def tie_of(request: HttpRequest) -> Tie:
    """The tie that the address names. Raises NotFound."""
    tie = Tie.objects.filter(public_id=request.GET.get("tie", "")[:40]).first()
    if tie is None:
        raise NotFound(
            _("There is no tie of your office at this address. Look at the ties of your place."),
            code="tie_unknown",
        )
    return tie


def _keys(tie: Tie) -> list[str]:
    return [party.municipality.key for party in tie.parties.select_related("municipality")]


def partner_page(request: HttpRequest, seat: Seat, mistake: Mistake | None = None) -> HttpResponse:
    """The page on which one more side is named."""
    query = request.GET.get("q", "").strip()[:200]
    taken = [side.place for side in seat.run.sides.all()]
    context = head_context(seat.run) | {
        "query": query,
        "found": found_places(query, taken),
        "mistake": mistake,
    }
    status = mistake.status if mistake else 200
    return render(request, "procedure/partner.html", context, status=status)


def name_partner(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Name it, or say why not."""
    try:
        side = add_side(
            actor=seat.actor,
            office=seat.own_office,
            run=seat.run,
            partner=request.POST.get("place", ""),
            expected=expected_of(request),
        )
    except Refusal as refusal:
        seat.run.refresh_from_db()
        return partner_page(request, seat, mistake_of("partner", refusal))
    messages.success(request, _("%(name)s is a side now.") % {"name": side.shown})
    return redirect("procedure:run", seat.run.public_id)
