"""Why a text is not one number and one unit: a range, a guess, a bound, several amounts."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.needs.items.amounts import LARGEST, refused, too_large

_EXPONENT: Final = re.compile(
    r"[-−]?(?P<number>\d+(?:[.,]\d+)?)\s*(?:[eEеЕ]|[*x×хХ]\s*10\s*\^)\s*(?P<power>[+-]?\d{1,9})"
    r"(?!\d).*",
    re.ASCII | re.DOTALL,
)
_LARGEST_POWER: Final = 400


def _words(*phrases: str) -> str:
    """A pattern for any of the phrases as whole words; a space stands for any run of them."""
    listed = "|".join(phrases).replace("/", "|").replace(" ", "[ \u00a0]+")
    return rf"\b(?:{listed})\b"


_ABOUT: Final = "[~≈±]|" + _words(
    "about/approx/approximately/around/roughly/circa/ca",
    "близько/приблизно/орієнтовно/біля/десь/прибл",
    "etwa/ungefähr/rund/zirka",
    "około/ok/mniej więcej",
    "environ/à peu près",
)
_BOUND: Final = r"[<>≤≥]|\d\s*\+\D*$|" + _words(
    "at least/at most/more than/less than/over/up to/min/max/minimum/maximum/or more",
    "не менше/не більше/більше/менше/понад/мінімум/максимум/щонайменше/до/від",
    "mindestens/höchstens/mehr als/weniger als/bis zu/bis/über",
    "co najmniej/przynajmniej/najwyżej/ponad/powyżej/poniżej/do/od",
    "au moins/au plus/plus de/moins de/jusqu",
)
_RANGE: Final = (
    r"\d[^\d+;]{0,12}?(?:[-−–—…]|\.\.+|" + _words("to/or", "до/або", "bis/oder", "do/lub", "à/ou")
) + r")\s*\d"
_SEVERAL: Final = (
    r"\d\D*(?:[+;&,]|" + _words("and", "та/і/й", "und", "oraz/i", "et") + r")\D*\d"
    r"|\d\s*[^\d\s.,]+\s*\d"
)

_REASONS: Final[Sequence[tuple[str, re.Pattern[str], str]]] = tuple(
    (code, re.compile(pattern, re.IGNORECASE), told)
    for code, pattern, told in (
        ("negative", r"\A\s*[-−–]\s*[\d.,]", "is below zero. Write an amount above zero."),
        (
            "range",
            _RANGE,
            "is a range. Which amount do you ask for? Write one number, and the rest as a note.",
        ),
        ("about", _ABOUT, "is only about so much. Write the exact amount that you ask for."),
        (
            "several",
            _SEVERAL,
            "holds more than one amount. Write a line for each, with one number and one unit.",
        ),
        (
            "bound",
            _BOUND,
            "says only how much at least or at most. Write the exact amount that you ask for.",
        ),
    )
)


def diagnosed(written: str) -> Invalid | None:
    """The refusal that names the reason; None where no reason is known."""
    for code, pattern, told in _REASONS:
        if pattern.search(written):
            return refused(code, written, told)
    return None


def with_exponent(written: str) -> Invalid | None:
    """The refusal of "1e30" and "5 x 10^3"; None where there is no power of ten."""
    found = _EXPONENT.fullmatch(written)
    if found is None:
        return None
    power = max(-_LARGEST_POWER, min(int(found["power"]), _LARGEST_POWER))
    if Decimal(found["number"].replace(",", ".")).scaleb(power) > LARGEST:
        return too_large(written)
    return refused("exponent", written, "is written with a power of ten. Write all its digits.")
