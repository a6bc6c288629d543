"""What one unit of a line is worth: money with its currency, its basis, and a stored rate."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, Final

from babel.numbers import list_currencies
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mistok.aid.consignments.entries import LINE_FIELDS, LineEntry
from mistok.aid.consignments.refusing import check_past
from mistok.aid.models.consignments import LineBasis
from mistok.kernel.errors import Invalid

CENT: Final = Decimal("0.01")
FINEST_RATE: Final = Decimal("0.000001")
MOST_VALUE: Final = Decimal(10) ** 12
MOST_RATE: Final = Decimal(10) ** 8
HRYVNIA: Final = "UAH"


def checked_value(entry: LineEntry, today: dt.date) -> dict[str, Any]:
    """Value, currency, basis and rate, or none of them; a rate is stored and never recomputed.

    Raises Invalid (`unit_value_…` and `uah_rate_…` for what is no number of money,
    `currency_missing`, `currency_unknown`, `value_basis_unknown`, `basis_without_value`,
    `rate_without_value`, `rate_day_missing`, `rate_without_currency`, `day_to_come`).
    """
    if entry.unit_value is None:
        _check_nothing_told(entry)
        return dict.fromkeys(("unit_value", "uah_rate", "rate_day")) | {
            "currency": "",
            "value_basis": "",
        }
    _check_number("unit_value", entry.unit_value, MOST_VALUE, CENT)
    if not entry.currency:
        raise Invalid(_("The value has no currency. Choose one."), code="currency_missing")
    _check_known("currency", entry.currency, _currencies())
    basis = entry.value_basis or LineBasis.STATEMENT.value
    _check_known("value_basis", basis, frozenset(LineBasis.values))
    return {
        "unit_value": entry.unit_value,
        "currency": entry.currency,
        "value_basis": basis,
        **_rate(entry, today),
    }


def _rate(entry: LineEntry, today: dt.date) -> dict[str, Any]:
    if entry.uah_rate is None:
        return {"uah_rate": None, "rate_day": None}
    _check_number("uah_rate", entry.uah_rate, MOST_RATE, FINEST_RATE)
    if entry.currency == HRYVNIA:
        raise Invalid(
            _("A value in hryvnias needs no rate. Leave the rate empty."),
            code="rate_without_currency",
        )
    if entry.rate_day is None:
        raise Invalid(
            _("The rate has no day. Write the day of the National Bank's rate."),
            code="rate_day_missing",
        )
    check_past(entry.rate_day, today)
    return {"uah_rate": entry.uah_rate, "rate_day": entry.rate_day}


def _check_nothing_told(entry: LineEntry) -> None:
    if entry.value_basis:
        raise Invalid(
            _("A basis is told without a value. Write the value, or leave both empty."),
            code="basis_without_value",
        )
    if entry.uah_rate is not None:
        raise Invalid(
            _("A rate is told without a value. Write the value, or leave both empty."),
            code="rate_without_value",
        )


def _check_known(name: str, value: str, among: frozenset[str]) -> None:
    if value not in among:
        raise Invalid(
            _("“%(value)s” is not in the list for %(field)s. Choose one of the list.")
            % {"value": value[:40], "field": LINE_FIELDS[name]},
            code=f"{name}_unknown",
        )


def _check_number(name: str, value: Decimal, most: Decimal, finest: Decimal) -> None:
    for wrong, code, sentence in _WRONG:
        if wrong(value, most, finest):
            raise Invalid(
                _(sentence) % {"field": LINE_FIELDS[name], "value": str(value)[:40]},
                code=f"{name}_{code}",
            )


_WRONG: Final[tuple[tuple[Callable[[Decimal, Decimal, Decimal], bool], str, str], ...]] = (
    (
        lambda value, most, finest: not value.is_finite(),
        "malformed",
        gettext_noop("%(field)s: “%(value)s” is not a number. Write one, for example 1500."),
    ),
    (
        lambda value, most, finest: value <= 0,
        "not_positive",
        gettext_noop("%(field)s: “%(value)s” is not above zero. Write what it is worth."),
    ),
    (
        lambda value, most, finest: value >= most,
        "too_large",
        gettext_noop("%(field)s: “%(value)s” is too much to be true. Check the number."),
    ),
    (
        lambda value, most, finest: value != value.quantize(finest),
        "too_fine",
        gettext_noop("%(field)s: “%(value)s” has too many decimal places. Round it."),
    ),
)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())
