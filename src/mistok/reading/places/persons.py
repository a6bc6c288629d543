"""Persons: words that are somebody's name, so that a mayor called Keller is no town.

A person is a first name and a capitalised word after it, a title and capitalised words after it,
or an initial and a capitalised word. Surnames that were read so are known in the whole text.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from mistok.reading.places.adjectives import UNIT_WORDS
from mistok.reading.places.forms import bases
from mistok.reading.places.lookup import HROMADA, MUNICIPALITY, REGION, Gazetteer
from mistok.reading.places.vocabulary import cues, first_names
from mistok.reading.places.wording import Words
from mistok.world.finding.nations import nation_said
from mistok.world.finding.words import levels_before
from mistok.world.model import NameKind

_PARTICLES = frozenset("von van de der den del di da zu la le al el bin ten".split())
_BENT_NAME = re.compile("(ом|ем|єм|ою|ею|а|я|у|ю|ові|еві|і|ї|и|em|iem|a|owi|u|y|i|ie|ą|ę|s)$")
_NOMINATIVES = ("", "а", "я", "ии", "іи", "и", "о", "a", "y", "i", "o", "ek")
_BENT_LANGS = frozenset(("uk", "pl"))
_IMPORTANT = 0.42
_MOST_NAMES = 4
_SHORTEST_STEM = 4


@dataclass(slots=True)
class Persons:
    """Positions of words in persons' names, and folded surnames."""

    words: set[int] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    _stems: set[str] = field(default_factory=set)

    def add(self, words: Words, first: int, last: int) -> None:
        """Take the words from first to last for a person."""
        self.words.update(range(first, last + 1))
        surname = words.folds[last]
        if len(surname) >= _SHORTEST_STEM:
            self.surnames.add(surname)
            self._stems.add(surname[: max(_SHORTEST_STEM, len(surname) - 2)])

    def knows(self, folded: str, lang: str) -> bool:
        """Whether a folded word is a surname of the text, perhaps in another case."""
        if folded in self.surnames:
            return True
        if lang == "de" and folded[-1:] == "s" and folded[:-1] in self.surnames:
            return True
        if lang not in _BENT_LANGS:
            return False
        return any(
            folded[: max(_SHORTEST_STEM, len(folded) - cut)] in self._stems for cut in (1, 2, 3)
        )


def persons_in(words: Words, gazetteer: Gazetteer, lang: str) -> Persons:
    """Find the persons of a text."""
    finder = _Finder(words, gazetteer, lang)
    at = 0
    titles, capital, folds, size = cues("title"), words.capital, words.folds, len(words)
    while at < size:
        if capital[at] or folds[at] in titles:
            at = max(finder.read(at), at + 1)
        else:
            at += 1
    return finder.persons


