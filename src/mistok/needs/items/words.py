"""An amount as a letter prints it, with the right plural: "5 генераторів", "2 generatory"."""

from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal

from mistok.needs.items.amounts import Amount
from mistok.needs.items.catalogue import unit as unit_of
from mistok.needs.items.model import COUNTED, FORMS, Item
from mistok.needs.items.plurals import form, of_french, plain

LOCALES: Final = {"uk": "uk_UA", "en": "en_GB", "de": "de_DE", "pl": "pl_PL", "fr": "fr_FR"}
"""The same as of `mistok.papers`, so that numbers look alike throughout a letter."""
_STAY: Final = "\u00a0"


def amount_words(amount: Amount, language: str, item: Item | None = None) -> str:
    """The amount in words of the language: "2,5 тонни", and of what, where an item is told.

    "5 генераторів", "2,5 тонни паливних пелет", "3 Kartons Mullbinden", "5 paires de béquilles";
    of know-how and hosting "школа (2 місця)", since these are not measured out. A space that does
    not break stands after the number.
    """
    number = plain(amount.number)
    if item is not None and item.counted and amount.unit == COUNTED:
        told = form(item.names[language], number, language)
        return f"{number_text(number, language)}{_STAY}{told}"
    unit = form(unit_of(amount.unit).names[language], number, language)
    measured = f"{number_text(number, language)}{_STAY}{unit}"
    if item is None:
        return measured
    if item.kind != "goods":
        return f"{item.name(language)} ({measured})"
    return f"{measured} {_of(item, language)}"


def amount_text(amount: Amount, language: str) -> str:
    """The amount with the symbol of its unit, as a table has it: "12 шт.", "2,5 t"."""
    symbol = unit_of(amount.unit).symbols[language]
    return f"{number_text(amount.number, language)}{_STAY}{symbol}"


def number_text(number: Decimal, language: str) -> str:
    """With all its decimals, grouped and pointed as the language has it."""
    return format_decimal(plain(number), locale=LOCALES[language], decimal_quantization=False)


def _of(item: Item, language: str) -> str:
    """The name as it follows a unit: in Ukrainian and Polish in the genitive, of many."""
    forms = item.names[language]
    if language in ("uk", "pl"):
        return forms[FORMS[language].index("many")] if item.counted else forms[1]
    if language == "fr":
        return of_french(forms[-1])
    return f"of {forms[-1]}" if language == "en" else forms[-1]
