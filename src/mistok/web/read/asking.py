"""The page on which anybody has a text read, and its answer: nothing of it is kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.ingest.documents.policies import may_read, reviews_anywhere
from mistok.ingest.documents.reader import the_reader
from mistok.ingest.documents.services import known_document, take_in
from mistok.ingest.documents.taking_in import drafts_of
from mistok.ingest.models import Document
from mistok.kernel.errors import Refusal
from mistok.reading.model import Reading, Text
from mistok.web.read.cards import ProposalCard, card_of
from mistok.web.read.forms import ReadForm
from mistok.web.read.held import held_card
from mistok.web.read.limits import count_reading, count_sending
from mistok.web.read.marking import Span, windows
from mistok.web.read.opening import Came, came_with, keep, kept, opened
from mistok.web.read.words import why_empty
from mistok.web.refusals import sentence
from mistok.web.words import language_name, stated_words

MOST_SHOWN = 60
"""Proposals on the page of a text that is not kept; the others are counted."""


def ask(request: HttpRequest, form: ReadForm | None = None, mistake: str = "") -> dict[str, Any]:
    """What the page with the form shows."""
    actor = Actor(user=request.user)
    return {
        "form": form or ReadForm(signed_in=actor.person is not None),
        "mistake": mistake,
        "wrong": [field for field in form if field.errors] if form else [],
        "reviews": reviews_anywhere(actor),
        "signed_in": actor.person is not None,
    }


def answer(request: HttpRequest) -> HttpResponse:
    """The reading of what was sent; or, when its sender says so, the document that it becomes."""
    if "token" in request.POST:
        return _sent_on(request)
    signed_in = Actor(user=request.user).person is not None
    form = ReadForm(request.POST, request.FILES, signed_in=signed_in)
    if not form.is_valid():
        told = " ".join(str(error) for error in form.non_field_errors())
        usual = _("Something is missing or cannot be read.")
        return _again(request, form, told or usual, 400)
    try:
        count_reading(request)
        came, data = came_with(form.cleaned_data)
        if signed_in and request.POST.get("act") == "send":
            return _sent(request, came, data)
        return _read(request, came, data)
    except Refusal as refusal:
        return _again(request, form, sentence(refusal), refusal.status)


def _again(request: HttpRequest, form: ReadForm, mistake: str, status: int) -> HttpResponse:
    return render(request, "read/read.html", ask(request, form, mistake), status=status)


def _read(request: HttpRequest, came: Came, data: bytes) -> HttpResponse:
    text = opened(came, data)
    reading = the_reader().read(text)
    context = answer_context(request, reading)
    person = Actor(user=request.user).person
    if person is not None:
        context["token"] = keep(came, data, person.public_id)
    return render(request, "read/answer.html", context)


def _sent_on(request: HttpRequest) -> HttpResponse:
    """What was read a moment ago goes to review."""
    person = Actor(user=request.user).person
    try:
        came, data = kept(request.POST["token"], person.public_id if person else "")
        return _sent(request, came, data)
    except Refusal as refusal:
        page = ask(request, mistake=sentence(refusal))
        return render(request, "read/read.html", page, status=refusal.status)


def _sent(request: HttpRequest, came: Came, data: bytes) -> HttpResponse:
    actor = Actor(user=request.user)
    count_sending(request)
    before = known_document(data=data, url=came.url)
    text = opened(came, data)
    document = take_in(actor=actor, text=text, data=data, origin=came.origin, brought=came.brought)
    return _told_of(request, actor, document, again=before is not None)


def _told_of(
    request: HttpRequest, actor: Actor, document: Document, *, again: bool
) -> HttpResponse:
    """On to the document, or back where somebody else sent it and reads it."""
    if not may_read(actor, document):
        messages.info(
            request,
            _("Somebody has sent this very text before, so it is in review already. Thank you."),
        )
        return redirect("read:read")
    messages.success(
        request,
        _("This very text was sent before. Here is what became of it.")
        if again
        else _("The text is kept and waits for review. You see here what becomes of it."),
    )
    return redirect("read:document", document.public_id)


def answer_context(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """What the page of a text that is not kept shows."""
    text, drafts = reading.text, drafts_of(reading)
    shown = drafts[:MOST_SHOWN]
    actor = Actor(user=request.user)
    reviewer = str(actor) if reviews_anywhere(actor) else ""
    cards: list[ProposalCard] = []
    for number, draft in enumerate(shown, 1):
        card = card_of(number, draft.what, draft.content)
        card.held = held_card(
            draft.what,
            draft.content,
            draft.claim,
            published=str(text.published or ""),
            besides=None,
            reviewer=reviewer,
        )
        cards.append(card)
    spans = [
        Span(number, draft.what, draft.content["start"], draft.content["end"])
        for number, draft in enumerate(shown, 1)
    ]
    return text_context(text, spans) | {
        "cards": cards,
        "more": len(drafts) - len(cards),
        "total": len(drafts),
        "empty": "" if drafts else why_empty(text.text, text.lang, reading.notes),
        "signed_in": actor.person is not None,
        "again_url": reverse("read:read"),
    }


def text_context(text: Text, spans: list[Span]) -> dict[str, Any]:
    """The marked text and what is known of it."""
    shown, left = windows(text.text, spans)
    return {
        "windows": shown,
        "left": left,
        "letters": len(text.text),
        "lang": text.lang,
        "language_words": language_name(text.lang) if text.lang else "",
        "published": stated_words(str(text.published or "")),
        "title": text.title,
        "publisher": text.publisher,
    }
