"""Clues: what the words around a name say of it, before it is decided which place it is."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from mistok.reading.places.areas import Areas
from mistok.reading.places.lookup import Gazetteer
from mistok.reading.places.persons import Persons
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.reading.places.vocabulary import cues
from mistok.reading.places.wording import Words
from mistok.world import fold
from mistok.world.finding.nations import nation_of_adjective
from mistok.world.finding.words import (
    levels_after,
    levels_before,
    words_beside,
)

_BEFORE_SIZES = (3, 2, 1)
_BACK = 5
_NAMED_LEVELS = {
    "region": "region",
    "district": "district",
    "hromada": "hromada",
    "part": "district",
    "municipality": "city",
    "settlement": "city",
    "country": "country",
}
_STATE_WORDS = frozenset(
    map(fold, "state states land bundesland freistaat штат штату штаті stan stanu stanie".split())
)
_BENT_LANGS = frozenset(("uk", "pl"))
_SET_OFF = frozenset((", ", " (", ",", " [", "("))
_STANDING = frozenset(
    map(
        fold,
        "the also auch też також теж республіка республіки республіці republik republika "
        "republiki republice republic зі із штату штаті stanu stanie bundesstaat us".split(),
    )
)
_MOST_STANDING = 4
_MOST_APPOSED = 4
_SHORTEST_UNIT = 4
_COUNCILS = frozenset(map(fold, "council rada rady radzie radę rat rates hall mayor".split()))
_UNIT_COUNTRIES = {
    **dict.fromkeys(
        map(fold, "gmina gminie gminę powiat гміна гміни гміну гміною ґміна".split()),
        "PL",
    ),
    **dict.fromkeys(("landkreis", "landkreises", "samtgemeinde", "verbandsgemeinde"), "DE"),
}
"""Units of one country, in texts of other languages."""
_SISTERLY = frozenset("sister twin partner".split())
_REGIONS = frozenset("region oblast province".split())
_NOT_LEVELS = frozenset("co al m d s o kr in od".split())
_ADJECTIVES_BETWEEN = frozenset(
    map(
        fold,
        "western eastern southern northern small large big industrial port coastal frontline "
        "besieged occupied historic ancient kleine kleinen große großen прифронтовий "
        "прифронтового прифронтовим прифронтове невелике невеликого невеликим маленьке "
        "small nearby".split(),
    )
)


@cache
def _standing() -> frozenset[str]:
    """Words that may stand between a name and the country in which it lies."""
    return cues("stand") | cues("compass") | _STANDING


@cache
def _units_beside() -> tuple[frozenset[str], frozenset[str]]:
    """Words of units and partners right before a name, and right after it."""
    before, after = words_beside()
    return before | cues("partner") | cues("link") | _STATE_WORDS, after | _STATE_WORDS


class Around:
    """Reads the clues around spans of one text."""

    def __init__(
        self,
        words: Words,
        persons: Persons,
        spans: Mapping[int, Span],
        gazetteer: Gazetteer,
        lang: str,
    ) -> None:
        self._words = words
        self._areas = Areas(words, spans, gazetteer)
        self._stand = _standing()
        self._persons = persons
        self._lang = lang
        self._partner, self._council = cues("partner"), cues("council")
        self._link, self._locative = cues("link"), cues("locative")
        self._and, self._article = cues("and"), cues("article")
        self._titles = cues("title")
        self._before_name, self._after_name = _units_beside()

    def clues(self, span: Span) -> Clues:
        """Gather the clues of a span."""
        found = Clues()
        self._behind(span, found)
        self._ahead(span, found)
        self._set_off(span, found)
        words, first, last = self._words, span.first, span.last
        found.is_person = not self._persons.words.isdisjoint(range(first, last + 1))
        found.is_joined_on = words.is_joined(first) and first > 0
        return found

    def _behind(self, span: Span, found: Clues) -> None:
        """Units, partners, nations and prepositions before a name."""
        words, first = self._words, span.first
        at = first - 1
        if at < 0 or words.sentences[at] != words.sentences[first]:
            return
        gap = words.gap(first)
        if gap == ": ":
            found.strength = max(found.strength, 1)
        before = words.folds[at]
        if not words.follows(first) and not (gap in ("-", ", ") and before in self._partner):
            if gap == ". " and len(before) <= 3 and (levels := levels_before(before)):
                found.levels += [_NAMED_LEVELS[level] for level in levels if level]
                found.strength, found.is_kind = 2, True
            return
        if before in self._article:
            found.after_article = True
        if before in self._before_name:
            self._units_behind(at, found)
        if found.is_kind and (before in self._link or not words.capital[at] or self._lang != "en"):
            found.is_announced = True
        if before in self._titles and self._lang in _BENT_LANGS:
            found.strength, found.is_kind = 2, True
        if before in self._locative or before in self._and:
            found.strength = max(found.strength, 1)
        self._nation_behind(first, found)
        country = _UNIT_COUNTRIES.get(before)
        if country and not found.within and self._lang not in ("pl", country.lower()):
            found.within += self._areas.positions(country)

    def _units_behind(self, at: int, found: Clues) -> None:
        words = self._words
        start = at
        if words.folds[at] in self._partner:
            found.strength, found.is_kind = 2, True
            start -= 1
        for size in _BEFORE_SIZES:
            low = start - size + 1
            if low < 0 or any(not words.follows(one) for one in range(low + 1, start + 1)):
                continue
            phrase = " ".join(words.folds[low : start + 1])
            if size == 1 and phrase in _NOT_LEVELS:
                continue
            if self._lang == "en" and words.folds[start] not in self._link and words.capital[start]:
                continue
            if words.folds[low] in _STATE_WORDS:
                found.levels.append("state")
                found.strength, found.is_kind = 2, True
                return
            levels = levels_before(phrase)
            if levels is not None:
                if _COUNCILS.isdisjoint(phrase.split()):
                    found.levels += [_NAMED_LEVELS[level] for level in levels]
                if levels:
                    found.strength, found.is_kind = 2, True
                    return
        if words.folds[at] in self._link and at > 0 and words.folds[at - 1] in self._titles:
            found.strength, found.is_kind = 2, True

    def _nation_behind(self, first: int, found: Clues) -> None:
        """An adjective of a nation before the name, other words of its phrase between."""
        words = self._words
        for at in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if words.sentences[at] != words.sentences[first]:
                return
            folded = words.folds[at]
            code = nation_of_adjective(folded)
            if code and (words.capital[at] or self._lang != "en" or folded == "russian"):
                found.within += self._areas.positions(code)
                found.is_told = True
                found.strength = 2
                return
            between = folded in self._partner or folded in self._link
            if not between and not levels_before(folded) and folded not in _ADJECTIVES_BETWEEN:
                return
            if not (words.follows(at) or words.is_joined(at)):
                return

    def _ahead(self, span: Span, found: Clues) -> None:
        """Units and bodies after a name: region, municipality, City Council, Mayor."""
        words, nxt = self._words, span.last + 1
        if nxt >= len(words) or words.sentences[nxt] != words.sentences[span.last]:
            return
        if not words.follows(nxt):
            self._apposed(nxt, found)
            return
        folded = words.folds[nxt]
        if folded == "as" and self._called_region(nxt):
            found.levels.insert(0, "region")
            found.strength, found.is_kind = 2, True
            return
        if words.owned[span.last]:
            found.strength = max(found.strength, 1)
        if folded in self._council or folded in self._titles:
            found.strength = 2
        # In Ukrainian and Polish only adjectives have their unit after them (see `adjectives`).
        if folded not in self._after_name or self._lang in _BENT_LANGS:
            return
        if folded in _STATE_WORDS and self._lang == "en":
            found.levels.insert(0, "state")
            found.strength, found.unit_end, found.is_kind = 2, nxt, True
            return
        for size in _BEFORE_SIZES:
            high = nxt + size
            if high > len(words) or any(not words.follows(at) for at in range(nxt, high)):
                continue
            phrase = " ".join(words.folds[nxt:high])
            if len(phrase) < _SHORTEST_UNIT or phrase.endswith((" of", " von")):
                continue
            levels = levels_after(phrase)
            if levels:
                found.levels += [_NAMED_LEVELS[level] for level in levels]
                found.strength, found.is_kind = 2, True
                if _NAMED_LEVELS[levels[0]] != "city":
                    found.unit_end = high - 1
                return

    def _called_region(self, at: int) -> bool:
        """Whether a name is called a "sister region": the town of this name is none."""
        words = self._words
        ahead = words.folds[at : at + _MOST_APPOSED + 1]
        return any(one in _SISTERLY and other in _REGIONS for one, other in pairwise(ahead))

    def _apposed(self, nxt: int, found: Clues) -> None:
        """ "Kichinow, Mannheims Partnerstadt": what stands after the comma calls it a town."""
        words = self._words
        if words.gap(nxt) not in (", ", " – ", " — ", " ("):
            return
        for at in range(nxt, min(nxt + _MOST_APPOSED, len(words))):
            if at > nxt and not (words.follows(at) or words.is_joined(at)):
                return
            if words.folds[at] in self._partner and words.folds[at] not in ("sister", "twin"):
                found.strength, found.is_kind, found.is_announced = 2, True, True
                return

    def _set_off(self, span: Span, found: Clues) -> None:
        """A country or region in brackets, after a comma or after "in"."""
        words, nxt = self._words, max(span.last, found.unit_end) + 1
        if nxt >= len(words) or words.sentences[nxt] != words.sentences[span.last]:
            return
        set_off = words.gap(nxt) in _SET_OFF
        if not set_off and not words.follows(nxt):
            return
        start = nxt
        while nxt < len(words) and nxt - start < _MOST_STANDING and words.folds[nxt] in self._stand:
            nxt += 1
        if nxt >= len(words):
            return
        if not set_off and nxt == start and not self._areas.follows_at(nxt):
            return
        place = self._areas.area_at(nxt, alone=set_off and nxt == start)
        if place is not None:
            found.within.append(place)
            found.strength = 2
            found.standing = nxt
            found.is_told = found.is_told or not (set_off and nxt == start)
