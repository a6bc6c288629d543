"""Unlisted places: those that the gazetteer lacks, and a text names beyond doubt.

A German unit with its word before it ("der Landkreis Vorpommern-Greifswald"), and a town that
is called a partner of some country and named more than once ("ihre ukrainische Partnerkommune
Ripkyne ... in Ripkyne"). They become parties without a key.
"""

import re
from collections.abc import Sequence

from mistok.reading.model import Mention, Party
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.reading.places.vocabulary import cues
from mistok.reading.places.wording import Words
from mistok.world import fold, romanise

_KREISE = frozenset(
    map(fold, "landkreis landkreises kreis kreises partnerlandkreis partnerkreis".split())
)
_GEMEINDEN = frozenset(
    map(fold, "samtgemeinde verbandsgemeinde gemeinde stadt kreisstadt hansestadt".split())
)
_CYRILLIC = re.compile("[а-яіїєґ]", re.I)
_SURE = 0.6
_LEAST_TIMES = 2
_AREAS = frozenset(("district", "region", "state"))


def unlisted_units(words: Words, known: Sequence[Mention], lang: str) -> list[Mention]:
    """Find German units named as such, of whose names no mention is known as a whole."""
    names = _named_units(words, known) if lang == "de" else {}
    found = []
    for at in range(len(words)) if names else ():
        if words.folds[at] not in names:
            continue
        name, party = names[words.folds[at]]
        start, end = words.starts[at], words.starts[at] + len(name)
        if words.source[start:end] == name:
            found.append(Mention(start, end, words.sentences[at], party, "name", _SURE))
    return found


def _named_units(words: Words, known: Sequence[Mention]) -> dict[str, tuple[str, Party]]:
    """Names as written and their parties, by the folded first word."""
    names: dict[str, tuple[str, Party]] = {}
    for at in range(len(words) - 2):
        nxt, is_district = at + 1, words.folds[at] in _KREISE
        if not (is_district or words.folds[at] in _GEMEINDEN):
            continue
        if words.capital[nxt] and words.follows(nxt):
            last = _end(words, nxt) if is_district else _end_of_joined(words, nxt)
            # One word alone may be anything: "der Kreis Interessierter".
            if last > nxt and not _is_known(words, nxt, last, known):
                name = words.source[words.starts[nxt] : words.ends[last]]
                english = name if words.is_joined(last) else f"{name} District"
                party = Party("", english, "DE", "district" if is_district else "city")
                names.setdefault(words.folds[nxt], (name, party))
    return names


def _end(words: Words, first: int) -> int:
    """The last word of a district's name: joined by hyphens, or an adjective and its noun."""
    last = _end_of_joined(words, first)
    is_adjective = words.folds[last].endswith(("ische", "ischen", "ischer"))
    nxt = last + 1
    if last == first and is_adjective and nxt < len(words):
        return nxt if words.capital[nxt] and words.follows(nxt) else last
    return last


def _end_of_joined(words: Words, first: int) -> int:
    last = first
    while last + 1 < len(words) and words.is_joined(last + 1) and words.capital[last + 1]:
        last += 1
    return last


def _is_known(words: Words, first: int, last: int, known: Sequence[Mention]) -> bool:
    start, end = words.starts[first], words.ends[last]
    return any(m.start <= start and m.end >= end for m in known)


def unlisted_towns(words: Words, lacking: Sequence[tuple[Span, Clues, str]]) -> list[Mention]:
    """Make mentions of towns whose names no gazetteer has; with each the country that is told."""
    found = []
    for span, clue, country in lacking:
        name = words.source[words.starts[span.first] : words.ends[span.last]]
        folded = words.folds[span.first]
        if span.first != span.last or (_CYRILLIC.search(name) and country != "UA"):
            continue
        places = [at for at in range(len(words)) if words.folds[at] == folded]
        stood_in = cues("locative")
        beside = [at for at in places if at and words.folds[at - 1] in stood_in]
        if len(places) < _LEAST_TIMES or not beside or not all(words.capital[at] for at in places):
            continue
        level = "hromada" if country == "UA" and clue.levels[:1] == ["hromada"] else "city"
        party = Party("", romanise(name) if _CYRILLIC.search(name) else name, country, level)
        found += [
            Mention(words.starts[at], words.ends[at], words.sentences[at], party, "name", _SURE)
            for at in places
        ]
    return found
