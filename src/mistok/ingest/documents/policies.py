"""Who may read a document and judge its proposals: senders, and reviewers in whose scope it lies.

A party in the scope is enough: a tie lies in two countries, and either's coordinator may judge.
"""

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.selectors import scopes_of as coordinated
from mistok.ingest.documents.contents import Content, scopes_of
from mistok.ingest.models import Document, Proposal
from mistok.kernel.errors import NotAllowed

REVIEW = Permission.REVIEW_READINGS


def check_can_review(actor: Actor, what: str, content: Content) -> None:
    """Raise NotAllowed unless a party of this content lies in the actor's scope.

    What names no place may be judged by those alone whose scope is the world.
    """
    refused: NotAllowed | None = None
    for place in scopes_of(what, content):
        try:
            check_can(actor, REVIEW, place=place)
            return
        except NotAllowed as refusal:
            refused = refused or refusal
    if refused is not None:
        raise refused
    check_can(actor, REVIEW)


def may_review(actor: Actor, proposal: Proposal) -> bool:
    """Whether this actor may judge the proposal, as it was read."""
    try:
        check_can_review(actor, proposal.what, proposal.content)
    except NotAllowed:
        return False
    return True


def reviews_anywhere(actor: Actor) -> bool:
    """Whether the reviewers' queue is for this actor at all."""
    return can(actor, REVIEW) or bool(coordinated(actor))


def may_read(actor: Actor, document: Document) -> bool:
    """Whether the text may be shown: to its sender, and to whoever may judge a proposal of it."""
    if actor.person is not None and document.added_by == str(actor):
        return True
    if can(actor, REVIEW):
        return True
    return reviews_anywhere(actor) and any(
        may_review(actor, proposal) for proposal in document.proposals.all()
    )
