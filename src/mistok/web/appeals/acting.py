"""Acts of the page of a letter: a form, a right, a service; a refusal shows the form again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.web.appeals.seats import Seat
from mistok.web.procedure.acting import Mistake, expected_of, mistake_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one form says, and which version of the letter its reader saw."""

    seat: Seat
    values: Mapping[str, Any]
    expected: int | None

    @property
    def common(self) -> dict[str, Any]:
        """Arguments that every service of a letter takes."""
        return {"actor": self.seat.actor, "appeal": self.seat.appeal, "expected": self.expected}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A letter that goes by hand, and the link that goes with it: shown once, kept nowhere."""

    name: str
    link: str
    pdf_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of an act; with `links` the page is shown at once, for they are kept nowhere."""

    sentence: str
    links: Sequence[HandOver] = ()
    goes_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one form of a page does. `make` builds the form, from nothing or from what was sent."""

    title: str
    button: str
    make: Callable[..., forms.Form]
    do: Callable[[Told], Done]
    right: Permission
    follows: str = ""
    """What will happen to whom, told before it is done."""
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An act with its form as a page shows it."""

    name: str
    act: Act
    form: forms.Form
    wrong: bool = False


Acts = Mapping[str, Act]
Page = Callable[..., HttpResponse]


def perform(request: HttpRequest, seat: Seat, acts: Acts, page: Page) -> HttpResponse:
    """Do the act that the form names and come back; else show the page with what was typed.

    `page` takes `typed` (the form as sent, by act), `mistake`, and `done`. Raises Invalid for a
    form that names no act.
    """
    name = request.POST.get("act", "")
    if name not in acts:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    act = acts[name]
    form = act.make(data=request.POST, files=request.FILES, auto_id=f"{name}-%s")
    if not form.is_valid():
        message = _("Something is missing or cannot be read. Nothing was recorded yet.")
        return page(typed={name: form}, mistake=Mistake(name=name, message=message))
    told = Told(seat=seat, values=form.cleaned_data, expected=expected_of(request))
    try:
        done = act.do(told)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        seat.appeal.refresh_from_db()
        return page(typed={name: form}, mistake=mistake_of(name, refusal))
    if done.links:
        seat.appeal.refresh_from_db()
        return page(done=done)
    messages.success(request, done.sentence)
    return redirect(done.goes_to or request.path)


def shown(acts: Acts, names: Iterable[str], typed: Mapping[str, forms.Form]) -> list[Shown]:
    """The acts with these names with their forms; one that was sent comes first, as sent."""
    wanted = dict.fromkeys([*(name for name in typed if name in acts), *names])
    return [
        Shown(
            name=name,
            act=acts[name],
            form=typed.get(name) or acts[name].make(auto_id=f"{name}-%s"),
            wrong=name in typed,
        )
        for name in wanted
    ]
