"""An exact amount with its unit, and the turning of one unit into another where that is safe."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.needs.items.catalogue import unit as unit_of
from mistok.needs.items.plurals import plain

LARGEST: Final = Decimal(999_999_999)
"""More than this of anything is a slip of the keyboard."""
FINEST_PLACES: Final = 3
"""Decimal places of the smallest step, a thousandth, in which conservation is reckoned."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of a unit; made by `exact_amount`, which sees to it that it makes sense."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{plain(self.number):f} {self.unit}"


def exact_amount(number: Decimal, unit: str) -> Amount:
    """The amount, checked: more than 0, at most LARGEST, no finer than a thousandth.

    Units that come in whole numbers only take whole numbers only. Raises Invalid (codes
    `amount_not_a_number`, `amount_negative`, `amount_zero`, `amount_too_large`,
    `amount_too_fine`, `amount_not_whole`, `unit_unknown`).
    """
    found = unit_of(unit)
    if not number.is_finite():
        raise refused("not_a_number", str(number), "is not a number. Write one in digits.")
    if abs(number) > LARGEST:
        raise too_large(_shown(number))
    if number < 0:
        raise refused("negative", _shown(number), "is below zero. Write an amount above zero.")
    if number == 0:
        told = "is no amount to ask for. Write an amount above zero, or leave the line out."
        raise refused("zero", _shown(number), told)
    if number != round(number, FINEST_PLACES):
        told = f"has more than {FINEST_PLACES} decimal places. Round it, or take a smaller unit."
        raise refused("too_fine", _shown(number), told)
    if found.whole and number != number.to_integral():
        told = f"cannot be: {found.names['en'][-1]} come in whole numbers. Write a whole number."
        raise refused("not_whole", _shown(number), told, unit=unit)
    return Amount(plain(number), found.code)


def convert(amount: Amount, unit: str, *, places: int | None = None) -> Amount:
    """The same amount in another unit of the same dimension, exactly.

    `places` rounds half to even to so many decimal places; without it an amount that has no
    exact form of at most three places is refused. Raises Invalid (codes `unit_unknown`,
    `conversion_impossible`, `conversion_inexact`, and those of `exact_amount`).
    """
    here, there = unit_of(amount.unit), unit_of(unit)
    if here.dimension != there.dimension:
        raise Invalid(
            f"{amount} cannot be turned into {there.names['en'][-1]}: nobody knows how many go"
            f" into one. Write the number of {there.names['en'][-1]} itself.",
            code="conversion_impossible",
            details={"amount": str(amount.number), "unit": amount.unit, "into": unit},
        )
    exact = Fraction(amount.number) * here.factor / there.factor
    step = 10 ** (FINEST_PLACES if places is None else min(places, FINEST_PLACES))
    steps = round(exact * step)
    if places is None and Fraction(steps, step) != exact:
        raise Invalid(
            f"{amount} has no exact value in {there.names['en'][-1]}. Keep the unit, or round the"
            " value yourself.",
            code="conversion_inexact",
            details={"amount": str(amount.number), "unit": amount.unit, "into": unit},
        )
    return exact_amount(Decimal(steps) / Decimal(step), there.code)


def refused(code: str, value: str, told: str, **details: object) -> Invalid:
    """The refusal of an amount; `told` goes on after the value in quotation marks."""
    return Invalid(
        f"The amount “{value[:40]}” {told}",
        code=f"amount_{code}",
        details={"value": value[:200], **details},
    )


def too_large(value: str) -> Invalid:
    """The refusal of more than LARGEST."""
    told = f"is more than {LARGEST:f}, which nobody can send. Write the amount that you need."
    return refused("too_large", value, told)


def _shown(number: Decimal) -> str:
    """As a person would write it; only what is far too large keeps its exponent."""
    return f"{number:f}" if abs(number.adjusted()) < len(str(LARGEST)) * 2 else str(number)
