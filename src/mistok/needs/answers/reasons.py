"""The reasons for which an offer may meet a need, and their sentences. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


def gettext_noop(text: str) -> str:
    """Mark a sentence for translators; whoever shows it translates it."""
    return text


_ = gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "same_item": _("It is the very thing that is needed."),
    "same_heading": _("It is a thing of the same kind."),
    "same_cluster": _("It is another thing for the same field of help: look whether it helps."),
    "covers_all": _("It covers all that is open."),
    "covers_part": _("It covers %(percent)s %% of what is open."),
    "unit_differs": _("Offer and need are counted in different units: compare the amounts."),
    "life_saving": _("The need is life-saving."),
    "urgent": _("The need is urgent."),
    "important": _("The need is important."),
    "nothing_here": _("Nobody has committed anything to this municipality."),
    "nothing_yet": _("Nobody has committed anything for this need."),
    "tied": _("The two municipalities are partners."),
    "wished": _("The giver wishes to give to this country."),
    "near": _("They lie %(km)s km apart."),
    "in_time": _("It can be there before %(day)s, when it is needed."),
    "too_late": _("It is to be had only after %(day)s, when it is needed."),
    "in_season": _("Its season is on or begins soon."),
    "out_of_season": _("Its season is over before it can be had."),
    "waiting": _("The need has waited for %(days)s days."),
}
"""By the code of a reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground with its points; `code` is a key of SENTENCES, `params` what it needs."""

    code: str
    points: int
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)
