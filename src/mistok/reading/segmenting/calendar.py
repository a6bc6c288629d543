"""Dates as datelines print them: four languages and Russian, words and numbers."""

import re
from typing import NamedTuple

from mistok.kernel.dates import PartialDate

_NAMES = (
    "january jan januar jänner jän stycznia styczeń sty січня січень січ января январь янв",
    "february feb februar feber lutego luty lut лютого лютий лют февраля февраль фев",
    "march mar märz mrz marca marzec березня березень бер марта март мар",
    "april apr kwietnia kwiecień kwi квітня квітень кві квіт апреля апрель апр",
    "may mai maja maj травня травень тра трав мая май",
    "june jun juni czerwca czerwiec cze червня червень чер черв июня июнь июн",
    "july jul juli lipca lipiec lip липня липень лип июля июль июл",
    "august aug sierpnia sierpień sie серпня серпень сер серп августа август авг",
    "september sep sept września wrzesień wrz вересня вересень вер вересн сентября сентябрь сен",
    "october oct oktober okt października październik paź жовтня жовтень жов октября октябрь окт",
    "november nov listopada listopad lis листопада листопад лис лист ноября ноябрь ноя",
    "december dec dezember dez grudnia grudzień gru грудня грудень гру груд декабря декабрь дек",
)
_ABROAD = (
    "enero janvier gennaio",
    "febrero février febbraio",
    "marzo mars",
    "abril avril aprile",
    "mayo maggio",
    "junio juin giugno",
    "julio juillet luglio",
    "agosto août",
    "septiembre septembre settembre",
    "octubre octobre ottobre",
    "noviembre novembre",
    "diciembre décembre dicembre",
)
"""Sites of associations print the day in their own language above an English text."""
MONTHS = {
    name: number
    for names in (_NAMES, _ABROAD)
    for number, words in enumerate(names, 1)
    for name in words.split()
}
"""Month by its name, in any case that a dateline uses, small letters."""

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr "
    "sa so poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt sob ndz "
    "niedz понеділок вівторок середа четвер п'ятниця субота неділя пн вт ср чт пт сб нд "
    "понедельник вторник среда пятница суббота воскресенье вс".split()
)

_YEAR = r"((?:18|19|20)\d\d)(?![\d.,]\d)"
_NAME = r"([^\W\d_]{3,12})\.?"
_DAY = r"(?<![\d.,:])(\d{1,2})(?![\d:])"
_DAY_NAME_YEAR = re.compile(
    rf"{_DAY}(?:st|nd|rd|th|-го|-е)?\.?\s*(?:of )?{_NAME},?"
    rf"(?:\s+\(?[^\W\d_']{{2,12}}\)?,)?\s+{_YEAR}"
)
_NAME_DAY_YEAR = re.compile(rf"(?<!\w){_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(
    r"(?<![\d.,])(\d{1,2})([-./])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?![\d:])"
)
_NAME_YEAR = re.compile(rf"(?<!\w){_NAME},?\s+{_YEAR}")
_DAY_NAME = re.compile(rf"{_DAY}(?:st|nd|rd|th)?\.?\s+{_NAME}(?![\w])")
_NAME_DAY = re.compile(rf"(?<!\w){_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\d)")


class Printed(NamedTuple):
    """A date in a line, and where it stands; `year` 0 where none is printed."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def date(self) -> PartialDate | None:
        """The date, None when it has no year or is no day of the calendar."""
        if not self.year:
            return None
        return valid(self.year, self.month, self.day)


def valid(year: int, month: int, day: int) -> PartialDate | None:
    """Make a date of numbers (0: not told); None when the calendar has no such day."""
    if not 0 <= month <= 12 or not 0 <= day <= 31:
        return None
    date = PartialDate(year, month or None, day or None)
    try:
        date.earliest, date.latest  # noqa: B018 - asked for the error only
    except ValueError:
        return None
    return date


def printed_dates(line: str, lang: str) -> list[Printed]:
    """Find the dates of a short line, in order: full ones, else months, else days without year.

    Numbers alone are day first, but in English only where they cannot be month first.
    """
    found = _full(line, lang)
    if not found:
        found = [
            Printed(match.start(), match.end(), int(match[2]), month, 0)
            for match in _NAME_YEAR.finditer(line)
            if (month := MONTHS.get(match[1].lower()))
        ]
    if not found:
        found = _without_year(line)
    return sorted(found)


def _full(line: str, lang: str) -> list[Printed]:
    found = [
        Printed(match.start(), match.end(), int(match[3]), month, int(match[day]))
        for pattern, name, day in ((_DAY_NAME_YEAR, 2, 1), (_NAME_DAY_YEAR, 1, 2))
        for match in pattern.finditer(line)
        if (month := MONTHS.get(match[name].lower()))
    ]
    found += [
        Printed(match.start(), match.end(), int(match[1]), int(match[3]), int(match[4]))
        for match in _YEAR_FIRST.finditer(line)
    ]
    found += [
        Printed(match.start(), match.end(), *numbers)
        for match in _YEAR_LAST.finditer(line)
        if (numbers := _day_first(match, lang))
    ]
    return [printed for printed in found if printed.month and printed.day and printed.date]


def _day_first(match: re.Match[str], lang: str) -> tuple[int, int, int] | None:
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        if match[2] != ".":
            return None
        year += 2000
    if lang == "en" and match[2] != ".":
        if day <= 12 < month:
            day, month = month, day
        elif month <= 12 and day <= 12 and day != month:
            return None
    return year, month, day


def _without_year(line: str) -> list[Printed]:
    return [
        Printed(match.start(), match.end(), 0, month, int(match[day]))
        for pattern, name, day in ((_DAY_NAME, 2, 1), (_NAME_DAY, 1, 2))
        for match in pattern.finditer(line)
        if (month := MONTHS.get(match[name].lower())) and valid(2024, month, int(match[day]))
    ]
