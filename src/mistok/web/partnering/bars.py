"""Fits as numbers and bars: how a contribution is drawn, which reasons are told first."""

from collections.abc import Iterable

from mistok.matching import Fit, Reason
from mistok.partnering.sentences import LABELS, sentence
from mistok.web.cards import ReasonBar

SCALE = 100
"""Fits and contributions are shown as points of a hundred."""
SHOWN = 6
"""Reasons beside a candidate of the list; the comparison tells all."""
LOAD = "load"
"""The criterion of a candidate's ties with the seeker's country."""


def points(number: float) -> str:
    """A fit or a part of one in whole points."""
    told = f"{number * SCALE:.0f}"
    return "0" if told == "-0" else told.replace("-", "−")


def signed_points(number: float) -> str:
    """A difference in points, with its sign; 0 where it rounds to nothing."""
    told = points(number)
    return f"+{told}" if number > 0 and told != "0" else told


def longest(fits: Iterable[Fit]) -> float:
    """What a whole bar stands for on one page: the weightiest criterion, fulfilled."""
    return max((abs(one.weight) for fit in fits for one in fit.reasons), default=0.0) or 1.0


def bar(reason: Reason, whole: float) -> ReasonBar:
    """A reason as a bar, at most `whole` long."""
    return ReasonBar(
        criterion=reason.criterion,
        label=str(LABELS[reason.criterion]),
        sentence=sentence(reason),
        contribution=reason.contribution,
        width=min(round(abs(reason.contribution) / whole * 100), 100),
        negative=reason.contribution < 0,
    )


def told(fit: Fit, most: int | None = None) -> list[Reason]:
    """The reasons that count, weightiest first; the load on the candidate is always among them.

    `most` cuts the list, but for the load: whoever is asked by many is to be spared.
    """
    counting = [one for one in fit.reasons if points(one.contribution) != "0"]
    counting.sort(key=lambda one: -abs(one.contribution))
    loads = [one for one in fit.reasons if one.criterion == LOAD and one.facts.get("ties")]
    return counting[:most] + [one for one in loads if one not in counting[:most]]
