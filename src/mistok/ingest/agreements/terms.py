"""How long an agreement runs, as its list tells it in prose: until when, and whether it renews."""

import calendar
import re
from dataclasses import dataclass
from typing import Final

from mistok.ingest.tables.dates import partial_date
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid

_FOREVER: Final = re.compile(r"безстроков|необмежен|невизначен|не обмежен", re.IGNORECASE)
_RENEWS: Final = re.compile(r"автоматичн\w*|пролонг|подовж|продовж", re.IGNORECASE)
_RENEWS_NOT: Final = re.compile(
    r"без\s+(?:права\s+)?(?:автоматичн\w*\s+)?(?:пролонг|подовж|продовж)", re.IGNORECASE
)
_UNTIL: Final = re.compile(
    r"(?:до|по)\s+(\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s+[^\W\d_]+\s+\d{4}|\d{4}(?:-\d\d){0,2})",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(
    r"(?<!\w)(\d{1,2}|один|одного|два|двох|три|трьох|чотири|чотирьох|п.?ять|п.?яти|шість|шести"
    r"|сім|семи|вісім|восьми|десять|десяти)(?:\s*\([^)]*\))?[\s-]*"
    r"(рок\w*|рік|річн\w*|р\.|місяц\w*)",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "оди": 1, "одн": 1, "два": 2, "дво": 2, "три": 3, "трь": 3, "чот": 4, "пят": 5, "шіс": 6,
    "шес": 6, "сім": 7, "сем": 7, "віс": 8, "вос": 8, "дес": 10,
}  # fmt: skip
"""By the first three letters, without the apostrophe."""
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Term:
    """`end` as statements write dates, "" where it is not told; `renewal` automatic, none or ""."""

    end: str = ""
    renewal: str = ""


def term_of(text: str, signed: str) -> Term:
    """The term that this prose tells of an agreement signed on that date (perhaps empty).

    What cannot be understood is no term: the words stay with the statement.
    """
    renewal = "automatic" if _RENEWS.search(text) else ""
    if _RENEWS_NOT.search(text):
        renewal = "none"
    if found := _UNTIL.search(text):
        try:
            return Term(partial_date(found[1]), renewal)
        except Invalid:
            return Term("", renewal)
    if _FOREVER.search(text):
        return Term("", renewal)
    found = _SPAN.search(text)
    start = PartialDate.parse_or_none(signed)
    if found is None or start is None or start.bound:
        return Term("", renewal)
    months = _number(found[1]) * (1 if found[2].casefold().startswith("міс") else _MONTHS)
    return Term(_after(start, months), renewal)


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    plain = "".join(letter for letter in word.casefold() if letter.isalpha())
    return _NUMBERS[plain[:3]]


def _after(start: PartialDate, months: int) -> str:
    """So many months later, of the same precision: a year alone stays a year."""
    if start.month is None:
        return str(PartialDate(start.year + months // _MONTHS)) if months % _MONTHS == 0 else ""
    years, month = divmod(start.month - 1 + months, _MONTHS)
    year, month = start.year + years, month + 1
    if start.day is None:
        return str(PartialDate(year, month))
    return str(PartialDate(year, month, min(start.day, calendar.monthrange(year, month)[1])))
