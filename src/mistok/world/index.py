"""Searching the compiled world: sorted byte strings, binary search, postings."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

_STEP = 64

Places = npt.NDArray[np.int64]
"""Positions of places in the columns."""


class SortedTexts:
    """Byte strings in order, in one blob; looking one up takes microseconds."""

    def __init__(self, blob: npt.NDArray[np.uint8], offsets: npt.NDArray[np.uint32]) -> None:
        self._blob = blob.data
        self._offsets = offsets.data

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, position: int) -> bytes:
        return bytes(self._blob[self._offsets[position] : self._offsets[position + 1]])

    def first_from(self, text: bytes, low: int = 0, high: int | None = None) -> int:
        """Give the position of the first string that is not smaller (within a span in order)."""
        blob, offsets = self._blob, self._offsets
        high = len(offsets) - 1 if high is None else high
        while low < high:
            half = (low + high) // 2
            if blob[offsets[half] : offsets[half + 1]].tobytes() < text:
                low = half + 1
            else:
                high = half
        return low

    def find(self, text: bytes) -> int:
        """Give the string's position, -1 when it is not there."""
        position = self.first_from(text)
        return position if position < len(self) and self[position] == text else -1

    def starting_with(self, prefix: bytes) -> tuple[int, int]:
        """Give the first position and the one after the last of strings with this prefix."""
        # No UTF-8 text holds the byte FF, so this is behind all that start with the prefix.
        return self.first_from(prefix), self.first_from(prefix + b"\xff")


class NameIndex:
    """Folded names to places."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._names = SortedTexts(arrays["names"], arrays["name_offsets"])
        self._offsets = arrays["name_offsets"]
        self._starts = arrays["posting_starts"]
        self._places = arrays["posting_places"]
        self._kinds = arrays["posting_kinds"]
        self._written = arrays["posting_written"]

    def exact(self, folded: str) -> tuple[Places, npt.NDArray[np.uint8], npt.NDArray[np.uint32]]:
        """Give the places that bear the name, its kind for each, and how it is written there.

        The kind is a NameKind, the writing what `folding.written` gives.
        """
        position = self._names.find(folded.encode())
        if position < 0:
            return np.empty(0, np.int64), np.empty(0, np.uint8), np.empty(0, np.uint32)
        span = self._span(position)
        return self._places[span].astype(np.int64), self._kinds[span], self._written[span]

    def spread(self, folded: str, low: int = 0, high: int | None = None) -> tuple[int, int, int]:
        """Give the position of a name (-1: no place bears it) and the span of longer names.

        Longer names go on with another word: "san" has those of San Jose and San Marino. `low`
        and `high` may be such a span that the name must lie in.
        """
        text = folded.encode()
        if high is None:
            low, high = self._near(text)
        position = self._names.first_from(text, low, high)
        first = position
        if position < len(self._names) and self._names[position] == text:
            first += 1
        else:
            position = -1
        longer = text + b" "
        if first >= len(self._names) or not self._names[first].startswith(longer):
            return position, first, first
        # Folded names hold letters, digits and blanks, and all of them but the blank are greater.
        end = text + b"!"
        reach = max(high, self._near(end)[1])
        return position, first, self._names.first_from(end, first, reach)

    def _near(self, text: bytes) -> tuple[int, int]:
        """A short span that holds the first name that is not smaller than a text."""
        at = bisect_left(self._samples, text) * _STEP
        return max(0, at - _STEP), min(at, len(self._names))

    @cached_property
    def _samples(self) -> list[bytes]:
        """Every so many names, in order: a list is searched much faster than the blob."""
        names = self._names
        return [names[at] for at in range(0, len(names), _STEP)]

    def places_of(self, position: int) -> tuple[Places, npt.NDArray[np.uint8]]:
        """Give the places that bear the name at a position, and its kind for each."""
        span = self._span(position)
        return self._places[span].astype(np.int64), self._kinds[span]

    def _span(self, position: int) -> slice:
        return slice(int(self._starts[position]), int(self._starts[position + 1]))

    def prefixed(self, folded: str) -> tuple[Places, npt.NDArray[np.float64]]:
        """Give the places with a longer name that starts so, and the share (0 to 1) typed.

        A place comes up once for each such name.
        """
        places, _kinds, shares = self.beginning(folded)
        longer = shares < 1.0
        return places[longer], shares[longer]

    def beginning(
        self, folded: str
    ) -> tuple[Places, npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
        """Give the places with a name that starts so, the name's kind, and the share typed.

        The share is 1 for the whole name. A place comes up once for each such name.
        """
        text = folded.encode()
        low, high = self._names.starting_with(text)
        if low >= high:
            return np.empty(0, np.int64), np.empty(0, np.uint8), np.empty(0, np.float64)
        starts = self._starts[low : high + 1].astype(np.int64)
        lengths = np.diff(self._offsets[low : high + 1].astype(np.float64))
        share = np.repeat(len(text) / lengths, np.diff(starts))
        span = slice(int(starts[0]), int(starts[-1]))
        return self._places[span].astype(np.int64), self._kinds[span], share
