"""The words of a sentence with the places among them, as aid and projects look at them.

A place is one word, however many it is written with, so that rules can look at what stands before
and after it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mistok.reading.model import Mention, Page, Sentence

MOST_WORDS = 400
"""A sentence with more words is a table or no sentence; only its beginning is looked at."""

NAMING = frozenset({"name", "adjective", "capital", "country"})
"""Roles of mentions that can be a giver or receiver."""

_WORD = re.compile(
    r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d{1,3}(?!\d))?|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+(?:[-'’ʼ‑]?[^\W_]+)*|[^\w\s]"
)
_GOVERNMENT = re.compile(r"\s(?:government|state|уряд|держав|Regierung|rząd)", re.IGNORECASE)
_APOSTROPHES = str.maketrans("’ʼ`´‑", "''''-")


@dataclass(slots=True)
class Word:
    """A word, number, sign or place; `low` is in small letters with plain apostrophes.

    `dated` words tell a date.
    """

    text: str
    low: str
    start: int
    end: int
    mention: Mention | None = None
    dated: bool = False

    @property
    def number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()

    @property
    def sign(self) -> bool:
        """Whether it is a punctuation mark or currency sign."""
        return not self.text[0].isalnum() and self.mention is None


@dataclass(slots=True)
class Line:
    """A sentence as words; `number` is its position in `Text.sentences`."""

    number: int
    sentence: Sentence
    words: list[Word]


class Lines:
    """Sentences of a page as words, made only when somebody looks at one."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._made: dict[int, Line] = {}

    @cached_property
    def _places(self) -> Sequence[Mention]:
        text = self._page.text.text
        return [
            m
            for m in self._page.mentions
            if m.role in NAMING
            or m.role == "passing"
            or (m.role == "nationality" and _GOVERNMENT.match(text, m.end))
        ]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [mention.start for mention in self._places]

    @cached_property
    def _days(self) -> Sequence[int]:
        return [date.start for date in self._page.dates]

    def line(self, number: int) -> Line:
        """Give a sentence as words."""
        made = self._made.get(number)
        if made is None:
            sentence = self._page.text.sentences[number]
            made = Line(number, sentence, self._words(sentence))
            self._made[number] = made
        return made

    def _words(self, sentence: Sentence) -> list[Word]:
        words: list[Word] = []
        text = self._page.text.text
        position = sentence.start
        for mention in self._within(sentence):
            if mention.start < position:
                continue
            words += _plain(text, position, mention.start)
            surface = text[mention.start : mention.end]
            if mention.role == "nationality":
                # "The Estonian government" is the country.
                mention = replace(mention, role="country")
            words.append(Word(surface, surface.lower(), mention.start, mention.end, mention))
            position = mention.end
            if len(words) > MOST_WORDS:
                return words
        words += _plain(text, position, sentence.end)
        return self._dated(words[:MOST_WORDS], sentence)

    def _dated(self, words: list[Word], sentence: Sentence) -> list[Word]:
        first = bisect_left(self._days, sentence.start)
        for date in self._page.dates[first:]:
            if date.start >= sentence.end:
                break
            for word in words:
                word.dated = word.dated or date.start <= word.start < date.end
        return words

    def _within(self, sentence: Sentence) -> Iterator[Mention]:
        for place in range(bisect_left(self._starts, sentence.start), len(self._places)):
            mention = self._places[place]
            if mention.end > sentence.end:
                return
            yield mention


def _plain(text: str, start: int, end: int) -> list[Word]:
    words: list[Word] = []
    for found in _WORD.finditer(text, start, end):
        word = found.group()
        words.append(Word(word, word.lower().translate(_APOSTROPHES), found.start(), found.end()))
        if len(words) > MOST_WORDS:
            break
    return words
