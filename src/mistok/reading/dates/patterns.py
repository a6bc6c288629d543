"""Shapes of dates in the four languages, each tried only where a number or a month word stands.

Every shape is anchored and every repetition is bounded, so that no text takes long.
"""

import re
from dataclasses import dataclass
from functools import cache

from mistok.reading.dates.words import months_of, small_numbers_of

YEARS = range(1900, 2100)
"""Bare numbers that may be a year; others need words that say so."""

_DASH = "[-–—]"
_YEAR = r"(?P<y>\d{4})(?!\d)"
_ORDINALS = {"en": "st|nd|rd|th", "uk": r"-?(?:го|ого|те|е)", "de": r"\.", "pl": r"\.|-?go"}
_TO = {
    "en": "to|and|until|or|through",
    "uk": "та|і|й|до|по|або",
    "de": "bis|und|oder",
    "pl": "do|i|oraz|lub",
}
_AFTER_YEAR = {
    "en": r"",
    "uk": r"(?:-?(?:го|му)(?!\w)|\s*(?:-?(?:го|му|й|м)\s+)?(?:року|році|рік|роком|р\.|р\b|рр\.))?",
    "de": r"",
    "pl": r"(?:\s*(?:roku|rok|r\.|r\b))?",
}
_THIS_YEAR = {
    "en": "of this year|this year",
    "uk": r"цього року|поточного року|ц\.\s?р\.",
    "de": r"dieses Jahres|d\.\s?J\.|diesen Jahres",
    "pl": r"br\.|b\.\s?r\.|bieżącego roku|tego roku",
}
_LAST_YEAR = {
    "en": "of last year|last year",
    "uk": r"минулого року|торік|м\.\s?р\.",
    "de": r"(?:des )?(?:vergangenen|letzten|vorigen) Jahres|v\.\s?J\.",
    "pl": r"(?:ubiegłego|zeszłego|minionego) roku|ub\.\s?r\.",
}
_NEXT_YEAR = {
    "en": "of next year|next year",
    "uk": "наступного року",
    "de": "(?:des )?(?:nächsten|kommenden) Jahres",
    "pl": "przyszłego roku|następnego roku",
}
_BEFORE_BARE_YEAR = {
    "en": r"""in|since|during|until|till|before|after|by|year|early|late|mid|back\ in|spring|summer
        |autumn|fall|winter|through|throughout|back\ to|for
        |(?:end|start|beginning|half|year|quarter|spring|summer|autumn|winter)\ of|the|its|their
        |around|about|from""",
    "uk": r"у|в|з|із|від|до|після|року|рік|році|протягом|упродовж|початку|наприкінці|кінця",
    "de": r"""jahr|jahre|jahres|jahren|seit|in|ab|bis|vor|nach|von|frühjahr|frühling|sommer|herbst
        |winter|anfang|mitte|ende|schon|bereits|erst|noch|und|aus|dann|wurde|wurden|quartal|halbjahr|jahresende|jahresbeginn|datiert""",
    "pl": r"""w|od|do|z|ze|po|przed|rok|roku|wiosną|latem|jesienią|zimą|początku|końcu|kwartale
        |półroczu""",
}
_BEFORE_MONTH = {
    "en": r"""in|since|during|of|from|until|till|by|last|this|next|early|late|mid|before|after
        |between|past|back\ in|around|every""",
    "uk": r"""у|в|з|із|від|до|на|протягом|минулого|цього|наступного|початку|кінця|середині
        |наприкінці""",
    "de": r"""im|seit|ab|bis|vom|anfang|mitte|ende|vergangenen|letzten|diesen|kommenden|nächsten
        |zum|den|des""",
    "pl": r"""w|we|od|do|na|z|ze|początku|początkiem|końcu|koniec|końca|końcem|połowie|połowy
        |ubiegłego|tego|przyszłym|zeszłym""",
}


