"""A line as one text in a language: how much of what, and what it must be like."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from babel import Locale

from mistok.needs.items import LANGUAGES, Amount, amount_words
from mistok.needs.items import item as item_of
from mistok.needs.models import Need
from mistok.needs.models.lines import STEPS_PER_UNIT


class Line(NamedTuple):
    """What the words of a line are made of; `steps` are thousandths of the unit."""

    item: str
    text: Mapping[str, str]
    unit: str
    steps: int
    specification: Mapping[str, str]


def words_of(need: Need, lang: str, *, steps: int | None = None) -> str:
    """The line in one text: "5 diesel generators up to 75 kVA, on a trailer".

    `steps`: another amount than what is asked, in thousandths. A line without an item stands in
    the office's own words in the language; where there are none, in the words that there are,
    and their language is named.
    """
    return line_words(line_of(need, steps), lang)


def words_of_projection(projection: Mapping[str, Any], lang: str) -> str:
    """The same of what the public may read."""
    return line_words(
        Line(
            projection["item"],
            projection["text"],
            projection["unit"],
            int(Decimal(projection["asked"]) * STEPS_PER_UNIT),
            projection["specification"],
        ),
        lang,
    )


def line_of(need: Need, steps: int | None = None) -> Line:
    """What the words of a line are made of."""
    asked = need.asked if steps is None else steps
    return Line(need.item, need.text, need.unit, asked, need.specification)


def line_words(line: Line, lang: str) -> str:
    """See `words_of`; a language that we have no words for is told in English."""
    lang = lang if lang in LANGUAGES else "en"
    amount = Amount(Decimal(line.steps) / STEPS_PER_UNIT, line.unit)
    if line.item:
        said = [amount_words(amount, lang, item_of(line.item)), line.text.get(lang, "")]
    else:
        said = [f"{own_words(line.text, lang)} – {amount_words(amount, lang)}"]
    said.append(line.specification.get(lang, ""))
    return ", ".join(part for part in said if part)


def own_words(text: Mapping[str, str], lang: str) -> str:
    """What the office wrote in the language, else in another one that is named with it."""
    if lang in text:
        return text[lang]
    other = next((one for one in ("en", *LANGUAGES, *text) if one in text), "")
    if not other:
        return "–"
    named = Locale(lang).languages.get(other, other)
    return f"{text[other]} ({named})"


def untranslated(need: Need, lang: str) -> tuple[str, ...]:
    """Fields whose words are lacking in the language although the office wrote them in another.

    Where `text` is among them and there is no item, a letter in that language must not go out.
    """
    lacking = []
    for field, texts in (("text", need.text), ("specification", need.specification)):
        if texts and lang not in texts:
            lacking.append(field)
    return tuple(lacking)
