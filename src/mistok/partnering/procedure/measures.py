"""The life of a measure and the report on a year derived from its plan. Pure (D1-07)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid


class MeasureState(StrEnum):
    """Where a measure stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


M = MeasureState
MEASURE_TRANSITIONS: Mapping[MeasureState, frozenset[MeasureState]] = {
    M.PLANNED: frozenset({M.RUNNING, M.DONE, M.POSTPONED, M.CANCELLED}),
    M.RUNNING: frozenset({M.DONE, M.POSTPONED, M.CANCELLED}),
    M.POSTPONED: frozenset({M.RUNNING, M.CANCELLED}),
    M.DONE: frozenset(),
    M.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """A measure as the report needs it; `budget` are (source, amount, currency)."""

    title: str
    state: MeasureState
    field: str = ""
    indicator: str = ""
    target: str = ""
    actual: str = ""
    result: str = ""
    budget: tuple[tuple[str, Decimal, str], ...] = ()


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """What came of a plan. `money` is by currency, then by source, of measures that were carried
    out; currencies are never added up."""

    year: int
    measures: tuple[MeasureTold, ...]
    counts: Mapping[MeasureState, int]
    money: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    @property
    def unfinished(self) -> tuple[MeasureTold, ...]:
        """What next year begins with."""
        return tuple(m for m in self.measures if m.state not in (M.DONE, M.CANCELLED))


def report_of(year: int, measures: Iterable[MeasureTold]) -> YearlyReport:
    """The report on a year."""
    told = tuple(measures)
    counts = {state: sum(m.state is state for m in told) for state in MeasureState}
    money: dict[str, dict[str, Decimal]] = {}
    for measure in told:
        if measure.state not in (M.DONE, M.RUNNING):
            continue
        for source, amount, currency in measure.budget:
            by_source = money.setdefault(currency, {})
            by_source[source] = by_source.get(source, Decimal(0)) + amount
    return YearlyReport(year, told, counts, money)


def budget_line(source: str, amount: str, currency: str) -> tuple[str, Decimal, str]:
    """A line of a budget, checked. Raises Invalid (`amount_malformed`, `currency_malformed`)."""
    try:
        found = Decimal(amount.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0 or found >= Decimal(10) ** 15:
        raise Invalid(
            _("“%(amount)s” is no amount. Write a number, for example 1500.50.")
            % {"amount": amount[:40]},
            code="amount_malformed",
        )
    if len(currency) != 3 or not (currency.isascii() and currency.isupper()):
        raise Invalid(
            _("“%(currency)s” is no currency. Write its three letters, for example EUR or UAH.")
            % {"currency": currency[:10]},
            code="currency_malformed",
        )
    return source.strip()[:200], found, currency
