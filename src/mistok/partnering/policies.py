"""Who may do what with rounds and the waiting list. Denied unless a rule here allows it.

`check_…` raises NotAllowed with the reason that a page shows; `can` asks without raising. In
which state an act is possible is the business of `mistok.partnering.rounds.lifecycle`.
"""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.kernel.errors import NotAllowed
from mistok.partnering.rounds.lifecycle import Side

COORDINATE = "partnering.coordinate_rounds"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person who signed in, the holder of a signed link, or somebody at the shell.

    `side_key` is what the link is good for (`side_key`); `shell` the name at the machine, whose
    data folder this person holds in hand anyway.
    """

    user: User | AnonymousUser | None = None
    side_key: str | None = None
    shell: str = ""

    @classmethod
    def at_the_shell(cls) -> "Actor":
        """Whoever is signed in on this machine."""
        return cls(shell=getpass.getuser())

    def __str__(self) -> str:
        """As audit events name the actor."""
        if self.shell:
            return f"shell: {self.shell}"
        if self.user is not None and self.user.is_authenticated:
            return str(self.user)
        return f"link: {self.side_key}" if self.side_key else "nobody"


def side_key(proposal_id: str, side: Side) -> str:
    """What a link for one side of one proposal is good for."""
    return f"{proposal_id}:{side}"


def check_can_coordinate(actor: Actor) -> None:
    """Rounds and the waiting list are kept by coordinators."""
    if actor.shell or (actor.user is not None and _coordinates(actor.user)):
        return
    raise NotAllowed(
        _("Only a coordinator of rounds may do this. Sign in as one, or ask one to do it."),
        code="not_a_coordinator",
    )


def _coordinates(user: User | AnonymousUser) -> bool:
    return user.is_active and user.is_staff and user.has_perm(COORDINATE)


def check_can_answer(actor: Actor, proposal_id: str, side: Side) -> None:
    """A side answers for itself, by its own link; a coordinator may write down what it said."""
    if actor.side_key == side_key(proposal_id, side) or can(check_can_coordinate, actor):
        return
    raise NotAllowed(
        _(
            "Only this municipality may answer for itself. Open the link that it was sent, or "
            "ask the coordinator to send it again."
        ),
        code="not_your_answer",
    )


def can(check: Callable[..., None], *arguments: Any) -> bool:
    """Whether the check would let it pass."""
    try:
        check(*arguments)
    except NotAllowed:
        return False
    return True
