"""Words that say a country or a region: "Ukrainian", "ukraińska", "у Польщі", "Calif.".

The table `data/nations.csv` lists them by country. Columns: `code`, ISO 3166-1, or ISO 3166-2
where the word says a region (XK is Kosovo); `lang`, ISO 639-1; `form`, as `fold` gives it, one
row for every inflected form; `sort`, one of SORTS. No form has two codes.

Left out: nominatives of countries that the gazetteer knows (it lacks most Russian ones); what is
as often something else (Polish Kosowie is Kosovo's and Kosiv's, "podlaski" ends names outside of
that voivodeship, "Soviet" is no country); uninflected German adjectives, which begin names
elsewhere (Ungarisch Hradisch).
Abbreviations of American states are the Postal Service's and those of newspapers (the AP
stylebook up to 2014); "DE" is left to Germany.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

SORTS = ("adjective", "country", "region", "abbreviation", "landscape")
"""What a form is: "ukrainischen", "Україні", "Житомирщині", "NRW"."""

_TABLE = Path(__file__).parent / "data" / "nations.csv"

# Abbreviations that are also a word, a name or a part of names: Act, Alta, Del Rio, Mont, Vic.
_ALSO_WORDS = frozenset(
    "act ala alas alta ark cal colo del ida ill ind kan miss mont ore pei que vic wash".split()
)


def nation_of(folded: str, *, set_off: bool = False) -> str | None:
    """Give the code that a folded word or phrase says; None when it says none.

    The code is of ISO 3166-1 ("UA", and "XK" for Kosovo) or of ISO 3166-2 ("DE-BY", "UA-18").
    With `set_off`, the text stood alone after a comma or in brackets. Only then are
    abbreviations understood that are words as well, and those of one or two letters: "Gary, IN"
    lies in Indiana, "Czernowitz in der Ukraine" does not. Some of these are also the code of a
    country ("IL", "MD", "CA"); which one is meant, the place must tell.
    """
    words = _words()
    code = words.anywhere.get(folded)
    return words.set_off.get(folded) if code is None and set_off else code


class Said(NamedTuple):
    """A country's or region's code, and what sort of word said it (one of SORTS)."""

    code: str
    sort: str


def nation_said(folded: str) -> Said | None:
    """Give code and sort of a folded word or phrase of running text; None when it says none.

    Abbreviations are left out, and so are landscapes: only what stood alone may be one.
    """
    return _words().said.get(folded)


def opens_nation(folded: str) -> bool:
    """Whether phrases of several words that say a nation begin with this folded word."""
    return folded in _words().openings


def nation_of_adjective(folded: str) -> str | None:
    """Give the code that a folded adjective says, in any gender and case; None for other words.

    An adjective may also be a part of the name (Indian Wells, Węgierska Górka,
    Новоград-Волинський): look the whole up first, and take off only what stands before a name.
    """
    return _words().adjectives.get(folded)


def _needs_setting_off(abbreviation: str) -> bool:
    short = all(len(word) <= 2 for word in abbreviation.split())
    return short or abbreviation in _ALSO_WORDS


class _Words(NamedTuple):
    """Codes by form: adjectives, whatever is understood anywhere, and what must be set off.

    `said` has the sort as well; `openings` are the first words of forms with several.
    """

    adjectives: dict[str, str]
    anywhere: dict[str, str]
    set_off: dict[str, str]
    said: dict[str, Said]
    openings: set[str]


@cache
def _words() -> _Words:
    words = _Words({}, {}, {}, {}, set())
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        for code, _lang, form, sort in rows:
            if sort == "landscape" or (sort == "abbreviation" and _needs_setting_off(form)):
                words.set_off[form] = code
                continue
            words.anywhere[form] = code
            if sort != "abbreviation":
                words.said[form] = Said(code, sort)
                first, blank, _rest = form.partition(" ")
                if blank:
                    words.openings.add(first)
            if sort == "adjective":
                words.adjectives[form] = code
    return words
