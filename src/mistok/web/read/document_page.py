"""The page of a document that is kept: its words, its proposals, and what a reviewer may do."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.accounts.actors import Actor
from mistok.accounts.policies import can
from mistok.ingest.documents.citing import same_title
from mistok.ingest.documents.policies import REVIEW, may_read, may_review
from mistok.ingest.documents.queue import age_in_days
from mistok.ingest.documents.reader import reader_version
from mistok.ingest.documents.services import accept, accept_all, reject, reread
from mistok.ingest.models import Document, Proposal
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import NotFound
from mistok.reading.model import Text
from mistok.web.acting import (
    Act,
    Done,
    Mistake,
    Told,
    mistake_context,
    perform,
    shown,
)
from mistok.web.cards import SourceRef
from mistok.web.needs.act_forms import PlainForm
from mistok.web.offices.words import moment_words
from mistok.web.partnering.pages import part_of
from mistok.web.read.asking import text_context
from mistok.web.read.backing import told_by_aggressors_alone
from mistok.web.read.cards import ProposalCard, card_of, summary_of
from mistok.web.read.forms import RejectForm, SeveralForm
from mistok.web.read.held import held_card
from mistok.web.read.marking import Span
from mistok.web.read.words import proposal_badge, who_words, why_empty
from mistok.web.refusals import sentence
from mistok.web.registry.present import source_ref

CARDS = 25
"""Proposals on one page, each with its forms."""
Typed = Mapping[str, forms.Form]
State = Proposal.State


def readable(request: HttpRequest, document_id: str) -> Document:
    """The document, for whoever may read it. Raises NotFound for everybody else."""
    actor = Actor(user=request.user)
    found = Document.objects.filter(public_id=document_id).select_related("copy_of").first()
    if found is None or not may_read(actor, found):
        raise NotFound(
            _(
                "There is no text here that you may read. Texts are shown to whoever sent them, "
                "and to reviewers of the places that they are about."
            ),
            code="document_unknown",
        )
    return found


def document_page(request: HttpRequest, document: Document) -> HttpResponse:
    """The page, or the answer to one of its forms."""
    proposals = list(document.proposals.exclude(state=State.SUPERSEDED))
    acts = acts_on(request, document, proposals)
    page = partial(_page, request, document, acts)
    return perform(request, acts, page) if request.method == "POST" else page()


def _page(
    request: HttpRequest,
    document: Document,
    acts: Mapping[str, Act],
    *,
    typed: Typed | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    document.refresh_from_db()
    proposals = list(document.proposals.exclude(state=State.SUPERSEDED))
    context = _context(request, document, proposals)
    forms_shown = {one.name: one for one in shown(request, acts, typed or {}, mistake=mistake)}
    for card in context["cards"]:
        card.accept = forms_shown.get(f"accept-{card.number}")
        card.reject = forms_shown.get(f"reject-{card.number}")
    context |= {"all": forms_shown.get("all"), "reread": forms_shown.get("reread")}
    context |= mistake_context(mistake, typed)
    return render(request, "read/document.html", context, status=mistake.status if mistake else 200)


def _context(request: HttpRequest, document: Document, proposals: list[Proposal]) -> dict[str, Any]:
    pager, part = part_of(request, proposals, "page", CARDS)
    spans = [Span(one.number, one.what, one.start, one.end) for one in part]
    open_now = [one for one in proposals if one.state == State.OPEN]
    return text_context(text_of(document), spans) | {
        "document": document,
        "cards": [kept_card(request, document, one) for one in part],
        "pager": pager,
        "open_count": len(open_now),
        "age": age_in_days(document),
        "came": moment_words(document.added_at),
        "origin": document.get_origin_display(),
        "publisher": document.publisher,
        "empty": ""
        if proposals
        else why_empty(document.text, document.language, document.note.split()),
        "copy_of": document.copy_of,
        "namesake": _namesake(document),
        "copy_url": _copy_url(request, document),
        "text_url": reverse("read:text", args=[document.public_id]),
    }


def _namesake(document: Document) -> SourceRef | None:
    """A source of the same title in the registry, as long as this text is none itself."""
    if document.source is not None or document.copy_of is not None:
        return None
    found = same_title(document)
    return source_ref(found) if found is not None else None


def _copy_url(request: HttpRequest, document: Document) -> str:
    """The page of the document whose words this one repeats, for whoever may read it."""
    original = document.copy_of
    if original is None or not may_read(Actor(user=request.user), original):
        return ""
    return reverse("read:document", args=[original.public_id])


def text_of(document: Document) -> Text:
    """The kept text as the marking takes it."""
    published = PartialDate.parse_or_none(document.published)
    return Text(document.text, document.language, (), published, document.title, document.publisher)


def kept_card(request: HttpRequest, document: Document, proposal: Proposal) -> ProposalCard:
    """A kept proposal as a card: as it is meant today, with who decided, when and why."""
    actor = Actor(user=request.user)
    card = card_of(proposal.number, proposal.what, proposal.meant)
    card.state = proposal_badge(proposal)
    mine = may_review(actor, proposal)
    if proposal.decided_at is not None:
        card.decided = _("by %(who)s on %(day)s") % {
            "who": who_words(proposal.decided_by, str(actor)),
            "day": moment_words(proposal.decided_at),
        }
        card.reason = proposal.reason
        if proposal.corrected is not None:
            card.was_read = summary_of(proposal.what, proposal.content)
    card.held = (
        held_card(
            proposal.what,
            proposal.meant,
            proposal.claim,
            published=document.published,
            besides=proposal.pk,
            reviewer=str(actor) if mine else "",
        )
        if proposal.state == State.OPEN
        else None
    )
    if card.held is not None:
        card.only_aggressors = told_by_aggressors_alone(document, card.held.same)
    if mine and proposal.state == State.OPEN:
        card.correct_url = reverse("read:proposal", args=[document.public_id, proposal.number])
    return card


def acts_on(request: HttpRequest, document: Document, proposals: list[Proposal]) -> dict[str, Act]:
    """What this reviewer may do here; the same for proposals that somebody has just decided."""
    actor = Actor(user=request.user)
    mine = [one for one in proposals if may_review(actor, one)]
    acts = {}
    for one in mine:
        acts[f"accept-{one.number}"] = _accepting(document, one)
        acts[f"reject-{one.number}"] = _rejecting(document, one)
    open_now = [one for one in mine if one.state == State.OPEN]
    if mine:
        acts["all"] = _accepting_all(document, open_now)
    if can(actor, REVIEW):
        acts["reread"] = _rereading(document)
    return acts


def _act(document: Document, title: str, make: Any, do: Any, **more: Any) -> Act:
    return Act(
        title=title,
        button=title,
        make=make,
        do=do,
        right=REVIEW,
        office=None,
        subject=document.public_id,
        **more,
    )


def _goes_to(document: Document, proposal: Proposal) -> str:
    here = reverse("read:document", args=[document.public_id])
    return f"{here}#proposal-{proposal.number}"


def _accepting(document: Document, proposal: Proposal) -> Act:
    def do(told: Told) -> Done:
        accept(actor=told.actor, proposal=proposal, expected=told.expected)
        return Done(
            _("Accepted. It stands in the registry with this source now."),
            _goes_to(document, proposal),
        )

    still = proposal.state == State.OPEN
    return _act(document, _("Accept"), PlainForm, do, version=proposal.version, on=still)


def _rejecting(document: Document, proposal: Proposal) -> Act:
    def do(told: Told) -> Done:
        assert isinstance(told.form, RejectForm)  # noqa: S101 - made by this act
        reject(actor=told.actor, proposal=proposal, reason=told.form.reason, expected=told.expected)
        return Done(
            _("Rejected. Whoever meets the same claim again is told of it."),
            _goes_to(document, proposal),
        )

    still = proposal.state == State.OPEN
    return _act(document, _("Reject"), RejectForm, do, version=proposal.version, on=still)


def _accepting_all(document: Document, open_now: list[Proposal]) -> Act:
    rows = [
        (
            f"{one.public_id}:{one.version}",
            f"{one.number}. {summary_of(one.what, one.content)}",
        )
        for one in open_now
    ]

    def do(told: Told) -> Done:
        assert isinstance(told.form, SeveralForm)  # noqa: S101 - made by this act
        taken = accept_all(actor=told.actor, document=document, chosen=told.form.versions)
        said = ngettext(
            "%(count)s proposal was accepted.",
            "%(count)s proposals were accepted.",
            len(taken.accepted),
        ) % {"count": len(taken.accepted)}
        left = [
            _("No. %(number)s was left open: %(why)s")
            % {"number": one.number, "why": sentence(refusal)}
            for one, refusal in taken.left
        ]
        return Done(" ".join([said, *left]))

    make = partial(SeveralForm, rows)
    return _act(document, _("Accept all that are ticked"), make, do, on=len(rows) > 1)


def _rereading(document: Document) -> Act:
    def do(told: Told) -> Done:
        count = reread(actor=told.actor, document=document)
        return Done(
            ngettext(
                "The text was read anew. %(count)s proposal stands open.",
                "The text was read anew. %(count)s proposals stand open.",
                count,
            )
            % {"count": count}
        )

    older = document.reader != reader_version()
    return _act(document, _("Read it anew"), PlainForm, do, on=older)
