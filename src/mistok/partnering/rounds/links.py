"""Signed links by which one side answers one proposal, until municipalities have offices here."""

from django.core import signing
from django.utils.translation import gettext as _

from mistok.kernel.errors import NotAllowed, NotFound
from mistok.partnering.models import Proposal
from mistok.partnering.policies import Actor, side_key
from mistok.partnering.rounds.lifecycle import Side

SALT = "mistok.partnering.rounds.answer"
MAX_AGE = 60 * 24 * 60 * 60
"""Seconds: sixty days, so that a council can meet twice."""


def answer_token(proposal: Proposal, side: Side) -> str:
    """The text that stands in the link for this side; whoever holds it may answer for it."""
    return signing.dumps([proposal.public_id, side.value], salt=SALT)


def proposal_of_token(token: str) -> tuple[Proposal, Side]:
    """The proposal and the side that a link is for.

    Raises NotAllowed for a link that is older than sixty days or was not made here, NotFound when
    its proposal is gone.
    """
    try:
        proposal_id, side = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.SignatureExpired as error:
        raise NotAllowed(
            _("This link is older than 60 days. Ask the coordinator of the round for a new one."),
            code="link_expired",
        ) from error
    except signing.BadSignature as error:
        raise NotAllowed(
            _("This link is not complete. Copy the whole address from the message."),
            code="link_broken",
        ) from error
    proposal = Proposal.objects.select_related("round").filter(public_id=proposal_id).first()
    if proposal is None:
        raise NotFound(
            _("The proposal of this link is no longer here. Ask the coordinator of the round."),
            code="proposal_unknown",
        )
    return proposal, Side(side)


def actor_of_token(token: str) -> Actor:
    """Whoever holds the link, with the right to answer for its side; raises the same."""
    proposal, side = proposal_of_token(token)
    return Actor(side_key=side_key(proposal.public_id, side))
