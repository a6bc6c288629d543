"""States with which no tie is to be made or kept: a dated list with the ground (D2-11). Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class AggressorState:
    """A state against which ties are swept: since when, on what ground, and how firmly.

    `refused`: a new tie with it is refused; where false, a new tie is only warned of. `rule` is the
    code of the rule by which an administrator decided so, empty where the law does.
    """

    country: str
    name: "StrPromise"
    since: str
    ground: "StrPromise"
    refused: bool
    rule: str = ""

    @property
    def first_day(self) -> dt.date:
        """The day from which it holds."""
        return dt.date.fromisoformat(self.since)


AGGRESSOR_STATES = (
    AggressorState(
        "RU",
        gettext_lazy("Russia"),
        "2015-01-27",
        gettext_lazy("Recognised as an aggressor state by the Verkhovna Rada, No. 129-VIII."),
        refused=True,
    ),
    AggressorState(
        "BY",
        gettext_lazy("Belarus"),
        "2022-02-24",
        gettext_lazy("Councils ended ties by their own decisions; Law 3668-IX does not name it."),
        refused=False,
    ),
)