class _Finder:
    def __init__(self, words: Words, gazetteer: Gazetteer, lang: str) -> None:
        self.persons = Persons()
        self._words = words
        self._gazetteer = gazetteer
        self._lang = lang
        self._titles = cues("title")
        self._names = first_names()
        self._no_first_names = cues("council") | cues("title")
        self._not_surnames = cues("title") | cues("council") | cues("partner")

    def read(self, at: int) -> int:
        """Look for a person that begins at a word; give the position after it."""
        words = self._words
        folded = words.folds[at]
        if folded in self._titles:
            return self._titled(at)
        if not words.capital[at]:
            return at + 1
        if len(words.texts[at]) == 1 and words.gap(at + 1) in (". ", ".\u00a0", "."):
            return self._initialled(at)
        if self._is_first_name(at) and self._has_surname(at):
            return self._after_town(at) or self._taken(at)
        return at + 1

    def _after_town(self, at: int) -> int:
        """The position after a town that has a person's name, and a unit before it; else 0."""
        words = self._words
        if at == 0 or not words.follows(at) or levels_before(words.folds[at - 1]) is None:
            return 0
        name, nxt = words.folds[at], at + 1
        while nxt < len(words) and words.capital[nxt] and nxt - at < _MOST_NAMES:
            if not (words.follows(nxt) or words.is_joined(nxt)):
                break
            name += " " + words.folds[nxt]
            if any(one.kind == MUNICIPALITY for one in self._gazetteer.options(name)):
                return nxt + 1
            nxt += 1
        return 0

    def _titled(self, at: int) -> int:
        """A title, and who bears it: "Mayor Terekhov", "мер Віталій Кличко", not "мер Харкова"."""
        words = self._words
        following = at + 1
        while following < len(words) and words.folds[following] in self._titles:
            if not words.follows(following):
                return following
            following += 1
        if following >= len(words) or not words.capital[following]:
            return following
        if not words.follows(following) and words.gap(following) != ". ":
            return following
        if self._is_first_name(following) and self._has_surname(following):
            return self._taken(following)
        if self._is_place_of_office(following) or self._is_unit(following):
            return following
        if words.folds[at] == "saint":
            return following
        return self._taken(following)

    def _is_unit(self, at: int) -> bool:
        """Whether a word and its unit are the place of the office: "голова Хотинської громади"."""
        words, nxt = self._words, at + 1
        if nxt < len(words) and words.follows(nxt) and words.folds[nxt] in UNIT_WORDS:
            return True
        opens = nxt < len(words) and words.capital[nxt] and words.follows(nxt)
        return opens and self._lang in _BENT_LANGS and self._is_whole_name(nxt)

    def _is_whole_name(self, at: int) -> bool:
        return self._is_first_name(at) and self._has_surname(at)

    def _is_place_of_office(self, at: int) -> bool:
        """Whether the word after a title is the town of the office: burmistrz Mroczy."""
        words, lang = self._words, self._lang
        folded = words.folds[at]
        if lang in _BENT_LANGS:
            entry = self._gazetteer.entry(folded)
            goes_on = entry.goes_on and at + 1 < len(words) and words.capital[at + 1]
            if goes_on or words.gap(at + 1) in ("-", "‑"):
                return True
            for base in bases(words.texts[at], folded, lang):
                if self._names_town(base):
                    return True
            # A name that is not bent: мер Осло. Persons after titles are, but names of towns too.
            return self._names_town(folded) and folded[-1] in "оеоуоeuo"
        # English and German need "of" or "von" between, but a town may open a row of titles.
        nxt = at + 1
        return nxt < len(words) and words.folds[nxt] in self._titles and words.follows(nxt)

    def _names_town(self, base: str) -> bool:
        return any(
            option.kind in (HROMADA, MUNICIPALITY, REGION)
            and option.way <= NameKind.FORMER
            and option.importance >= _IMPORTANT
            for option in self._gazetteer.options(base)
        )

    def _initialled(self, at: int) -> int:
        words = self._words
        nxt = at + 1
        if nxt < len(words) and len(words.texts[nxt]) == 1 and words.gap(nxt + 1) == ". ":
            nxt += 1
        if nxt < len(words) and words.capital[nxt] and len(words.texts[nxt]) > 2:
            self.persons.add(words, at, nxt)
            return nxt + 1
        return at + 1

    def _is_first_name(self, at: int) -> bool:
        word = self._words.texts[at]
        if self._words.folds[at] in self._no_first_names:
            return False
        if word.isupper() and len(word) <= _SHORTEST_STEM - 1:
            return False
        return _is_first_name(self._words.folds[at], self._lang in _BENT_LANGS)

    def _has_surname(self, at: int) -> bool:
        """Whether a capitalised word goes on that is no title and no body of a town."""
        words = self._words
        nxt = at + 1
        while nxt < len(words) and words.folds[nxt] in _PARTICLES and words.follows(nxt):
            nxt += 1
        if nxt >= len(words) or not words.capital[nxt]:
            return False
        if not (words.follows(nxt) or words.is_joined(nxt)):
            return words.gap(nxt) == ". " and len(words.texts[nxt - 1]) == 1
        if words.folds[nxt] in self._not_surnames or words.owned[at]:
            return False
        return not self._is_famous_town(at, nxt)

    def _is_famous_town(self, at: int, nxt: int) -> bool:
        """Whether both words together are the name of a city: San Jose, Ivano-Frankivsk."""
        name = f"{self._words.folds[at]} {self._words.folds[nxt]}"
        options = self._gazetteer.options(name)
        return any(o.importance >= _IMPORTANT and o.way <= NameKind.FORMER for o in options)

    def _taken(self, at: int) -> int:
        """The capitalised words from here on, hyphens and particles between them."""
        words = self._words
        last = at
        for _ in range(_MOST_NAMES):
            nxt = last + 1
            while nxt < len(words) and words.folds[nxt] in _PARTICLES and words.follows(nxt):
                nxt += 1
            if nxt >= len(words) or not words.capital[nxt]:
                break
            if not (words.follows(nxt) or words.is_joined(nxt)) or words.owned[nxt - 1]:
                initial = words.gap(nxt) == ". " and len(words.texts[nxt - 1]) == 1
                if not initial:
                    break
            if words.folds[nxt] in self._not_surnames:
                break
            if last > at and not words.is_joined(nxt) and not self._goes_on(at, last):
                break
            last = nxt
        self.persons.add(words, at, last)
        return last + 1

    def _goes_on(self, at: int, last: int) -> bool:
        """Whether all words so far are first names, so that the surname is still to come."""
        return all(
            self._words.folds[one] in self._names or len(self._words.texts[one]) == 1
            for one in range(at, last + 1)
        ) or self._words.is_joined(last)


@lru_cache(maxsize=60_000)
def _is_first_name(folded: str, is_bent: bool) -> bool:
    """Whether a folded word is a first name, perhaps in another case than the nominative."""
    if nation_said(folded):
        return False
    names = first_names()
    if folded in names:
        return True
    if not is_bent or len(folded) < _SHORTEST_STEM:
        return False
    stem = _BENT_NAME.sub("", folded)
    return any(stem + ending in names for ending in _NOMINATIVES)
