"""Accepting: whether a name that the gazetteer knows is meant as a place at all.

Nearly every ordinary word is also the name of some village. A name is believed for its own weight
(a city, and no ordinary word), or for what stands around it (a unit, a country, a preposition),
or because another mention in the text, or its neighbour in a list, was.
"""

import re
from collections.abc import Sequence

from mistok.reading.places.choosing import Chooser, Chosen
from mistok.reading.places.lookup import COUNTRY, DISTRICT, GUESSED, REGION, SETTLEMENT, SOUNDING
from mistok.reading.places.persons import Persons
from mistok.reading.places.shapes import Shapes
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.reading.places.vocabulary import first_names
from mistok.reading.places.wording import Words
from mistok.world.model import NameKind

_LIST = re.compile(r"\s*(?:,|,?\s(?:and|und|та|і|й|oraz|i|sowie|or|&|або|y)|/|[-–—]|;)\s*", re.I)
_KNOWN, _WELL_KNOWN = 0.40, 0.55
_KNOWN_ALIAS = 0.5
_FIRST_NAME = 0.66
_SOUNDING_KNOWN = 0.44
_FAMOUS = 0.7
_LARGE, _TOWN = 100_000, 10_000
_SHORTEST = 3
_UNIT_KINDS = {"district": (DISTRICT,), "region": (REGION,), "state": (REGION,)}
_NOUN_LANGS = frozenset(("de",))


