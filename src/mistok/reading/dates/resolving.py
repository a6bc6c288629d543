"""From dates as they are written to days, months and years; None where nothing is certain.

Rules (corpus README, "date"): a weekday, "today" or "yesterday" is resolved by the text's own date
when that is a day; a day or month without a year takes the year of the text's own date or of an
unmistakable date next to it; a span of days is no day.
"""

import datetime as dt
import re

from mistok.kernel.dates import PartialDate
from mistok.reading.dates.finding import Found, find
from mistok.reading.dates.leaning import leans
from mistok.reading.model import DateMention, Text

_THEN = re.compile(r"(?:then|тоді|damals|wtedy|wówczas)[, ]{1,2}(?:on |am |у |в )?$")
_SINCE = re.compile(r"(?:since(?: the)?|seit(?: de[mr])?|od|від|з|із) (?=\w)", re.IGNORECASE)
_FAR = 6
_NEAR = dt.timedelta(days=60)
_SOON = dt.timedelta(days=45)


def dates_in(text: Text) -> tuple[DateMention, ...]:
    """Give all dates that a text tells outside page furniture, in the order of the text.

    Each is as exact as the text allows: a day, a month, a year, or None where the words leave more
    than one possibility. Years of a span, durations and decades are no dates.
    """
    founds = find(text)
    resolver = _Resolver(text, founds)
    dates = [resolver.date_of(number, found) for number, found in enumerate(founds)]
    return tuple(
        DateMention(
            _after_since(text.text, found),
            found.end,
            found.sentence,
            date or _told_again(found, dates),
        )
        for found, date in zip(founds, dates, strict=True)
    )


def _after_since(text: str, found: Found) -> int:
    """Where the date itself begins: "since" before it tells a beginning and is no part of it."""
    since = _SINCE.match(text, found.start, found.end)
    return found.start if since is None else since.end()


def _told_again(found: Found, dates: list[PartialDate | None]) -> PartialDate | None:
    """The same day of the same month where the text makes it certain elsewhere, in one year."""
    if found.kind in ("range", "weekday", "phrase") or found.day is None or found.year is not None:
        return None
    same = {d for d in dates if d is not None and (d.month, d.day) == (found.month, found.day)}
    return same.pop() if len(same) == 1 else None


