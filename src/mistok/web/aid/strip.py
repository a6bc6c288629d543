"""A strip of states: how many consignments stand in which part of the way, as a small drawing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.web.aid.words import PHASES

STEP, LEFT, Y, HEIGHT, LEAST, MOST = 66, 34, 28, 86, 7, 20
LABELS = (66, 80)
"""Words stand in two rows by turns, so that long ones have room."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One heap: where it is drawn, how large, its word and number."""

    x: int
    radius: int
    code: str
    name: str
    count: int
    tone: str
    label: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing; sizes in its own units."""

    width: int
    height: int
    y: int
    stops: list[Stop]

    @property
    def told(self) -> str:
        """The drawing in a sentence."""
        parts = ", ".join(f"{one.name}: {one.count}" for one in self.stops if one.count)
        total = sum(one.count for one in self.stops)
        head = ngettext("%(n)s consignment", "%(n)s consignments", total) % {"n": total}
        return _("%(head)s. %(parts)s.") % {"head": head, "parts": parts}

    @property
    def rail(self) -> str:
        """The line on which the heaps lie."""
        return f"M{self.stops[0].x} {self.y}H{self.stops[-1].x}"


def strip_of(counts: Mapping[str, int]) -> Strip | None:
    """The strip of these states; none where there is nothing to draw."""
    heaps = [
        (code, str(name), sum(counts.get(state.value, 0) for state in states))
        for code, name, states in PHASES
    ]
    largest = max(count for _code, _name, count in heaps)
    if not largest:
        return None
    stops = [
        Stop(
            x=LEFT + STEP * place,
            radius=_radius(count, largest),
            code=code,
            name=name,
            count=count,
            tone=_tone(code, count),
            label=LABELS[place % 2],
        )
        for place, (code, name, count) in enumerate(heaps)
    ]
    return Strip(width=2 * LEFT + STEP * (len(heaps) - 1), height=HEIGHT, y=Y, stops=stops)


def _radius(count: int, largest: int) -> int:
    """Areas in proportion, and room for the number."""
    if not count:
        return LEAST
    return LEAST + 4 + round((MOST - LEAST - 4) * math.sqrt(count / largest))


def _tone(code: str, count: int) -> str:
    if not count:
        return ""
    return {"in_store": "done", "done": "done"}.get(code, "open")
