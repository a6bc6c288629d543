"""Finding the item that people mean, in any of five languages and with their spelling."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice, takewhile
from math import log
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from mistok.needs.items.catalogue import items
from mistok.needs.items.folding import fold
from mistok.needs.items.model import LANGUAGES, Item
from mistok.needs.items.stems import PURPOSE, stem, telling_words

LEAST_SCORE: Final = 0.5
"""Below this an item is not worth showing."""

_ALIKE: Final = 78.0
_LEAST_PART: Final = 4
_MOST_NOT_NAMED: Final = 0.995
_PART: Final = (0.5, 0.45)
_OTHER_LANGUAGE: Final = 0.97
_ALIAS: Final = 0.99
_PHRASE, _QUERY = 0.65, 0.35
_FADING, _FOR = 0.85, 0.35
_UNKNOWN_WEIGHT: Final = 2.5
_FITS, _MISFITS = 0.05, 0.3
_POWER_FACTOR: Final = Decimal("0.8")
_SIZE: Final = re.compile(
    r"(\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?)\s*-?\s*(ква|kva|квт|kw|мва|mva|мвт|mw)\b", re.IGNORECASE
)
_KVA: Final = {
    "ква": Decimal(1),
    "kva": Decimal(1),
    "квт": 1 / _POWER_FACTOR,
    "kw": 1 / _POWER_FACTOR,
    "мва": Decimal(1000),
    "mva": Decimal(1000),
    "мвт": 1000 / _POWER_FACTOR,
    "mw": 1000 / _POWER_FACTOR,
}
"""A power in kW needs that many kVA at the usual power factor of 0.8 (ISO 8528)."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item, how sure it is (0 to 1), and the words of the catalogue that were met."""

    item: Item
    score: float
    phrase: str
    language: str


class _Phrase(NamedTuple):
    """One name or alias: its stems with their weights, the sum of these, and whose it is."""

    item: Item
    text: str
    language: str
    stems: Mapping[str, float]
    whole: float
    factor: float


class _Word(NamedTuple):
    """A word of the text: its share, the stems that it may be, its weight where none is met."""

    share: float
    like: Mapping[str, float]
    unmet: float


class _Index(NamedTuple):
    phrases: Sequence[_Phrase]
    holders: Mapping[str, tuple[int, ...]]
    weights: Mapping[str, float]
    stems: Sequence[str]
    places: Mapping[str, int]
    named: Mapping[str, str]


def find_item(text: str, language: str | None = None, limit: int = 5) -> tuple[Found, ...]:
    """The items that the text may mean, the likeliest first, at most `limit`.

    Case, spelling, endings and the order of words matter little; `language` prefers, but never
    shuts out. A power ("100 кВт", "60 kVA") picks the class of a generator or transformer. Equally
    likely items come in the order of the catalogue. Empty where nothing is like it.
    """
    return _found(text.strip(), language if language in LANGUAGES else None)[:limit]


@lru_cache(maxsize=4096)
def _found(text: str, language: str | None) -> tuple[Found, ...]:
    index, size = _index(), _size(text)
    named = index.named.get(fold(text))
    asked = [_Word(share, *_alike(word)) for word, share in _asked(text).items()]
    best: dict[str, Found] = {}
    for number in sorted({n for word in asked for here in word.like for n in index.holders[here]}):
        phrase = index.phrases[number]
        score = _score(phrase, asked) + _fit(phrase.item, size)
        if language not in (None, phrase.language):
            score *= _OTHER_LANGUAGE
        sure = 1.0 if phrase.item.code == named else min(round(score, 3), _MOST_NOT_NAMED)
        known = best.get(phrase.item.code)
        if sure >= LEAST_SCORE and (known is None or sure > known.score):
            best[phrase.item.code] = Found(phrase.item, sure, phrase.text, phrase.language)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, index.places[one.item.code])))


