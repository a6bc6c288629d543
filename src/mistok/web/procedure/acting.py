"""Acts of these pages: a form, a right, a service; a refusal shows the form again, filled in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from mistok.web.procedure.seats import Seat, check_shown
from mistok.web.refusals import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one form says, and which version of the procedure its reader saw."""

    seat: Seat
    values: Mapping[str, Any]
    expected: int | None

    @property
    def common(self) -> dict[str, Any]:
        """Arguments that every service of a run takes."""
        return {
            "actor": self.seat.actor,
            "office": self.seat.own_office,
            "run": self.seat.run,
            "expected": self.expected,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one form of a page does. `make` builds the form, from nothing or from what was sent."""

    title: str
    button: str
    make: Callable[..., forms.Form]
    do: Callable[[Told], str]
    right: Permission
    follows: str = ""
    """What will happen to whom, told before it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Why an act was not done."""

    name: str
    message: str
    code: str = ""
    status: int = 400
    changes: list[str] = field(default_factory=list)

    @property
    def factor(self) -> str:
        """Whether a second factor would help."""
        return self.code if self.code in FACTOR_CODES else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An act with its form as a page shows it."""

    name: str
    act: Act
    form: forms.Form
    wrong: bool = False


Acts = Mapping[str, Act]
Page = Callable[..., HttpResponse]


def perform(request: HttpRequest, seat: Seat, acts: Acts, page: Page, after: str) -> HttpResponse:
    """Do the act that the form names and go to `after`; else show the page with what was typed.

    `page` takes `typed` (the form as sent, by act) and `mistake`. Raises Invalid for a form that
    names no act.
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
        check_shown(seat, name, act.right)
        done = act.do(told)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        seat.run.refresh_from_db()
        return page(typed={name: form}, mistake=mistake_of(name, refusal))
    messages.success(request, done)
    return redirect(after)


def expected_of(request: HttpRequest) -> int | None:
    """The version that the form was made from; a form without it counts as the oldest."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def mistake_of(name: str, refusal: Refusal) -> Mistake:
    """A refusal as a page shows it."""
    changes = refusal.details.get("changes", [])
    return Mistake(
        name=name,
        message=sentence(refusal),
        code=refusal.code,
        status=refusal.status,
        changes=[str(change["told"]) for change in changes],
    )


def shown(acts: Acts, names: Iterable[str], typed: Mapping[str, forms.Form]) -> list[Shown]:
    """The acts with these names with their forms; one that was sent comes first, as sent."""
    wanted = dict.fromkeys([*typed, *names])
    return [
        Shown(
            name=name,
            act=acts[name],
            form=typed.get(name) or acts[name].make(auto_id=f"{name}-%s"),
            wrong=name in typed,
        )
        for name in wanted
    ]
