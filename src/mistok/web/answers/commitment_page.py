"""One commitment: what, by whom, when, and the acts of both sides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Invalid, NotFound
from mistok.kernel.ids import is_public_id
from mistok.needs.answers import (
    accept_commitment,
    decline_commitment,
    keep_commitment,
    warnings_of,
    withdraw_commitment,
)
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import Commitment
from mistok.web.answers.amounts import steps_words
from mistok.web.answers.need_view import NeedView, warning_words
from mistok.web.answers.saying import commitment_words
from mistok.web.answers.steps import REFUSALS, Mistake, mistake_of, status_of
from mistok.web.answers.words import giver_words
from mistok.web.appeals.words import commitment_badge
from mistok.web.needs.words import day_words
from mistok.web.offices.words import moment_words
from mistok.web.procedure.acting import expected_of
from mistok.web.procedure.fields import text
from mistok.web.procedure.seats import may

C = CommitmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person before one commitment: `gives` and `asks` say for which side she acts,
    `of_asker` that she reads what the asking office reads (a coordinator too).
    """

    actor: Actor
    row: Commitment
    gives: bool
    asks: bool
    of_asker: bool

    @property
    def may_withdraw(self) -> bool:
        """Whether it can be taken back; whoever is asked for a word says no instead."""
        acts = self.gives or self.asks
        going = self.row.state == C.MADE or (self.row.state == C.PROPOSED and not self.awaited)
        return acts and going

    @property
    def awaited(self) -> bool:
        """Whether this person's side must say yes or no."""
        if self.row.state != C.PROPOSED:
            return False
        return self.gives if self.row.asks == "giver" else self.asks


class NothingForm(forms.Form):
    """An act that asks for nothing more."""


class ReasonForm(forms.Form):
    """Why."""

    reason = text(gettext_lazy("Reason"), gettext_lazy("The other side reads it."), needed=True)


