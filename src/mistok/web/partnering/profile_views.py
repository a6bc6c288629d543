"""The declared profile of a municipality: read it, change it, confirm it, take it back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.kernel.errors import Conflict
from mistok.partnering.profiles.entry import ProfileEntry
from mistok.partnering.profiles.policies import Editor, check_can_edit
from mistok.partnering.profiles.selectors import profile_of, profiled_place
from mistok.partnering.profiles.services import confirm_profile, save_profile, withdraw_profile
from mistok.web.partnering.profile_forms import ProfileForm, form_of
from mistok.web.partnering.profile_present import (
    edit_context,
    editor_of,
    profile_context,
    profile_url,
)
from mistok.world import Place


@never_cache
@require_safe
def profile(request: HttpRequest, key: str) -> HttpResponse:
    """What a municipality says of itself, how fresh that is, and what is missing."""
    place = profiled_place(key)
    if place.key != key:
        return redirect(profile_url(request, place.key))
    return render(request, "partnering/profile.html", profile_context(request, place))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form; only for those who may write this profile."""
    place = profiled_place(key)
    editor = editor_of(request)
    check_can_edit(editor, place.key)
    if request.method == "POST":
        return ACTS.get(request.POST.get("act", ""), _save)(request, editor, place)
    return _page(request, place, form_of(profile_of(place.key)))


def _page(
    request: HttpRequest,
    place: Place,
    form: ProfileForm,
    *,
    status: int = 200,
    preview: ProfileEntry | None = None,
    conflict: str = "",
) -> HttpResponse:
    context = edit_context(request, place, form, preview)
    if conflict:
        # The reader is told; the next save replaces what others wrote.
        row = profile_of(place.key)
        context |= {"conflict": conflict, "version": str(row.version if row else 0)}
    return render(request, "partnering/profile_edit.html", context, status=status)


def _save(request: HttpRequest, editor: Editor, place: Place) -> HttpResponse:
    """Save, or show the form again with everything that was typed."""
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=400)
    try:
        save_profile(
            actor=editor,
            key=place.key,
            data=form.entry(),
            expected_version=form.cleaned_data["version"] or 0,
            at=timezone.now(),
        )
    except Conflict as refusal:
        return _page(request, place, form, status=409, conflict=str(refusal))
    messages.success(request, _("The profile is saved."))
    return redirect(profile_url(request, place.key))


def _preview(request: HttpRequest, editor: Editor, place: Place) -> HttpResponse:
    """Show what everybody would read, without saving."""
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=400)
    return _page(request, place, form, preview=form.entry())


def _confirm(request: HttpRequest, editor: Editor, place: Place) -> HttpResponse:
    """All of it is still right."""
    version, now = _version(request), timezone.now()
    confirm_profile(actor=editor, key=place.key, expected_version=version, at=now)
    messages.success(request, _("The profile is confirmed as of today."))
    return redirect(profile_url(request, place.key))


def _withdraw(request: HttpRequest, editor: Editor, place: Place) -> HttpResponse:
    """Nobody sees it any more."""
    version, now = _version(request), timezone.now()
    withdraw_profile(actor=editor, key=place.key, expected_version=version, at=now)
    messages.success(request, _("The profile is taken back. Save it to show it again."))
    return redirect(profile_url(request, place.key, "profile_edit"))


def _version(request: HttpRequest) -> int:
    """The version that the form was made from; what is no number fits no version."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 9 else -1


ACTS: dict[str, Callable[[HttpRequest, Editor, Place], HttpResponse]] = {
    "save": _save,
    "preview": _preview,
    "confirm": _confirm,
    "withdraw": _withdraw,
}
