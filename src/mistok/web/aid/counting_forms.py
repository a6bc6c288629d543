"""Forms of a commission's acts on what came: counting it, and finding what it is worth."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.acts import Counted, ToCount, Valued
from mistok.aid.models import AidLine
from mistok.aid.models.consignments import LineBasis
from mistok.web.aid.act_forms import ActForm, Row, lot_name
from mistok.web.aid.fields import StepsField, day_of_act, money, plain_number
from mistok.web.aid.words import amount_of, line_name
from mistok.web.needs.fields import chosen, day
from mistok.web.needs.need_form import NOT_SAID, currencies
from mistok.web.needs.words import steps_text
from mistok.web.procedure.fields import line


class AcceptanceForm(ActForm):
    """What came of each lot; what is left empty is not counted in this act."""

    def __init__(self, counts: Sequence[ToCount], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.counts = {(one.lot or one.line).public_id: one for one in counts}
        self.fields["day"] = day_of_act(gettext_lazy("Day of the acceptance"))
        for prefix, one in self.counts.items():
            self.fields |= {f"{prefix}-{name}": field for name, field in _counted(one).items()}
        self.fields |= self.after_fields()

    def rows(self) -> Iterator[Row]:
        """One for each lot, or line without a lot."""
        for prefix, one in self.counts.items():
            yield Row(
                id=prefix,
                name=f"{one.line.position}. {line_name(one.line)}",
                more=_what_is_awaited(one),
                fields=self.bound(prefix, ("received", "damaged")),
                folded=self.bound(
                    prefix, ("shortage", "more_to_come", "batch", "serial", "expires_on")
                ),
            )

    def clean(self) -> dict[str, Any]:
        """At least one lot was counted; what is told of a lot needs the count."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for prefix in self.counts:
            counted = told.get(f"{prefix}-received") is not None
            more = (told.get(f"{prefix}-{part}") for part in ("damaged", "shortage"))
            if not counted and any(value is not None for value in more):
                self.add_error(f"{prefix}-received", _("Write how many came sound; 0 for none."))
        if not self.errors and not self.counted():
            self.add_error(None, _("Nothing is counted yet. Write for one line at least."))
        return told

    def counted(self) -> list[Counted]:
        """What was counted, as the service takes it."""
        told = self.cleaned_data
        return [
            Counted(
                lot=one.lot,
                line=None if one.lot else one.line,
                batch=told.get(f"{prefix}-batch", ""),
                serial=told.get(f"{prefix}-serial", ""),
                expires_on=told.get(f"{prefix}-expires_on"),
                received=told[f"{prefix}-received"],
                damaged=told[f"{prefix}-damaged"] or 0,
                shortage=told.get(f"{prefix}-shortage"),
                more_to_come=told.get(f"{prefix}-more_to_come", False),
            )
            for prefix, one in self.counts.items()
            if told.get(f"{prefix}-received") is not None
        ]


def _counted(one: ToCount) -> dict[str, forms.Field]:
    unit = one.line.unit
    fields: dict[str, forms.Field] = {
        "received": StepsField(unit=unit, label=gettext_lazy("Came sound"), required=False),
        "damaged": StepsField(unit=unit, label=gettext_lazy("Came damaged"), required=False),
    }
    if one.lot is None:
        return fields | {
            "batch": line(gettext_lazy("Batch number"), most=60),
            "serial": line(gettext_lazy("Serial number or VIN"), most=60),
            "expires_on": day(gettext_lazy("Use by")),
        }
    help_text = gettext_lazy("Empty means: all that is declared and did not come.")
    return fields | {
        "shortage": StepsField(
            unit=unit, label=gettext_lazy("Missing"), help_text=help_text, required=False
        ),
        "more_to_come": forms.BooleanField(
            label=gettext_lazy("The rest comes with another vehicle"), required=False
        ),
    }


def _what_is_awaited(one: ToCount) -> str:
    if one.moving is None:
        return _("Told: %(amount)s") % {"amount": amount_of(one.line)}
    amount = _("On the way: %(amount)s") % {"amount": steps_text(one.moving, one.line.unit)}
    return " · ".join(filter(None, (amount, lot_name(one.lot))))


class ValuationForm(ActForm):
    """What one unit of each line is worth; what is left empty is valued later."""

    def __init__(self, lines: Sequence[AidLine], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.lines = {one.public_id: one for one in lines}
        self.fields["day"] = day_of_act(gettext_lazy("Day of the valuation"))
        for prefix, one in self.lines.items():
            self.fields |= {f"{prefix}-{name}": field for name, field in _valued(one).items()}
            self.initial.update({f"{prefix}-{name}": told for name, told in _known(one).items()})
        self.fields |= self.after_fields()

    def rows(self) -> Iterator[Row]:
        """One for each line."""
        for prefix, one in self.lines.items():
            yield Row(
                id=prefix,
                name=f"{one.position}. {line_name(one)}",
                more=amount_of(one),
                fields=self.bound(prefix, ("unit_value", "currency", "basis")),
                folded=self.bound(prefix, ("uah_rate", "rate_day")),
            )

    def clean(self) -> dict[str, Any]:
        """A value has its currency and what it rests on."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for prefix in self.lines:
            if told.get(f"{prefix}-unit_value") is None:
                continue
            for part in ("currency", "basis"):
                if not told.get(f"{prefix}-{part}"):
                    self.add_error(f"{prefix}-{part}", _("Choose it for this value."))
        if not self.errors and not self.values():
            self.add_error(None, _("No value is written yet. Write one line at least."))
        return told

    def values(self) -> dict[str, Valued]:
        """What was valued, by line."""
        told = self.cleaned_data
        parts = ("unit_value", "currency", "basis", "uah_rate", "rate_day")
        return {
            prefix: Valued(*(told[f"{prefix}-{part}"] for part in parts))
            for prefix in self.lines
            if told.get(f"{prefix}-unit_value") is not None
        }


def _valued(one: AidLine) -> dict[str, forms.Field]:
    rests = gettext_lazy("It rests on")
    return {
        "unit_value": money(gettext_lazy("Value of one unit")),
        "currency": chosen(gettext_lazy("Currency"), currencies(), empty=NOT_SAID, needed=False),
        "basis": chosen(rests, LineBasis.choices, empty=NOT_SAID, needed=False),
        "uah_rate": money(gettext_lazy("Hryvnias for one of the currency"), places=6),
        "rate_day": day(gettext_lazy("Day of the rate")),
    }


def _known(one: AidLine) -> dict[str, Any]:
    """What the line tells of its value already."""
    return {
        "unit_value": plain_number(one.unit_value),
        "currency": one.currency,
        "basis": one.value_basis or LineBasis.COMMISSION,
        "uah_rate": plain_number(one.uah_rate),
        "rate_day": one.rate_day,
    }
