"""Two steps without a script: a form is checked and shown again as it will be sent, then sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from mistok.web.refusals import sentence

AnyForm = TypeVar("AnyForm", bound=forms.Form)
Page = Callable[..., HttpResponse]
REFUSALS = (Invalid, Conflict, NotAllowed, NotFound)


class Step(StrEnum):
    """What a button of the form asks for."""

    CHECK = "check"
    CHANGE = "change"
    SEND = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Why something was not done: a sentence, fields to mend, what has changed meanwhile."""

    message: str
    status: int = 400
    code: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def factor(self) -> str:
        """Whether a second factor would help."""
        return self.code if self.code in FACTOR_CODES else ""


def step_of(request: HttpRequest) -> Step:
    """The step that the button names; a form without one is checked first."""
    told = request.POST.get("step", "")
    return Step(told) if told in set(Step) else Step.CHECK


def incomplete(form: forms.Form) -> Mistake:
    """A form with answers that cannot be read."""
    message = _("Something is missing or cannot be read. Nothing was sent yet.")
    return Mistake(message=message, fields=wrong_fields(form))


def wrong_fields(form: forms.Form) -> list[tuple[str, str]]:
    """Every field with a mistake: where it stands on the page, its label and the sentence."""
    return [
        (f"{bound.auto_id}-field", f"{_of_line(bound.name)}{bound.label}: {error}")
        for bound in form
        if not bound.is_hidden
        for error in bound.errors
    ]


def _of_line(name: str) -> str:
    """The number of the line to which a field belongs, where it belongs to one of several."""
    number = name.partition("-")[0].removeprefix("line")
    return f"{number}. " if name.startswith("line") and number.isdigit() else ""


def mistake_of(refusal: Refusal, form: forms.Form | None = None) -> Mistake:
    """A refusal as a page shows it; at its field, where the form has one."""
    message = sentence(refusal)
    name = refusal.details.get("field", "")
    if form is not None and form.is_bound and name in form.fields:
        form.add_error(name, message)
    return Mistake(
        message=message,
        status=refusal.status,
        code=refusal.code,
        fields=wrong_fields(form) if form is not None else [],
        changes=[_told(change) for change in refusal.details.get("changes", [])],
    )


def _told(change: Any) -> str:
    """One change; services tell it as a sentence, or with its sentence under `told`."""
    return str(change["told"]) if isinstance(change, dict) and "told" in change else str(change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A form in two steps. `page` shows it, `check` shows what will be sent, `send` does it."""

    request: HttpRequest
    form: forms.Form
    page: Page
    check: Page
    send: Callable[[], str]
    after: str

    def answer(self) -> HttpResponse:
        """What a POST is answered with; nothing is done before the button of the last step."""
        step = step_of(self.request)
        if step is Step.CHANGE:
            return self.page(self.form)
        if not self.form.is_valid():
            return self.page(self.form, mistake=incomplete(self.form))
        if step is Step.CHECK:
            return self.check(self.form)
        try:
            done = self.send()
        except REFUSALS as refusal:
            return self.page(self.form, mistake=mistake_of(refusal, self.form))
        messages.success(self.request, done)
        return redirect(self.after)


def status_of(mistake: Mistake | None) -> int:
    """The status of a page that may tell of a mistake."""
    return mistake.status if mistake else 200
