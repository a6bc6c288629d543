"""A side answers a proposal. Two acceptances bring two municipalities into contact, no more."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.partnering.models import Proposal, Round, Seeking
from mistok.partnering.policies import Actor, check_can_answer
from mistok.partnering.rounds.lifecycle import (
    ANSWER_TRANSITIONS,
    Answer,
    RoundState,
    Side,
    Wait,
)
from mistok.partnering.rounds.services.queueing import contact
from mistok.provenance.services import record

LONGEST_REASON = 400


@transaction.atomic
def answer_proposal(
    *,
    actor: Actor,
    proposal: Proposal,
    side: Side,
    accept: bool,
    reason: str = "",
    at: dt.datetime | None = None,
) -> Proposal:
    """Accept or decline for one side. When both accept, their waiting ends in a first contact.

    No tie is made: a proposal is never a decision. Raises NotAllowed for anybody but this side
    and coordinators, Invalid for a reason over 400 letters, Conflict when the round is not before
    the municipalities, the proposal was declined, or this side has given its last answer.
    """
    check_can_answer(actor, proposal.public_id, side)
    _check_reason(reason)
    at = at or timezone.now()
    _hold_round(proposal)
    before = Answer(getattr(proposal, f"{side}_answer"))
    after = Answer.ACCEPTED if accept else Answer.DECLINED
    if after not in ANSWER_TRANSITIONS[before] or not _answered(
        proposal, side, before, after, reason.strip(), at
    ):
        proposal.refresh_from_db()
        raise _too_late(proposal)
    proposal.refresh_from_db()
    record(
        actor=str(actor),
        verb="answer_proposal",
        subject=proposal.public_id,
        before={"side": side, "answer": before},
        after={"side": side, "answer": after, "reason": reason.strip()},
    )
    if proposal.state is Answer.ACCEPTED:
        _in_contact(actor, proposal, timezone.localdate(at))
    return proposal


def _check_reason(reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            _("The reason has %(length)s letters; %(most)s are the most. Shorten it.")
            % {"length": len(reason), "most": LONGEST_REASON},
            code="text_too_long",
        )


def _hold_round(proposal: Proposal) -> None:
    """Keep the round from being closed or withdrawn until this answer is written."""
    held = Round.objects.filter(pk=proposal.round_id, state=RoundState.PROPOSED)
    if not held.update(state=RoundState.PROPOSED):
        raise Conflict(
            _("This round takes no answers: it is not open, or no longer. Ask its coordinator."),
            code="round_not_proposed",
        )


def _answered(
    proposal: Proposal, side: Side, before: Answer, after: Answer, reason: str, at: dt.datetime
) -> bool:
    """Compare and set; the other side's last word must not have ended the matter meanwhile."""
    other = Side.OFFERER if side is Side.SEEKER else Side.SEEKER
    open_still = Proposal.objects.filter(pk=proposal.pk, **{f"{side}_answer": before})
    open_still = open_still.exclude(**{f"{other}_answer": Answer.DECLINED})
    if before is Answer.ACCEPTED:
        open_still = open_still.exclude(**{f"{other}_answer": Answer.ACCEPTED})
    changes = {"answer": after, "answered_at": at, "reason": reason}
    return bool(open_still.update(**{f"{side}_{name}": value for name, value in changes.items()}))


def _too_late(proposal: Proposal) -> Conflict:
    sentences = {
        Answer.DECLINED: _("This proposal was declined. Wait for the next round, or ask for one."),
        Answer.ACCEPTED: _("Both sides have accepted. Tell the other side if things changed."),
        Answer.OPEN: _("This side has given this answer already. Nothing more is needed."),
    }
    return Conflict(sentences[proposal.state], code="answered_already")


def _in_contact(actor: Actor, proposal: Proposal, on: dt.date) -> None:
    """Both sides leave the waiting for a first contact behind, where they stood on the list."""
    for side, key in ((Side.SEEKER, proposal.seeker), (Side.OFFERER, proposal.offerer)):
        waiting = Seeking.objects.filter(municipality=key, side=side, state=Wait.WAITING)
        for entry in waiting:
            contact(actor=str(actor), entry=entry, on=max(on, entry.since))
