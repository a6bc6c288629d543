"""Which days are worked in a country, year by year: published holidays under our own rows.

Published holidays come from the package `holidays` (national ones; those of a region, a federal
state or a city's patron are not among them). Under martial law Ukrainian public holidays are
working days, and days off are not moved: law 2136-IX of 2022-03-15, art. 6(6), in force since
2022-03-24; verified: https://el.mk.court.gov.ua/sud1410/pres-centr/new/1273983 and
https://bilopillia.city/articles/206009/perenesennya-vihidnih-pid-chas-voyennogo-stanu. The
package draws the line at 2022-03-15; no holiday lies between. When martial law ends, holidays
return with a new version of the package, and until then with rows of `DayOff`.
"""

import datetime as dt
from functools import cache

import holidays
from django.utils.translation import gettext as _

from mistok.kernel.deadlines import Calendar
from mistok.kernel.errors import Invalid
from mistok.law.models import DayOff


def calendar_of(country: str, first: dt.date, last: dt.date) -> Calendar:
    """The calendar of a country for whole years around two days.

    `country`: two letters, ISO 3166. Raises Invalid (code `country_without_calendar`).
    """
    check_country(country)
    off: set[dt.date] = set()
    worked: set[dt.date] = set()
    for year in range(first.year, last.year + 1):
        published_off, published_worked = published(country, year)
        off |= published_off
        worked |= published_worked
    begin, end = dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)
    for row in DayOff.objects.filter(country=country, date__range=(begin, end)).order_by("pk"):
        (worked if row.works else off).add(row.date)
        (off if row.works else worked).discard(row.date)
    return Calendar(
        country=country,
        days_off=frozenset(off),
        worked=frozenset(worked),
        weekend=weekend(country),
        first=begin,
        last=end,
    )


def check_country(country: str) -> None:
    """Raise Invalid (code `country_without_calendar`) where no calendar is known."""
    if country not in _countries():
        raise Invalid(
            _(
                "No calendar of days off is known for “%(country)s”. Name a country by its two "
                "letters, for example UA, or set the date by hand."
            )
            % {"country": country[:20]},
            code="country_without_calendar",
            details={"country": country[:20]},
        )


@cache
def published(country: str, year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """Public holidays of a year as observed, and weekend days that were made working days."""
    found = holidays.country_holidays(country, years=year)
    worked = {day for day in found.weekend_workdays if day.year == year}
    return frozenset(day for day in found if day.year == year), frozenset(worked)


@cache
def weekend(country: str) -> frozenset[int]:
    """The weekdays of the country's weekend, Monday being 0."""
    return frozenset(int(day) for day in holidays.country_holidays(country).weekend)


@cache
def _countries() -> frozenset[str]:
    return frozenset(code for code in holidays.list_supported_countries() if len(code) == 2)
