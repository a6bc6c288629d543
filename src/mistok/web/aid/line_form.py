"""The form of one line of a consignment: everything that D4-08 asks, grouped as people tell it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.aid.consignments import LineEntry, LotEntry
from mistok.aid.models import AidLine
from mistok.aid.models.consignments import Bound, ControlList, LineBasis
from mistok.needs.items import LANGUAGES, items
from mistok.needs.models.lines import STEPS_PER_UNIT, EndUser
from mistok.web.aid.fields import AidForm, money, plain_number
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
from mistok.web.needs.need_form import NOT_SAID, currencies
from mistok.web.needs.words import field_choices
from mistok.web.procedure.fields import line
from mistok.web.words import by_name, lang

FIRST_LOTS, MORE_LOTS, MOST_LOTS = 1, 5, 200
PARTS: Sequence[tuple[Any, tuple[str, ...], tuple[str, ...]]] = (
    (
        gettext_lazy("What it is"),
        (*(f"name_{code}" for code in FIRST), "item", "cluster", "end_user"),
        tuple(f"name_{code}" for code in LANGUAGES if code not in FIRST),
    ),
    (
        gettext_lazy("How much"),
        ("bound", "number", "unit", "packages", "pieces", "net_kg", "gross_kg"),
        (),
    ),
    (
        gettext_lazy("What it is worth"),
        ("unit_value", "currency", "value_basis", "uah_rate", "rate_day"),
        (),
    ),
    (gettext_lazy("In what state"), ("used", "wear_percent", "produced_on"), ()),
    (
        gettext_lazy("For customs"),
        ("hs6", "uktzed", "control_list", "licence", "restricted"),
        (),
    ),
)
PLAIN = (
    *("item", "cluster", "end_user", "bound", "packages", "pieces", "unit_value", "currency"),
    *("value_basis", "uah_rate", "rate_day", "used", "wear_percent", "produced_on"),
    *("hs6", "uktzed", "control_list", "licence", "restricted"),
)
"""Answers that go into the entry as they stand, and lie in the line under the same names."""


@dataclass(frozen=True, slots=True)
class LotFields:
    """The fields of one lot, with its number."""

    number: int
    fields: list[BoundField]


class LineForm(AidForm):
    """One line. `rows` is how many lots may be written; a button asks for more."""

    def __init__(
        self, data: Any = None, *, of: AidLine | None = None, rows: int = 0, **more: Any
    ) -> None:
        super().__init__(data, **more)
        least = max(rows, len(of.lot_details) if of else 0, FIRST_LOTS)
        self.rows = min(max(rows_of(data), least), MOST_LOTS)
        self.fields |= _what() | _amount() | _value() | _quality() | _customs()
        for number in range(self.rows):
            self.fields |= _lot(number)
        if of is not None:
            self.initial = {**answers_of(of), **self.initial}

    @property
    def parts(self) -> list[tuple[Any, list[BoundField], list[BoundField]]]:
        """Headings with fields, and those that lie folded, as needs/form_parts.html takes them."""
        return [
            (legend, [self[name] for name in names], [self[name] for name in folded])
            for legend, names, folded in PARTS
        ]

    @property
    def lots(self) -> Iterator[LotFields]:
        """The rows of lots."""
        names = ("batch", "serial", "expires_on", "amount")
        for number in range(self.rows):
            yield LotFields(number + 1, [self[f"lot{number}_{name}"] for name in names])

    def clean(self) -> dict[str, Any]:
        """The amount exact in its unit; a name in one language at least, unless an item says it."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("number") and told.get("unit"):
            self._read("number", told["unit"])
        if not told.get("item") and not texts_of("name", told):
            self.add_error(f"name_{FIRST[0]}", _("Write what it is, in one language at least."))
        if not told.get("item") and not told.get("cluster"):
            self.add_error("cluster", _("Choose the field of help, or an item of the catalogue."))
        for number in range(self.rows):
            if told.get(f"lot{number}_amount"):
                self._read(f"lot{number}_amount", told.get("unit") or "piece")
        return told

    def _read(self, name: str, unit: str) -> None:
        """Put the exact number in place of what was written; a unit in it must be the line's."""
        try:
            read = read_amount(self.cleaned_data[name], unit)
        except ValidationError as error:
            self.add_error(name, error)
            return
        if read.unit != unit:
            self.add_error(name, _("Write the number here and choose its unit below."))
            return
        self.cleaned_data[name] = read.number

    def entry(self) -> LineEntry:
        """The answers of a valid form."""
        told = self.cleaned_data
        return LineEntry(
            names=texts_of("name", told),
            unit=told["unit"],
            number=told["number"] or None,
            net_kg=told["net_kg"],
            gross_kg=told["gross_kg"],
            lots=tuple(self._lots()),
            commitment=told["commitment"],
            **{name: told[name] for name in PLAIN},
        )

    def _lots(self) -> Iterator[LotEntry]:
        """The lots that were written; one without an amount is all of the line, or one piece."""
        told = self.cleaned_data
        for number in range(self.rows):
            row = {part: told[f"lot{number}_{part}"] for part in ("batch", "serial", "expires_on")}
            amount = told[f"lot{number}_amount"]
            if not any(row.values()) and not amount:
                continue
            yield LotEntry(number=amount or self._rest(row["serial"]), **row)

    def _rest(self, serial: str) -> Decimal:
        """What a lot without a number holds: one, where it has a serial number; else the line."""
        return Decimal(1) if serial else self.cleaned_data["number"] or Decimal(0)