class _Resolver:
    """Makes the dates of one text certain, one after the other."""

    def __init__(self, text: Text, founds: list[Found]) -> None:
        self.text = text
        self.founds = founds
        self.published = text.published
        self.last: PartialDate | None = None
        self.last_day: PartialDate | None = None
        day = text.published
        whole = day is not None and day.day is not None and not day.bound
        self.today = day.earliest if day is not None and whole else None

    def date_of(self, number: int, found: Found) -> PartialDate | None:
        date = self._date(number, found)
        if date is not None:
            self.last = date
            self.last_day = date if date.day is not None else self.last_day
        return date

    def _date(self, number: int, found: Found) -> PartialDate | None:
        if found.kind == "weekday":
            return self._weekday(found)
        if found.kind == "phrase":
            return self._phrase(found)
        day = None if found.kind == "range" else found.day
        year = found.year
        if year is None:
            year = self._year(number, found)
        if year is None:
            return None
        return _valid(year, found.month, day)

    def _lean(self, found: Found) -> int:
        sentence = self.text.sentences[found.sentence]
        upto = (sentence.start, sentence.end)
        return leans(self.text.text, found.start, found.end, upto, self.text.lang)

    def _weekday(self, found: Found) -> PartialDate | None:
        if self.today is None or found.weekday is None:
            return None
        back = (self.today.weekday() - found.weekday) % 7
        lean = self._lean(found)
        if back == 0:
            return None if lean > 0 and self._says_next(found) else _day(self.today)
        step = 7 - back if lean > 0 else -back
        return _day(self.today + dt.timedelta(days=step))

    def _before(self, found: Found) -> str:
        return self.text.text[max(0, found.start - 14) : found.start].lower()

    def _says_next(self, found: Found) -> bool:
        before = self._before(found)
        return any(word in before for word in ("next", "наступн", "kommend", "nächst", "przyszł"))

    def _phrase(self, found: Found) -> PartialDate | None:
        kind, _, told = found.meaning.partition(":")
        if kind == "same":
            return self._same(told)
        if kind == "none" or self.published is None:
            return None
        step = int(told)
        if kind == "season":
            return self._season(step, self._lean(found))
        if kind == "year":
            return PartialDate(self.published.year + step)
        if kind == "month":
            if self.published.month is None:
                return None
            months = self.published.year * 12 + self.published.month - 1 + step
            return PartialDate(months // 12, months % 12 + 1)
        return _day(self.today + dt.timedelta(days=step)) if self.today else None

    def _season(self, ends: int, lean: int) -> PartialDate | None:
        """The year of the latest or next spring, summer or autumn, which `ends` with a month."""
        if self.published is None or self.published.month is None:
            return None
        if lean > 0:
            return PartialDate(self.published.year + (self.published.month > ends))
        begun = self.published.month >= ends - 2
        return PartialDate(self.published.year - (0 if begun else 1))

    def _same(self, unit: str) -> PartialDate | None:
        last = self.last_day if unit == "day" else self.last
        if last is None:
            return None
        if unit == "month" and last.month is None:
            return None
        return PartialDate(
            last.year,
            last.month if unit != "year" else None,
            last.day if unit == "day" else None,
        )

    def _year(self, number: int, found: Found) -> int | None:
        """The year of a day or month that stands without one."""
        if found.shift is not None:
            return self.published.year + found.shift if self.published else None
        if self.last is not None and _THEN.search(self._before(found)):
            return self.last.year
        told = self._year_told(number, found)
        if told is not None:
            return told
        by_text = self._year_by_text(found)
        near = self._year_near(number, found)
        if by_text is None and near is None and found.day is not None:
            return self._only_year(found) or self._headed_year()
        if by_text is None or near is None or near == by_text:
            return by_text if near is None else near
        date = _valid(by_text, found.month, found.day)
        if date is None or self.published is None:
            return near
        fresh = abs(date.earliest - self.published.earliest) <= _SOON
        return by_text if fresh else near

    def _year_by_text(self, found: Found) -> int | None:
        published = self.published
        if published is None or found.month is None:
            return None
        date = _valid(published.year, found.month, found.day)
        if date is None or published.month is None:
            return published.year
        gap = date.earliest - published.latest
        lean = self._lean(found)
        if lean > 0 and date.latest < published.earliest:
            months_ago = (published.month - found.month) % 12
            return published.year + 1 if months_ago > 3 else published.year
        if lean <= 0 and gap > (_NEAR if lean == 0 else dt.timedelta(0)):
            return published.year - 1
        return published.year

    def _year_told(self, number: int, found: Found) -> int | None:
        """The year told just before in the sentence ("in March 2023, and C and D in April")."""
        before = self.founds[number - 1] if number else None
        if before is None or before.sentence != found.sentence or found.month is None:
            return None
        if before.year is None or before.month is None or before.month > found.month:
            return None
        return before.year if self._lean(found) <= 0 else None

    def _headed_year(self) -> int | None:
        """The only year that the headings tell ("Documents signed in 2023")."""
        heads = ("title", "heading")
        sentences = self.text.sentences
        years = {f.year for f in self.founds if sentences[f.sentence].role in heads and f.year}
        return years.pop() if len(years) == 1 else None

    def _year_near(self, number: int, found: Found) -> int | None:
        """The year of a full date in the same sentence, or else in the one before or after."""
        best: tuple[int, int] | None = None
        for step in (-1, 1):
            place = number + step
            while 0 <= place < len(self.founds):
                other = self.founds[place]
                distance = abs(other.sentence - found.sentence)
                if distance > 1 or abs(place - number) > 4:
                    break
                if other.year is not None and other.month is not None:
                    # What was told before counts for more than what is told after.
                    rank = (distance * 2 + (step > 0), other.year)
                    best = rank if best is None or rank < best else best
                    break
                place += step
        return best[1] if best else None

    def _only_year(self, found: Found) -> int | None:
        """The year that all whole days of the text agree on, where one stands not far away."""
        days = [other for other in self.founds if other.year is not None and other.day is not None]
        years = {other.year for other in days}
        near = any(abs(other.sentence - found.sentence) <= _FAR for other in days)
        return years.pop() if near and len(years) == 1 else None


def _day(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _valid(year: int, month: int | None, day: int | None) -> PartialDate | None:
    """The date, or None when the calendar has no such day."""
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)
