"""Acts of a page: a form, a right, a service; a refusal shows the form again, filled in.

Every form carries the version that its reader saw and a key made when it was shown. Whoever clicks
twice, or sends a page again, has done it once: services that keep keys see to it for good, and
`perform` for all others, as long as the cache remembers.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mistok.accounts import mfa
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, Unavailable
from mistok.kernel.ids import content_hash
from mistok.web.account.second_factor import used_second_factor
from mistok.web.needs.sentences import told
from mistok.web.offices.acting import binds

LONGEST_KEY = 60
UNDER_WAY, PENDING = "…", 60
"""What is remembered of a form that is being recorded, and for how many seconds."""
REMEMBERED = 12 * 60 * 60
"""Seconds for which a form that was done is remembered: as long as a session lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one form says, under which key, and which version its reader saw."""

    request: HttpRequest
    form: forms.Form
    key: str
    expected: int

    @property
    def actor(self) -> Actor:
        """Whoever sent it."""
        return Actor(user=self.request.user)

    @property
    def values(self) -> Mapping[str, Any]:
        """The answers."""
        return self.form.cleaned_data


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it, and where to go on if not on the page itself."""

    sentence: str
    goes_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one form of a page does. `make` builds the form, from nothing or from what was sent.

    `office` is in whose name it is done, none for a person's own; `version` what it is checked
    against; `subject` what the audit trail calls it by; `on` whether the page offers it now. What
    is not offered is refused by the service when somebody sends it from a page that became old.
    """

    title: str
    button: str
    make: Callable[..., forms.Form]
    do: Callable[[Told], Done]
    right: Permission
    office: Office | None
    subject: str
    version: int = 0
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
        """Whether a second factor would help: the refusal's code, else empty."""
        return self.code if self.code in FACTOR_CODES else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An act with its form as the page shows it, made from this version under this key."""

    name: str
    act: Act
    form: forms.Form
    key: str
    version: int
    wrong: bool = False

    @property
    def anchor(self) -> str:
        """Its element on the page."""
        return f"act-{self.name}"


Acts = Mapping[str, Act]
Page = Callable[..., HttpResponse]


def perform(request: HttpRequest, acts: Acts, page: Page) -> HttpResponse:
    """Do the act that the form names, then show the page anew; else with what was typed.

    `page` takes `typed` (the form as sent, by act) and `mistake`. Raises Invalid (`act_unknown`)
    for a form that names no act of this person.
    """
    name = request.POST.get("act", "")
    if name not in acts:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    mark = _mark(request)
    if not cache.add(mark, UNDER_WAY, PENDING):
        return _sent_again(request, str(cache.get(mark, UNDER_WAY)))
    try:
        answer, goes_to = _perform(request, name, acts[name], page)
    except BaseException:
        cache.delete(mark)
        raise
    if goes_to:
        cache.set(mark, goes_to, REMEMBERED)
    else:
        cache.delete(mark)
    return answer


def _perform(request: HttpRequest, name: str, act: Act, page: Page) -> tuple[HttpResponse, str]:
    """The answer, and where it leads when it was done."""
    form = act.make(data=request.POST, files=request.FILES, auto_id=f"{name}-%s")
    if not form.is_valid():
        return page(typed={name: form}, mistake=_incomplete(request, name, act, form)), ""
    try:
        check_shown(request, name, act.subject, act.right, act.office)
        done = act.do(
            Told(request=request, form=form, key=key_of(request), expected=expected_of(request))
        )
    except (Invalid, Conflict, NotAllowed, NotFound, Unavailable) as refusal:
        return page(typed={name: form}, mistake=mistake_of(name, refusal)), ""
    messages.success(request, done.sentence)
    goes_to = done.goes_to or request.get_full_path()
    return redirect(goes_to), goes_to


def _incomplete(request: HttpRequest, name: str, act: Act, form: forms.Form) -> Mistake:
    """Why a form cannot be taken; what it asked may have changed since it was shown."""
    if expected_of(request) != act.version:
        message = _(
            "Somebody has changed this since you opened the page, and nothing was recorded. Look "
            "at it as it stands now, and send again what is still needed."
        )
        return Mistake(name=name, message=message, code="page_changed", status=409)
    found = " ".join(str(error) for error in form.non_field_errors())
    usual = _("Something is missing or cannot be read. Nothing was recorded yet.")
    return Mistake(name=name, message=found or usual)


def _sent_again(request: HttpRequest, before: str) -> HttpResponse:
    """The very same form once more: where it led, or the page while it is being recorded."""
    if before != UNDER_WAY:
        return redirect(before)
    messages.info(request, _("This was sent twice and is recorded once. Look at it below."))
    return redirect(request.get_full_path())


def _mark(request: HttpRequest) -> str:
    """A fingerprint of who sent what from which form, but for the token that is new each time."""
    sent = [
        f"{name}={value}"
        for name, values in sorted(request.POST.lists())
        if name not in ("csrfmiddlewaretoken", "key")
        for value in values
    ]
    files = [
        f"{name}={file.name},{file.size}"
        for name, several in sorted(request.FILES.lists())
        for file in several
    ]
    who = str(request.user.pk)
    return f"act:{content_hash(who, request.path, key_of(request), *sent, *files)}"


def mistake_of(name: str, refusal: Refusal) -> Mistake:
    """A refusal as the page shows it."""
    return Mistake(name=name, message=told(refusal), code=refusal.code, status=refusal.status)


def shown(
    request: HttpRequest,
    acts: Acts,
    typed: Mapping[str, forms.Form],
    names: Iterable[str] = (),
    *,
    mistake: Mistake | None = None,
) -> list[Shown]:
    """Those of these acts that are offered now, and the one that was sent, as it was sent.

    Without `names` it is all of them, in their order. What was sent keeps its key and the version
    that its reader saw; unless the `mistake` was that one, which the page has told her now.
    """
    code = mistake.code if mistake is not None else ""
    reused, changed = code in ("key_reused", "page_changed"), code.endswith("_changed")
    return [
        Shown(
            name=name,
            act=acts[name],
            form=typed.get(name) or acts[name].make(auto_id=f"{name}-%s"),
            key=key_of(request) if name in typed and not reused else new_key(),
            version=expected_of(request) if name in typed and not changed else acts[name].version,
            wrong=name in typed,
        )
        for name in names or acts
        if name in acts and (acts[name].on or name in typed)
    ]


def mistake_context(
    mistake: Mistake | None, typed: Mapping[str, forms.Form] | None
) -> dict[str, Any]:
    """What the template of a mistake (needs/mistake.html) shows."""
    return {
        "mistake": mistake.message if mistake else "",
        "factor": mistake.factor if mistake else "",
        "wrong": [field for form in (typed or {}).values() for field in form if field.errors],
    }


def new_key() -> str:
    """A key for one form that is shown once."""
    return secrets.token_hex(12)


def key_of(request: HttpRequest) -> str:
    """The key under which a form was shown; one without it, or with a strange one, gets a new."""
    key = request.POST.get("key", "")
    sound = key.isascii() and key.isalnum() and len(key) <= LONGEST_KEY
    if not sound:
        # Kept with the request, so that the act and the page speak of the same key.
        key = request.META.setdefault("mistok.key", new_key())
    return key


def expected_of(request: HttpRequest) -> int:
    """The version that the form was made from; a form without it counts as the oldest."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def check_shown(
    request: HttpRequest, verb: str, subject: str, right: Permission, office: Office | None
) -> None:
    """Refuse a binding act in a session that has not shown the second factor yet.

    Raises NotAllowed (`second_factor_not_shown`), which is kept in the audit trail.
    """
    actor = Actor(user=request.user)
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
