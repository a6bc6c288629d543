"""Codes of letters: short, read aloud without mistakes, with a digit that betrays a slip.

Twelve signs in three groups (K7QM-2XWD-94TR). Eleven are drawn at random from 23: whoever guesses
a thousand codes an hour for a year meets one of a million letters with a chance of one in a
hundred. The last makes the sum, each sign times its place, a multiple of 23. As 23 is prime and no
place is a multiple of it, every single wrong sign and every two signs that changed places are
found; the old numbers of books did the same with 11.
"""

import re
import secrets
from typing import Final

SIGNS: Final = "2346789ACDEFHJKMPRTWXYQ"
"""Without 0 and O, 1, I and L, 5 and S, U and V; no B beside 8, G beside 6, N beside M, Z beside 2.
"""
LENGTH: Final = 12
_GROUP: Final = 4
_ALIKE: Final = str.maketrans("АСЕНКМРТХУBGZ", "ACEHKMPTXY862")
"""Cyrillic letters that look like ours, and Latin ones that we do not use, as what was meant."""
_BLANKS: Final = re.compile(r"[\s\-–—_.]+")


def new_code() -> str:
    """A code that nobody can guess."""
    return grouped(with_check("".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))))


def with_check(signs: str) -> str:
    """The signs with the one that makes them whole behind them."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, 1))
    own = len(signs) + 1
    return signs + SIGNS[-total * pow(own, -1, len(SIGNS)) % len(SIGNS)]


def is_whole(code: str) -> bool:
    """Whether the code has the right length and signs and its check holds."""
    bare = code.replace("-", "")
    if len(bare) != LENGTH or set(bare) - set(SIGNS):
        return False
    return with_check(bare[:-1]) == bare


def read_code(text: str) -> str:
    """What somebody typed, as codes are kept; "" for what cannot be one."""
    bare = _BLANKS.sub("", text[:60]).upper().translate(_ALIKE)
    found = grouped(bare)
    return found if is_whole(found) else ""


def grouped(bare: str) -> str:
    """In groups of four."""
    return "-".join(bare[place : place + _GROUP] for place in range(0, len(bare), _GROUP))
