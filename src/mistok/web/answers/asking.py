"""Questions about a need, and replies to them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.ids import is_public_id
from mistok.needs.answers import ask, reply
from mistok.needs.models import Answer
from mistok.web.answers.need_view import NeedView
from mistok.web.answers.steps import REFUSALS, Mistake, incomplete, mistake_of, status_of
from mistok.web.needs.need_seat import NeedSeat, seat_of, unknown
from mistok.web.offices.places import card_of
from mistok.web.procedure.fields import text

LONGEST = 4000


class AskForm(forms.Form):
    """A question, or the reply to one; `question` is the public id of what is replied to."""

    text = text(
        gettext_lazy("Your words"),
        gettext_lazy(
            "The other side reads them. Write no addresses, no numbers, no names of persons."
        ),
        needed=True,
        most=LONGEST,
    )
    question = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody of an office who asks about a need, or replies to `to`."""

    request: HttpRequest
    seat: NeedSeat
    office: Office
    to: Answer | None

    @property
    def need_url(self) -> str:
        """The page of the need, at its talk."""
        return reverse("needs:need", args=[self.seat.public_id])


def asking_of(request: HttpRequest, public_id: str) -> Asking:
    """For which office this person speaks: who asked for help only replies.

    Raises NotFound for a need that is not shown to her, NotAllowed without the right.
    """
    seat = seat_of(request, public_id)
    if seat.need is None:
        raise unknown()
    told = request.POST.get("question") or request.GET.get("question", "")
    known = is_public_id(told, "answer")
    to = Answer.objects.filter(need=seat.need, public_id=told).first() if known else None
    offices = seat.helpers(Permission.ANSWER_APPEAL)
    if seat.may(Permission.ANSWER_APPEAL) and seat.own is not None:
        offices.insert(0, seat.own)
    if not offices:
        check_can(seat.actor, Permission.ANSWER_APPEAL, office=seat.need.office)
        raise unknown()
    asked = request.POST.get("office") or request.GET.get("office", "")
    office = next((one for one in offices if one.public_id == asked), offices[0])
    return Asking(request=request, seat=seat, office=office, to=to)


def ask_page(
    asking: Asking, form: AskForm | None = None, mistake: Mistake | None = None
) -> HttpResponse:
    """The form, with what is replied to above it."""
    need = asking.seat.need
    if need is None:  # pragma: no cover - `asking_of` has seen to it
        raise unknown()
    shown: dict[str, Any] = {
        **NeedView(need, True).head(),
        "office": card_of(asking.office).name,
        "to": asking.to,
        "form": form or AskForm(initial={"question": asking.to.public_id if asking.to else ""}),
        "mistake": mistake,
    }
    return render(asking.request, "answers/ask.html", shown, status=status_of(mistake))


def send_words(asking: Asking) -> HttpResponse:
    """Ask or reply, then go back to the need."""
    form = AskForm(asking.request.POST)
    if not form.is_valid():
        return ask_page(asking, form, incomplete(form))
    words = form.cleaned_data["text"]
    try:
        if asking.to is not None:
            reply(actor=asking.seat.actor, office=asking.office, to=asking.to, text=words)
        else:
            ask(actor=asking.seat.actor, office=asking.office, text=words, need=asking.seat.need)
    except REFUSALS as refusal:
        return ask_page(asking, form, mistake_of(refusal, form))
    messages.success(asking.request, _("Your words are sent to the other side."))
    return redirect(asking.need_url)