def _score(phrase: _Phrase, asked: Sequence[_Word]) -> float:
    """How much of the phrase the text holds, and how much of the text the phrase explains."""
    met = explained = total = 0.0
    for here, weight in phrase.stems.items():
        met += weight * max(word.like.get(here, 0.0) for word in asked)
    for word in asked:
        like, weight = 0.0, word.unmet
        for here in phrase.stems:
            if word.like.get(here, 0.0) > like:
                like, weight = word.like[here], phrase.stems[here]
        total += word.share * weight
        explained += word.share * weight * like
    return phrase.factor * (_PHRASE * met / phrase.whole + _QUERY * explained / total)


def _fit(item: Item, size: Decimal | None) -> float:
    """What a told power says for or against the class of an item."""
    if size is None or item.capacity is None:
        return 0.0
    return _FITS if item.capacity.holds(size) else -_MISFITS


def _size(text: str) -> Decimal | None:
    """The power that a text tells, in kVA; of several the first."""
    found = _SIZE.search(text)
    if found is None:
        return None
    number = Decimal(re.sub(r"[ \u00a0]", "", found[1]).replace(",", "."))
    return number * _KVA[found[2].lower()]


def _asked(text: str) -> dict[str, float]:
    """The stems of a text with their share: earlier words, and those before "for", count more."""
    shares: dict[str, float] = {}
    share = 1.0
    for word in telling_words(_SIZE.sub(" ", text), keep=PURPOSE):
        if word in PURPOSE:
            share = min(share, _FOR) if shares else share
            continue
        shares.setdefault(stem(word), share)
        share *= _FADING
    return shares


@lru_cache(maxsize=16384)
def _alike(word: str) -> tuple[Mapping[str, float], float]:
    """The stems of the catalogue that a stem may be, with how sure that is, and what it weighs
    against a phrase that holds none of them.

    A slip of the keyboard rarely takes the first letter; a longer word may be a compound, or have
    an ending that we do not know.
    """
    index = _index()
    first = bisect_left(index.stems, word[0])
    same = index.stems[first : bisect_left(index.stems, chr(ord(word[0]) + 1))]
    found = process.extract(word, same, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=12)
    alike = {here: (ratio / 100) ** 2 for here, ratio, _ in found}
    shorter = (word[:size] for size in range(_LEAST_PART, len(word)))
    parts = [here for here in shorter if here in index.holders]
    if len(word) >= _LEAST_PART:
        longer = islice(index.stems, bisect_right(index.stems, word), None)
        parts += takewhile(lambda here: here.startswith(word), longer)
    for here in parts:
        least, most = sorted((len(here), len(word)))
        alike[here] = max(alike.get(here, 0.0), _PART[0] + _PART[1] * least / most)
    return alike, max((index.weights[here] for here in alike), default=_UNKNOWN_WEIGHT)


@cache
def _index() -> _Index:
    told = list(_phrases())
    owners: dict[str, set[str]] = defaultdict(set)
    for code, stems in ((one.code, stems) for one, _, _, stems, _ in told):
        for here in stems:
            owners[here].add(code)
    every = len(items())
    weights = {here: log(1 + every / len(codes)) for here, codes in owners.items()}
    phrases = []
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (one, text, language, stems, factor) in enumerate(told):
        weighed = {here: weights[here] for here in stems}
        phrases.append(_Phrase(one, text, language, weighed, sum(weighed.values()), factor))
        for here in weighed:
            holders[here].append(number)
    return _Index(
        phrases,
        {here: tuple(numbers) for here, numbers in holders.items()},
        weights,
        sorted(holders),
        {one.code: place for place, one in enumerate(items())},
        {fold(name): one.code for one in items() for names in one.names.values() for name in names},
    )


def _phrases() -> Iterator[tuple[Item, str, str, tuple[str, ...], float]]:
    """Every name and alias once: the item, the words, the language, their stems, a factor."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for one in items():
        for language in LANGUAGES:
            named = ((text, 1.0) for text in one.names[language])
            for text, factor in (*named, *((text, _ALIAS) for text in one.aliases[language])):
                stems = tuple(map(stem, telling_words(_SIZE.sub(" ", text))))
                if stems and (one.code, language, stems) not in seen:
                    seen.add((one.code, language, stems))
                    yield one, text, language, stems, factor
