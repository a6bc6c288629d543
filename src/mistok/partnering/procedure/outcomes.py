"""What follows from an evaluation (D1-08): which event of the tie, told by which step or run. Pure.

The finding itself tells the registry nothing: the decision that follows from it does (section 9,
under_review → active, upgraded, terminated).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.partnering.procedure.steps import Aim


@dataclass(frozen=True, slots=True)
class Following:
    """The event that an outcome leads to: told by a `step` of the same run, or by a new run."""

    event: str
    step: str = ""
    aim: Aim | None = None


OUTCOMES: Mapping[str, Following] = {
    "extend": Following("extended", step="renewal"),
    "upgrade": Following("upgraded", aim=Aim.TIE),
    "change": Following("extended", aim=Aim.TIE),
    "let_expire": Following("expired", step="ending"),
    "end": Following("severed", aim=Aim.TERMINATION),
}
"""`change`: the sides sign a changed paper of the same kind, which replaces the old one."""


def what_follows(outcome: str) -> str:
    """What to do after an evaluation with this outcome that this run does not do itself."""
    aim = OUTCOMES[outcome].aim if outcome in OUTCOMES else None
    if aim is Aim.TERMINATION:
        return _(
            "The evaluation found that the tie is to be ended. Begin a procedure that ends it."
        )
    if aim is Aim.TIE:
        return _(
            "The evaluation asks for a further paper. Close this procedure and open a new one with "
            "the same partner: the new paper will replace the old one."
        )
    return ""
