"""Fields of the forms about needs: amounts as people write them, texts in several languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mistok.kernel.errors import Invalid
from mistok.needs.items import LANGUAGES, Amount, parse_amount, units
from mistok.web.needs.sentences import told
from mistok.web.words import lang

FIRST = ("uk", "en")
"""Languages in which a text is asked for first; the other ones lie folded."""


class AmountField(forms.CharField):
    """An amount as people write it ("8", "2,5 t"); gives an exact `Amount`.

    `unit` is the code of the unit that is meant where the text names none.
    """

    def __init__(self, *, unit: str = "", **more: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "10"})
        super().__init__(max_length=40, widget=box, **more)
        self.unit = unit

    def clean(self, value: Any) -> Any:
        """The amount, or None for nothing where nothing is needed."""
        text = super().clean(value)
        return read_amount(text, self.unit) if text else None


def read_amount(text: str, unit: str) -> Amount:
    """An amount from a box of a form. Raises ValidationError with the sentence of the refusal."""
    try:
        return parse_amount(text, unit=unit, language=lang())
    except Invalid as refusal:
        raise ValidationError(told(refusal), code=refusal.code) from None


def unit_choices() -> list[tuple[str, str]]:
    """Every unit in the order of a form, in the plural: "kilograms (kg)"."""
    language = lang()
    found = []
    for unit in units():
        name, symbol = unit.names[language][-1], unit.symbols[language]
        if language == "uk":
            name = unit.names[language][0]
        found.append((unit.code, name if name == symbol else f"{name} ({symbol})"))
    return found


def chosen(
    label: Any,
    choices: Sequence[tuple[str, Any]],
    help_text: Any = "",
    *,
    empty: Any = None,
    needed: bool = True,
) -> Any:
    """One of many in a list that folds; `empty` is the words for none of them."""
    first = [] if empty is None else [("", empty)]
    return forms.ChoiceField(
        label=label, choices=[*first, *choices], help_text=help_text, required=needed
    )


def whole(label: Any, help_text: Any = "", *, most: int) -> Any:
    """A whole number above zero, or nothing."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"}),
    )


def texts(name: str, label: Any, help_text: Any = "", *, most: int = 200, rows: int = 0) -> Any:
    """A text in each language as fields of their own: `text_uk`, `text_en` …"""
    found = {}
    for language in LANGUAGES:
        box = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        box.attrs["lang"] = language
        found[f"{name}_{language}"] = forms.CharField(
            label=label, help_text=help_text, required=False, max_length=most, widget=box
        )
    return found


def texts_of(name: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What was written, by language."""
    return {code: text for code in LANGUAGES if (text := values.get(f"{name}_{code}", "").strip())}


def day(label: Any, help_text: Any = "") -> Any:
    """A day; the browser's own calendar helps where it has one."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("This is no day. Write it as 2027-06-30.")},
    )
