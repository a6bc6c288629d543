"""Days on a line: how the days of an office lie around today, as a small drawing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.web.aid.due import DueRow
from mistok.web.needs.words import day_words

LEFT, WIDTH, TOP, ROW = 16, 360, 34, 15
BEFORE, AFTER = 30, 90
"""Days that are drawn before and after today; what lies further is drawn at the edge."""
MOST_IN_HEAP = 8
DATED = (-15, 30, 75)
"""Days from today whose dates stand under the line."""
DRAWN = ("late", "soon", "later")


@dataclass(frozen=True, slots=True)
class Point:
    """One day: where it is drawn, how it looks, its sign."""

    x: int
    y: int
    state: str
    mark: str
    tone: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the line."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing; sizes in its own units."""

    width: int
    height: int
    y: int
    today: int
    points: list[Point]
    ticks: list[Tick]
    told: str


def timeline_of(rows: Sequence[DueRow], today: dt.date) -> Timeline | None:
    """The open days among these rows; none where there is nothing to draw."""
    days = [row for row in rows if row.due_iso and row.badge.code in DRAWN]
    if not days:
        return None
    heaps: dict[int, int] = {}
    places = []
    for row in days:
        x = _x(dt.date.fromisoformat(row.due_iso), today)
        # Days that lie closer than a sign is wide are heaped upon each other.
        place = x // ROW
        heaps[place] = min(heaps.get(place, 0) + 1, MOST_IN_HEAP)
        places.append((row, x, heaps[place]))
    y = TOP + ROW * max(heaps.values())
    points = [
        Point(x, y - ROW * level, row.badge.code, row.badge.icon, row.badge.tone)
        for row, x, level in places
    ]
    ticks = [
        Tick(_x(today + dt.timedelta(days), today), day_words(today + dt.timedelta(days)))
        for days in DATED
    ]
    counts = {code: sum(row.badge.code == code for row in days) for code in DRAWN}
    told = _("%(late)s late, %(soon)s soon, %(later)s later.") % counts
    return Timeline(2 * LEFT + WIDTH, y + 34, y, _x(today, today), points, ticks, told)


def _x(day: dt.date, today: dt.date) -> int:
    days = min(max((day - today).days, -BEFORE), AFTER)
    return LEFT + WIDTH * (days + BEFORE) // (BEFORE + AFTER)
