"""The link by which a giver confirms her address: opening it changes nothing, the button does."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.needs.answers import confirm_by_link
from mistok.needs.answers.links import known_link
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import AnswerLink, Commitment
from mistok.web.answers.letter_page import unlisted
from mistok.web.answers.need_view import NeedView
from mistok.web.answers.saying import commitment_words
from mistok.web.answers.steps import REFUSALS, Mistake, mistake_of, status_of
from mistok.web.appeals.words import commitment_badge
from mistok.web.offices.words import moment_words


def confirm_page(request: HttpRequest, token: str, mistake: Mistake | None = None) -> HttpResponse:
    """What is to be confirmed, or how far it is. Raises NotFound for an unknown link."""
    link = known_link(token)
    if link.commitment is None:
        return redirect("answers:link", token=token)
    row, spent = link.commitment, _spent(link)
    context: dict[str, Any] = {
        "title": commitment_words(row, NeedView.of(row.need, None)),
        "badge": commitment_badge(row.state),
        "spent": spent,
        "open": row.state == CommitmentState.UNCONFIRMED and not spent,
        "mistake": mistake,
    }
    return unlisted(render(request, "answers/confirm.html", context, status=status_of(mistake)))


def _spent(link: AnswerLink) -> str:
    """Why a link confirms nothing any more; empty while it does."""
    if link.used_at is not None:
        return _("This link was used on %(day)s: what you give was confirmed.") % {
            "day": moment_words(link.used_at)
        }
    if link.expires_at <= timezone.now():
        return _("This link was good until %(day)s, so nothing counts. Give it again.") % {
            "day": moment_words(link.expires_at)
        }
    return ""


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm it."""
    try:
        row = confirm_by_link(token=token)
    except REFUSALS as refusal:
        return confirm_page(request, token, mistake_of(refusal))
    messages.success(request, _done(row))
    return redirect(request.path)


def _done(row: Commitment) -> str:
    if row.state == CommitmentState.PROPOSED:
        return _("Confirmed. It counts when whoever asked accepts it.")
    return _("Confirmed. Thank you: it counts from now on, and the municipality is told.")