class PerhapsReasonForm(forms.Form):
    """Why, if one likes to say."""

    reason = text(gettext_lazy("Reason, if you like"), gettext_lazy("The other side reads it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What can be done, who may, and what follows from it."""

    title: Any
    follows: Any
    button: Any
    done: Any
    may: Callable[[Seat], bool]
    do: Callable[..., object]
    form: type[forms.Form] = NothingForm
    plain: bool = True


ACTS: Mapping[str, Act] = {
    "accept": Act(
        title=gettext_lazy("Accept it"),
        follows=gettext_lazy("It counts from now on, and the other side is told."),
        button=gettext_lazy("Accept"),
        done=gettext_lazy("It is accepted and counts."),
        may=lambda seat: seat.awaited,
        do=accept_commitment,
        plain=False,
    ),
    "decline": Act(
        title=gettext_lazy("Decline it"),
        follows=gettext_lazy("It ends here; nothing of it counts. The other side is told."),
        button=gettext_lazy("Decline"),
        done=gettext_lazy("It is declined."),
        may=lambda seat: seat.awaited,
        do=decline_commitment,
        form=PerhapsReasonForm,
    ),
    "keep": Act(
        title=gettext_lazy("It has come"),
        follows=gettext_lazy("It is kept from now on and cannot be taken back any more."),
        button=gettext_lazy("Say that it has come"),
        done=gettext_lazy("It is told that it has come."),
        may=lambda seat: seat.asks and seat.row.state == C.MADE,
        do=keep_commitment,
        plain=False,
    ),
    "withdraw": Act(
        title=gettext_lazy("Take it back"),
        follows=gettext_lazy("What it covered is open again for others. The other side is told."),
        button=gettext_lazy("Take it back"),
        done=gettext_lazy("It is taken back."),
        may=lambda seat: seat.may_withdraw,
        do=withdraw_commitment,
        form=ReasonForm,
    ),
}


def seat_of(request: HttpRequest, public_id: str) -> Seat:
    """This person's place before a commitment. Raises NotFound, alike for none and others'."""
    row = None
    if is_public_id(public_id, "commitment"):
        rows = Commitment.objects.select_related("need__office", "giver_office", "offer")
        row = rows.filter(public_id=public_id).first()
    actor = Actor(user=request.user)
    if row is not None:
        asks = may(actor, Permission.ACCEPT_HELP, row.need.office)
        gives = _gives(actor, row)
        of_asker = may(actor, Permission.READ_NEEDS, row.need.office)
        if asks or gives or of_asker or _reads(actor, row):
            return Seat(actor=actor, row=row, gives=gives, asks=asks, of_asker=of_asker)
    raise NotFound(
        _("There is no commitment at this address that you may see. Look at your needs."),
        code="commitment_unknown",
    )


def _gives(actor: Actor, row: Commitment) -> bool:
    if row.giver_office is not None:
        return may(actor, Permission.COMMIT_HELP, row.giver_office)
    return actor.person is not None and row.made_by == str(actor)


def _reads(actor: Actor, row: Commitment) -> bool:
    office = row.giver_office
    return office is not None and may(actor, Permission.READ_NEEDS, office)


def commitment_page(
    seat: Seat,
    request: HttpRequest,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
    surplus: str = "",
) -> HttpResponse:
    """What is committed, and what can be done."""
    row = seat.row
    badge = commitment_badge(row.state)
    if seat.awaited:
        badge = replace(badge, label=_("waits for your word"))
    view = NeedView.of(row.need, row.giver_office, asker=seat.of_asker)
    context = {
        **view.head(),
        "row": row,
        "badge": badge,
        "title": commitment_words(row, view),
        "facts": _facts(seat),
        "waits": _waits(seat),
        "warnings": [warning_words(one) for one in warnings_of(row)]
        if seat.asks and seat.awaited
        else [],
        "acts": [
            (name, act, (typed or {}).get(name) or act.form(auto_id=f"{name}-%s"))
            for name, act in ACTS.items()
            if act.may(seat)
        ],
        "typed": typed or {},
        "surplus": surplus,
        "mistake": mistake,
    }
    return render(request, "answers/commitment.html", context, status=status_of(mistake))


def _facts(seat: Seat) -> list[tuple[str, str, str]]:
    row = seat.row
    offered = reverse("offers:offer", args=[row.offer.public_id]) if row.offer else ""
    more = steps_words(row.surplus, row.need.unit) if row.surplus else ""
    told = [
        (_("Who gives"), giver_words(row), ""),
        (_("How"), str(row.get_form_display()), ""),
        (_("More than was open"), more, ""),
        (_("Expected to arrive"), day_words(row.arrives_on), ""),
        (_("Entered"), moment_words(row.made_at), ""),
        (_("Last change"), moment_words(row.changed_at), ""),
        (_("From an offer"), _("the offer") if offered else "", offered),
        (_("Note"), row.note, ""),
        (_("Reason"), row.reason, ""),
    ]
    if row.giver_email and (seat.asks or seat.gives):
        told.insert(1, (_("Address of the giver, confirmed by a link"), row.giver_email, ""))
    return [one for one in told if one[1]]


def _waits(seat: Seat) -> str:
    """Whose word is awaited, told to the side that only waits."""
    if seat.row.state == C.UNCONFIRMED:
        return _("The giver has not confirmed the address yet. Until then nothing counts.")
    if seat.row.state != C.PROPOSED or seat.awaited:
        return ""
    return (
        _("It waits for the word of the giver.")
        if seat.row.asks == "giver"
        else _("It waits for the word of whoever asked.")
    )


def perform(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Do the act that the form names; a refusal shows the page again, with what was typed."""
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    form = ACTS[name].form(request.POST, auto_id=f"{name}-%s")
    if not form.is_valid():
        mistake = Mistake(message=_("The form is not complete yet. Nothing was recorded."))
        return commitment_page(seat, request, typed={name: form}, mistake=mistake)
    more = dict(form.cleaned_data) | (_surplus(request) if name == "accept" else {})
    told = {"actor": seat.actor, "commitment": seat.row, "expected": expected_of(request)}
    try:
        ACTS[name].do(**told, **more)
    except REFUSALS as refusal:
        fresh = seat_of(request, seat.row.public_id)
        surplus = str(refusal.details.get("surplus", ""))
        return commitment_page(
            fresh, request, typed={name: form}, mistake=mistake_of(refusal), surplus=surplus
        )
    messages.success(request, str(ACTS[name].done))
    return redirect(request.path)


def _surplus(request: HttpRequest) -> dict[str, Decimal]:
    """What the asker agrees to beyond what is asked, where the page had to ask for it anew."""
    told = request.POST.get("surplus", "")
    try:
        return {"surplus": Decimal(told)} if told else {}
    except InvalidOperation:
        return {}
