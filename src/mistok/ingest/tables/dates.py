"""Dates as lists write them: of any precision, in four languages, never made more exact."""

import re
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.reading.dates.words import months_of

_TAIL: Final = re.compile(r"\s*(?:року|рік|рр?\.?|roku|r\.?|г\.?)\s*$", re.IGNORECASE)
_HEAD: Final = re.compile(
    r"^(?:since|from|signed|on|in|з|від|з\s+року|seit|am|im|vom|od|dnia|w)\s+", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    r"^(?:~|ca\.?|circa|about|around|близько|приблизно|бл\.|etwa|um|około|ok\.)\s*", re.IGNORECASE
)
_BEFORE: Final = re.compile(r"^(?:<|before|до|vor|przed)\s*", re.IGNORECASE)
_AFTER: Final = re.compile(r"^(?:>|after|після|nach|po)\s*", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?")
_DAY: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MONTH: Final = re.compile(r"(\d{1,2})[./](\d{4})")
_NAMED: Final = re.compile(r"(?:(\d{1,2})\.?(?:st|nd|rd|th)?\s+)?([^\W\d_]+)\.?,?\s+(\d{4})")
_AMERICAN: Final = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def partial_date(text: str) -> str:
    """The date as statements write it ("2014", "2014-05", "<2014"); "" for an empty cell.

    Raises Invalid (`date_malformed`, and `date_ambiguous` for 5/6/2014, which has two readings).
    """
    told = " ".join(text.split()).strip(" .,;")
    if not told:
        return ""
    bound, rest = _bound(told)
    rest = _HEAD.sub("", _TAIL.sub("", rest)).strip('«»"“” ')
    parts = _parts(rest, text)
    try:
        year, month, day = parts
        return str(PartialDate.parse(f"{bound}{_joined(year, month, day)}"))
    except Invalid as refusal:
        raise _malformed(text) from refusal


def _bound(text: str) -> tuple[str, str]:
    for pattern, sign in ((_ABOUT, "~"), (_BEFORE, "<"), (_AFTER, ">")):
        if found := pattern.match(text):
            return sign, text[found.end() :]
    return "", text


def _parts(text: str, given: str) -> tuple[str, str, str]:
    """Year, month and day, the last two perhaps empty."""
    if found := _ISO.fullmatch(text):
        return found[1], found[2] or "", found[3] or ""
    if found := _DAY.fullmatch(text):
        if "/" in text and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]:
            raise Invalid(
                _("“%(date)s” can be read in two ways. Write the year first: 2014-05-17.")
                % {"date": given[:40]},
                code="date_ambiguous",
                details={"value": given[:200]},
            )
        swapped = "/" in text and int(found[2]) > 12
        return (found[3], found[1], found[2]) if swapped else (found[3], found[2], found[1])
    if found := _MONTH.fullmatch(text):
        return found[2], found[1], ""
    if found := _NAMED.fullmatch(text):
        return found[3], _month(found[2], given), found[1] or ""
    if found := _AMERICAN.fullmatch(text):
        return found[3], _month(found[1], given), found[2]
    raise _malformed(given)


def _joined(year: str, month: str, day: str) -> str:
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _month(word: str, given: str) -> str:
    number = _months().get(word.casefold())
    if number is None:
        raise _malformed(given)
    return str(number)


@cache
def _months() -> dict[str, int]:
    return {
        word: number
        for language in ("pl", "de", "uk", "en")
        for word, number in months_of(language).items()
    }


def _malformed(given: str) -> Invalid:
    return Invalid(
        _("“%(date)s” is not a date that we can read. Write 2014, 2014-05 or 2014-05-17.")
        % {"date": given[:40]},
        code="date_malformed",
        details={"value": given[:200]},
    )
