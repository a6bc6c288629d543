"""Goods that help consists of: their words in four languages, and what they are called in English.

`data/goods.csv` has a line for each: its English name in the singular (goods without number as
they are said), its unit ("pcs" for what is counted), a mark (`g` says nothing particular, such as
"humanitarian aid"; `c` holds other goods; `q` counts only with a number, for the word has other
meanings; `k` is called so whatever the English text says) and its words. `*` stands for an ending,
in German also for the beginning of a compound.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from mistok.reading.aid.words import Word

_SHORTEST_STEM = 2
_LONGEST_WORD = 40
_LONGEST_ENDING = 3
_PLURAL_UK = ("и", "і", "ів", "їв", "ей", "ам", "ям", "ами", "ями", "ах", "ях", "ії", "ок", "их")
_PLURAL_PL = ("y", "i", "e", "ów", "ek", "om", "ami", "ach", "ie")
_MANY = {"pl": "ek", "uk": "ок"}
_NEUTER_PL = ("łóż", "aut", "okn", "urządze", "krzes", "biurk")


@dataclass(frozen=True, slots=True)
class Goods:
    """A kind of goods; `mark` as in the table."""

    what: str
    unit: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Goods in a sentence: words `first` to `last` (excluded); `one` when said in the singular."""

    first: int
    last: int
    goods: Goods
    one: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a pattern, and whether something may stand before or after it."""

    text: str
    lead: bool
    tail: bool

    def fits(self, low: str) -> bool:
        if self.lead:
            return self.text in low if self.tail else low.endswith(self.text)
        return low.startswith(self.text) if self.tail else low == self.text


@dataclass(frozen=True, slots=True)
class _Pattern:
    parts: tuple[_Part, ...]
    goods: Goods


@dataclass(frozen=True, slots=True)
class _Lexicon:
    exact: dict[str, list[_Pattern]]
    stems: dict[str, list[_Pattern]]
    tails: dict[str, list[_Pattern]]
    inner: dict[str, list[_Pattern]]


def goods_at(words: list[Word], place: int, lang: str) -> Told | None:
    """Give the longest name of goods that begins at a word; None when none does."""
    word = words[place]
    if word.mention is not None or len(word.low) > _LONGEST_WORD:
        return None
    best: Told | None = None
    for pattern in _first_fits(lang, word.low):
        last = place + len(pattern.parts)
        if last > len(words) or (best is not None and last <= best.last):
            continue
        rest = zip(words[place + 1 : last], pattern.parts[1:], strict=True)
        if all(_fits(part, other, lang) for other, part in rest):
            noun = words[last - 1]
            if lang == "de" and not noun.text[0].isupper():
                continue
            # "Wóz strażacki": the noun without an ending is one, whatever its adjective ends with.
            whole = lang == "pl" and last - place > 1 and pattern.parts[0].text == word.low
            best = Told(place, last, pattern.goods, whole or _said_once(noun.low, pattern, lang))
    return best


def singular(low: str) -> str:
    """The singular of an English word: "batteries" is "battery", "buses" is "bus"."""
    if len(low) < 4 or low.endswith(("ss", "us", "is")):
        return low
    if low.endswith("ies"):
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "uses")):
        return low[:-2]
    return low[:-1] if low.endswith("s") else low


def _fits(part: _Part, word: Word, lang: str) -> bool:
    if word.mention is not None:
        return False
    return part.fits(word.low) or (lang == "en" and singular(word.low) == part.text)


@lru_cache(maxsize=20_000)
def _first_fits(lang: str, low: str) -> tuple[_Pattern, ...]:
    """Patterns whose first word this can be, the more exact and the longer ones first."""
    lexicon = _lexicon(lang)
    found = list(lexicon.exact.get(low, ()))
    if lang == "en":
        for single in {singular(low), low.removesuffix("s")} - {low}:
            found += lexicon.exact.get(single, ())
    for size in range(len(low), _SHORTEST_STEM, -1):
        found += lexicon.stems.get(low[:size], ())
    for first in range(len(low) - _SHORTEST_STEM) if lexicon.tails else ():
        found += lexicon.tails.get(low[first:], ())
        for last in range(len(low), first + _SHORTEST_STEM, -1):
            found += lexicon.inner.get(low[first:last], ())
    if lang == "de":
        found.sort(key=lambda pattern: _reach(pattern.parts[0], low), reverse=True)
    return tuple(found)


def _reach(part: _Part, low: str) -> tuple[int, int]:
    """How far to the right a piece of a compound reaches: its last part says what it is."""
    end = low.rfind(part.text) + len(part.text)
    whole = part.tail and len(low) - end <= _LONGEST_ENDING
    return len(low) if whole else end, len(part.text)


@cache
def _lexicon(lang: str) -> _Lexicon:
    lexicon = _Lexicon({}, {}, {}, {})
    table = files("mistok.reading.aid") / "data" / "goods.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter=";")
    for row in rows:
        goods = Goods(row["what"], row["unit"], row["mark"])
        told = [name for name in row[lang].split("|") if name]
        if lang == "en":
            told = [row["what"].lower(), *told]
        kept = lang != "en" or "k" in goods.mark
        for name in told:
            said = goods if kept or name == goods.what.lower() else replace(goods, what=name)
            _file(lexicon, _Pattern(tuple(_part(word) for word in name.split()), said), lang)
    return lexicon


def _part(told: str) -> _Part:
    return _Part(told.strip("*"), told.startswith("*"), told.endswith("*") and len(told) > 1)


def _file(lexicon: _Lexicon, pattern: _Pattern, lang: str) -> None:
    first = pattern.parts[0]
    if first.lead:
        shelf = lexicon.inner if first.tail else lexicon.tails
    else:
        shelf = lexicon.stems if first.tail else lexicon.exact
    shelf.setdefault(first.text, []).append(pattern)
    many = _MANY.get(lang, "")
    if many and first.tail and len(pattern.parts) == 1 and first.text.endswith(("к", "k")):
        # The genitive of many puts a vowel in: paczka, paczek; аптечка, аптечок.
        several = _Pattern((_Part(first.text[:-1] + many, False, False),), pattern.goods)
        lexicon.exact.setdefault(first.text[:-1] + many, []).append(several)
    if lang == "en" and len(pattern.parts) == 1 and (single := singular(first.text)) != first.text:
        lexicon.exact.setdefault(single, []).append(pattern)


def _said_once(low: str, pattern: _Pattern, lang: str) -> bool:
    """Whether the noun stands in the singular (for languages without articles: by its ending)."""
    if lang == "en":
        return singular(low) == low
    if lang == "de":
        return False
    ending = low[len(pattern.parts[-1].text) :]
    if lang == "pl":
        if low.startswith(_NEUTER_PL):
            return not low.endswith(("a", "ek", "ach"))
        return not low.endswith(_PLURAL_PL) or (ending == "" and low.endswith("ek"))
    return not low.endswith(_PLURAL_UK)
