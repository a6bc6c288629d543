"""Reading a number as Europeans and Americans write it; what can be read two ways is asked back."""

import re
from decimal import Decimal
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.needs.items.amounts import refused, too_large

GAPS: Final = " '’\u00a0\u2009\u202f"
"""What separates thousands and nothing else: spaces of all widths, and the Swiss apostrophe."""
NUMERAL: Final = rf"[.,]?\d+(?:[{GAPS}.,]\d+)*"
_DECIMAL_SIGNS: Final = {"uk": ",", "en": ".", "de": ",", "pl": ",", "fr": ","}
_GROUP_SIGNS: Final = {"en": ",", "de": "."}
_THREE: Final = 3
_MOST_DIGITS: Final = 30
_WHOLE: Final = re.compile(rf"{NUMERAL}", re.ASCII)
_GAP: Final = re.compile(rf"[{GAPS}]")


def read_number(text: str, language: str | None = None) -> Decimal:
    """The number that a numeral without sign and unit stands for: "1 200,5", "1,200.50", "12".

    One comma or point before exactly three digits may divide thousands or begin the decimals:
    "1,200" is read as people of `language` write it, and refused where that is not told. Raises
    Invalid (codes `amount_malformed`, `amount_ambiguous`, `amount_too_large`).
    """
    numeral = text.strip()
    if not _WHOLE.fullmatch(numeral):
        raise _malformed(text)
    if sum(letter.isdigit() for letter in numeral) > _MOST_DIGITS:
        raise too_large(text)
    signs = [letter for letter in numeral if letter in ".,"]
    if not signs:
        return Decimal(_ungrouped(numeral, _GAP, text))
    if len(set(signs)) > 1:
        return _both(numeral, signs, text)
    if len(signs) > 1:
        return Decimal(_ungrouped(numeral, re.compile(re.escape(signs[0])), text))
    whole, _, rest = numeral.partition(signs[0])
    if _is_open(whole, rest) and not _is_decimal(signs[0], text, language):
        return Decimal(whole + rest)
    return _joined(whole, rest, text)


def _both(numeral: str, signs: list[str], text: str) -> Decimal:
    """Comma and point both: the last one begins the decimals, the others divide thousands."""
    if signs.count(signs[-1]) > 1:
        raise _malformed(text)
    whole, _, rest = numeral.rpartition(signs[-1])
    return Decimal(f"{_ungrouped(whole, re.compile(re.escape(signs[0])), text)}.{rest}")


def _joined(whole: str, rest: str, text: str) -> Decimal:
    if not rest.isdigit():
        raise _malformed(text)
    return Decimal(f"{_ungrouped(whole, _GAP, text) or '0'}.{rest}")


def _ungrouped(whole: str, sign: re.Pattern[str], text: str) -> str:
    """The digits of a number that is divided into thousands by `sign`, or not at all."""
    first, *others = sign.split(whole)
    if others and (
        not 0 < len(first) <= _THREE
        or first == "0"
        or any(len(group) != _THREE for group in others)
    ):
        raise _malformed(text)
    digits = "".join([first, *others])
    if digits and not digits.isdigit():
        raise _malformed(text)
    return digits


def _is_open(whole: str, rest: str) -> bool:
    """Whether the one sign may divide thousands as well as begin the decimals."""
    both = f"{whole}{rest}"
    return len(rest) == _THREE < len(both) <= 2 * _THREE and both.isdigit() and both[0] != "0"


def _is_decimal(sign: str, text: str, language: str | None) -> bool:
    if sign == _DECIMAL_SIGNS.get(language or ""):
        return True
    if sign == _GROUP_SIGNS.get(language or ""):
        return False
    whole, _, rest = text.strip().partition(sign)
    one, other = whole + rest, f"{whole}.{rest.rstrip('0') or '0'}"
    clear = f"{other}0" if len(rest.rstrip("0")) == _THREE else other
    raise refused(
        "ambiguous",
        text.strip(),
        f"can be read as {one} or as {other}. Which one is it? Write {one} or {clear}.",
        readings=[one, other],
    )


def _malformed(text: str) -> Invalid:
    told = "is not a number that we can read. Write it in digits, for example 12 or 2,5."
    return refused("malformed", text.strip(), told)
