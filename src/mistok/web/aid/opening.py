"""A consignment begins: told by the office that gets it, made of commitments, or offered to it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.aid.consignments import from_commitments, offer_consignment, open_consignment
from mistok.aid.lifecycle import State
from mistok.aid.models import Consignment
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines import partner_places
from mistok.needs.models import Commitment
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.consignment_form import ConsignmentForm
from mistok.web.aid.fields import picked
from mistok.web.aid.seats import DeskSeat
from mistok.web.needs.fields import chosen
from mistok.web.needs.words import steps_text, title_of
from mistok.web.offices.places import card_of
from mistok.web.procedure.fields import choice

MOST_PROMISES = 100
PROMISED = (CommitmentState.MADE, CommitmentState.KEPT)


class NewForm(ConsignmentForm):
    """What the receiving office tells: also what of it was promised, and whether it is agreed."""

    def __init__(self, office: Office, data: Any = None, **more: Any) -> None:
        super().__init__(office, data, **more)
        self.promises = {one.public_id: one for one in promises(office)}
        if self.promises:
            told = [(code, promise_words(one)) for code, one in self.promises.items()]
            self.fields["commitments"] = picked(
                gettext_lazy("What was promised to you and comes with it"),
                told,
                gettext_lazy("Its lines are written for you; choose promises of one giver."),
            )
            self.fields["commitments"].required = False
        self.fields["state"] = choice(
            gettext_lazy("How far it is"),
            [
                (State.ACCEPTED.value, gettext_lazy("We have agreed to take it.")),
                (State.OFFERED.value, gettext_lazy("It is offered to us, and not agreed yet.")),
            ],
        )
        self.initial = {"state": State.ACCEPTED.value, **self.initial}

    @property
    def before(self) -> list[forms.BoundField]:
        """What is asked before everything else."""
        return [self[name] for name in ("commitments", "state") if name in self.fields]

    def chosen_promises(self) -> list[Commitment]:
        """The promises that were ticked."""
        return [self.promises[code] for code in self.cleaned_data.get("commitments", [])]


class OfferForm(ConsignmentForm):
    """What the giving office offers, and to whom."""

    def __init__(self, giver: Office, data: Any = None, **more: Any) -> None:
        super().__init__(giver, data, giver=giver, **more)
        self.receivers = {one.public_id: one for one in receivers_for(giver)}
        told = [(code, card_of(one).name) for code, one in self.receivers.items()]
        self.fields["receiver"] = chosen(
            gettext_lazy("To whom"),
            sorted(told, key=lambda pair: pair[1]),
            gettext_lazy("Partners by a tie, and municipalities to which you committed help."),
        )

    @property
    def before(self) -> list[forms.BoundField]:
        """What is asked before everything else."""
        return [self["receiver"]]


def new_page(seat: DeskSeat) -> HttpResponse:
    """The form of what comes, or the way to the consignment that came of it."""
    asked = seat.request.GET.get("commitment", "")
    act = Act(
        title=_("Record what comes"),
        button=_("Open the consignment"),
        make=partial(NewForm, seat.office, initial={"commitments": [asked]}),
        do=partial(_open, seat.office),
        right=Permission.WRITE_CONSIGNMENT,
        office=seat.office,
        subject=seat.office.public_id,
        follows=_("Your office sees it, and the office that gives, if it has one here."),
    )
    return _answer(seat, {"open": act}, _("What comes"))


def offer_page(seat: DeskSeat) -> HttpResponse:
    """The form of an offer to a partner."""
    act = Act(
        title=_("Offer a consignment"),
        button=_("Offer it"),
        make=partial(OfferForm, seat.office),
        do=partial(_offer, seat.office),
        right=Permission.GIVE_AID,
        office=seat.office,
        subject=seat.office.public_id,
        follows=_("The other office reads it and accepts or refuses. Write the lines next."),
    )
    return _answer(seat, {"offer": act}, _("Offer a consignment"))


def _answer(seat: DeskSeat, acts: Acts, title: str) -> HttpResponse:
    page = partial(_page, seat, acts, title)
    return perform(seat.request, acts, page) if seat.request.method == "POST" else page()


def _page(
    seat: DeskSeat,
    acts: Acts,
    title: str,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    one = shown(seat.request, acts, typed or {}, mistake=mistake)[0]
    context = {
        "seat": seat,
        "title": title,
        "place": card_of(seat.office),
        "one": one,
        "nobody": isinstance(one.form, OfferForm) and not one.form.receivers,
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/new.html", context, status=status)


def _open(office: Office, told: Told) -> Done:
    form = told.form
    if not isinstance(form, NewForm):
        raise TypeError(type(form))
    values, ticked = told.values, form.chosen_promises()
    if ticked:
        made = from_commitments(
            actor=told.actor,
            office=office,
            commitments=ticked,
            entry=form.entry(),
            day=values["day"],
        )
    else:
        made = open_consignment(
            actor=told.actor,
            office=office,
            entry=form.entry(),
            state=State(values["state"]),
            day=values["day"],
        )
    return Done(_("The consignment is open. Write its lines next."), _lines_url(made))


def _offer(giver: Office, told: Told) -> Done:
    form = told.form
    if not isinstance(form, OfferForm):
        raise TypeError(type(form))
    made = offer_consignment(
        actor=told.actor,
        giver=giver,
        receiver=form.receivers[told.values["receiver"]],
        entry=form.entry(),
        day=told.values["day"],
    )
    return Done(_("It is offered. Write its lines next."), _lines_url(made))


def _lines_url(made: Consignment) -> str:
    return reverse("aid:lines", args=[made.public_id])


def receivers_for(giver: Office) -> list[Office]:
    """Verified offices to which an office may offer: of partners, and where it committed help."""
    tied = Q(place__in=partner_places([giver.place]))
    promised = Commitment.objects.filter(giver_office=giver, state__in=PROMISED)
    rows = Office.objects.verified().filter(tied | Q(pk__in=promised.values("need__office")))
    return list(rows.exclude(place=giver.place).order_by("name", "pk"))


def promises(office: Office) -> list[Commitment]:
    """Living commitments to the needs of an office of which no consignment is made yet."""
    rows = Commitment.objects.filter(need__office=office, state=CommitmentState.MADE)
    on_the_way = rows.filter(aid_lines__removed_at=None, aid_lines__isnull=False)
    free = rows.exclude(pk__in=on_the_way.values("pk"))
    return list(free.select_related("need").order_by("giver_name", "pk")[:MOST_PROMISES])


def promise_words(one: Commitment) -> str:
    """A commitment in a line: who, how much, of what."""
    amount = steps_text(one.covers, one.unit or one.need.unit)
    what = one.instead or title_of(one.need)
    return _("%(giver)s: %(amount)s for “%(need)s”") % {
        "giver": one.giver_name,
        "amount": amount,
        "need": what,
    }
