"""Acts of the pages of offices: a form, a right, a service; a refusal shows the form again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mistok.accounts import mfa
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import BINDING, NEEDS_MFA, Permission, Role
from mistok.accounts.policies import check_can
from mistok.accounts.selectors import memberships_of
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from mistok.web.account.second_factor import used_second_factor
from mistok.web.refusals import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One act under way: who, for which office, and what the form says."""

    request: HttpRequest
    actor: Actor
    office: Office
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it; `show` is shown this once and kept nowhere, `goes_to` is the next page."""

    sentence: str
    show: Mapping[str, Any] | None = None
    goes_to: str = ""


class OfficeForm(forms.Form):
    """A form that knows for which office it is and who fills it in."""

    def __init__(self, doing: Doing, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, **more)
        self.doing = doing
        self.offer()

    def offer(self) -> None:
        """Fill in what there is to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a form of a page does; `right` names the permission that it needs, if one."""

    do: Callable[[Doing], Done]
    right: Callable[[Doing], Permission | None]
    form: type[OfficeForm] = OfficeForm


Acts = Mapping[str, Act]
Page = Callable[..., HttpResponse]


def needs(permission: Permission) -> Callable[[Doing], Permission | None]:
    """The same right whatever the form says."""
    return lambda _doing: permission


def actor_of(request: HttpRequest) -> Actor:
    """Whoever signed in."""
    return Actor(user=request.user)


def forms_of(acts: Acts, doing: Doing) -> dict[str, OfficeForm]:
    """Every form of a page, empty."""
    return {name: act.form(doing, auto_id=f"{name}-%s") for name, act in acts.items()}


def answer(
    doing: Doing, template: str, acts: Acts, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """The page of a room, or the answer to one of its forms; `context` may refuse."""
    request = doing.request

    def page(
        *, status: int = 200, typed: Mapping[str, OfficeForm] | None = None, **more: Any
    ) -> HttpResponse:
        told = context()
        told |= {"forms": forms_of(acts, doing) | dict(typed or {}), **more}
        return render(request, template, told, status=status)

    return perform(doing, acts, page, request.path) if request.method == "POST" else page()


def perform(doing: Doing, acts: Acts, page: Page, after: str) -> HttpResponse:
    """Do the act that the form names, then go to `after`; else show the page with what was typed.

    `page` is given `forms`, `mistake` (a sentence), `factor_code` and `status`, or what an act
    shows this once. Raises Invalid for a form that names no act.
    """
    name = doing.request.POST.get("act", "")
    if name not in acts:
        raise Invalid(
            _("The form does not say what to do. Open the page again and choose."),
            code="act_unknown",
        )
    act, request = acts[name], doing.request
    form = act.form(doing, request.POST, request.FILES, auto_id=f"{name}-%s")
    if not form.is_valid():
        return _again(page, name, form, doing, _("The form is not complete yet."), 400)
    told = Doing(request=request, actor=doing.actor, office=doing.office, told=form.cleaned_data)
    try:
        _check_shown(told, name, act.right(told))
        done = act.do(told)
    except (Invalid, Conflict, NotAllowed) as refusal:
        return _refused(page, name, form, told, refusal)
    if done.show is not None:
        return page(shown=done.show, done=done.sentence)
    messages.success(request, done.sentence)
    return redirect(done.goes_to or after)


def _refused(
    page: Page, name: str, form: OfficeForm, doing: Doing, refusal: Refusal
) -> HttpResponse:
    code = refusal.code if refusal.code in FACTOR_CODES else ""
    if doing.office.pk:
        doing.office.refresh_from_db()
    return _again(page, name, form, doing, sentence(refusal), refusal.status, code)


def _again(
    page: Page,
    name: str,
    form: OfficeForm,
    doing: Doing,
    mistake: str,
    status: int,
    factor_code: str = "",
) -> HttpResponse:
    return page(
        typed={name: form},
        mistake=mistake,
        factor_code=factor_code,
        which=doing.request.POST.get("which", ""),
        status=status,
    )


def _check_shown(doing: Doing, name: str, right: Permission | None) -> None:
    """A session begun before the second factor was set up may be in other hands."""
    person = doing.actor.person
    if person is None or right is None or not binds(person, doing.office, right):
        return
    if mfa.has_second_factor(person) and not used_second_factor(doing.request):
        with audited(doing.actor, name, doing.office.public_id):
            check_can(doing.actor, right, office=doing.office)
            raise NotAllowed(
                _(
                    "This act binds, and this session has not shown your second factor yet. "
                    "Show it, then do it again."
                ),
                code="second_factor_not_shown",
            )


def binds(person: User, office: Office, right: Permission) -> bool:
    """Whether a password is not enough: as `permissions.needs_second_factor`, for this person."""
    own = any(one.office_id == office.pk for one in memberships_of(person))
    return right in NEEDS_MFA or (right in BINDING and not own)


def can_but_for_factor(doing: Doing, right: Permission) -> bool:
    """Whether the right is there; a second factor that is missing is told when it is tried."""
    try:
        check_can(doing.actor, right, office=doing.office)
    except NotAllowed as refusal:
        return refusal.code in FACTOR_CODES
    return True


def factor_wanted(doing: Doing) -> str:
    """What this person's second factor lacks for what she may do here: a code, or empty."""
    person = doing.actor.person
    if person is None or not _binds_at_all(person, doing.office):
        return ""
    if not mfa.has_second_factor(person):
        return "second_factor_needed"
    return "" if used_second_factor(doing.request) else "second_factor_not_shown"


def _binds_at_all(person: User, office: Office) -> bool:
    mine = memberships_of(person)
    return any(
        one.role == Role.COORDINATOR or (one.role == Role.APPROVER and one.office_id == office.pk)
        for one in mine
    )