@dataclass(frozen=True, slots=True)
class Shapes:
    """The compiled shapes of one language."""

    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    months: re.Pattern[str]
    month: re.Pattern[str]
    after_year: re.Pattern[str]
    before_year: re.Pattern[str]
    before_month: re.Pattern[str]
    days_ago: re.Pattern[str] | None


NUMBERS = re.compile(
    r"""(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})(?![\d-])
    |(?P<d2>\d{1,2})(?P<dot>[./])(?P<m2>\d{1,2})(?P=dot)(?P<y2>\d{4}|\d{2})(?![\d./]\d|\d)
    |(?P<d3>\d{1,2})\.[ ](?P<m3>\d{1,2})\.[ ](?P<y3>\d{4})(?!\d)""",
    re.VERBOSE,
)
"""2023-02-09, 09.02.2023, 9.2.23, 09/02/2023, 9. 2. 2023."""

SHORT_NUMBERS = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?:\.(?!\d)|(?=\)))")
"""Day and month in numbers: "am 9.2.", "w czwartek (6.03)"."""

SPAN_OF_YEARS = re.compile(rf"\d{{4}}\s?(?:{_DASH}|/)\s?\d{{2,4}}(?!\d)")
"""2021–2027, 2022/23: no date of anything."""


@cache
def shapes_of(lang: str) -> Shapes:
    """Give the shapes of dates of a language (`en`, `uk`, `de` or `pl`)."""
    month = "|".join(sorted(months_of(lang), key=len, reverse=True))
    named = rf"(?P<m>{month})(?!\w)(?:\.(?=,?\s?\d))?"
    ordinal = rf"(?:{_ORDINALS[lang]})?"
    year = (
        rf"(?:(?:,|\s+of)?\s*{_YEAR}{_AFTER_YEAR[lang]}"
        rf"|,?\s+(?:(?P<this>{_THIS_YEAR[lang]})|(?P<last>{_LAST_YEAR[lang]})"
        rf"|(?P<next>{_NEXT_YEAR[lang]})))?"
    )
    to = rf"\s?(?:{_DASH}|/|,|(?:(?:{_TO[lang]})(?!\w)))\s?"
    den = r"(?:(?:the|dem|den|den)\s)?"
    days = rf"(?P<d>\d{{1,2}}){ordinal}(?:{to}{den}(?P<d2>\d{{1,2}}){ordinal})?"
    flags = re.IGNORECASE
    more = rf"(?:\s?(?:,|{_DASH}|(?:,?\s?(?:{_TO[lang]})(?!\w)))\s?(?:{month})(?!\w)){{1,11}}"
    return Shapes(
        re.compile(rf"{days}\s*(?:of\s+)?{named}{year}", flags),
        re.compile(rf"{named}\s*{days}(?!\d|[.,:]\d){year}", flags),
        re.compile(rf"{named}{more},?\s+{_YEAR}{_AFTER_YEAR[lang]}", flags),
        re.compile(rf"{named}{year}", flags),
        re.compile(rf"\d{{4}}{_AFTER_YEAR[lang].removesuffix('?') or '(?!)'}", flags),
        _word_before(_BEFORE_BARE_YEAR[lang]),
        _word_before(_BEFORE_MONTH[lang]),
        _days_ago(lang),
    )


def _word_before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})[\s-]{{1,3}}$", re.IGNORECASE | re.VERBOSE)


def _days_ago(lang: str) -> re.Pattern[str] | None:
    number = rf"(?P<n>\d{{1,2}}|{'|'.join(small_numbers_of(lang))})"
    shape = {
        "en": rf"{number}\s+days?\s+(?:ago|earlier)",
        "uk": rf"{number}\s+д(?:ень|ні|нів)\s+тому",
        "de": rf"vor\s+{number}\s+tag(?:en)?(?!\w)",
        "pl": rf"{number}\s+dni\s+temu",
    }
    return re.compile(shape[lang], re.IGNORECASE)
