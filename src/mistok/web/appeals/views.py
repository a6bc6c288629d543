"""Pages of letters of appeal. Load, call, answer; who has no part in a letter learns nothing."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.web.appeals.acting import perform
from mistok.web.appeals.editor import act_on_letter, desk_of, editor, new_desk
from mistok.web.appeals.files import letter_file
from mistok.web.appeals.listing import register_context
from mistok.web.appeals.seats import letter_of, own_seat, seat_of
from mistok.web.appeals.story import story_page
from mistok.web.appeals.story_acts import acts_on
from mistok.web.appeals.talk_acts import talk_acts

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The letters of an office, and those that came to it."""
    return render(request, "appeals/register.html", register_context(request))


@never_cache
@login_required
@posted
def new(request: HttpRequest) -> HttpResponse:
    """Write a letter."""
    desk = new_desk(request)
    return act_on_letter(request, desk) if request.method == "POST" else editor(request, desk)


@never_cache
@login_required
@posted
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a draft, or write the correction of a letter that went out."""
    desk = desk_of(request, own_seat(request, public_id).appeal)
    return act_on_letter(request, desk) if request.method == "POST" else editor(request, desk)


@never_cache
@login_required
@posted
def story(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where a letter stands, what went out, what came back."""
    seat = seat_of(request, public_id)
    page = partial(story_page, request, seat)
    if request.method == "POST":
        return perform(request, seat, {**acts_on(seat), **talk_acts(seat)}, page)
    return page()


@login_required
@require_safe
def letter_bytes(request: HttpRequest, letter_id: str, form: str) -> FileResponse:
    """A letter as PDF or DOCX, or its signature, to be saved by those who may read it."""
    return letter_file(letter_of(request, letter_id), form)
