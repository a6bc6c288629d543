"""Reading the cells of a line that are neither item nor amount: priority, day, money."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.numbers import list_currencies

from mistok.kernel.errors import Invalid
from mistok.needs.importing.table import Value, shown
from mistok.needs.importing.vocabulary import folded_currency, vocabulary
from mistok.needs.items.folding import fold
from mistok.needs.items.model import LANGUAGES
from mistok.needs.items.numerals import GAPS, NUMERAL, read_number

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
LARGEST_VALUE: Final = Decimal(10) ** 12
_CENTS: Final = 2
_NUMBERS: Final = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")
_DAY_NAMED: Final = re.compile(r"(\d{1,2})\D{0,4}\s([^\W\d]{3,})\.?,?\s*(\d{4})")
_NAMED_DAY: Final = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})\D{0,3},?\s+(\d{4})")
_NAMED: Final = re.compile(r"([^\W\d]{3,})\.?\s+(\d{4})")
_BEFORE: Final = re.compile(
    r"^(?:до|не пізніше|by|until|before|no later than|bis(?: zum)?|spätestens|do|najpóźniej"
    r"|avant(?: le)?|jusqu['’]au|au plus tard(?: le)?)\s+",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\s*(?:р\.?|року|рік|r\.?|roku|г\.?)$", re.IGNORECASE)
_MONEY: Final = re.compile(
    rf"(?P<before>[^\d,.\-−]*?)[{GAPS}]*(?P<number>{NUMERAL})[{GAPS}]*(?P<after>[^\d]*)", re.ASCII
)
_CENTURY: Final = 100
_SCALES: Final = {"тис": 1_000, "tys": 1_000, "tsd": 1_000, "млн": 1_000_000, "mln": 1_000_000}
_SCALED: Final = re.compile(r"^(тис|tys|tsd|млн|mln)\b\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """A value; both parts are always there."""

    value: Decimal
    currency: str


def priority_of(value: Value) -> str:
    """A word of PRIORITIES, or "" for an empty cell. Raises Invalid (`priority_unknown`)."""
    text = shown(value).strip()
    found = vocabulary().priorities.get(fold(text), "")
    if text and not found:
        raise Invalid(
            f"“{text[:40]}” is not a priority. Write life-saving, urgent or important.",
            code="priority_unknown",
            details={"value": text[:200]},
        )
    return found


def day_of(value: Value, today: datetime.date | None = None) -> datetime.date | None:
    """A day, or None for an empty cell; a month alone means its last day.

    Raises Invalid (`date_unknown`, `date_ambiguous`, and `date_past` where `today` is told).
    """
    if isinstance(value, datetime.date):
        day = value
    else:
        text = shown(value).strip()
        if not text:
            return None
        day = _day(_AFTER.sub("", _BEFORE.sub("", text)), text)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _no_day(day.isoformat())
    if today is not None and day < today:
        raise Invalid(
            f"The day {day.isoformat()} is over. Write a day to come, or leave the cell empty.",
            code="date_past",
            details={"value": day.isoformat()},
        )
    return day


def _day(text: str, given: str) -> datetime.date:
    try:
        if found := _NUMBERS.fullmatch(text):
            return _of_numbers(found, given)
        if found := _MONTH_YEAR.fullmatch(text):
            return _end_of(int(found[2]), int(found[1]))
        if found := _DAY_NAMED.fullmatch(text):
            return datetime.date(int(found[3]), _months()[fold(found[2])], int(found[1]))
        if found := _NAMED_DAY.fullmatch(text):
            return datetime.date(int(found[3]), _months()[fold(found[1])], int(found[2]))
        if found := _NAMED.fullmatch(text):
            return _end_of(int(found[2]), _months()[fold(found[1])])
    except (ValueError, KeyError) as error:
        raise _no_day(given) from error
    raise _no_day(given)


def _of_numbers(found: re.Match[str], given: str) -> datetime.date:
    first, sign, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        return datetime.date(int(first), second, int(third))
    year = int(third) + (EARLIEST_YEAR if int(third) < _CENTURY else 0)
    day = int(first)
    if sign == "/" and day <= 12 and second <= 12 and day != second:
        raise Invalid(
            f"“{given[:40]}” can be {day}.{second}. or {second}.{day}. of {year}. Which one is it?"
            f" Write the year first, for example {year}-{second:02}-{day:02}.",
            code="date_ambiguous",
            details={"value": given[:200]},
        )
    if sign == "/" and second > 12:
        return datetime.date(year, day, second)
    return datetime.date(year, second, day)


def _end_of(year: int, month: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)


def _no_day(given: str) -> Invalid:
    return Invalid(
        f"“{given[:40]}” is not a day that we can read. Write day, month and year, for example"
        " 15.12.2026; how urgent it is goes into the priority.",
        code="date_unknown",
        details={"value": given[:200]},
    )


@cache
def _months() -> dict[str, int]:
    """Names of months, whole and short, in all our languages and both their forms."""
    return {
        fold(name): number
        for language in LANGUAGES
        for form in Locale(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in form[width].items()
    }


def money_of(value: Value, currency: str, scale: int = 1) -> Money | None:
    """A value with its currency, or None for an empty cell and for zero, which tells nothing.

    `currency` is that of the row or the heading; one in the cell itself goes before. Raises
    Invalid (`value_malformed`, `value_negative`, `value_too_large`, `value_too_fine`,
    `currency_missing`, `currency_unknown`, and `amount_ambiguous` for "1,200").
    """
    text = shown(value).strip()
    if not text:
        return None
    if isinstance(value, Decimal):
        number, beside = value, ""
    else:
        number, beside, told = _read(text)
        scale = told or scale
    exact = number * scale
    if exact < 0:
        raise _refused("negative", text, "is below zero. Write a value above zero.")
    if exact > LARGEST_VALUE:
        raise _refused("too_large", text, "is more than any budget. Write the value of this line.")
    if exact != round(exact, _CENTS):
        raise _refused("too_fine", text, "has more than two decimal places. Round it to cents.")
    if not exact:
        return None
    return Money(round(exact, _CENTS), currency_of(beside) or currency or _no_currency(text))


def currency_of(text: str) -> str:
    """The ISO code of a currency by its code, sign or name; "" for nothing.

    Raises Invalid (`currency_unknown`).
    """
    folded = folded_currency(text)
    if not folded:
        return ""
    found = vocabulary().currencies.get(folded, "")
    if not found and folded.upper() in _codes():
        return folded.upper()
    if not found:
        raise Invalid(
            f"“{text.strip()[:40]}” is not a currency that we know. Write its code, for example"
            " UAH, EUR or USD.",
            code="currency_unknown",
            details={"value": text[:200]},
        )
    return found


def _read(text: str) -> tuple[Decimal, str, int]:
    """The number, what stands beside it, and the scale that is told there (0 for none)."""
    found = _MONEY.fullmatch(text)
    if text.startswith(("-", "−")):
        raise _refused("negative", text, "is below zero. Write a value above zero.")
    if found is None:
        raise _refused("malformed", text, "is not a value. Write one number, for example 1500.")
    after = found["after"].strip()
    scaled = _SCALED.match(after)
    scale = _SCALES[scaled[1].lower()] if scaled else 0
    after = after[scaled.end() :] if scaled else after
    return read_number(found["number"]), (found["before"] or after).strip(), scale


def _no_currency(text: str) -> str:
    raise Invalid(
        f"The value “{text[:40]}” has no currency. Write its code, for example UAH, EUR or USD.",
        code="currency_missing",
        details={"value": text[:200]},
    )


def _refused(code: str, value: str, told: str) -> Invalid:
    return Invalid(
        f"The value “{value[:40]}” {told}", code=f"value_{code}", details={"value": value[:200]}
    )


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())
