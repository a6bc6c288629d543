"""Partial dates: what sources say of a day, kept as they say it.

Ties rarely have a day. "2022", "2022-05", "2022-05-17", "<2014" (before 2014), ">2022" (after)
and "~1990" (about) are all that a source may offer, and none is ever made more exact than it is.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering

from mistok.kernel.errors import Invalid

_PATTERN = re.compile(
    r"(?P<bound>[<>~]?)(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII
)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; `bound` is "", "<" (before), ">" (after) or "~" (about).

    Ordered by the earliest day it can mean, then by the latest, so that a list of facts reads as
    a time line: "<2014" comes before every day since, and "2014-01-01" before "2014".
    """

    year: int
    month: int | None = None
    day: int | None = None
    bound: str = ""

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ISO 8601 text of any precision, with an optional bound in front.

        Raises Invalid (code `date_malformed`) when the text is no such date, or no day of
        the calendar.
        """
        found = _PATTERN.fullmatch(text.strip())
        if found is None:
            raise _malformed(text)
        year, month, day = (
            int(part) if part else None for part in found.group("year", "month", "day")
        )
        try:
            dt.date(year or 0, month or 1, day or 1)
        except ValueError as error:
            raise _malformed(text) from error
        assert year is not None  # noqa: S101 - the pattern demands four digits
        return cls(year, month, day, found["bound"])

    @classmethod
    def parse_or_none(cls, text: str) -> "PartialDate | None":
        """Read a date; an empty text is no date (the source does not say)."""
        return cls.parse(text) if text.strip() else None

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def earliest(self) -> dt.date:
        """The first day that this date can mean (for "<2014": the first day of all)."""
        if self.bound == "<":
            return dt.date.min
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day that this date can mean (for ">2022": the last day of all)."""
        if self.bound == ">":
            return dt.date.max
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return dt.date(self.year, month, day)

    def agrees_with(self, other: "PartialDate") -> bool:
        """Whether both can be true: 2023-02 and 2023-02-23 agree, 2023-02-09 and -23 do not."""
        if "~" in (self.bound, other.bound):
            return abs(self.year - other.year) <= 1
        return self.earliest <= other.latest and other.earliest <= self.latest

    def _order(self) -> tuple[dt.date, dt.date, str, int, int]:
        # The last three part dates of one span, such as "2014" and "~2014", "<2014" and "<2014-12".
        return (self.earliest, self.latest, self.bound, self.month or 0, self.day or 0)

    def __lt__(self, other: "PartialDate") -> bool:
        return self._order() < other._order()

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return self.bound + "-".join(parts)


def _malformed(text: str) -> Invalid:
    return Invalid(
        f"“{text[:40]}” is not a date. Write a year, a month or a day, for example "
        "2022, 2022-05 or 2022-05-17.",
        code="date_malformed",
        details={"value": text[:200]},
    )
