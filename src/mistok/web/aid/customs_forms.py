"""Forms of the way through customs: recipient, code, vehicles, declarations, clearance."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.models import AidLine, Declaration, Recipient, UniqueCode, Vehicle
from mistok.aid.models.consignments import VehicleKind
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.web.aid.fields import AidForm, PlaceField, StepsField, day_of_act
from mistok.web.aid.words import amount_of, line_name
from mistok.web.needs.fields import chosen
from mistok.web.needs.words import number_of
from mistok.web.procedure.fields import line

AMOUNT = "amount_"


class RecipientForm(AidForm):
    """The office's number in the state's system, and its standing there."""

    def __init__(self, of: Recipient | None, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields |= {
            "number": line(gettext_lazy("Number of the recipient"), needed=True, most=40),
            "status": chosen(gettext_lazy("Standing"), Recipient.Status.choices),
            "told_on": day_of_act(gettext_lazy("As the system told it on")),
        }
        if of is not None:
            self.initial = {"number": of.number, "status": of.status, **self.initial}


class LinesForm(AidForm):
    """A form with an amount for each line; an empty one leaves the line out."""

    def __init__(
        self,
        lines: Sequence[AidLine],
        data: Any = None,
        *,
        amounts: Mapping[str, int] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.lines = lines
        self.most = amounts or {}

    def amount_fields(self) -> dict[str, forms.Field]:
        """One for each line, to be put where they belong."""
        found: dict[str, forms.Field] = {}
        for one in self.lines:
            known = self.most.get(one.public_id, one.amount)
            found[AMOUNT + one.public_id] = StepsField(
                unit=one.unit,
                label=f"{one.position}. {line_name(one)}",
                help_text=_("Of %(amount)s.") % {"amount": amount_of(one)},
                required=False,
                initial=number_of(known) if known else "",
            )
        return found

    def amounts(self) -> dict[str, Decimal]:
        """Units by line, of those that were written."""
        told = self.cleaned_data
        return {
            one.public_id: Decimal(steps) / STEPS_PER_UNIT
            for one in self.lines
            if (steps := told.get(AMOUNT + one.public_id))
        }


class CodeForm(LinesForm):
    """The code as the system gave it, for these amounts of the lines."""

    def __init__(self, lines: Sequence[AidLine], data: Any = None, **more: Any) -> None:
        super().__init__(lines, data, **more)
        self.fields |= {
            "value": line(gettext_lazy("Unique code"), needed=True, most=60),
            "issued_on": day_of_act(gettext_lazy("Issued on")),
            **self.amount_fields(),
        }


class VehicleForm(AidForm):
    """A truck or wagon. Plate and driver never leave the two offices."""

    kind = chosen(gettext_lazy("What kind"), VehicleKind.choices)
    plate = line(gettext_lazy("Plate or wagon number"), most=40)
    trailer = line(gettext_lazy("Plate of the trailer"), most=40)
    driver = line(gettext_lazy("Driver"))


class RemoveVehicleForm(AidForm):
    """Which vehicle does not come after all."""

    def __init__(self, vehicles: Sequence[tuple[str, str]], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["vehicle"] = chosen(gettext_lazy("Which vehicle"), vehicles)


class DeclarationForm(LinesForm):
    """The declaration for one vehicle: number, day, lines, where it is unloaded."""

    def __init__(
        self,
        lines: Sequence[AidLine],
        vehicles: Sequence[tuple[str, str]],
        data: Any = None,
        **more: Any,
    ) -> None:
        super().__init__(lines, data, **more)
        self.fields |= {
            "vehicle": chosen(gettext_lazy("For which vehicle"), vehicles),
            "number": line(gettext_lazy("Number of the declaration"), needed=True, most=60),
            "created_on": day_of_act(gettext_lazy("Created on")),
            **self.amount_fields(),
            "unloading": PlaceField(
                label=gettext_lazy("Territory of unloading"),
                help_text=gettext_lazy("The hromada or settlement, by name or key."),
                required=False,
                country="UA",
            ),
            "customs_office": line(gettext_lazy("Customs office")),
        }


class ClearanceForm(AidForm):
    """Which declaration customs have cleared, and when."""

    def __init__(
        self, declarations: Sequence[tuple[str, str]], data: Any = None, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields |= {
            "declaration": chosen(gettext_lazy("Which declaration"), declarations),
            "day": day_of_act(gettext_lazy("Cleared on")),
            "customs_office": line(gettext_lazy("Customs office")),
        }


class DayForm(AidForm):
    """The day of an act that asks for nothing else."""

    day = day_of_act(gettext_lazy("On which day"))


def vehicle_words(vehicle: Vehicle, number: int) -> str:
    """A vehicle as those two offices call it."""
    parts = [f"{number}. {vehicle.get_kind_display()}", vehicle.plate, vehicle.trailer]
    return ", ".join(filter(None, parts))


def left_under(code: UniqueCode | None, lines: Sequence[AidLine]) -> dict[str, int]:
    """How much of each line may still be declared, in thousandths: under the code, or as told."""
    if code is None:
        most = {one.public_id: one.amount or 0 for one in lines}
        living = Declaration.objects.filter(consignment__lines__in=lines, code=None)
    else:
        most = dict(code.lines.values_list("line__public_id", "amount"))
        living = Declaration.objects.filter(code=code)
    rows = living.filter(expired_on=None).distinct().prefetch_related("lines__line")
    for one in rows:
        for declared in one.lines.all():
            most[declared.line.public_id] = most.get(declared.line.public_id, 0) - declared.amount
    return {line_id: max(steps, 0) for line_id, steps in most.items()}
