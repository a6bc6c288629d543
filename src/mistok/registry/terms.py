"""For how long a tie is meant to stand: end date, renewal, review. Pure, without a clock.

That an end date has passed is not an event: somebody must say that the tie expired (`expired`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mistok.registry.facts import Fact, weight
from mistok.registry.lifecycle import ENDED, TieState


@dataclass(frozen=True, slots=True)
class Terms:
    """Dates as stated, empty where nobody states them; `renewal` is automatic, none or empty."""

    ends_on: str = ""
    renewal: str = ""
    review_on: str = ""


SETTING = frozenset({"signed", "active", "extended", "upgraded", "decided", "approved"})
"""Events that set a term; a suspension sets a date of review only."""


def terms_of(facts: Sequence[Fact], state: TieState) -> Terms:
    """The term as the last word on it has it; an ended tie has none left.

    A review that was held (under review, or a later extension) is no longer ahead.
    """
    if state in ENDED:
        return Terms()
    real = sorted((fact for fact in facts if not fact.event.planned), key=weight)
    setting = [fact.event for fact in real if fact.event.event in SETTING and fact.event.end_date]
    reviewed = [fact for fact in real if fact.event.event == "under_review"]
    reviews = [
        fact.event.review_date
        for fact in real
        if fact.event.review_date and not any(weight(fact) < weight(held) for held in reviewed)
    ]
    return Terms(
        ends_on=setting[-1].end_date if setting else "",
        renewal=setting[-1].renewal if setting else "",
        review_on=reviews[-1] if reviews else "",
    )


def paper_reference(kind: str, date: str) -> str:
    """How one paper names another: `memorandum:2022-03-09`; the date may be partial or missing."""
    return f"{kind}:{date}"


def parse_reference(text: str) -> tuple[str, str, str]:
    """Tie id (empty for the same tie), kind of paper, date, of `[tie_…/]kind[:date]`."""
    tie, slash, paper = text.rpartition("/")
    kind, _colon, date = paper.partition(":")
    return (tie if slash else "", kind, date)
