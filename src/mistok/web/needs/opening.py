"""Drafts of the board shown to the partners at once, each as its reader saw it."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.needs.lifecycle import NeedState
from mistok.needs.lines import open_need
from mistok.needs.models import Need
from mistok.web.needs.seats import actor_of, readers_offices, writer_of
from mistok.web.needs.sentences import told
from mistok.web.needs.words import title_of
from mistok.web.registry.lists import PAGE_SIZE

MOST_TOLD = 10
"""Refusals that are told one by one; the drafts themselves say the rest."""


def drafts_among(page: Iterable[Need], own: Iterable[int]) -> list[tuple[str, int]]:
    """Drafts of these offices on the page: id, and the version that its reader sees."""
    offices = frozenset(own)
    drafts = (one for one in page if one.state == NeedState.DRAFT and one.office_id in offices)
    return [(one.public_id, one.version) for one in drafts]


def open_drafts(request: HttpRequest) -> HttpResponse:
    """Show the drafts that the form names; one that cannot be shown keeps no other back.

    Raises NotAllowed for who writes needs for no office.
    """
    writer_of(request)
    actor = actor_of(request)
    parted = [one.partition(" ") for one in request.POST.getlist("draft")[:PAGE_SIZE]]
    asked = {public_id: version for public_id, _space, version in parted}
    rows = Need.objects.filter(office__in=readers_offices(actor), public_id__in=asked)
    opened = 0
    refused: list[str] = []
    for need in rows.select_related("office").order_by("pk"):
        title = title_of(need)
        try:
            open_need(actor=actor, need=need, expected=_version(asked[need.public_id]))
        except (Conflict, Invalid, NotAllowed) as refusal:
            refused.append(f"{title}: {told(refusal)}")
        else:
            opened += 1
    sentence = ngettext(
        "Your partners see %(count)s need more now.",
        "Your partners see %(count)s needs more now.",
        opened,
    )
    messages.success(request, sentence % {"count": opened})
    for one in refused[:MOST_TOLD]:
        messages.warning(request, _("Still a draft: %(why)s") % {"why": one})
    return redirect(f"{reverse('needs:board')}?whose=own")


def _version(text: str) -> int:
    """The version that was seen; a form without it counts as the oldest."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
