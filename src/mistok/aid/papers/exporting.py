"""What the country of the giver wants when aid leaves it: a check-list, judged by what is sent.

The rows with their sources stand in `data/export_checklist.json` (facts table 4.7, F4-30, R15).
They tell practice of 2022 and are no legal advice.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from mistok.aid.consignments import is_medicine, is_vehicle, living_lines
from mistok.aid.lifecycle import WITHOUT_GOODS
from mistok.aid.models import AidLine, Consignment
from mistok.aid.models.consignments import ControlList
from mistok.aid.papers.amounts import total, worth
from mistok.aid.papers.sides import giver_key
from mistok.needs.items import item as item_of
from mistok.registry.gazetteer import the_world

TABLE: Final = Path(__file__).parent / "data" / "export_checklist.json"
_GRAMS: Final = Decimal(1000)
_CONTROLLED: Final[Mapping[str, frozenset[str]]] = {
    ControlList.NONE: frozenset(),
    ControlList.DUAL_USE: frozenset({"dual_use"}),
    ControlList.MILITARY: frozenset({"military"}),
    ControlList.BOTH: frozenset({"dual_use", "military"}),
}


class Judged(StrEnum):
    """Whether something is needed for what is sent; UNKNOWN where a value or weight is not told."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row comes from."""

    title: str
    date: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One thing to have or to do. `standing`: verified in a source, older, or general knowledge."""

    code: str
    text: Mapping[str, str]
    judged: Judged
    standing: str
    sources: Sequence[Source]

    def words(self, language: str) -> str:
        """The text in a language, in English where there is none."""
        return self.text.get(language, self.text["en"])


def export_checklist(
    *,
    country: str,
    regime: str,
    flags: Collection[str],
    value: Decimal | None,
    currency: str,
    gross_kg: Decimal | None,
) -> list[CheckRow]:
    """The rows for goods that leave a country, those of the country after the general ones.

    `country`: two letters; `flags`: of items, as `needs.items.FLAGS`; `value` and `gross_kg` None
    where not told. A country without rows of its own gets the general ones and is told to ask.
    Money and military aid have none.
    """
    if regime in WITHOUT_GOODS:
        return []
    table, told = _table(), set(flags)
    known = {code for row in table["rows"] for code in row.get("countries", ())}
    here = country if country in known else ""
    rows = [row for row in table["rows"] if _applies(row, here, regime, told)]
    orally = [_oral(row["oral"], value, currency, gross_kg) for row in rows if "oral" in row]
    oral = orally[0] if orally else Judged.NOT_NEEDED
    return [_judged(row, oral, table["sources"]) for row in rows]


def checklist_for(consignment: Consignment) -> list[CheckRow]:
    """The check-list for a consignment, by its giver's country, lines, values and weights.

    Goods that cross no border have none.
    """
    if not consignment.abroad:
        return []
    lines = living_lines(consignment)
    key = giver_key(consignment)
    values = [worth(line, line.amount if line.countable else None) for line in lines]
    whole = total([{"value": one} for one in values if one], "value")
    grams = [None if line.gross_grams is None else line.gross_grams / _GRAMS for line in lines]
    return export_checklist(
        country=the_world().get(key).country if key else "",
        regime=consignment.regime,
        flags=frozenset[str]().union(*map(flags_of_line, lines)),
        value=_told(Decimal(whole["amount"]), None in values, "value") if whole else None,
        currency=whole["currency"] if whole else "",
        gross_kg=_told(sum(filter(None, grams), Decimal(0)), None in grams, "gross_kg"),
    )


def flags_of_line(line: AidLine) -> frozenset[str]:
    """What rules stand for the goods of a line, by its item, its codes and its control list."""
    found = set(item_of(line.item).flags) if line.item else set()
    found |= _CONTROLLED[line.control_list]
    found |= {"vehicle"} if is_vehicle(line) else set()
    found |= {"medicine"} if is_medicine(line) else set()
    return frozenset(found)


def _told(number: Decimal, in_part: bool, name: str) -> Decimal | None:
    """A sum; what is told in part counts only where the part alone is above every bound."""
    bounds = [row["oral"][name] for row in _table()["rows"] if name in row.get("oral", ())]
    if in_part and number <= max(bounds):
        return None
    return number or None


def _applies(row: Mapping[str, Any], country: str, regime: str, flags: set[str]) -> bool:
    countries, needed = row.get("countries"), row.get("flags")
    if row.get("elsewhere"):
        return not country
    if countries and country not in countries:
        return False
    if needed and flags.isdisjoint(needed):
        return False
    return regime not in row.get("not_regimes", ()) and flags.isdisjoint(row.get("not_flags", ()))


def _oral(
    limit: Mapping[str, Any], value: Decimal | None, currency: str, gross_kg: Decimal | None
) -> Judged:
    """Whether an oral declaration is enough; what is surely above one bound decides."""
    heavy = "gross_kg" in limit and gross_kg is not None and gross_kg > limit["gross_kg"]
    comparable = value is not None and currency == limit["currency"]
    if heavy or (comparable and value is not None and value > limit["value"]):
        return Judged.NOT_NEEDED
    if not comparable or ("gross_kg" in limit and gross_kg is None):
        return Judged.UNKNOWN
    return Judged.NEEDED


def _judged(row: Mapping[str, Any], oral: Judged, sources: Mapping[str, Any]) -> CheckRow:
    """A row as it is told; an oral declaration and a written one stand for each other."""
    judged = Judged.NEEDED
    if "oral" in row:
        judged = oral
    elif row.get("unless_oral"):
        judged = _OPPOSITE[oral]
    elif row.get("dropped"):
        judged = Judged.NOT_NEEDED
    return CheckRow(
        code=row["code"],
        text=row["text"],
        judged=judged,
        standing=row["standing"],
        sources=[Source(**sources[key]) for key in row["sources"]],
    )


_OPPOSITE: Final = {
    Judged.NEEDED: Judged.NOT_NEEDED,
    Judged.NOT_NEEDED: Judged.NEEDED,
    Judged.UNKNOWN: Judged.UNKNOWN,
}


@cache
def _table() -> Mapping[str, Any]:
    """The rows and their sources; read once a process, since they are part of the code."""
    found: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found
