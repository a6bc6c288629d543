"""The form in which words of a list or a spreadsheet are compared.

Like `mistok.world.folding`, which belongs to names of places and brings numpy with it, but small:
case, accents, apostrophes and punctuation do not matter, and a letter of the other alphabet inside
a word is read as its look-alike.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ґ": "г", "ё": "е"}
)
_APOSTROPHES: Final = re.compile("['`´’‘‛′ʹʼʽˈ]")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_LATIN: Final = re.compile("[a-z]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_TO_CYRILLIC: Final = str.maketrans("aceijopxysbkmth", "асеіјорхуѕвкмтн")
_MOST_LETTERS: Final = 300


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Words in small letters with one space between them; folding again changes nothing.

    Only the first 300 characters count. What is left may be empty.
    """
    plain = unicodedata.normalize("NFKD", text[:_MOST_LETTERS].casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    bare = _APOSTROPHES.sub("", bare.translate(_PLAIN))
    return " ".join(_unmixed(word) for word in _NOT_WORD.sub(" ", bare).split())


def _unmixed(word: str) -> str:
    if _LATIN.search(word) and _CYRILLIC.search(word):
        return word.translate(_TO_CYRILLIC)
    return word
