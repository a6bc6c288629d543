"""The page of one proposal: corrected by a reviewer, then accepted as corrected."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.ingest.documents.policies import REVIEW, check_can_review
from mistok.ingest.documents.services import correct
from mistok.ingest.models import Document, Proposal
from mistok.kernel.errors import NotFound
from mistok.web.acting import Act, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.read.asking import text_context
from mistok.web.read.correct_giving import AidForm, ProjectForm
from mistok.web.read.correct_tie import TieForm
from mistok.web.read.document_page import kept_card, text_of
from mistok.web.read.marking import Span

FORMS: Mapping[str, Any] = {"tie": TieForm, "aid": AidForm, "project": ProjectForm}


def proposal_of(request: HttpRequest, document: Document, number: int) -> Proposal:
    """A proposal of the document, for whoever may judge it. Raises NotFound, NotAllowed."""
    found = document.proposals.filter(number=number).first()
    if found is None:
        raise NotFound(
            _("The document has no proposal with this number. Look at those that it has."),
            code="proposal_unknown",
        )
    check_can_review(Actor(user=request.user), found.what, found.content)
    return found


def correct_page(request: HttpRequest, document: Document, proposal: Proposal) -> HttpResponse:
    """The page, or the answer to its form."""
    acts = {"correct": _correcting(document, proposal)}
    page = partial(_page, request, document, proposal, acts)
    return perform(request, acts, page) if request.method == "POST" else page()


def _correcting(document: Document, proposal: Proposal) -> Act:
    def do(told: Told) -> Done:
        assert isinstance(told.form, TieForm | AidForm | ProjectForm)  # noqa: S101 - made here
        correct(
            actor=told.actor, proposal=proposal, content=told.form.content, expected=told.expected
        )
        here = reverse("read:document", args=[document.public_id])
        return Done(
            _("Accepted as you corrected it. It stands in the registry with this source now."),
            f"{here}#proposal-{proposal.number}",
        )

    return Act(
        title=_("Correct and accept"),
        button=_("Accept it so"),
        make=partial(FORMS[proposal.what], proposal.content),
        do=do,
        right=REVIEW,
        office=None,
        subject=proposal.public_id,
        version=proposal.version,
        on=proposal.state == Proposal.State.OPEN,
    )


def _page(
    request: HttpRequest,
    document: Document,
    proposal: Proposal,
    acts: Mapping[str, Act],
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    offered = shown(request, acts, typed or {}, mistake=mistake)
    span = Span(proposal.number, proposal.what, proposal.start, proposal.end)
    context = text_context(text_of(document), [span]) | {
        "document": document,
        "card": kept_card(request, document, proposal),
        "one": offered[0] if offered else None,
        "document_url": reverse("read:document", args=[document.public_id]),
        **mistake_context(mistake, typed),
    }
    return render(request, "read/correct.html", context, status=mistake.status if mistake else 200)
