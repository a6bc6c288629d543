"""The slots of a valuation act: what the commission found each line worth, and the rates."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from mistok.aid import ledger
from mistok.aid.models import AidAct, AidLine
from mistok.aid.papers.amounts import HRYVNIA, money, printed, total, unit_words
from mistok.aid.papers.phrases import Languages, goods, word_of
from mistok.needs.models.lines import STEPS_PER_UNIT

Row = dict[str, Any]


def valuation_slots(act: AidAct, languages: Languages) -> Row:
    """Rows with values in their own currency and in hryvnias, by the rates that were stored."""
    lines = {line.public_id: line for line in act.consignment.lines.all()}
    sums = ledger.sums_of(lines.values())
    rows = [
        _row(row, lines[row["line"]], sums[lines[row["line"]].pk], languages) for row in act.rows
    ]
    rates = (_rate(row, lines[row["line"]]) for row in act.rows)
    return {"lines": rows, "total_uah": total(rows, "value_uah"), "rates": _each_once(rates)}


def _row(
    told: Mapping[str, str], line: AidLine, sums: ledger.LineSums, languages: Languages
) -> Row:
    """What came is valued: what is sound, or where nothing is, what is damaged."""
    steps = sums.received or sums.damaged
    one, currency = Decimal(told["unit_value"]), told["currency"]
    value = one * steps / STEPS_PER_UNIT
    rate = _rate(told, line)
    in_uah = value if currency == HRYVNIA else value * Decimal(rate["rate"]) if rate else None
    return {
        "name": goods(line, languages),
        "unit": unit_words(line, steps, languages),
        "amount": printed(steps, languages),
        "wear": line.wear_percent,
        "basis": word_of("bases", told["value_basis"], languages),
        "unit_value": money(one, currency),
        "value": money(value, currency),
        "value_uah": None if in_uah is None else money(in_uah, HRYVNIA),
    }


def _rate(told: Mapping[str, str], line: AidLine) -> Row:
    """The rate that the act told, else the one that was stored for the same currency before."""
    if told["currency"] == HRYVNIA:
        return {}
    if told["uah_rate"]:
        return _as_row(told["currency"], told["uah_rate"], told["rate_day"])
    kept = line.uah_rate if line.currency == told["currency"] else None
    return {} if kept is None else _as_row(line.currency, str(kept), str(line.rate_day))


def _as_row(currency: str, rate: str, day: str) -> Row:
    return {"currency": currency, "rate": f"{Decimal(rate).normalize():f}", "date": day}


def _each_once(rates: Iterable[Row]) -> list[Row]:
    found: list[Row] = []
    for rate in rates:
        if rate and rate not in found:
            found.append(rate)
    return found
