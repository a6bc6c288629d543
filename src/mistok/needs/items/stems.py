"""Words without their endings, so that "пожежних машин" meets "пожежна машина"."""

import re
from functools import lru_cache
from typing import Final

from mistok.needs.items.folding import fold

_LEAST_STEM: Final = 4
_LEAST_SHORT_STEM: Final = 3

# Folded, so without accents: й is и, ї is і, ó is o. The longest that fits is taken off.
_CYRILLIC: Final = sorted(
    "ами ями ого ього ому ьому ими іми еи ои ою ею ів ев ок ах ях ам ям ом ем им их іх ові еві"
    " а я у ю и і е є о ь оі еі иі ії ия".split(),
    key=len,
    reverse=True,
)
_LATIN: Final = sorted(
    "ami ach ego emu ych ich ymi imi iej ow om ie ia en er es em ej ek s e n a o u y i".split(),
    key=len,
    reverse=True,
)
_ALPHABET: Final = re.compile("[\u0400-\u04ff]")

STOP_WORDS: Final = frozenset(
    "для на з із зі від до та і й в у по під при без або шт"
    " the a an of for to with and or in on from up over by pcs"
    " der die das des dem den für fur mit von vom zum zur und oder im in bis über uber"
    " na do z ze dla w we i oraz lub od"
    " le la les l d de du des pour à a et ou en au aux avec".split()
)
PURPOSE: Final = frozenset("для під for pour dla für fur zum zur".split())
"""What follows these says what the thing is for, and counts less than the thing itself."""


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A folded word without its ending; short words and numbers stay as they are."""
    cyrillic = bool(_ALPHABET.search(word))
    least = _LEAST_SHORT_STEM if cyrillic else _LEAST_STEM
    for ending in _CYRILLIC if cyrillic else _LATIN:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


def telling_words(text: str, keep: frozenset[str] = frozenset()) -> list[str]:
    """The folded words of a text without numbers and small words, but for those to `keep`.

    A text of small words only keeps them: French tea is "the".
    """
    words = [word for word in fold(text).split() if not word[0].isdigit()]
    return [word for word in words if word not in STOP_WORDS or word in keep] or words
