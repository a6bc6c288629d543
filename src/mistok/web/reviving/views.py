"""The revival kit of a tie. Load, call, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mistok.partnering.profiles.policies import Editor
from mistok.partnering.revival import revival_kit
from mistok.registry.selectors import public_tie
from mistok.web.reviving.present import revive_context


@never_cache
@require_safe
def revive(request: HttpRequest, public_id: str) -> HttpResponse:
    """How fast asleep the tie is, a first message in the languages of the sides, a check-list."""
    tie = public_tie(public_id)
    if tie.public_id != public_id:
        return redirect("reviving:revive", public_id=tie.public_id)
    sender = request.GET.get("from", "")
    editor = Editor(user=request.user)
    kit = revival_kit(tie, timezone.localdate(), editor=editor, sender=sender)
    return render(request, "reviving/revive.html", revive_context(request, kit))
