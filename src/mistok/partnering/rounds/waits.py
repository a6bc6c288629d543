"""How long municipalities wait, in figures. Pure: the day is given, no clock is read."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from mistok.partnering.rounds.lifecycle import Wait


@dataclass(frozen=True, slots=True)
class Spell:
    """One municipality's wait, without its name."""

    since: dt.date
    state: Wait
    classes: frozenset[str]
    first_contact_on: dt.date | None
    ended_on: dt.date | None

    def waits(self, on: dt.date) -> bool:
        """Whether it waited on a day.

        In contact on that day is not waiting, unless the contact has led nowhere since.
        """
        if not self.in_line(on):
            return False
        touched = self.first_contact_on is not None and self.first_contact_on <= on
        return not touched or self.state is Wait.WAITING

    def in_line(self, on: dt.date) -> bool:
        """Whether it wanted a partner on a day, in contact or not."""
        return self.since <= on and (self.ended_on is None or self.ended_on > on)

    def days_to_contact(self, on: dt.date) -> int | None:
        """Days from the first to the first contact, as known on a day; None without one."""
        touched = self.first_contact_on
        return None if touched is None or touched > on else (touched - self.since).days


@dataclass(frozen=True, slots=True)
class Summary:
    """The waiting list in figures; days, None where nobody is to be counted.

    The days to first contact are those of municipalities that had one; `without_contact` is how
    many of those in line still have none, so that the two are read together.
    """

    waiting: int
    median_age: float | None
    had_contact: int
    median_days: float | None
    ninetieth_days: int | None
    without_contact: int


def summary(spells: Iterable[Spell], on: dt.date) -> Summary:
    """The figures as of a day."""
    spells = list(spells)
    ages = [(on - spell.since).days for spell in spells if spell.waits(on)]
    days = [d for spell in spells if (d := spell.days_to_contact(on)) is not None]
    untouched = [s for s in spells if s.in_line(on) and s.days_to_contact(on) is None]
    return Summary(
        waiting=len(ages),
        median_age=median(ages) if ages else None,
        had_contact=len(days),
        median_days=median(days) if days else None,
        ninetieth_days=percentile(days, 90) if days else None,
        without_contact=len(untouched),
    )


def by_class(spells: Iterable[Spell], on: dt.date) -> dict[str, Summary]:
    """The same for each class by name; a municipality counts in every class that it has."""
    spells = list(spells)
    names = sorted({name for spell in spells for name in spell.classes})
    return {name: summary([s for s in spells if name in s.classes], on) for name in names}


def percentile(values: Sequence[int], percent: int) -> int:
    """The nearest-rank percentile: the smallest value that so many percent do not exceed."""
    return sorted(values)[max(ceil(len(values) * percent / 100), 1) - 1]
