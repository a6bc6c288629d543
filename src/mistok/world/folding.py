"""Folding: the form of a name in which spelling, case, accents and apostrophes do not matter."""

import re
import unicodedata
import zlib

_SPECIAL = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
        "ə": "e",
        "ƒ": "f",
        "ĸ": "k",
        "ґ": "г",
        "ѣ": "е",
    }
)
"""Letters that carry no accent to take off, and yet have a plain neighbour."""

_ROMANIAN = str.maketrans("şţ", "șț")  # written with either sign
_APOSTROPHES = frozenset("'`´’‘‛′ʹʺʻʼʽʾʿˈꞌ＇״׳")

# Cyrillic letters that look like Latin ones, in the order of `_LATIN_TWINS`.
_CYRILLIC_TWINS = "асеіјорхуѕвкмтн"
_LATIN_TWINS = "aceijopxysbkmth"
_CYRILLIC_SET, _LATIN_SET = set(_CYRILLIC_TWINS), set(_LATIN_TWINS)
_TO_LATIN = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)

_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SAINT = re.compile("(?<![^ ])(?:st(?= )|(?:sankt|sanct|sint)(?![^ ]))")
_SAINTS = ("st ", "sankt", "sanct", "sint")
_CODE = re.compile(r"(?:[A-Z]\.?){2,4}", re.ASCII)


def fold(text: str) -> str:
    """Give the form under which a name is compared: folding it again changes nothing.

    Case, accents, apostrophes, punctuation and runs of spaces do not matter; a Latin letter
    inside a Cyrillic word (or the other way round) is read as its look-alike; "St." before
    another word is "saint", and so are Sankt and Sint. What is left may be empty.
    """
    folded = " ".join(text.translate(_PIECES).split())
    if not folded.isascii() and _LATIN.search(folded) and _CYRILLIC.search(folded):
        folded = " ".join(map(_unmixed, folded.split()))
    # A million names are folded in a build: look before calling the slow expression.
    if any(saint in folded for saint in _SAINTS):
        folded = _SAINT.sub("saint", folded)
    return folded


def is_code(name: str) -> bool:
    """Whether a "name" is only a code, as of an airport (ZTR) or a state (A.P.)."""
    return _CODE.fullmatch(name) is not None


def written(name: str) -> int:
    """Give a checksum of a name as it is written, accents and all, case apart (0: no accents)."""
    lowered = unicodedata.normalize("NFC", name).casefold().translate(_ROMANIAN)
    return 0 if lowered.isascii() else zlib.crc32(lowered.encode(errors="replace")) or 1


class _Pieces(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        piece = self[code] = _folded_character(chr(code))
        return piece


_PIECES = _Pieces()


def _folded_character(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character).casefold().translate(_SPECIAL)
    folded = unicodedata.normalize("NFKD", folded).casefold()
    return "".join(_kept(letter) for letter in folded)


def _kept(letter: str) -> str:
    """Letters and digits stay, accents and apostrophes go, anything else parts words."""
    if letter in _APOSTROPHES or "\u0300" <= letter <= "\u036f":
        return ""
    if letter.isalnum():
        return letter
    category = unicodedata.category(letter)
    # Vowel signs belong to the word they stand in; joiners and the like are not seen at all.
    if category[0] == "M":
        return letter
    return "" if category in ("Cf", "Lm", "Sk") else " "


def _unmixed(word: str) -> str:
    """One alphabet a word: that of its letters without a twin, else the one with more."""
    if word.isascii():
        return word
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return word
    own = len(set(latin) - _LATIN_SET) - len(set(cyrillic) - _CYRILLIC_SET)
    to_latin = own > 0 or (own == 0 and len(latin) > len(cyrillic))
    return word.translate(_TO_LATIN if to_latin else _TO_CYRILLIC)
