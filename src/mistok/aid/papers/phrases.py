"""Words that papers of aid need and that nobody writes: by language, from `data/words.json`."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date

from mistok.aid.models import AidAct, AidLine
from mistok.needs.appeals.place_names import CYRILLIC, person_in
from mistok.needs.appeals.wording import end_users, translated
from mistok.needs.items import item as item_of
from mistok.needs.models.lines import EndUser
from mistok.papers import LANGUAGES, template
from mistok.papers.wording import LOCALES, day_in_words

TABLE: Final = Path(__file__).parent / "data" / "words.json"
_CAPITAL: Final = "de"
"""The language that writes nouns with a capital inside a sentence too."""

Texts = dict[str, str]
Languages = Sequence[str]


@cache
def words() -> Mapping[str, Any]:
    """The whole table; read once a process, since it is part of the code."""
    found: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def said(phrase: str, languages: Languages, /, **filled: Mapping[str, str]) -> Texts:
    """One phrase in these languages; `filled`: what stands in its gaps, by language."""
    return {
        lang: words()[phrase][lang].format(**{gap: text[lang] for gap, text in filled.items()})
        for lang in languages
    }


def word_of(group: str, code: str, languages: Languages) -> Texts:
    """One word of a group, such as a duty; as it was written where the table has none."""
    known = words()[group].get(code)
    if known is None:
        return everywhere(code, languages)
    return {lang: known[lang] for lang in languages}


def everywhere(text: str, languages: Languages) -> Texts:
    """What was written in one language only, in each; with translations that are kept."""
    kept = translated({"uk": text})
    return {lang: kept.get(lang, text) for lang in languages}


def person(name: str, languages: Languages) -> Texts:
    """A name in the letters of each language; one in Latin letters stays as it is."""
    given = {"uk": name} if CYRILLIC.search(name) else dict.fromkeys(LANGUAGES, name)
    return {lang: person_in(given, lang) for lang in languages}


def goods(line: AidLine, languages: Languages) -> Texts:
    """What a line holds: as it was named, else by the catalogue, else in a language it has."""
    known = item_of(line.item) if line.item else None
    names = line.names
    spare = names.get("en") or next(iter(names.values()), "")
    return {lang: names.get(lang) or (known.name(lang) if known else spare) for lang in languages}


def users(categories: Iterable[str], languages: Languages) -> list[Texts]:
    """Categories of those who use goods, each once."""
    return [category(code, languages) for code in dict.fromkeys(categories)]


def category(code: str, languages: Languages) -> Texts:
    """One category; that of defence stands in internal papers alone."""
    known = words()["defence"] if code == EndUser.DEFENCE else end_users([code])[0]
    return {lang: known[lang] for lang in languages}


def month(day: dt.date, languages: Languages) -> Texts:
    """The month and the year: «листопад 2026 року», "November 2026"."""
    return {
        lang: format_date(day, words()["months"][lang], locale=LOCALES[lang]) for lang in languages
    }


def paper_of_act(act: AidAct, kind: str, languages: Languages) -> Texts:
    """An act as another paper names it: "acceptance act No. 7/2026 of 12 October 2026"."""
    titles = template(kind).title
    return said(
        "follows",
        languages,
        title={lang: inside(titles[lang], lang) for lang in languages},
        number=dict.fromkeys(languages, f"{act.number}/{act.year}"),
        day={lang: day_in_words(act.day, lang) for lang in languages},
    )


def inside(text: str, language: str) -> str:
    """A title as it stands inside a sentence."""
    return text if language == _CAPITAL else text[:1].lower() + text[1:]
