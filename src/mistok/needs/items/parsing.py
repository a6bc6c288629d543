"""Reading an amount as people write it in a cell: "8 шт.", "2,5 т", "1 200 л", "pcs 12"."""

import re
from collections.abc import Sequence
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.needs.items.amounts import Amount, exact_amount, refused
from mistok.needs.items.catalogue import unit as unit_of
from mistok.needs.items.catalogue import unit_unknown
from mistok.needs.items.diagnosing import diagnosed, with_exponent
from mistok.needs.items.model import Unit
from mistok.needs.items.naming_units import find_units
from mistok.needs.items.numerals import GAPS, NUMERAL, read_number

_MOST_LETTERS: Final = 120
_POWER: Final = re.compile(r"(?<=[mм])\s?([23])(?!\d)", re.IGNORECASE)
_UNIT: Final = r"[^\d+\-−–—<>≤≥~≈±/;=.,][^\d+<>≤≥~≈±/;=]*"
_SIMPLE: Final = re.compile(rf"(?P<number>{NUMERAL})[.,]?[{GAPS}]*(?P<unit>{_UNIT})?", re.ASCII)
_TURNED: Final = re.compile(rf"(?P<unit>{_UNIT}?)[{GAPS}:]*(?P<number>{NUMERAL})", re.ASCII)


def parse_amount(text: str, *, unit: str = "", language: str | None = None) -> Amount:
    """Read one amount. It is exact, and never a guess.

    `unit`: the code of the unit that is meant where the text names none, or one that several are
    called by; `language`: in whose manner "1,200" is written (see `read_number`). Raises Invalid:
    `amount_missing`, `amount_about`, `amount_bound`, `amount_range`, `amount_several`,
    `amount_exponent`, `amount_malformed`, `amount_ambiguous`, `unit_missing`, `unit_unknown`,
    `unit_ambiguous`, and the codes of `exact_amount`.
    """
    given = text.strip()
    if not given:
        raise Invalid(
            "The amount is missing. Write how many, for example 8 pcs or 2,5 t.",
            code="amount_missing",
        )
    if len(given) > _MOST_LETTERS:
        raise refused("malformed", given, "is too long. Write one number and one unit.")
    if powered := with_exponent(given):
        raise powered
    written = _POWER.sub(lambda power: "²³"[int(power[1]) - 2], given)
    found = _SIMPLE.fullmatch(written) or _TURNED.fullmatch(written)
    told = (found["unit"] or "").strip() if found else ""
    named = find_units(told)
    if found is None or (told and not named):
        raise diagnosed(given) or _unreadable(given, told)
    return exact_amount(read_number(found["number"], language), _chosen(told, named, unit))


def _unreadable(given: str, told: str) -> Invalid:
    """The refusal of what is no amount for no known reason; `told` is the unit that was read."""
    if told:
        return unit_unknown(told)
    told = "cannot be read. Write one number in digits and its unit, for example 12 pcs."
    return refused("malformed", given, told)


def _chosen(told: str, named: Sequence[Unit], unit: str) -> str:
    """The code of the unit that is meant."""
    if len(named) == 1:
        return named[0].code
    if not named:
        if unit:
            return unit_of(unit).code
        raise unit_missing()
    if unit in {one.code for one in named}:
        return unit
    raise unit_ambiguous(told, named)


def unit_missing() -> Invalid:
    """The refusal of a number without a unit."""
    return Invalid(
        "The amount has no unit. Write one after the number, for example pcs, kg, l or boxes.",
        code="unit_missing",
    )


def unit_ambiguous(told: str, named: Sequence[Unit]) -> Invalid:
    """The refusal of a word that several units are called by."""
    choices = [one.names["en"][-1] for one in named]
    return Invalid(
        f"“{told[:40]}” can mean {' or '.join(choices)}. Which one is it? Write it in full.",
        code="unit_ambiguous",
        details={"unit": told[:200], "choices": [one.code for one in named]},
    )
