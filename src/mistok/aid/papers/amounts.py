"""Amounts, weights and money of lines as papers print them; exact, never rounded but to a cent."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from mistok.aid.models import AidLine
from mistok.aid.papers.phrases import Languages, Texts
from mistok.needs.items import number_text
from mistok.needs.items import unit as unit_of
from mistok.needs.items.plurals import form
from mistok.needs.models.lines import STEPS_PER_UNIT

_CENT: Final = Decimal("0.01")
_GRAMS: Final = 1000
_PLENTY: Final = Decimal(100)
"""The number whose form of a unit is meant where no number was told."""
HRYVNIA: Final = "UAH"

Money = dict[str, str]


def printed(steps: int, languages: Languages) -> str:
    """Thousandths of a unit as a cell prints them for readers of all its languages: "1 200,5".

    With a point where English stands alone; one cell cannot have both.
    """
    alone = tuple(languages) == ("en",)
    return number_text(Decimal(steps) / STEPS_PER_UNIT, "en" if alone else "uk")


def as_told(line: AidLine, languages: Languages) -> str:
    """The amount as it was told, ">5" for an inequality; empty where nobody told it."""
    return "" if line.amount is None else f"{line.bound}{printed(line.amount, languages)}"


def unit_words(line: AidLine, steps: int | None, languages: Languages) -> Texts:
    """The unit in the form that follows the number."""
    number = _PLENTY if steps is None else Decimal(steps) / STEPS_PER_UNIT
    names = unit_of(line.unit).names
    return {lang: form(names[lang], number, lang) for lang in languages}


def kilograms(grams: int | None) -> str:
    """A weight as a slot takes it; empty where nobody told it."""
    return "" if grams is None else f"{(Decimal(grams) / _GRAMS).normalize():f}"


def money(amount: Decimal, currency: str) -> Money:
    """An amount of money as a slot takes it."""
    return {"amount": str(amount.quantize(_CENT, ROUND_HALF_UP)), "currency": currency}


def worth(line: AidLine, steps: int | None) -> Money | None:
    """The value of so much of a line in its own currency; None where no value is known."""
    if line.unit_value is None or steps is None:
        return None
    return money(line.unit_value * steps / STEPS_PER_UNIT, line.currency)


def worth_uah(line: AidLine, steps: int) -> Money | None:
    """The same in hryvnias, at the rate that was kept (D4-13); None where there is none."""
    rate = Decimal(1) if line.currency == HRYVNIA else line.uah_rate
    if line.unit_value is None or rate is None:
        return None
    return money(line.unit_value * rate * steps / STEPS_PER_UNIT, HRYVNIA)


def total(rows: Iterable[Mapping[str, Any]], name: str) -> Money | None:
    """The sum of a column of money; None unless every row has it, all in one currency."""
    cells = [row.get(name) for row in rows]
    held = [cell for cell in cells if cell]
    currencies = {cell["currency"] for cell in held}
    if len(held) < len(cells) or len(currencies) != 1:
        return None
    return money(sum((Decimal(cell["amount"]) for cell in held), Decimal(0)), currencies.pop())
