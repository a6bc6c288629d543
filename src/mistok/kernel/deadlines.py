"""Deadlines: from the day of an event, a number and a unit to the day on which a term ends.

The convention, with the standing of each part (facts D8-01, W2):

- The day of the event is not counted; the term runs from the day after it. Verified in two copies
  of the Civil Code of Ukraine (435-IV), art. 253: https://pravodnik.com/law/977/ and
  https://legalexpert.in.ua/komkodeks/gk/79-gk/615-254.html. The Ministry of Justice tells the same
  of art. 42 of the law on administrative procedure:
  https://news.dtkt.ua/law/liability/88423-iak-obcisliuiutsia-stroki-v-administrativnomu-provadzenni.
  Italy counts alike (Codice civile, art. 2963).
- A term in months ends on the same day of its last month, or on that month's last day where it has
  no such day: art. 254(3), verified in the same copies.
- A term whose last day is no working day ends on the next working day: art. 254(5), verified for
  civil terms. That administrative terms, as the ministry's, roll likewise is *not* verified, so
  `rolls` is a property of each rule and false unless a rule says otherwise.
- The n-th working day is counted over days that are neither weekend nor day off: from general
  knowledge, unverified.
"""

import calendar as months_of
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from mistok.kernel.errors import Invalid

DAY = dt.timedelta(days=1)
LONGEST = 36_600
"""No term is longer, in whatever unit: a hundred years of days. More is a slip of the pen."""


class Unit(StrEnum):
    """In what a term is counted."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are worked in a country.

    `days_off` are days off besides weekends; `worked` are days that are worked though they lie on
    a weekend (or among the days off): moved working days. `weekend` holds numbers of weekdays,
    Monday being 0. The calendar knows the days from `first` to `last`, and refuses to speak of
    others: silence about a year must not read as a year without holidays.
    """

    country: str
    days_off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on the day. Raises Invalid (code `calendar_too_short`)."""
        if not self.first <= day <= self.last:
            raise Invalid(
                f"The calendar of {self.country} reaches from {self.first} to {self.last}, and "
                f"{day} lies outside. Ask for a nearer date.",
                code="calendar_too_short",
                details={"country": self.country, "day": day.isoformat()},
            )
        if day in self.worked:
            return True
        return day.weekday() not in self.weekend and day not in self.days_off

    def next_working(self, day: dt.date) -> dt.date:
        """The day itself when it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day


def due_on(
    start: dt.date,
    amount: int,
    unit: Unit | str,
    calendar: Calendar | None = None,
    *,
    rolls: bool = False,
) -> dt.date:
    """The last day of a term of `amount` units that an event on the day `start` sets running.

    Calendar days: `start` + `amount`. Working days: the `amount`-th working day after `start`.
    Months: the same day of the month, or that month's last. An amount of 0 ends on `start` itself.
    `rolls`: a last day that is no working day moves to the next one. Sources: see the module.

    Raises Invalid: `term_impossible` for a negative or absurd amount, or an end beyond the year
    9999; `calendar_missing` where working days matter and no calendar is given;
    `calendar_too_short`.
    """
    unit = Unit(unit)
    if not 0 <= amount <= LONGEST:
        raise _impossible(start, amount, unit)
    try:
        if unit is Unit.CALENDAR:
            end = start + amount * DAY
        elif unit is Unit.MONTHS:
            end = _months_after(start, amount)
        else:
            end = _working_day_after(start, amount, _needed(calendar))
        return _needed(calendar).next_working(end) if rolls else end
    except (OverflowError, ValueError) as error:
        raise _impossible(start, amount, unit) from error


def working_days_between(after: dt.date, until: dt.date, calendar: Calendar) -> int:
    """How many working days lie after the first day, up to and with the second.

    So that there are exactly n between a day and the n-th working day after it. Negative when
    `until` is earlier: what was counted then is the way back. Raises Invalid
    (code `calendar_too_short`).
    """
    if until < after:
        return -working_days_between(until, after, calendar)
    days = (until - after).days
    return sum(calendar.is_working(after + n * DAY) for n in range(1, days + 1))


def days_left(due: dt.date, today: dt.date) -> int:
    """Calendar days from today to the due day: 0 on the day itself, negative when it has passed."""
    return (due - today).days


def _months_after(start: dt.date, amount: int) -> dt.date:
    years, month = divmod(start.month - 1 + amount, 12)
    year = start.year + years
    last = months_of.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last))


def _working_day_after(start: dt.date, amount: int, calendar: Calendar) -> dt.date:
    day = start
    for _ in range(amount):
        day = calendar.next_working(day + DAY)
    return day


def _needed(calendar: Calendar | None) -> Calendar:
    if calendar is None:
        raise Invalid(
            "Working days can only be counted in the calendar of a country. Name the country.",
            code="calendar_missing",
        )
    return calendar


def _impossible(start: dt.date, amount: int, unit: Unit) -> Invalid:
    return Invalid(
        f"A term of {amount} ({unit}) from {start} cannot be counted. Give a number from 0 to "
        f"{LONGEST} that ends before the year 10000.",
        code="term_impossible",
        details={"start": start.isoformat(), "amount": amount, "unit": str(unit)},
    )
