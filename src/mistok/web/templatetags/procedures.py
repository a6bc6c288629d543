"""Doors from public pages to procedures, for those who may go through; nothing for others."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.partnering.models import ProcedureRun
from mistok.web.procedure.seats import can_open, offices_of

register = template.Library()
_KEPT = "_mistok_offices_that_open"


@register.simple_tag(takes_context=True)
def begin_url(context: template.Context, place: str) -> str:
    """Where an officer begins a procedure with this place; empty for who may not."""
    offices = _opening(context)
    if not offices or any(office.place == place for office in offices):
        return ""
    return f"{reverse('procedure:new')}?{urlencode({'place': place})}"


@register.simple_tag(takes_context=True)
def own_place(context: template.Context, place: str) -> bool:
    """Whether this is the reader's own municipality, for which procedures are begun."""
    return any(office.place == place for office in _opening(context))


@register.simple_tag(takes_context=True)
def runs_of_tie(context: template.Context, tie: str) -> list[str]:
    """Addresses of the procedures of a tie in which the reader's offices take part."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return []
    actor = Actor(user=request.user)
    ours = {one.public_id for one in offices_of(actor, Permission.READ_WORKING_PAPERS)}
    runs = ProcedureRun.objects.filter(tie=tie, sides__office__in=ours).distinct()
    return [reverse("procedure:run", args=[run.public_id]) for run in runs]


def _opening(context: template.Context) -> list[Any]:
    """The reader's offices that may begin one; asked once a page, for lists ask of every row."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return []
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, can_open(Actor(user=request.user)))
    found: list[Any] = getattr(request, _KEPT)
    return found
