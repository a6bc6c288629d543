"""Words that letters of appeal need and that nobody writes: by language, from `data/phrases.json`.

Who uses what is asked for, which papers a donor sends, kinds of ties with their dates, the head of
an envelope, and phrases that offices write so often that their translations are kept.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date

from mistok.kernel.dates import PartialDate
from mistok.papers.wording import LOCALES, day_in_words

TABLE: Final = Path(__file__).parent / "data" / "phrases.json"
_MONTHS: Final = {
    "uk": "MMMM y 'року'",
    "en": "MMMM y",
    "de": "MMMM y",
    "pl": "MMMM y 'r.'",
    "fr": "MMMM y",
}
_YEARS: Final = {"uk": "{} року", "en": "{}", "de": "{}", "pl": "{} r.", "fr": "{}"}
_APOSTROPHES: Final = str.maketrans("'ʼ`", "’’’")

Texts = Mapping[str, str]


def end_users(codes: Sequence[str]) -> list[Texts]:
    """Who will use it, by category and each once; defence is no category of letters."""
    return [phrases()["end_users"][code] for code in dict.fromkeys(codes)]


def usual_papers(*, certificates: bool) -> list[Texts]:
    """What a donor is asked to send along; certificates where something on the list needs them."""
    told: list[Texts] = phrases()["papers"]
    return [*told, phrases()["certificates"]] if certificates else told


def tie_words(kind: str, since: str, language: str) -> str:
    """A tie in the nominative with its date, as exact as it is known: "Partnerschaft seit 2025".

    A date that is only a bound or about is left out: a letter must not state it.
    """
    named = str(phrases()["ties"][kind][language])
    day = PartialDate.parse_or_none(since)
    if day is None or day.bound:
        return named
    return str(phrases()["since"][day.precision][language]).format(named, _told(day, language))


def _told(day: PartialDate, language: str) -> str:
    if day.precision == "day":
        return day_in_words(day.earliest, language)
    if day.precision == "month":
        return format_date(day.earliest, _MONTHS[language], locale=LOCALES[language])
    return _YEARS[language].format(day.year)


def translated(given: Texts) -> Texts:
    """The text with translations that are kept for it: «міський голова» is "Mayor".

    What the office wrote itself stays.
    """
    own = given.get("uk", "").translate(_APOSTROPHES)
    known = _known().get(own.casefold(), {})
    found = {lang: _like(own, text) for lang, text in known.items()}
    return {**found, **given}


def _like(own: str, text: str) -> str:
    """With a capital where the office begins with one, or where the language has one anyway."""
    return text[:1].upper() + text[1:] if own[:1].isupper() else text


@cache
def _known() -> Mapping[str, Texts]:
    return {row["uk"].casefold(): row for row in phrases()["known"]}


@cache
def phrases() -> Mapping[str, Any]:
    """The whole table; read once a process, since it is part of the code."""
    found: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found
