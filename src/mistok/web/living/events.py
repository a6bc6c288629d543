"""What an office may tell of a tie: the events in her words, what each asks, which come next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mistok.registry.lifecycle import (
    BEFORE_SIGNING,
    ENDED,
    IN_FORCE,
    RESTING,
    STATE_AFTER,
    TieState,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Asked:
    """An event as it is offered: what happened, what to know first, the parts of its form."""

    label: "StrPromise"
    hint: "StrPromise | str"
    parts: tuple[str, ...]


def _asked(label: "StrPromise", parts: str, hint: "StrPromise | str" = "") -> Asked:
    return Asked(label, hint, tuple(parts.split()))


EVENTS: Mapping[str, Asked] = {
    "proposed": _asked(_("Somebody proposed it"), "when who kind note"),
    "offered": _asked(_("Cooperation was offered"), "when kind note"),
    "search_mandate": _asked(
        _("A council decided to look for a partner"),
        "when who votes note",
        _("A search mandate is given before a partner is known."),
    ),
    "contact": _asked(_("First contact"), "when kind note"),
    "exploring": _asked(_("You are getting to know each other"), "when kind note"),
    "letter_of_intent": _asked(_("A letter of intent"), "when paper kind note"),
    "negotiating": _asked(
        _("You are negotiating a paper"), "when paper kind note", _("Name the paper drafted.")
    ),
    "submitted": _asked(
        _("A draft was sent for approval"),
        "when who reviewed note",
        _("Say to whom: the ministry, or the council of a partner."),
    ),
    "returned": _asked(_("A draft came back with remarks"), "when who reason note"),
    "decided": _asked(
        _("A council decided"),
        "when who votes term note",
        _("The decision of one side. Boards and committees recommend: tell that as proposed."),
    ),
    "approved": _asked(
        _("A draft was approved"),
        "when who approvals note",
        _("By the ministry or a partner's council; or by all who must, when you name nobody."),
    ),
    "signed": _asked(
        _("A paper was signed"), "when paper signatures each term kind fields approvals note"
    ),
    "active": _asked(
        _("The tie is in force"),
        "when term kind fields in_force note",
        _("For a tie that lives, or that was taken up again after a rest."),
    ),
    "under_review": _asked(_("A review has begun"), "when who reason note"),
    "extended": _asked(_("It was extended"), "when who votes replaced signatures each term note"),
    "upgraded": _asked(
        _("It became more: a new paper"), "when who votes replaced signatures each term kind note"
    ),
    "not_suspended": _asked(_("A suspension was refused"), "when who votes reason note"),
    "dormant": _asked(
        _("It sleeps"), "when note", _("A warning, no end. Whatever is told later wakes it.")
    ),
    "suspended": _asked(
        _("It was suspended"),
        "when who votes pause note",
        _("Suspended is not ended: say why, and by when it is looked at again."),
    ),
    "severed": _asked(
        _("It was ended"),
        "when who votes ending note",
        _("By an act. That a term simply ran out is another event: “its term ran out”."),
    ),
    "expired": _asked(_("Its term ran out"), "when run_out note"),
    "superseded": _asked(_("Another paper took its place"), "when replaced note"),
    "abandoned": _asked(
        _("The plan was given up"), "when who reason note", _("Only what was never signed.")
    ),
}

PAPERS = frozenset(
    {"letter_of_intent", "negotiating", "submitted", "decided", "approved", "signed"}
)
"""Events that may be of a paper with somebody who is no authority (F2-08)."""

_STOPS = ("suspended", "severed", "expired", "superseded")
_KEPT = ("under_review", "extended", "upgraded", "not_suspended", "dormant", *_STOPS)


def next_events(state: TieState) -> list[str]:
    """What most often follows a state; everything else may be told too, and guards judge it."""
    if state in ENDED:
        return ["superseded"] if state is TieState.EXPIRED else []
    if state in RESTING:
        return ["active", *_STOPS]
    if state in IN_FORCE:
        return ["active", *_KEPT] if state is TieState.SIGNED else list(_KEPT)
    now = BEFORE_SIGNING.index(state)
    ahead = [
        event
        for event, after in STATE_AFTER.items()
        if after in BEFORE_SIGNING and BEFORE_SIGNING.index(after) > now
    ]
    more = [event for event in ("decided", "returned") if now > 0 and event not in ahead]
    return [*(one for one in ahead if one != "search_mandate"), *more, "signed", "abandoned"]


FIRST = ("signed", "active", "contact", "exploring", "letter_of_intent", "negotiating", "decided")
"""With what a tie begins that the registry does not know yet."""
