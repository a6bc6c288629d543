"""Misspelt names: looked for where a unit or a partner says that a place is named."""

from mistok.reading.places.clues import Around
from mistok.reading.places.guessing import Guesser, looks_eastern, looks_like_a_word
from mistok.reading.places.lookup import SOUNDING
from mistok.reading.places.persons import Persons
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.reading.places.unknown import Unknown
from mistok.reading.places.wording import Words

_WELL_KNOWN = 0.7
_BENT_LANGS = frozenset(("uk", "pl"))


class Misspelt:
    """Finds the names of one text that the gazetteer has in another spelling only."""

    def __init__(self, words: Words, lang: str, around: Around, guesser: Guesser) -> None:
        self._words, self._lang = words, lang
        self._around, self._guesser = around, guesser
        self._unknown = Unknown(words, lang)
        self.lacking: list[tuple[Span, Clues, str]] = []

    def add(self, spans: list[Span], clues: list[Clues], persons: Persons, read_to: int) -> None:
        """Put what is found among the spans and clues; `read_to` is the end of what was read."""
        words = self._words
        self._lengthen(spans, clues, persons)
        known = {at for span in spans for at in range(span.first, span.last + 1)}
        more: list[tuple[Span, Clues]] = []
        for at in range(read_to):
            if not words.capital[at] or at in known or at in persons.words:
                continue
            eastern = looks_eastern(words.folds[at], self._lang)
            if not eastern and not self._unknown.is_promising(at):
                continue
            span = self._unknown.name_at(at, known)
            if span is None:
                continue
            clue = self._around.clues(span)
            if self._guess(span, clue):
                more.append((span, clue))
        if more:
            every = sorted([*zip(spans, clues, strict=True), *more], key=lambda one: one[0].first)
            spans[:] = [span for span, _ in every]
            clues[:] = [clue for _, clue in every]

    def _guess(self, span: Span, clue: Clues) -> bool:
        words = self._words
        eastern = looks_eastern(words.folds[span.last], self._lang) and clue.strength >= 1
        least = 2 if self._lang == "de" and not eastern else 1
        if clue.strength < least or clue.after_article:
            return False
        if looks_like_a_word(words.folds[span.last]):
            return False
        sounding = self._guesser.sounding(words, span.first, span.last, self._lang)
        country = self._guesser.country(clue)
        span.options = tuple(one for one in sounding if country in (None, one.country))
        by_table = country == "CN" and self._lang == "uk"
        if by_table or clue.levels[:1] == ["district"]:
            span.options = ()
        told = clue.is_told or (self._lang in _BENT_LANGS and clue.within)
        if not span.options and (clue.is_announced or eastern or told):
            span.options = self._guesser.options(words, span.first, span.last, clue, self._lang)
        if not span.options and country and clue.is_told and clue.is_announced:
            self.lacking.append((span, clue, country))
        return bool(span.options)

    def _lengthen(self, spans: list[Span], clues: list[Clues], persons: Persons) -> None:
        """A known name that goes on with unknown words is another: Мілфорд | Хейвон."""
        if self._lang not in _BENT_LANGS:
            return
        words = self._words
        known = {at for span in spans for at in range(span.first, span.last + 1)}
        for at, span in enumerate(spans):
            nxt = span.last + 1
            if span.closed or span.how != "name" or not 0 < nxt < len(words):
                continue
            goes_on = words.capital[nxt] and (words.follows(nxt) or words.is_joined(nxt))
            if not goes_on or nxt in known or nxt in persons.words:
                continue
            if span.options[0].importance >= _WELL_KNOWN and not words.is_joined(nxt):
                continue
            longer = self._unknown.run_from(span.first, known - set(range(span.first, nxt)))
            clue = self._around.clues(longer)
            if clue.strength == 2 and self._guess(longer, clue):
                longer.options = tuple(one for one in longer.options if one.way >= SOUNDING)
                spans[at], clues[at] = longer, clue
