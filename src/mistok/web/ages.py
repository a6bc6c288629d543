"""A chart of ages as bars: how many have waited how long, in units of its own drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, LEFT, LONGEST, GAP = 26, 118, 180, 6
"""The chart in its own units: from bar to bar, where bars begin, the longest, its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeBar:
    """One bar of the chart: how many have waited so long."""

    label: str
    count: int
    top: int
    line: int
    length: int
    end: int


def bars_of(counts: Sequence[int], words: Sequence[object]) -> list[AgeBar]:
    """One bar for each count under its words; every span has one, empty or not."""
    most = max([*counts, 1])
    lengths = [round(count / most * LONGEST) for count in counts]
    return [
        AgeBar(
            label=str(label),
            count=count,
            top=number * STEP + 5,
            line=number * STEP + 17,
            length=length,
            end=LEFT + length + GAP,
        )
        for number, (count, length, label) in enumerate(zip(counts, lengths, words, strict=True))
    ]
