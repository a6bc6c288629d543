"""The date that a text prints of itself: a dateline, a time stamp, a date at its head.

Never the date of a teaser, of an event, of a law: only what stands above the article, in the
dateline of its first sentences, or beside a word such as "published".
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mistok.kernel.dates import PartialDate
from mistok.reading.model import Sentence
from mistok.reading.segmenting.calendar import MONTHS, WEEKDAYS, Printed, printed_dates, valid

_LONGEST = 180
_OPENING = 3
_AFTER_START = 6
_NEAR_DAYS = 60
_HEAD_WORDS = 9
_BESIDE_DATE = 6
_SEARCHED = 200
_DASHED = re.compile(
    r"([^\n—–]{2,70}?)\s*(\([\w/ .,*-]{2,20}\))?,?\s*(?:[—–]|\s--?)\s+(?=[\"“„«‘]?[^\W_a-zа-яіїєґ])"
)
_SIGNED = re.compile(r"([^\n—–.(]{2,40}?)\s*(\([\w/ .*-]{2,12}\))[.:]\s+(?=[\"“„«‘]?[^\W_])")
_DATED = re.compile(r"[^\n]{5,24}?\d{4}(?: ?р\.| ?r\.)?[.,:]?\s+")
_ACRONYMS = frozenset("UNDP USAID NATO OSCE UNESCO UNICEF UNHCR OECD EBRD ПРООН НАТО ОБСЄ".split())
_SMALL = frozenset("am the of den vom dnia de la le upon on by w у в м смт року р r st".split())
_PUBLISHED = re.compile(
    r"publi(?:shed|cation|kacj)|opublik|posted|date:|erschienen|veröffentlicht|опублік|публікац"
    r"|dodano|erstellt|created",
    re.I,
)
_UPDATED = re.compile(
    r"updat|akt\.|aktualis|aktualiz|geändert|stand\b|оновлен|змінен|modified|редаг|modyfik|checked",
    re.I,
)


class _Candidate(NamedTuple):
    rank: int
    place: int
    date: PartialDate


def published_in(text: str, sentences: Sequence[Sentence], lang: str) -> PartialDate | None:
    """Tell the date that a text prints of itself, as exactly as it does, else None.

    A day without a year takes it from a full date in the article that is at most 60 days away and
    leaves one possibility. "Published" goes before "updated", a dateline before a headline.
    """
    start = next(
        (at for at, one in enumerate(sentences) if one.role in ("body", "item")), len(sentences)
    )
    found = list(_above(text, sentences, start, lang))
    found += _opening(text, sentences, start, lang)
    if not found:
        found += _below(text, sentences, start, lang)
    if not found:
        return None
    return max(found).date


def _above(text: str, sentences: Sequence[Sentence], start: int, lang: str) -> Iterable[_Candidate]:
    """Dates in the lines above the article and in datelines just below its beginning."""
    for at, one in enumerate(sentences[: start + _AFTER_START]):
        if one.role in ("body", "item"):
            continue
        if at > start and not _within(sentences, at):
            continue
        line = _line(text, one)
        if line and (date := _dated(text, sentences, line, one.role, lang)):
            yield _Candidate(_rank(line, one.role, date), at, date)


def _within(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether a dateline has the article below it."""
    following = sentences[at + 1].role if at + 1 < len(sentences) else ""
    return sentences[at].role == "dateline" and following in ("body", "item")


def _line(text: str, one: Sentence) -> str:
    """The words of a sentence, "" when it is too long or holds no figure."""
    if one.end - one.start > _LONGEST:
        return ""
    line = text[one.start : one.end]
    return line if any(map(str.isdigit, line)) else ""


def _dated(
    text: str, sentences: Sequence[Sentence], line: str, role: str, lang: str
) -> PartialDate | None:
    dates = printed_dates(line, lang)
    if not dates:
        return None
    first = dates[0]
    if first.year:
        # A month alone is the date of an issue; in a menu or a path it is none.
        return first.date if first.day or role != "furniture" else None
    return _completed(text, sentences, first, lang) if role == "dateline" else None


