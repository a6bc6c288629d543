"""The list of procedures of one's offices, and those to which an office is asked."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.selectors import scopes_of
from mistok.partnering.models import ProcedureRun
from mistok.partnering.procedure.selectors import invited, run_view, runs_of
from mistok.partnering.procedure.words import AIMS
from mistok.web.procedure.cards import RunCard
from mistok.web.procedure.seats import can_open, offices_of, scopes_covering
from mistok.web.procedure.words import day_words
from mistok.web.words import kind_label


def runs_context(request: HttpRequest) -> dict[str, Any]:
    """Everything that procedure/runs.html shows."""
    actor = Actor(user=request.user)
    offices = list(offices_of(actor, Permission.READ_WORKING_PAPERS))
    runs = _once(run for office in offices for run in runs_of(office))
    return {
        "offices": offices,
        "going": [run_card(run) for run in runs if run.closed_at is None],
        "closed": [run_card(run) for run in runs if run.closed_at is not None],
        "asked": [run_card(run) for run in _once(r for o in offices for r in invited(o))],
        "watched": [run_card(run) for run in _watched(actor, {run.pk for run in runs})],
        "new_url": reverse("procedure:new") if can_open(actor) else "",
    }


def _once(runs: Iterable[ProcedureRun]) -> list[ProcedureRun]:
    return list({run.pk: run for run in runs}.values())


def _watched(actor: Actor, known: set[int]) -> list[ProcedureRun]:
    """Procedures in the scope of a coordinator that are not her own office's."""
    scopes = scopes_of(actor)
    if not scopes:
        return []
    rows = ProcedureRun.objects.going_on().exclude(pk__in=known).prefetch_related("sides")
    return [run for run in rows if any(scopes & scopes_covering(s) for s in run.sides.all())]


def run_card(run: ProcedureRun) -> RunCard:
    """A procedure in a list, with its next step."""
    closed = run.closed_at
    view = run_view(run)
    following = next((step for step in view.next_steps if not step.optional), None)
    due = following.due_on if following else None
    return RunCard(
        url=reverse("procedure:run", args=[run.public_id]),
        names=tuple(side.shown for side in run.sides.all()),
        kind=kind_label(run.kind),
        aim=str(AIMS[run.aim]),
        opened=day_words(run.opened_at.date()),
        closed=day_words(closed.date()) if closed else "",
        next=following.title if following and not closed else "",
        next_due=day_words(due) if not closed else "",
        late=bool(due and due < timezone.localdate()),
    )
