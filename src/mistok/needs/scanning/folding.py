"""A text as the searchers read it: one shape for look-alike signs, and the way back to the text."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property

_SIGNS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-")
_SIGNS |= dict.fromkeys("«»“”„‟″‶〝〞＂", '"')
_SIGNS |= dict.fromkeys("‘’‚‛′‵ʼʹ`´＇", "'")
_SIGNS |= dict.fromkeys("ºᵒ˚", "°")
_SIGNS["\u00ad"] = ""
_ENDS = re.compile(r"\n|(?<=[\w)\"%][\w)\"%][\w)\"%])[.!?]\s+(?=[\"(]?[A-ZА-ЯІЇЄҐÄÖÜŁŚŻ])")
_ABBREVIATED = re.compile(r"\b(?:вул|обл|просп|пров|буд|бул|бульв|тел|гром|str|vul|prov|prosp)$")


class Folded:
    """A text with look-alike signs made one; every character knows where it came from.

    `text` keeps letters and their case; no-break and thin spaces are spaces, dashes `-`, double
    quotation marks `"`, apostrophes and primes `'`, digits of any script 0-9; signs without width
    and marks of stress are gone; spaces in a row are one.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        signs: list[str] = []
        self._origin: list[int] = []
        for place, sign in enumerate(original):
            if unicodedata.combining(sign):
                _join(signs, sign)
                continue
            folded = _fold(sign)
            if folded and not (folded == " " and signs and signs[-1] == " "):
                signs.append(folded)
                self._origin.append(place)
        self.text = "".join(signs)
        self.low = "".join(low if len(low := sign.lower()) == 1 else sign for sign in signs)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the folded text, not empty, stands in the original."""
        return self._origin[start], self._origin[end - 1] + 1

    @cached_property
    def _ends(self) -> list[int]:
        return [
            found.end()
            for found in _ENDS.finditer(self.text)
            if not _ABBREVIATED.search(self.low, max(0, found.start() - 8), found.start())
        ]

    def sentence(self, start: int, end: int, reach: int = 160) -> tuple[int, int]:
        """The sentence around a passage, cut off `reach` characters before and after it."""
        before = bisect_right(self._ends, start)
        after = bisect_left(self._ends, end)
        first = self._ends[before - 1] if before else 0
        last = self._ends[after] if after < len(self._ends) else len(self.text)
        return max(first, start - reach), min(last, end + reach)


def _fold(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign.isspace():
        return "\n" if sign in "\n\u2028\u2029\x85" else " "
    if sign.isascii():
        return sign
    if unicodedata.category(sign) == "Cf":
        return ""
    if sign.isdigit():
        return str(unicodedata.digit(sign)) if sign not in "²³¹" else sign
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _join(signs: list[str], mark: str) -> None:
    """Put a combining mark on the last sign where both make one letter (й, ї); else drop it."""
    if signs:
        joined = unicodedata.normalize("NFC", signs[-1] + mark)
        if len(joined) == 1 and joined.lower() in "йїäöüßąćęłńóśźżéèêàçîôû":
            signs[-1] = joined
