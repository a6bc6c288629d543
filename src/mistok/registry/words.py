"""Words for codes of ties: states, events, papers, standings; translated when they are shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.law.models import Rule
from mistok.registry.lifecycle import TieState
from mistok.registry.terms import parse_reference

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

STATE_LABELS: Mapping[str, "StrPromise"] = {
    TieState.IDEA: gettext_lazy("proposed"),
    TieState.SEARCH_MANDATE: gettext_lazy("partner sought"),
    TieState.CONTACT: gettext_lazy("first contact"),
    TieState.EXPLORING: gettext_lazy("getting to know each other"),
    TieState.LETTER_OF_INTENT: gettext_lazy("letter of intent"),
    TieState.NEGOTIATING: gettext_lazy("under negotiation"),
    TieState.PENDING_APPROVALS: gettext_lazy("awaiting approvals"),
    TieState.APPROVED: gettext_lazy("decided, not yet signed"),
    TieState.SIGNED: gettext_lazy("signed"),
    TieState.ACTIVE: gettext_lazy("in force"),
    TieState.UNDER_REVIEW: gettext_lazy("under review"),
    TieState.UPGRADED: gettext_lazy("upgraded"),
    TieState.EXTENDED: gettext_lazy("extended"),
    TieState.DORMANT: gettext_lazy("dormant"),
    TieState.SUSPENDED: gettext_lazy("suspended"),
    TieState.EXPIRED: gettext_lazy("expired"),
    TieState.TERMINATED: gettext_lazy("ended"),
    TieState.SUPERSEDED: gettext_lazy("replaced"),
    TieState.ABANDONED: gettext_lazy("given up"),
}

EVENT_LABELS: Mapping[str, "StrPromise"] = {
    "proposed": gettext_lazy("Proposed"),
    "offered": gettext_lazy("Cooperation offered"),
    "search_mandate": gettext_lazy("Decided to look for a partner"),
    "contact": gettext_lazy("First contact"),
    "exploring": gettext_lazy("Getting to know each other"),
    "letter_of_intent": gettext_lazy("Letter of intent"),
    "negotiating": gettext_lazy("Negotiations"),
    "submitted": gettext_lazy("Sent for approval"),
    "returned": gettext_lazy("Returned with remarks"),
    "decided": gettext_lazy("Decided by one side"),
    "approved": gettext_lazy("Approved"),
    "signed": gettext_lazy("Signed"),
    "active": pgettext_lazy("event of a tie", "Stated to exist"),
    "under_review": gettext_lazy("Under review"),
    "extended": gettext_lazy("Extended"),
    "upgraded": gettext_lazy("Upgraded"),
    "dormant": gettext_lazy("Dormant"),
    "suspended": gettext_lazy("Suspended"),
    "severed": gettext_lazy("Ended"),
    "expired": gettext_lazy("Expired"),
    "superseded": gettext_lazy("Replaced"),
    "abandoned": gettext_lazy("Given up"),
    "not_suspended": gettext_lazy("Suspension refused"),
}

PAPER_LABELS: Mapping[str, "StrPromise"] = {
    "agreement": gettext_lazy("Agreement"),
    "memorandum": gettext_lazy("Memorandum"),
    "letter_of_intent": gettext_lazy("Letter of intent"),
    "protocol_of_intent": gettext_lazy("Protocol of intent"),
    "declaration": gettext_lazy("Declaration"),
    "charter": gettext_lazy("Charter"),
    "pact": gettext_lazy("Pact"),
    "protocol": gettext_lazy("Protocol"),
    "resolution": gettext_lazy("Resolution"),
    "order": gettext_lazy("Order"),
    "extension": gettext_lazy("Extension"),
    "oath": gettext_lazy("Oath"),
    "proclamation": gettext_lazy("Proclamation"),
}

MINISTRY = "Ministry for Development of Communities and Territories"
"""The body as sources of the registry name it."""


def state_words(state: str) -> str:
    """A state of a tie as pages show it."""
    return str(STATE_LABELS[state])


def event_words(event: str) -> str:
    """An event in the life of a tie as pages show it."""
    return str(EVENT_LABELS[event])


def standing_words(standing: str) -> str:
    """How sure a rule of law is."""
    return str(Rule.Standing(standing).label)


def body_words(body: str) -> str:
    """A body by its name: the ministry's in the reader's language."""
    named = gettext_lazy("Ministry for Development of Communities and Territories")
    return str(named) if body == MINISTRY else body


def paper_words(reference: str) -> str:
    """A paper that another one names, by kind and date: “Agreement 2014-05-01”."""
    _tie, kind, date = parse_reference(reference)
    return " ".join(word for word in (str(PAPER_LABELS.get(kind, kind)), date) if word)
