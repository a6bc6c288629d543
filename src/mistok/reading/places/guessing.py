"""Guessing: misspelt names that stand where only a place can stand.

Only what a text calls a town, or ties to a country, is looked for by likeness, and only so many
names a text, because each such search costs milliseconds.
"""

import re
from dataclasses import dataclass, field

from mistok.reading.places.lookup import (
    GUESSED,
    HROMADA,
    MUNICIPALITY,
    REGION,
    SOUNDING,
    Gazetteer,
    Option,
    Options,
)
from mistok.reading.places.told import Clues
from mistok.reading.places.transcribing import spellings
from mistok.reading.places.wording import Words
from mistok.world import Match
from mistok.world.finding.inflection import base_forms
from mistok.world.sounding import sound

BUDGET = 4
"""Most names of a text that are looked for by likeness."""

_LEAST_SCORE, _LEAST_EASTERN = 0.45, 0.3
_UKRAINE = "UA"
_NO_LIKENESS = frozenset(("partial", "prefix"))
_SHORTEST = 4
_MOST_WORDS = 4
_MOST_SOUNDING = 3
_MOST_FORMS = 8
_MOST_ALIKE = 12
_LONGER = 5
_MOST_REMEMBERED, _MOST_LIKENESS = 20_000, 5_000
_LEAST_DISTRICT = 0.1


_EASTERN_IN_GERMAN = re.compile(
    "(?:[oei]w|[yj]iw|sk|zk|witz|wicz|cz|hrad|grad|[gh]orod|pil|[io]pol|wka|vka|yj|owo)$"
)
_EASTERN = re.compile(
    "(?:[oei]w|[yj]iw|jow|sk|zk|tz|cz|hrad|grad|[gh]orod|pil|pol|[yi]n|wka|vka|yj|[io]v|sche?|tsi|ci)$"
)


_NO_NAME = re.compile(
    "(?:tions?|ments?|ships?|ies|ity|ung|ungen|heit|keit|schaft|tat|ional|ances?|ences?|ing|ed)$"
)


def looks_like_a_word(folded: str) -> bool:
    """Whether a folded word ends as English and German words do that name no place."""
    return _NO_NAME.search(folded) is not None


def looks_eastern(folded: str, lang: str) -> bool:
    """Whether a folded Latin word ends as names of Eastern Europe do: Kichinow, Tschernigow."""
    pattern = _EASTERN_IN_GERMAN if lang == "de" else _EASTERN
    return len(folded) > _LONGER and pattern.search(folded) is not None


_Asked = tuple[str, str | None, str | None, str | None]


@dataclass(slots=True)
class Guesses:
    """What is remembered from text to text of one language: by sound, and by likeness."""

    sounding: dict[str, Options] = field(default_factory=dict)
    likeness: dict[_Asked, list[Match]] = field(default_factory=dict)


class Guesser:
    """Looks for misspelt names of one text, within its budget."""

    def __init__(self, gazetteer: Gazetteer, guesses: Guesses) -> None:
        self._gazetteer = gazetteer
        self._sounding, self._likeness = guesses.sounding, guesses.likeness
        self._left = BUDGET
        self._known: dict[str, Options] = {}

    def sounding(self, words: Words, first: int, last: int, lang: str) -> Options:
        """Give the places whose names sound as the words do; cheap, and for names of any size."""
        text = words.source[words.starts[first] : words.ends[last]]
        if not _SHORTEST <= len(text) <= 40 or last - first >= _MOST_SOUNDING:
            return ()
        if text in self._sounding:
            return self._sounding[text]
        forms = [" ".join(words.folds[first : last + 1])]
        if lang in ("uk", "pl"):
            forms += base_forms(text, limit=_MOST_FORMS)
        found: dict[int, Option] = {}
        names, sounds = self._gazetteer.world.names, self._gazetteer.world.sounds
        for form in forms:
            for position in sounds.exact(sound(form)).tolist()[:_MOST_ALIKE]:
                for place in names.places_of(position)[0].tolist()[:_MOST_ALIKE]:
                    if place not in found:
                        found[place] = self._gazetteer.option(place, SOUNDING)
        towns = [o for o in found.values() if o.kind in (HROMADA, MUNICIPALITY, REGION)]
        likeliest = sorted(towns, key=lambda o: (-o.points, o.place))[:_MOST_ALIKE]
        if len(self._sounding) > _MOST_REMEMBERED:
            self._sounding.clear()
        self._sounding[text] = tuple(likeliest)
        return self._sounding[text]

    def country(self, clues: Clues) -> str | None:
        """Give the code of the country in which a name is said to lie, if it is."""
        columns = self._gazetteer.world.columns
        return (
            columns.country_codes[int(columns.country[clues.within[-1]])] if clues.within else None
        )

    def options(self, words: Words, first: int, last: int, clues: Clues, lang: str) -> Options:
        """Give the place that misspelt words most likely mean; nothing when none is near."""
        text = words.source[words.starts[first] : words.ends[last]]
        if not _SHORTEST <= len(text) <= 60 or last - first >= _MOST_WORDS:
            return ()
        if text in self._known:
            return self._known[text]
        if self._left <= 0:
            return ()
        self._left -= 1
        world = self._gazetteer.world
        country = self.country(clues)
        eastern = looks_eastern(words.folds[last], lang)
        is_district = bool(country and clues.levels and clues.levels[0] == "district")
        options: Options = ()
        for spelling in spellings(text, country):
            asked: _Asked = (spelling, country, _UKRAINE if eastern else None, None)
            if is_district:
                asked = (spelling, country, None, "district")
            found = self._alike(asked)
            if found and found[0].matched not in _NO_LIKENESS:
                best, second = found[0].score, found[1].score if len(found) > 1 else 0.0
                place = world.position(found[0].place.key)
                clear = eastern and best >= _LEAST_EASTERN and best >= 1.5 * second
                clear = clear or (is_district and best >= _LEAST_DISTRICT and not second)
                if place is not None and (best >= _LEAST_SCORE or clear):
                    options = (self._gazetteer.option(place, GUESSED),)
                    break
        self._known[text] = options
        return options

    def _alike(self, asked: _Asked) -> list[Match]:
        """The two likeliest places; remembered, for a text is often not the only one to ask."""
        found = self._likeness.get(asked)
        if found is None:
            text, country, asker, kind = asked
            found = self._gazetteer.world.find(
                text, country=country, asker=asker, kind=kind, limit=2
            )
            if len(self._likeness) > _MOST_LIKENESS:
                self._likeness.clear()
            self._likeness[asked] = found
        return found
