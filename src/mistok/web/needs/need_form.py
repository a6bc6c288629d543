"""The form of one need: what it asks, and the entry made of the answers."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mistok.needs.importing.vocabulary import vocabulary
from mistok.needs.items import LANGUAGES
from mistok.needs.lines import NeedEntry
from mistok.needs.lines.entries import LONGEST_SPECIFICATION, LONGEST_TEXT
from mistok.needs.models.lines import EndUser, NeedKind, Priority, Repeat, Season, ValueBasis
from mistok.web.needs.fields import (
    FIRST,
    chosen,
    day,
    read_amount,
    texts,
    texts_of,
    unit_choices,
    whole,
)
from mistok.web.needs.words import day_words, field_choices
from mistok.web.words import lang, language_name

NOT_SAID = gettext_lazy("not said")
PARTS: Sequence[tuple[Any, tuple[str, ...], tuple[str, ...]]] = (
    (
        gettext_lazy("What is needed, and how much"),
        ("kind", "cluster", *(f"text_{code}" for code in FIRST), "amount", "unit"),
        tuple(f"text_{code}" for code in LANGUAGES if code not in FIRST),
    ),
    (
        gettext_lazy("How urgent, and for whom"),
        ("priority", "needed_by", "season", "end_user", "delivery_note", "restricted"),
        (),
    ),
    (
        gettext_lazy("What it must be like"),
        (*(f"specification_{code}" for code in FIRST), "shelf_life_months", "wear_percent"),
        tuple(f"specification_{code}" for code in LANGUAGES if code not in FIRST),
    ),
    (
        gettext_lazy("What it costs, and whether it comes back"),
        ("value", "currency", "value_basis", "repeat"),
        (),
    ),
)
"""Headings with the fields under them, and those that lie folded."""
PLAIN = (
    *("kind", "cluster", "priority", "needed_by", "season", "end_user", "delivery_note"),
    *("restricted", "value", "currency", "value_basis", "repeat"),
    *("shelf_life_months", "wear_percent"),
)
"""Answers that go into the entry as they stand."""


def currencies() -> list[tuple[str, str]]:
    """Currencies by their codes, those that are used most first."""
    codes = sorted(set(vocabulary().currencies.values()))
    first = [code for code in ("UAH", "EUR", "USD") if code in codes]
    return [(code, code) for code in (*first, *(one for one in codes if one not in first))]


def _fields() -> dict[str, forms.Field]:
    return _what() | _urgency() | _quality() | _cost()


def _what() -> dict[str, forms.Field]:
    help_text = _("Leave it empty where the catalogue's name says it.")
    return {
        "kind": chosen(_("Kind"), NeedKind.choices),
        "cluster": chosen(_("Field of help"), field_choices(lang()), empty=_("Choose one")),
        **texts("text", _("In your words"), help_text, most=LONGEST_TEXT),
        "amount": forms.CharField(
            label=_("How much"),
            help_text=_("One exact number: 8 or 2.5. A unit may stand beside it."),
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        ),
        "unit": chosen(pgettext("amount", "Unit"), unit_choices()),
    }


def _urgency() -> dict[str, forms.Field]:
    return {
        "priority": chosen(_("Priority"), Priority.choices),
        "needed_by": day(_("Needed by"), _("The public sees the month at most.")),
        "season": chosen(_("When it is of use"), Season.choices),
        "end_user": chosen(_("For whom"), EndUser.choices),
        "delivery_note": forms.CharField(
            label=_("What delivery must heed"),
            help_text=_("For example: unloaded by hand, no loading ramp. No address, no route."),
            required=False,
            max_length=200,
        ),
        "restricted": forms.BooleanField(label=_("Never show it to the public"), required=False),
    }


def _quality() -> dict[str, forms.Field]:
    plain = _("No addresses, no persons, no units of the army: partners will read it.")
    label = _("Specification")
    return {
        **texts("specification", label, plain, most=LONGEST_SPECIFICATION, rows=2),
        "shelf_life_months": whole(_("Shelf life left, at least (months)"), most=600),
        "wear_percent": whole(_("Wear, at most (percent)"), most=100),
    }


def _cost() -> dict[str, forms.Field]:
    once = _("no, it is asked once")
    basis = _("The value rests on")
    return {
        "value": forms.DecimalField(
            label=_("Estimated value of all of it"),
            required=False,
            min_value=0,
            max_digits=14,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        ),
        "currency": chosen(_("Currency"), currencies(), empty=NOT_SAID, needed=False),
        "value_basis": chosen(basis, ValueBasis.choices, empty=NOT_SAID, needed=False),
        "repeat": chosen(_("Does it come back?"), Repeat.choices, empty=once, needed=False),
    }


class NeedForm(forms.Form):
    """Everything that a need says; `code` is the item of the catalogue that it is about, if any."""

    def __init__(self, code: str, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", auto_id="need-%s", **more)
        self.code = code
        self.fields.update(_fields())
        if code:
            # Of what the catalogue knows the kind is known, and its name need not be written.
            del self.fields["kind"]

    @property
    def parts(self) -> list[tuple[Any, list[BoundField], list[BoundField]]]:
        """Headings, fields, folded fields."""
        return [
            (
                legend,
                [self[name] for name in names if name in self.fields],
                [self[name] for name in folded],
            )
            for legend, names, folded in PARTS
        ]

    def clean(self) -> dict[str, Any]:
        """The amount exact; without an item the words must say what is needed."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("amount") and told.get("unit"):
            try:
                told["exact"] = read_amount(told["amount"], told["unit"])
            except ValidationError as error:
                self.add_error("amount", error)
        if not self.code and not texts_of("text", told):
            self.add_error(
                f"text_{lang()}", _("Write what is needed, or choose it from the catalogue.")
            )
        if told.get("value") is not None and not told.get("currency"):
            self.add_error("currency", _("Choose the currency of the value."))
        return told

    def entry(self) -> NeedEntry:
        """The answers of a valid form."""
        told = self.cleaned_data
        exact = told["exact"]
        plain = {name: told[name] for name in PLAIN if name in self.fields}
        if told["value"] is None:
            plain |= {"currency": "", "value_basis": ""}
        return NeedEntry(
            item=self.code,
            text=texts_of("text", told),
            specification=texts_of("specification", told),
            number=exact.number,
            unit=exact.unit,
            **plain,
        )


