"""Acts on one need: a form, a right, a service; a refusal shows the form again, filled in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mistok.accounts import mfa
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from mistok.needs.models import Need
from mistok.web.account.second_factor import used_second_factor
from mistok.web.needs.need_seat import NeedSeat, unknown
from mistok.web.needs.seats import actor_of
from mistok.web.needs.sentences import told
from mistok.web.offices.acting import binds


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one form says, and which version its reader saw."""

    seat: NeedSeat
    form: forms.Form
    expected: int | None

    @property
    def values(self) -> Mapping[str, Any]:
        """The answers."""
        return self.form.cleaned_data

    @property
    def need(self) -> Need:
        """The need itself. Raises NotFound for who reads no more than what is public."""
        if self.seat.need is None:
            raise unknown()
        return self.seat.need


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it, and where to go on if not on the page itself."""

    sentence: str
    goes_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one form of the page does. `make` builds the form, from nothing or from what was sent.

    `office` is in whose name it is done, none for a person's own; `version` what it is checked
    against; `on` whether the page offers it now. What is not offered is refused by the service
    when somebody sends it, from a page that has become old, and shows then what was typed.
    """

    title: str
    button: str
    make: Callable[..., forms.Form]
    do: Callable[[Told], Done]
    right: Permission
    office: Office | None
    version: int
    follows: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Why an act was not done."""

    name: str
    message: str
    code: str = ""
    status: int = 400

    @property
    def factor(self) -> str:
        """Whether a second factor would help."""
        return self.code if self.code in FACTOR_CODES else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An act with its form as the page shows it."""

    name: str
    act: Act
    form: forms.Form
    wrong: bool = False

    @property
    def anchor(self) -> str:
        """Its element on the page."""
        return f"act-{self.name}"


Acts = Mapping[str, Act]
Page = Callable[..., HttpResponse]


def perform(seat: NeedSeat, acts: Acts, page: Page) -> HttpResponse:
    """Do the act that the form names, then show the page anew; else with what was typed.

    `page` takes `typed` (the form as sent, by act) and `mistake`. Raises Invalid for a form that
    names no act of this person.
    """
    request = seat.request
    name = request.POST.get("act", "")
    if name not in acts:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    act = acts[name]
    form = act.make(data=request.POST, auto_id=f"{name}-%s")
    if not form.is_valid():
        message = _("Something is missing or cannot be read. Nothing was recorded yet.")
        return page(typed={name: form}, mistake=Mistake(name=name, message=message))
    try:
        check_shown(request, f"{name}_need", seat.public_id, act.right, act.office)
        done = act.do(Told(seat=seat, form=form, expected=_expected(seat)))
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return page(typed={name: form}, mistake=mistake_of(name, refusal))
    messages.success(request, done.sentence)
    return redirect(done.goes_to or request.get_full_path())


def mistake_of(name: str, refusal: Refusal) -> Mistake:
    """A refusal as the page shows it."""
    return Mistake(name=name, message=told(refusal), code=refusal.code, status=refusal.status)


def shown(acts: Acts, typed: Mapping[str, forms.Form], names: Iterable[str]) -> list[Shown]:
    """Those of these acts that are offered now, and the one that was sent, as it was sent."""
    return [
        Shown(
            name=name,
            act=acts[name],
            form=typed.get(name) or acts[name].make(auto_id=f"{name}-%s"),
            wrong=name in typed,
        )
        for name in names
        if name in acts and (acts[name].on or name in typed)
    ]


def _expected(seat: NeedSeat) -> int | None:
    """The version that the form was made from; a form without it counts as the oldest."""
    text = seat.request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def check_shown(
    request: HttpRequest, verb: str, subject: str, right: Permission, office: Office | None
) -> None:
    """Refuse a binding act in a session that has not shown the second factor yet.

    Raises NotAllowed (`second_factor_not_shown`), which is kept in the audit trail.
    """
    actor = actor_of(request)
    person = actor.person
    if person is None or office is None or not binds(person, office, right):
        return
    if mfa.has_second_factor(person) and not used_second_factor(request):
        with audited(actor, verb, subject):
            check_can(actor, right, office=office)
            raise NotAllowed(
                _(
                    "This act binds, and this session has not shown your second factor yet. "
                    "Show it, then do it again."
                ),
                code="second_factor_not_shown",
            )
