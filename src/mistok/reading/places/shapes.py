"""Shapes: whether words can be a place's name by how they are written and by their neighbours."""

from functools import cache

from mistok.reading.places.adjectives import UNIT_WORDS
from mistok.reading.places.choosing import Chosen
from mistok.reading.places.leaning import state_in_short
from mistok.reading.places.lookup import COUNTRY
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.reading.places.vocabulary import cues, ordinary_words
from mistok.reading.places.wording import Words
from mistok.world.finding.nations import nation_of
from mistok.world.finding.words import unit_words
from mistok.world.model import NameKind

_FAMOUS, _KNOWN_SHORT, _OF_TWO_LETTERS = 0.7, 0.62, 0.75
_SHORTEST = 3
_NOUN_LANGS = frozenset(("de",))


@cache
def _known_beside() -> frozenset[str]:
    """Words with a capital that may stand beside a name and are no part of it."""
    return cues("title") | cues("council") | cues("partner") | cues("way_after")


@cache
def _no_names(lang: str) -> frozenset[str]:
    """Words that are no place by themselves."""
    small = cues("article") | cues("locative") | cues("and") | cues("stand")
    return _known_beside() | small | cues("way_before") | UNIT_WORDS | unit_words(lang)


class Shapes:
    """Knows the words of one text, and the words that are never a name."""

    def __init__(self, words: Words, lang: str) -> None:
        self._words = words
        self._lang = lang
        self._ordinary = ordinary_words(lang)
        self._known_beside = _known_beside()
        self._no_names = _no_names(lang)

    def is_no_name(self, span: Span, choice: Chosen | None) -> bool:
        """Whether words can be no name: titles, units, abbreviated states, single letters."""
        words, first, last = self._words, span.first, span.last
        if span.closed or choice is None:
            return False
        if first == last:
            folded = words.folds[first]
            return folded in self._no_names or len(folded) < 2 or self._is_abbreviation(first)
        if words.folds[last] not in self._no_names:
            return False
        before = (words.folds[at] for at in range(first, last))
        alias = choice.option.way == NameKind.ALIAS
        return all(one in self._no_names or (alias and one in self._ordinary) for one in before)

    def is_long_enough(self, span: Span, clue: Clues, choice: Chosen) -> bool:
        """Of single words: no titles, short ones only where told, capitals only in capitals."""
        words, at = self._words, span.first
        written, option = words.texts[at], choice.option
        if written.isupper():
            if len(written) == 2:
                return option.importance >= _OF_TWO_LETTERS
            if option.kind != COUNTRY and not self._is_shouted(at):
                return clue.strength >= 1 and option.importance >= _FAMOUS and not span.ordinary
        elif len(written) <= _SHORTEST:
            return (
                len(written) == _SHORTEST
                and (clue.is_kind or not span.ordinary)
                and (clue.is_kind or option.importance >= _KNOWN_SHORT)
            )
        return True

    def _is_abbreviation(self, at: int) -> bool:
        """Whether a state is abbreviated behind its town: "Duluth, Minn.", "Gary, IN"."""
        words = self._words
        if words.gap(at) == ", " and state_in_short(words, at):
            return True
        if words.gap(at) != ", " or not nation_of(words.folds[at], set_off=True):
            return False
        end = words.ends[at]
        return words.texts[at].isupper() or words.source[end : end + 1] == "."

    def _is_shouted(self, at: int) -> bool:
        """Whether a whole line, or the name that opens it, stands in capitals."""
        words = self._words
        beside = [
            one
            for one in (at - 1, at + 1)
            if 0 <= one < len(words) and words.sentences[one] == words.sentences[at]
        ]
        return words.opens(at) or all(words.texts[one].isupper() for one in beside)

    def is_part_of_name(self, span: Span, ends: set[int]) -> bool:
        """Whether capitalised words of no known sort stand right before or after the name."""
        if self._lang in _NOUN_LANGS:
            return False
        words, before, nxt = self._words, span.first - 1, span.last + 1
        if before >= 0 and words.follows(span.first) and words.capital[before]:
            is_known = before in ends or words.folds[before] in self._known_beside
            if not (words.opens(before) or is_known or words.texts[span.first].isupper()):
                return True
        if nxt < len(words) and words.follows(nxt) and words.capital[nxt]:
            if words.owned[span.last] or words.folds[nxt] in self._known_beside:
                return False
            return not words.texts[span.last].isupper() and nxt not in ends
        return False