def answers_of(entry: NeedEntry) -> dict[str, Any]:
    """An entry as the form shows it."""
    texts = {
        f"{name}_{code}": text
        for name in ("text", "specification")
        for code, text in getattr(entry, name).items()
    }
    number = f"{Decimal(entry.number).normalize():f}" if entry.number else ""
    plain = {name: getattr(entry, name) for name in PLAIN}
    return texts | plain | {"amount": number, "unit": entry.unit}


def differing(form: NeedForm, now: NeedEntry) -> list[tuple[str, str, str]]:
    """Fields in which a valid form and what stands now are not the same: label, now, typed."""
    rows = []
    stands, typed = answers_of(now), answers_of(form.entry())
    for name, field in form.fields.items():
        told = shown(field, stands.get(name)), shown(field, typed.get(name))
        if told[0] != told[1]:
            rows.append((_label(name, str(field.label)), *told))
    return rows


def _label(name: str, label: str) -> str:
    language = name.rpartition("_")[2]
    return (
        f"{label} ({language_name(language)})"
        if name.startswith(("text_", "specification_"))
        else label
    )


def shown(field: forms.Field, value: Any) -> str:
    """An answer in words."""
    if isinstance(field, forms.ChoiceField):
        labels: dict[str, object] = dict(cast("Iterable[tuple[str, object]]", field.choices))
        return str(labels.get(value or "", ""))
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return day_words(value)
    return "" if value is None else str(value)
