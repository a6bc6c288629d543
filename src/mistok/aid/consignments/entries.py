"""What a form says of a consignment, its lines and its lots, before it is checked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.aid.models import AidLine, Consignment
from mistok.needs.models.lines import STEPS_PER_UNIT, EndUser

GRAMS_PER_KILOGRAM: Final = 1000

FIELDS: Final[Mapping[str, Any]] = {
    "title": gettext_lazy("Title"),
    "regime": gettext_lazy("Regime"),
    "abroad": gettext_lazy("Comes from abroad"),
    "donor_place": gettext_lazy("Giving municipality"),
    "donor_name": gettext_lazy("Name of the donor"),
    "donor_contact": gettext_lazy("Contact of the donor"),
    "series": gettext_lazy("Standing need that it serves"),
    "carrier": gettext_lazy("Carrier"),
    "route": gettext_lazy("Route and crossing"),
    "unloading": gettext_lazy("Place of unloading"),
    "note": gettext_lazy("Note"),
    "restricted": gettext_lazy("Never public"),
}
"""What the fields of a consignment are called."""

LINE_FIELDS: Final[Mapping[str, Any]] = {
    "names": gettext_lazy("What it is"),
    "item": gettext_lazy("Item"),
    "cluster": gettext_lazy("Field of help"),
    "hs6": gettext_lazy("HS heading"),
    "uktzed": gettext_lazy("Code by UKTZED"),
    "unit": pgettext_lazy("amount", "Unit"),
    "number": pgettext_lazy("amount", "Amount"),
    "bound": gettext_lazy("How the amount was told"),
    "packages": gettext_lazy("Packages"),
    "pieces": gettext_lazy("Pieces"),
    "net_kg": gettext_lazy("Net weight (kg)"),
    "gross_kg": gettext_lazy("Gross weight (kg)"),
    "unit_value": gettext_lazy("Value of one unit"),
    "currency": gettext_lazy("Currency"),
    "value_basis": gettext_lazy("The value rests on"),
    "uah_rate": gettext_lazy("Rate of the National Bank"),
    "rate_day": gettext_lazy("Day of the rate"),
    "used": gettext_lazy("Used"),
    "wear_percent": gettext_lazy("Wear (percent)"),
    "produced_on": gettext_lazy("Produced on"),
    "lots": gettext_lazy("Batches and serial numbers"),
    "control_list": gettext_lazy("List of controlled goods"),
    "licence": gettext_lazy("Number of the licence"),
    "end_user": gettext_lazy("For whom"),
    "restricted": gettext_lazy("Never public"),
    "commitment": gettext_lazy("Commitment that it keeps"),
}
"""What the fields of a line are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentEntry:
    """Everything that a form gives of a consignment as a whole.

    `donor_place`: a key of the gazetteer; `series`: the public id of a standing need.
    """

    title: str
    regime: str
    abroad: bool = True
    donor_place: str = ""
    donor_name: str = ""
    donor_contact: str = ""
    series: str = ""
    carrier: str = ""
    route: str = ""
    unloading: str = ""
    note: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LotEntry:
    """What is counted together: `number` in units of the line, exact."""

    number: Decimal
    batch: str = ""
    serial: str = ""
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry:
    """Everything that a form gives of a line. `names` by language, `number` in units, exact.

    `number` None: nobody told how much. `bound`: "" exactly, ">" more than, "<" less than,
    "~" about. Weights in kilograms. `commitment`: the public id of what it keeps.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    item: str = ""
    cluster: str = ""
    hs6: str = ""
    uktzed: str = ""
    unit: str = ""
    number: Decimal | None = None
    bound: str = ""
    packages: int | None = None
    pieces: int | None = None
    net_kg: Decimal | None = None
    gross_kg: Decimal | None = None
    unit_value: Decimal | None = None
    currency: str = ""
    value_basis: str = ""
    uah_rate: Decimal | None = None
    rate_day: dt.date | None = None
    used: bool = False
    wear_percent: int | None = None
    produced_on: dt.date | None = None
    lots: Sequence[LotEntry] = ()
    control_list: str = ""
    licence: str = ""
    end_user: str = EndUser.ADMINISTRATION.value
    restricted: bool = False
    commitment: str = ""


def entry_of(consignment: Consignment) -> ConsignmentEntry:
    """A consignment as its form shows it."""
    plain = {name: getattr(consignment, name) for name in FIELDS if name != "series"}
    series = consignment.series.public_id if consignment.series else ""
    return ConsignmentEntry(**plain, series=series)


def line_entry_of(line: AidLine) -> LineEntry:
    """A line as its form shows it."""
    apart = ("number", "net_kg", "gross_kg", "lots", "commitment")
    plain = {name: getattr(line, name) for name in LINE_FIELDS if name not in apart}
    return LineEntry(
        **plain,
        number=line.number,
        net_kg=_kilograms(line.net_grams),
        gross_kg=_kilograms(line.gross_grams),
        lots=tuple(_lot(row) for row in line.lot_details),
        commitment=line.commitment.public_id if line.commitment else "",
    )


def _kilograms(grams: int | None) -> Decimal | None:
    return None if grams is None else Decimal(grams) / GRAMS_PER_KILOGRAM


def _lot(row: Mapping[str, Any]) -> LotEntry:
    day = row["expires_on"]
    return LotEntry(
        number=Decimal(row["amount"]) / STEPS_PER_UNIT,
        batch=row["batch"],
        serial=row["serial"],
        expires_on=dt.date.fromisoformat(day) if day else None,
    )