def answers_of(one: AidLine) -> dict[str, Any]:
    """A line as the form shows it."""
    lots: dict[str, str] = {}
    for number, lot in enumerate(one.lot_details):
        parts = {part: lot.get(part) or "" for part in ("batch", "serial", "expires_on")}
        parts["amount"] = _shown(lot.get("amount"))
        lots |= {f"lot{number}_{part}": value for part, value in parts.items()}
    return {
        **{f"name_{code}": name for code, name in one.names.items()},
        **{name: getattr(one, name) for name in PLAIN},
        **{name: plain_number(getattr(one, name)) for name in ("unit_value", "uah_rate")},
        **lots,
        "unit": one.unit,
        "number": _shown(one.amount),
        "net_kg": _kilograms(one.net_grams),
        "gross_kg": _kilograms(one.gross_grams),
        "commitment": one.commitment.public_id if one.commitment else "",
    }


def _shown(steps: int | None) -> str:
    return "" if steps is None else f"{(Decimal(steps) / STEPS_PER_UNIT).normalize():f}"


def _kilograms(grams: int | None) -> str:
    return plain_number(None if grams is None else Decimal(grams) / 1000)


def rows_of(data: Any) -> int:
    """How many rows of lots a form had when it was sent."""
    told = data.get("lots", "") if data else ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0


def with_more_rows(sent: Any, of: AidLine | None, **more: Any) -> LineForm:
    """What was sent, not judged yet, with more rows for lots under it."""
    form = LineForm(of=of, rows=rows_of(sent) + MORE_LOTS, **more)
    ticks = [n for n, field in form.fields.items() if isinstance(field, forms.BooleanField)]
    form.initial |= dict.fromkeys(ticks, False) | sent.dict()
    return form


def _what() -> dict[str, forms.Field]:
    plain = gettext_lazy("No addresses, no persons, no units of the army.")
    return {
        **texts("name", gettext_lazy("Name"), plain),
        "item": chosen(
            gettext_lazy("Item of the catalogue"),
            item_choices(lang()),
            empty=gettext_lazy("none of them"),
            needed=False,
        ),
        "cluster": chosen(
            gettext_lazy("Field of help"),
            field_choices(lang()),
            gettext_lazy("Empty where an item of the catalogue says it."),
            empty=NOT_SAID,
            needed=False,
        ),
        "end_user": chosen(gettext_lazy("For whom"), EndUser.choices),
        "commitment": forms.CharField(required=False, max_length=40, widget=forms.HiddenInput),
    }


@cache
def item_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Items of the catalogue by name."""
    named = by_name((one.name(language), one.code) for one in items())
    return tuple((code, name) for name, code in named)


def _amount() -> dict[str, forms.Field]:
    return {
        "bound": chosen(gettext_lazy("How it was told"), Bound.choices, needed=False),
        "number": forms.CharField(
            label=pgettext_lazy("amount", "Amount"),
            help_text=gettext_lazy("Empty where nobody told a number: it is counted on arrival."),
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        ),
        "unit": chosen(pgettext_lazy("amount", "Unit"), unit_choices()),
        "packages": whole(gettext_lazy("Packages"), most=10_000_000),
        "pieces": whole(gettext_lazy("Pieces"), most=1_000_000_000),
        "net_kg": _weight(gettext_lazy("Net weight in kilograms")),
        "gross_kg": _weight(gettext_lazy("Gross weight in kilograms")),
    }


def _weight(label: Any) -> Any:
    return money(label, places=3)


def _value() -> dict[str, forms.Field]:
    return {
        "unit_value": money(gettext_lazy("Value of one unit")),
        "currency": chosen(gettext_lazy("Currency"), currencies(), empty=NOT_SAID, needed=False),
        "value_basis": chosen(
            gettext_lazy("The value rests on"), LineBasis.choices, empty=NOT_SAID, needed=False
        ),
        "uah_rate": money(gettext_lazy("Rate of the National Bank"), places=6),
        "rate_day": day(gettext_lazy("Day of the rate")),
    }


def _quality() -> dict[str, forms.Field]:
    return {
        "used": forms.BooleanField(label=gettext_lazy("It has been used"), required=False),
        "wear_percent": whole(gettext_lazy("Wear (percent)"), most=100),
        "produced_on": day(gettext_lazy("Produced")),
    }


def _customs() -> dict[str, forms.Field]:
    never = gettext_lazy("What is controlled is never shown to the public.")
    return {
        "hs6": line(gettext_lazy("HS heading, six digits"), most=6),
        "uktzed": line(gettext_lazy("Code by UKTZED, ten digits"), most=10),
        "control_list": chosen(
            gettext_lazy("List of controlled goods"), ControlList.choices, never, needed=False
        ),
        "licence": line(gettext_lazy("Number of the licence"), most=80),
        "restricted": forms.BooleanField(
            label=gettext_lazy("Never show this line to the public"), required=False
        ),
    }


def _lot(number: int) -> dict[str, forms.Field]:
    label = gettext_lazy("How many")
    amount = forms.CharField(label=label, required=False, max_length=40, widget=_DECIMAL)
    return {
        f"lot{number}_batch": line(gettext_lazy("Batch number"), most=60),
        f"lot{number}_serial": line(gettext_lazy("Serial number or VIN"), most=60),
        f"lot{number}_expires_on": day(gettext_lazy("Use by")),
        f"lot{number}_amount": amount,
    }


_DECIMAL = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "8"})
