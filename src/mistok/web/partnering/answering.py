"""What one side sees of a proposal by its signed link, and how it answers."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.partnering.models import Proposal
from mistok.partnering.rounds.lifecycle import ANSWER_TRANSITIONS, Answer, RoundState, Side
from mistok.partnering.rounds.links import actor_of_token
from mistok.partnering.rounds.services import answer_proposal
from mistok.partnering.rounds.services.answering import LONGEST_REASON
from mistok.partnering.search import fit_between
from mistok.registry.gazetteer import the_world
from mistok.web.cards import ReasonBar
from mistok.web.partnering.bars import bar, longest, points, told
from mistok.web.partnering.round_words import answer_badge
from mistok.web.registry.present import place_card

CHOICES = {"accept": Answer.ACCEPTED, "decline": Answer.DECLINED}


def give_answer(request: HttpRequest, token: str, proposal: Proposal, side: Side) -> str:
    """Write the answer down; gives the sentence that says so. Raises what the service raises."""
    accept = request.POST.get("answer") == "accept"
    answer_proposal(
        actor=actor_of_token(token),
        proposal=proposal,
        side=side,
        accept=accept,
        reason=_reason(request),
    )
    return _("You have accepted.") if accept else _("You have declined.")


def answer_context(request: HttpRequest, proposal: Proposal, side: Side) -> dict[str, Any]:
    """The proposal as this side sees it, with the other by its name: it must know whom it meets."""
    facing = Side.OFFERER if side is Side.SEEKER else Side.SEEKER
    own, other = getattr(proposal, side), getattr(proposal, facing)
    asked = request.POST.get("answer", "")
    possible = possible_answers(proposal, side)
    return {
        "own": place_card(the_world().get(own)),
        "other": place_card(the_world().get(other)),
        "discreet": not getattr(proposal, f"{facing}_named"),
        "round": proposal.round,
        "seeking": side is Side.SEEKER,
        "fit": points(getattr(proposal, f"{side}_fit")),
        "reasons": _reasons(own, other),
        "own_answer": answer_badge(getattr(proposal, f"{side}_answer")),
        "other_answer": answer_badge(getattr(proposal, f"{facing}_answer")),
        "own_reason": getattr(proposal, f"{side}_reason"),
        "possible": possible,
        "closed": proposal.round.state != RoundState.PROPOSED,
        "asked": asked if asked in possible else "",
        "reason": _reason(request),
        "longest": LONGEST_REASON,
    }


def possible_answers(proposal: Proposal, side: Side) -> list[str]:
    """What this side may still say: a yes until the end, a no as long as not both said yes."""
    if proposal.round.state != RoundState.PROPOSED or proposal.state is not Answer.OPEN:
        return []
    present = Answer(getattr(proposal, f"{side}_answer"))
    return [name for name, answer in CHOICES.items() if answer in ANSWER_TRANSITIONS[present]]


def _reasons(own: str, other: str) -> list[ReasonBar]:
    """Why they fit, as seen from this side today; nothing where it cannot be worked out."""
    try:
        found = fit_between(key=own, other=other)
    except Refusal:
        return []
    return [bar(reason, longest([found.fit])) for reason in told(found.fit)]


def _reason(request: HttpRequest) -> str:
    """What was typed, without signs that no database takes."""
    text = request.POST.get("reason", "").replace("\r\n", "\n")
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()
