"""Rounds, one round, the answer of one side, the waiting list."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.kernel.errors import Invalid
from mistok.partnering.models import Round
from mistok.partnering.policies import Actor
from mistok.partnering.rounds.links import proposal_of_token
from mistok.partnering.rounds.services import close_round, publish_round, withdraw_round
from mistok.web.partnering.answering import answer_context, give_answer
from mistok.web.partnering.round_present import kept_round, round_context, rounds_context
from mistok.web.partnering.waiting_present import waiting_context


@never_cache
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All published rounds."""
    return render(request, "partnering/rounds.html", rounds_context(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_round(request: HttpRequest, public_id: str) -> HttpResponse:
    """One round; coordinators move it on from here."""
    if request.method == "POST":
        kept = kept_round(request, public_id)
        messages.success(request, _move(request, Actor(user=request.user), kept))
        return redirect("rounds:round", public_id=public_id)
    return render(request, "partnering/round.html", round_context(request, public_id))


def _move(request: HttpRequest, actor: Actor, kept: Round) -> str:
    """Do the act of the form; gives the sentence that says so."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Invalid(
            _("The form does not say what to do with the round. Open the round again."),
            code="act_unknown",
        )
    return act(request, actor, kept)


def _publish(_request: HttpRequest, actor: Actor, kept: Round) -> str:
    publish_round(actor=actor, kept=kept)
    return _("The round is published. Send each side its link.")


def _close(_request: HttpRequest, actor: Actor, kept: Round) -> str:
    close_round(actor=actor, kept=kept)
    return _("The round is closed.")


def _withdraw(request: HttpRequest, actor: Actor, kept: Round) -> str:
    withdraw_round(actor=actor, kept=kept, reason=request.POST.get("reason", ""))
    return _("The round is taken back.")


ACTS: dict[str, Callable[[HttpRequest, Actor, Round], str]] = {
    "publish": _publish,
    "close": _close,
    "withdraw": _withdraw,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """A side accepts or declines: first it chooses, then it sees what follows, then it is sure."""
    proposal, side = proposal_of_token(token)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        messages.success(request, give_answer(request, token, proposal, side))
        return redirect("rounds:answer", token=token)
    page = render(request, "partnering/answer.html", answer_context(request, proposal, side))
    page["X-Robots-Tag"] = "noindex"
    return page


@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Who waits, how long, and how long it takes."""
    return render(request, "partnering/waiting.html", waiting_context(request))
