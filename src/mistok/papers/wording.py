"""Days, numbers, money, joined lists and names of languages as an official text writes them."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

LOCALES: Final = {"uk": "uk_UA", "en": "en_GB", "de": "de_DE", "pl": "pl_PL", "fr": "fr_FR"}
"""English is that of Great Britain: day before month, and no comma before the last "and"."""

_DAYS = {
    "uk": "d\u00a0MMMM y\u00a0'року'",
    "en": "d\u00a0MMMM y",
    "de": "d.\u00a0MMMM y",
    "pl": "d\u00a0MMMM y\u00a0'r.'",
    "fr": "d\u00a0MMMM y",
}
_LANGUAGES: Final = {
    "uk": ("українською", "англійською", "німецькою", "польською", "французькою"),
    "en": ("Ukrainian", "English", "German", "Polish", "French"),
    "de": ("ukrainischer", "englischer", "deutscher", "polnischer", "französischer"),
    "pl": ("ukraińskim", "angielskim", "niemieckim", "polskim", "francuskim"),
    "fr": ("en ukrainien", "en anglais", "en allemand", "en polonais", "en français"),
}
_FRAMES = {
    "uk": ("{} мовою", "{} мовами"),
    "en": ("in {}", "in {}"),
    "de": ("in {} Sprache", "in {} Sprache"),
    "pl": ("w języku {}", "w językach {}"),
    "fr": ("{}", "{}"),
}
_STAY: Final = re.compile(
    r" (?=[—–])|(?<=[№§]) |(?<=\bN[ro]\.) (?=\d)|(?<=\b[Nn]r) (?=\d)"
    r"|(?<=\d) (?=(?:[ксм]?м|к?г|м?л|т|к?Вт|кВА?|[ckm]?m|k?g|m?l|t|k?W|kVA?)\b)"
    r"|(?<=\b[Tt][eé]l\.|\bтел\.) (?=\+?\d)"
    r"|(?<=\b[A-ZА-ЯҐЄІЇŁŚŹŻ]\.) (?=[A-ZА-ЯҐЄІЇŁŚŹŻ])"
)
_OPEN_HYPHEN: Final = re.compile(r"(?<=\s)-(?=\w)")
_STAY_SHORT: Final = {
    "uk": re.compile(r"(?<=\b[аівоузйАІВОУЗ]) "),
    "pl": re.compile(r"(?<=\b[aiouwzAIOUWZ]) "),
}
_TELEPHONE: Final = re.compile(r"\+\d[\d ()-]{6,18}\d")
_SIGN_OF_NUMBER: Final = re.compile(r"(?:№|[Nn]°|[Nn][or]\.|[Nn][or](?=\s))\s*")
_STAY_FRENCH: Final = re.compile(r" (?=[:;!?»])|(?<=«) |(?<=\b[Nn]°) ")


def day_in_words(day: datetime.date, language: str) -> str:
    """ "9 лютого 2023 року", "9 February 2023", "9. Februar 2023", "9 lutego 2023 r.",
    "9 février 2023" ("1er" for the first).
    """
    told = format_date(day, _DAYS[language], locale=LOCALES[language])
    return f"1er{told[1:]}" if language == "fr" and day.day == 1 else told


def number_in_words(number: Decimal, language: str) -> str:
    """With all its decimals, grouped and pointed as the language has it."""
    return format_decimal(number, locale=LOCALES[language], decimal_quantization=False)


def money_in_words(amount: Decimal, currency: str, language: str) -> str:
    """With the code of the currency, which no reader can mistake; whole amounts without cents."""
    digits = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    pattern = f"¤¤\u00a0{digits}" if language == "en" else f"{digits}\u00a0¤¤"
    return format_currency(
        amount, currency, pattern, locale=LOCALES[language], currency_digits=False
    )


def joined(items: Sequence[str], language: str) -> str:
    """ "a, b and c" in the language."""
    return format_list(list(items), locale=LOCALES[language])


def languages_in_words(languages: Sequence[str], language: str) -> str:
    """In which languages a paper is made, ready to stand in a sentence of `language`."""
    order = tuple(_LANGUAGES)
    names = [_LANGUAGES[language][order.index(one)] for one in languages]
    listed = _and(names, language)
    return _FRAMES[language][len(names) > 1].format(listed)


def _and(names: Sequence[str], language: str) -> str:
    """As `joined`; Ukrainian takes "та", which reads well after a vowel."""
    told = joined(names, language)
    return told.replace(" і ", " та ") if language == "uk" else told


def bare_number(text: str) -> str:
    """The number of an act without its sign (№, No., Nr., n°), which each language sets itself.

    The number is quoted as it is, Cyrillic letters too: "№ 123/45-VIII а" gives "123/45-VIII а".
    """
    return text[found.end() :] if (found := _SIGN_OF_NUMBER.match(text)) else text


def begun(text: str, salutation: str, language: str) -> str:
    """The first sentence of a letter with the letter that goes with the stop of the salutation.

    After a comma Ukrainian, German and Polish go on with a small letter, after an exclamation mark
    with a capital; without either, and in English and French, the text stays as it is.
    """
    stop = salutation.rstrip()[-1:]
    if language not in ("uk", "de", "pl") or stop not in (",", "!"):
        return text
    return (text[:1].lower() if stop == "," else text[:1].upper()) + text[1:]


def typeset(text: str, language: str) -> str:
    """The text with blanks that may not be broken where a line must not end: before a dash, after
    the sign of a number, before that of a unit, in a telephone number and before it, after
    initials, after a word of one letter in Ukrainian and Polish, and before the French colon,
    semicolon and closing quotes; and with a hyphen that may not be broken where it begins a word
    ("Wege und -zeiten").
    """
    told = _TELEPHONE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    told = _OPEN_HYPHEN.sub("\u2011", _STAY.sub("\u00a0", told))
    if language == "fr":
        return _STAY_FRENCH.sub("\u00a0", told)
    return _STAY_SHORT[language].sub("\u00a0", told) if language in _STAY_SHORT else told
