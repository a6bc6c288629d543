"""Finding names that sound like a text, with typos: bit patterns, then a true distance.

The set of letter pairs in a rough spelling (see `sounding`) is kept as a pattern of 64 bits,
the set of its letters as one of 32. One typo changes few of the bits, so a look at all patterns
of about the same length leaves few spellings, whose distance is then counted letter by letter.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from mistok.world.index import SortedTexts

LONGEST = 48
"""Longest rough spelling, in bytes, that is searched with typos."""
LONG = 8
"""From how many bytes on a spelling may hold two typos; shorter ones may hold one."""
GARBLED = 12
"""From how many bytes on a spelling may be garbled more than that."""
SHORTEST = 4
"""Shorter spellings are not searched with typos: too many names are near."""

# A replaced letter takes two pairs away and brings two; letters in wrong order three and three.
# Two such pairs of wrong order in a short spelling would leave nothing to tell it by.
_PAIRS = {1: 6, 2: 8}
_PAIRS_OF_LONGER = 10
_LONGER = 10
_LETTERS = {1: 2, 2: 4}
_EDGE = 94
_CLOSEST = 40

Positions = npt.NDArray[np.int64]


def patterns(
    spellings: Sequence[bytes],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    """Give the bit patterns of each spelling: of its pairs of letters, and of its letters.

    All must have the same length in bytes.
    """
    letters = np.full((len(spellings), len(spellings[0]) + 2), _EDGE, np.uint32)
    letters[:, 1:-1] = np.frombuffer(b"".join(spellings), np.uint8).reshape(len(spellings), -1)
    pairs = letters[:, :-1] * np.uint32(2654435761) + letters[:, 1:] * np.uint32(2654418943)
    places = ((pairs ^ (pairs >> np.uint32(15))) >> np.uint32(9)) & np.uint32(63)
    of_pairs = np.bitwise_or.reduce(np.uint64(1) << places.astype(np.uint64), axis=1)
    ones = np.uint32(1) << (letters[:, 1:-1] & np.uint32(31))
    return of_pairs, np.bitwise_or.reduce(ones, axis=1)


class SoundIndex:
    """Rough spellings, by length and then in order, each with the names that sound so."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._texts = SortedTexts(arrays["sounds"], arrays["sound_offsets"])
        self._lengths = arrays["sound_lengths"]
        self._pairs = arrays["sound_pairs"]
        self._letters = arrays["sound_letters"]
        self._starts = arrays["sound_starts"]
        self._names = arrays["sound_names"]

    def exact(self, sound: str) -> Positions:
        """Give the positions of the names that sound exactly so."""
        text = sound.encode()
        if not 0 < len(text) < len(self._lengths) - 1:
            return np.empty(0, np.int64)
        low, high = int(self._lengths[len(text)]), int(self._lengths[len(text) + 1])
        place = self._texts.first_from(text, low, high)
        if place == high or self._texts[place] != text:
            return np.empty(0, np.int64)
        return self._names_of(place)

    def near(self, sound: str) -> list[tuple[int, Positions]]:
        """Give names with typos: the distance (1 or 2) and the positions of the names."""
        text = sound.encode()
        if not SHORTEST <= len(text) <= LONGEST:
            return []
        most = 2 if len(text) >= LONG else 1
        found = []
        for place in self._alike(text, most).tolist():
            spelling = self._texts[place].decode()
            distance = OSA.distance(sound, spelling, score_cutoff=most)
            if 0 < distance <= most:
                found.append((distance, self._names_of(place)))
        return found

    def garbled(self, sound: str) -> list[tuple[int, Positions]]:
        """Give names that share most letter pairs with a long text, however they are ordered.

        For what holds more typos than `near` allows (Baden Sod for Bad Soden): the distance is
        at most a quarter of the length.
        """
        text = sound.encode()
        if not GARBLED <= len(text) <= LONGEST:
            return []
        low, high = self._span(len(text) - 2, len(text) + 2)
        pairs, _letters = patterns([text])
        away = np.bitwise_count(self._pairs[low:high] ^ pairs[0])
        most = len(text) // 4
        found = []
        for place in (low + np.argsort(away, kind="stable")[:_CLOSEST]).tolist():
            distance = OSA.distance(sound, self._texts[place].decode(), score_cutoff=most)
            if distance <= most:
                found.append((distance, self._names_of(place)))
        return found

    def _span(self, shortest: int, longest: int) -> tuple[int, int]:
        """The spellings of these lengths in bytes."""
        last = min(LONGEST + 1, len(self._lengths) - 1)
        low, high = min(max(1, shortest), last), min(longest + 1, last)
        return int(self._lengths[low]), int(self._lengths[high])

    def _alike(self, text: bytes, most: int) -> Positions:
        """Positions of the spellings whose patterns allow so few typos."""
        low, high = self._span(len(text) - most, len(text) + most)
        pairs, letters = patterns([text])
        differing = _PAIRS_OF_LONGER if len(text) >= _LONGER and most == 2 else _PAIRS[most]
        few = np.flatnonzero(np.bitwise_count(self._pairs[low:high] ^ pairs[0]) <= differing)
        few += low
        kept = np.bitwise_count(self._letters[few] ^ letters[0]) <= _LETTERS[most]
        return np.asarray(few[kept], np.int64)

    def _names_of(self, place: int) -> Positions:
        names: Positions = self._names[int(self._starts[place]) : int(self._starts[place + 1])]
        return np.array(names, dtype=np.int64)