def _rank(line: str, role: str, date: PartialDate) -> int:
    """How likely a date is the text's own: exact before vague, datelines before headlines."""
    exact = 100 if date.precision == "day" else 0
    if role != "dateline":
        return exact + (2 if role == "title" else 3)
    if _PUBLISHED.search(line):
        return exact + 20
    return exact + (10 if _UPDATED.search(line) else 15)


def _opening(
    text: str, sentences: Sequence[Sentence], start: int, lang: str
) -> Iterable[_Candidate]:
    """A dateline within the first sentences: "Lublin, 12 maja 2022 r. – ..."."""
    for at, one in enumerate(sentences[start : start + _OPENING], start):
        head = text[one.start : min(one.end, one.start + _LONGEST)]
        end = inline_dateline(head, lang)
        dates = printed_dates(head[:end], lang) if end else []
        if dates and (date := dates[0].date or _completed(text, sentences, dates[0], lang)):
            yield _Candidate(114, at, date)


def _below(text: str, sentences: Sequence[Sentence], start: int, lang: str) -> Iterable[_Candidate]:
    """Below the article only a date alone on its line, or one that is called the page's own."""
    for at, one in enumerate(sentences[start:], start):
        line = _line(text, one) if one.role in ("furniture", "dateline", "heading") else ""
        called = _PUBLISHED.search(line) or _UPDATED.search(line)
        if not line or not (called or one.role == "dateline"):
            continue
        dates = [printed for printed in printed_dates(line, lang) if printed.day and printed.date]
        if len(dates) != 1 or not (date := dates[0].date):
            continue
        if called or len(line) - (dates[0].end - dates[0].start) <= _BESIDE_DATE:
            yield _Candidate(2 if _PUBLISHED.search(line) else 1, -at, date)


def _completed(
    text: str, sentences: Sequence[Sentence], printed: Printed, lang: str
) -> PartialDate | None:
    """Give a day its year from the full dates of the article, when they leave one possibility."""
    years: set[int] = set()
    for one in sentences[:_SEARCHED]:
        if one.role in ("furniture", "dateline") or one.end - one.start > 2000:
            continue
        for other in printed_dates(text[one.start : one.end], lang):
            full = other.date if other.day else None
            if full is None:
                continue
            for year in (full.year - 1, full.year, full.year + 1):
                own = valid(year, printed.month, printed.day)
                if own and abs((own.earliest - full.earliest).days) <= _NEAR_DAYS:
                    years.add(year)
    return valid(years.pop(), printed.month, printed.day) if len(years) == 1 else None


def inline_dateline(line: str, lang: str) -> int:
    """Tell where the dateline ends that a paragraph begins with, 0 where it begins with none.

    "TACOMA — ", "Hannover (dpa/lni) – ", "GALWAY, Thursday 16 May 2024 – ", "Gaggenau (kw). ".
    """
    head = line[:140]
    found = _DASHED.match(head)
    if found is not None and _is_dateline(found[1], found[2], lang):
        end = found.end()
        dated = _DATED.match(line, end)
        if dated and printed_dates(dated[0], lang) and _all_marked(dated[0].split()):
            end = dated.end()
        return end if end < len(line) else 0
    found = _SIGNED.match(head)
    if found is not None and _all_marked(found[1].split()):
        return found.end() if found.end() < len(line) else 0
    return 0


def _is_dateline(head: str, agency: str | None, lang: str) -> bool:
    words = head.split()
    if len(words) > _HEAD_WORDS or not _all_marked(words):
        return False
    if agency or any(printed.day for printed in printed_dates(head, lang)):
        return True
    city = head.split(",")[0]
    return city.isupper() and len(city) >= 4 and city not in _ACRONYMS


def _all_marked(words: list[str]) -> bool:
    """Whether every word is a name, a number, a month or a weekday."""
    for word in words:
        bare = word.strip(".,:;").lower()
        if not bare or word[0].isupper() or word[0].isdigit():
            continue
        if bare not in MONTHS and bare not in WEEKDAYS and bare not in _SMALL:
            return False
    return True
