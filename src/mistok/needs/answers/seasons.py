"""When a season is on. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

BOUNDS: Final[Mapping[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    "winter": ((10, 15), (4, 15)),
    "school_year": ((9, 1), (5, 31)),
}
"""First and last day (month, day). Winter is the season of heating, which hromadas open and close
by the temperature, as a rule between these days; the school year begins on 1 September by the law
on secondary education. Both are conventions of ours, not rules."""


class Window(NamedTuple):
    """One season from its first to its last day."""

    first: dt.date
    last: dt.date


def season_window(season: str, on: dt.date) -> Window | None:
    """The season that is on, else the next to come; None for what is of use the whole year."""
    bounds = BOUNDS.get(season)
    if bounds is None:
        return None
    (first_month, first_day), (last_month, last_day) = bounds
    years = (on.year - 1, on.year, on.year + 1)
    windows = (
        Window(
            dt.date(year, first_month, first_day),
            dt.date(year + 1, last_month, last_day),
        )
        for year in years
        if year < dt.MAXYEAR
    )
    return next((one for one in windows if on <= one.last), None)
