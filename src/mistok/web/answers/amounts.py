"""Amounts in answers: read exactly as people write them, counted in the unit of the need."""

from decimal import Decimal
from typing import Any

from django import forms

from mistok.kernel.errors import Invalid
from mistok.needs.items import Amount, amount_words, convert
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.web.needs.fields import AmountField
from mistok.web.needs.sentences import told
from mistok.web.words import lang


class NumberField(AmountField):
    """How many of `unit`; "2,5 t" becomes kilograms where these are the unit."""

    def clean(self, value: Any) -> Decimal | None:
        """The number of units; none where nothing was written."""
        read = super().clean(value)
        if read is None:
            return None
        try:
            return convert(read, self.unit).number
        except Invalid as refusal:
            raise forms.ValidationError(told(refusal), code=refusal.code) from refusal


def number_of(steps: int) -> Decimal:
    """Thousandths as the exact number of units."""
    return Decimal(steps) / STEPS_PER_UNIT


def steps_words(steps: int, unit: str, language: str = "") -> str:
    """So many thousandths of a unit in words, in the reader's language unless another is told."""
    return amount_words(Amount(number_of(steps), unit), language or lang())
