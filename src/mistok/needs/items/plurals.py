"""The form of a word that follows a number, by the plural rules of CLDR."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.plural import PluralRule

from mistok.needs.items.model import FORMS

MILLIONS: Final = "many"
_FRENCH: Final = "fr"
_VOWEL: Final = re.compile(r"h?[aeiouyàâäéèêëîïôöùûüœæ]", re.IGNORECASE)


def category(number: Decimal, language: str) -> str:
    """The category of CLDR: one, few, many or other; "5.0" counts as 5."""
    return _rule(language)(plain(number))


def form(forms: Sequence[str], number: Decimal, language: str) -> str:
    """The form among `forms` (in the order of FORMS) that stands after the number.

    French millions take "de": "2 000 000 de pièces".
    """
    named = category(number, language)
    if language == _FRENCH and named == MILLIONS:
        return of_french(forms[FORMS[language].index("other")])
    return forms[FORMS[language].index(named)]


def of_french(noun: str) -> str:
    """ "de pompes", "d’antibiotiques"; our nouns in h are mute but for those that begin with ha."""
    elided = _VOWEL.match(noun) and not noun.lower().startswith("ha")
    return f"d’{noun}" if elided else f"de {noun}"


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at its end and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


@cache
def _rule(language: str) -> PluralRule:
    return Locale(language).plural_form