class Accepting:
    """Decides for the spans of one text, in two rounds."""

    def __init__(self, words: Words, persons: Persons, lang: str, chooser: Chooser) -> None:
        self._lies_in, self._countries = chooser.lies_in, chooser.countries
        self._leaning = chooser.leaning
        self._words = words
        self._persons = persons
        self._lang = lang
        self._first_names = first_names()
        self._shapes = Shapes(words, lang)

    def accept(
        self, spans: Sequence[Span], clues: Sequence[Clues], chosen: Sequence[Chosen | None]
    ) -> list[bool]:
        """Say for each span whether it names a place."""
        ends = {span.last for span in spans}
        barred = [
            self._shapes.is_no_name(span, choice)
            for span, choice in zip(spans, chosen, strict=True)
        ]
        chosen = [
            None if is_barred else choice for is_barred, choice in zip(barred, chosen, strict=True)
        ]
        taken = [
            choice is not None and self._is_meant(span, clue, choice, ends)
            for span, clue, choice in zip(spans, clues, chosen, strict=True)
        ]
        self._by_other_mentions(spans, clues, chosen, taken)
        self._by_neighbours(spans, clues, chosen, taken)
        return taken

    def _is_meant(self, span: Span, clue: Clues, choice: Chosen, ends: set[int]) -> bool:
        if span.closed:
            return True
        option = choice.option
        if clue.is_person or self._is_surname(span, clue):
            return False
        if clue.is_joined_on and span.first - 1 not in ends and clue.strength < 2:
            return False
        if span.first == span.last and not self._shapes.is_long_enough(span, clue, choice):
            return False
        if option.kind == COUNTRY:
            return not span.ordinary and option.way <= NameKind.ALIAS
        if span.ordinary:
            return self._ordinary_is_meant(span, clue, choice)
        if option.way >= SOUNDING and not self._sounds_right(clue, choice):
            return False
        if clue.strength == 2 and (clue.is_kind or clue.is_told or option.importance >= 0.3):
            return True
        if self._shapes.is_part_of_name(span, ends) and option.importance < 0.62:
            return False
        if span.base in self._first_names and option.importance < _FIRST_NAME:
            if option.importance < _WELL_KNOWN or clue.after_article:
                return False
            is_about = self._leaning is not None and self._leaning.is_about(option)
            return clue.strength >= 1 or is_about
        return self._is_weighty(span, clue, choice)

    def _is_weighty(self, span: Span, clue: Clues, choice: Chosen) -> bool:
        option = choice.option
        if option.kind == SETTLEMENT:
            return False
        if option.way >= SOUNDING:
            return option.importance >= _SOUNDING_KNOWN
        if option.kind in (REGION, DISTRICT):
            return option.way in (NameKind.NAME, NameKind.FORMER, 4) and (
                option.importance >= _WELL_KNOWN
                or (clue.strength >= 1 and option.importance >= 0.5)
            )
        if option.way in (NameKind.ALIAS, NameKind.SPELLING):
            return option.importance >= (0.42 if clue.strength else 0.5)
        if clue.after_article and self._lang in ("en", "de"):
            return option.importance >= 0.5 and span.last > span.first
        if clue.strength >= 1 or span.last > span.first:
            return option.importance >= 0.25
        return option.importance >= (_KNOWN if option.way <= NameKind.FORMER else 0.45)

    def _sounds_right(self, clue: Clues, choice: Chosen) -> bool:
        """Whether a name that was found by its sound lies where the text says."""
        place = choice.option.place
        if clue.within:
            return any(self._lies_in(place, area) for area in clue.within)
        if choice.option.importance < _SOUNDING_KNOWN:
            return False
        return choice.option.way == GUESSED or choice.option.country in self._countries

    def _ordinary_is_meant(self, span: Span, clue: Clues, choice: Chosen) -> bool:
        """An ordinary word is a town only where it is called one, or a large one is stood in."""
        option = choice.option
        if clue.after_article:
            return False
        if clue.levels and option.kind in _UNIT_KINDS.get(clue.levels[0], ()):
            return True
        if clue.is_kind or (clue.strength == 2 and clue.is_told and option.importance >= 0.45):
            return option.way != NameKind.ALIAS or option.importance >= _KNOWN_ALIAS
        return (
            clue.strength >= 1
            and option.population >= _LARGE
            and option.way == NameKind.NAME
            and option.importance >= _WELL_KNOWN
            and span.first == span.last
        )

    def _is_beside(self, span: Span, beside: Span, clue: Clues, choice: Chosen) -> bool:
        """Whether an ordinary word is a town beside another: a large one, or one of a pair."""
        option, words = choice.option, self._words
        if option.way > NameKind.ALIAS or clue.after_article:
            return False
        if option.population >= _LARGE:
            return True
        first, second = (span, beside) if span.first < beside.first else (beside, span)
        is_pair = second.first - first.last == 2 and words.follows(second.first)
        known = option.population >= _TOWN and option.importance >= _KNOWN_ALIAS
        return is_pair and known and not words.opens(span.first)

    def _is_surname(self, span: Span, clue: Clues) -> bool:
        folded = self._words.folds[span.last]
        return clue.strength < 2 and self._persons.knows(folded, self._lang)

    def _by_other_mentions(
        self,
        spans: Sequence[Span],
        clues: Sequence[Clues],
        chosen: Sequence[Chosen | None],
        taken: list[bool],
    ) -> None:
        """A name that is a place somewhere in the text is one elsewhere, but for ordinary words."""
        bases = {span.base for span, is_taken in zip(spans, taken, strict=True) if is_taken}
        for at, (span, clue) in enumerate(zip(spans, clues, strict=True)):
            if taken[at] or chosen[at] is None or not span.base or span.base not in bases:
                continue
            if clue.is_person or self._shapes.is_part_of_name(span, set()):
                continue
            opens = self._words.opens(span.first) or self._lang in _NOUN_LANGS
            if span.ordinary and (clue.after_article or (opens and clue.strength < 1)):
                continue
            taken[at] = True

    def _by_neighbours(
        self,
        spans: Sequence[Span],
        clues: Sequence[Clues],
        chosen: Sequence[Chosen | None],
        taken: list[bool],
    ) -> None:
        """What stands in a list with places is one."""
        words = self._words
        order = [*range(1, len(spans)), *range(len(spans) - 2, -1, -1)]
        for step, at in enumerate(order):
            other = at - 1 if step < len(spans) - 1 else at + 1
            choice, neighbour = chosen[at], chosen[other]
            if taken[at] or not taken[other] or choice is None or neighbour is None:
                continue
            span, beside = spans[at], spans[other]
            if clues[at].is_joined_on and beside.last != span.first - 1:
                continue
            if (
                (span.ordinary and not self._is_beside(span, beside, clues[at], choice))
                or clues[at].is_person
                or self._is_surname(span, clues[at])
            ):
                continue
            if beside.how != "name" or neighbour.option.kind == COUNTRY:
                continue
            first, second = (span, beside) if span.first < beside.first else (beside, span)
            between = words.source[words.ends[first.last] : words.starts[second.first]]
            if len(between) < 12 and _LIST.fullmatch(between):
                taken[at] = choice.option.importance >= 0.25 and not self._shapes.is_part_of_name(
                    span, {one.last for one in spans}
                )
