"""Rows of goods for papers that are made before the goods come: by line, and by lot within it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mistok.aid.consignments import living_lines
from mistok.aid.models import AidLine, Consignment
from mistok.aid.papers.amounts import as_told, kilograms, money, printed, total, unit_words, worth
from mistok.aid.papers.phrases import Languages, category, goods, said, users
from mistok.aid.papers.sides import party
from mistok.needs.models.lines import EndUser

Row = dict[str, Any]


def goods_slots(consignment: Consignment, wanted: frozenset[str], languages: Languages) -> Row:
    """Rows and totals; `wanted` are the fields that the paper's rows have."""
    lines = living_lines(consignment)
    whole = [_row(line, languages) for line in lines]
    pairs = zip(lines, whole, strict=True)
    rows = [one for line, row in pairs for one in _with_lots(line, row, wanted, languages)]
    if "acquirer" in wanted:
        rows = [_planned(line, row, languages) for line, row in zip(lines, whole, strict=True)]
    return {
        "lines": rows,
        "users": users((line.end_user for line in lines), languages),
        "total_packages": _sum(line.packages for line in lines),
        "total_gross_kg": kilograms(_sum(line.gross_grams for line in lines)),
        "total_value": total(whole, "value"),
    }


def _row(line: AidLine, languages: Languages) -> Row:
    exact = line.amount if line.countable else None
    return {
        "name": goods(line, languages),
        "hs": line.uktzed or line.hs6,
        "amount": as_told(line, languages),
        "unit": unit_words(line, line.amount, languages),
        "packages": line.packages,
        "net_kg": kilograms(line.net_grams),
        "gross_kg": kilograms(line.gross_grams),
        "wear": line.wear_percent,
        "unit_value": None if line.unit_value is None else money(line.unit_value, line.currency),
        "value": worth(line, exact),
    }


def _with_lots(
    line: AidLine, row: Row, wanted: frozenset[str], languages: Languages
) -> Iterator[Row]:
    """The row of a line; what has several lots tells of each below, without counting it again."""
    lots: Sequence[Mapping[str, Any]] = line.lot_details
    if len(lots) == 1:
        yield row | _lot(lots[0])
        return
    yield row
    if not lots or not wanted & {"batch", "serial"}:
        return
    named = said("of_which", languages, name=row["name"])
    for lot in lots:
        yield {
            "name": named,
            "amount": printed(lot["amount"], languages),
            "unit": unit_words(line, lot["amount"], languages),
            "hs": row["hs"],
            **_lot(lot),
        }


def _lot(lot: Mapping[str, Any]) -> Row:
    return {"batch": lot["batch"], "serial": lot["serial"], "expiry": lot["expires_on"]}


def _planned(line: AidLine, row: Row, languages: Languages) -> Row:
    """A share of the plan: the acquirer is known where the office takes the goods itself."""
    own = line.end_user == EndUser.ADMINISTRATION
    acquirer = party(line.consignment.office.place, languages) if own else {}
    return row | {"acquirer": acquirer, "users": category(line.end_user, languages)}


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum; None unless every line tells its part."""
    told = list(numbers)
    held = [number for number in told if number is not None]
    return sum(held) if held and len(held) == len(told) else None
