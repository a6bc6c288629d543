"""Who may do what with rounds and the waiting list. Denied unless a rule here allows it.

`check_…` raises NotAllowed with the reason that a page shows; `can` asks without raising. In
which state an act is possible is the business of `mistok.partnering.rounds.lifecycle`.

Stewards coordinate the whole world; coordinators what lies in their scope; offices answer for
their own municipality, and so does the holder of a signed link (ADR 17).
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from mistok.accounts import policies as rights
from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.scopes import PlaceScope, place_scope
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Invalid, NotAllowed, NotFound
from mistok.partnering.models import Proposal
from mistok.partnering.rounds.lifecycle import Side
from mistok.registry.gazetteer import the_world

__all__ = [
    "Actor",
    "can",
    "check_can_answer",
    "check_can_coordinate",
    "check_can_keep_waiting",
    "check_may_for",
    "may_for",
    "side_key",
]


def side_key(proposal_id: str, side: Side) -> str:
    """What a link for one side of one proposal is good for."""
    return f"{proposal_id}:{side}"


def check_can_coordinate(actor: Actor, *keys: str) -> None:
    """Rounds are kept by coordinators: those in whose scope all these municipalities lie.

    Without keys it is about all rounds, which only a steward or a coordinator of the world keeps.
    """
    _check_coordinates(actor, Permission.COORDINATE_ROUNDS, keys)


def check_can_keep_waiting(actor: Actor, key: str) -> None:
    """The place of a municipality on the waiting list is kept by its coordinators."""
    _check_coordinates(actor, Permission.KEEP_WAITING_LIST, (key,))


def _check_coordinates(actor: Actor, permission: Permission, keys: tuple[str, ...]) -> None:
    if rights.can(actor, permission):
        return  # everywhere, so no key needs to be looked up
    places = {_region_of(key) for key in keys} if actor.person is not None else set()
    if places and all(rights.can(actor, permission, place=place) for place in places):
        return
    raise NotAllowed(
        _("Only a coordinator of rounds may do this. Sign in as one, or ask one to do it."),
        code="not_a_coordinator",
    )


def may_for(actor: Actor, permission: Permission, key: str) -> bool:
    """Whether the actor may do this for the municipality with this key."""
    return _refusal(actor, permission, key) is None


def check_may_for(actor: Actor, permission: Permission, key: str, otherwise: NotAllowed) -> None:
    """Raise `otherwise` unless the actor may; the right's own refusal where but a factor lacks."""
    refused = _refusal(actor, permission, key)
    if refused is not None:
        raise refused if refused.code in FACTOR_CODES else otherwise


def _refusal(actor: Actor, permission: Permission, key: str) -> NotAllowed | None:
    """Why not; for everywhere first, so that most need no look at the gazetteer."""
    refused = _asked(actor, permission, None)
    place = _place(key) if refused is not None and actor.person is not None else None
    return refused if place is None else _asked(actor, permission, place)


def _asked(actor: Actor, permission: Permission, place: PlaceScope | None) -> NotAllowed | None:
    try:
        rights.check_can(actor, permission, place=place)
    except NotAllowed as refused:
        return refused
    return None


def _place(key: str) -> PlaceScope | None:
    """Where it lies; a place that the gazetteer does not know lies in nobody's scope."""
    try:
        return place_scope(the_world(), key)
    except (NotFound, Invalid):
        return None


def _region_of(key: str) -> PlaceScope | None:
    """The region, which thousands of keys have in common: coordinators have no smaller scope."""
    place = _place(key)
    if place is None or not place.region:
        return place
    return PlaceScope(place.region, place.country, place.region)


def check_can_answer(actor: Actor, proposal_id: str, side: Side) -> None:
    """A side answers for itself: by its own link or its verified office.

    A coordinator in whose scope it lies may write down what it said.
    """
    if actor.side_key == side_key(proposal_id, side):
        return
    proposal = Proposal.objects.filter(public_id=proposal_id).first()
    key = getattr(proposal, side) if proposal is not None else ""
    not_yours = NotAllowed(
        _(
            "Only this municipality may answer for itself. Open the link that it was sent, or "
            "ask the coordinator to send it again."
        ),
        code="not_your_answer",
    )
    check_may_for(actor, Permission.ANSWER_ROUND, key, not_yours)


def can(check: Callable[..., None], *arguments: Any) -> bool:
    """Whether the check would let it pass."""
    try:
        check(*arguments)
    except NotAllowed:
        return False
    return True
