"""What became of goods, as the report and the letter of thanks tell it: counts, never a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from mistok.aid import ledger
from mistok.aid.acts import DistributionTable, distribution_table
from mistok.aid.acts.distributing import living_distributions
from mistok.aid.acts.standing import accepted_on
from mistok.aid.models import AidLine, Consignment
from mistok.aid.papers.amounts import printed, unit_words
from mistok.aid.papers.phrases import Languages, Texts, category, goods, month, said, users
from mistok.aid.papers.shown import hides_any, shown_lines
from mistok.aid.papers.sides import (
    as_day,
    giver_on_envelope,
    greeting,
    place,
    settlement,
)
from mistok.needs.lines import exposed
from mistok.needs.scanning import THRESHOLD

Row = dict[str, Any]
_TOLD = ("issued", "redistributed", "returned", "written_off")


def report_slots(consignment: Consignment, languages: Languages, today: dt.date) -> Row:
    """Received, issued, left; by settlement and category, small counts hidden (R24).

    A report that was filed gives its number and its day. What is for defence or restricted is not
    in it, and it says so. In a zone of hostilities the hromada stands instead of settlements.
    """
    lines = shown_lines(consignment)
    sums = ledger.sums_of(lines)
    filed = consignment.reports.order_by("pk").last()
    table = distribution_table(consignment, for_whom="donor", lines=lines)
    until = filed.filed_on if filed else today
    return {
        "number": filed.number if filed else "",
        "date": until.isoformat(),
        "period_from": as_day(accepted_on(consignment)),
        "period_to": until.isoformat(),
        "lines": [_report_row(line, sums[line.pk], languages) for line in lines],
        "issues": _issues(consignment, lines, table, languages),
        "total_households": table.households.total,
        "total_persons": table.persons.total,
        "remarks": said("left_out", languages) if hides_any(consignment) else {},
    }


def thanks_slots(consignment: Consignment, languages: Languages) -> Row:
    """Month, goods, categories and counts; no day, no settlement, nothing small enough to tell."""
    lines = shown_lines(consignment)
    sums = ledger.sums_of(lines)
    table = distribution_table(consignment, for_whom="donor", lines=lines)
    return {
        "giver": giver_on_envelope(consignment, languages),
        "salutation": greeting(languages),
        "month": month(accepted_on(consignment) or consignment.state_since, languages),
        "lines": [
            _thanks_row(line, sums[line.pk].received, languages)
            for line in lines
            if sums[line.pk].received
        ],
        "categories": users(table.categories, languages),
        "total_households": _large(table.households.total),
        "total_persons": _large(table.persons.total),
    }


def _report_row(line: AidLine, sums: ledger.LineSums, languages: Languages) -> Row:
    """What came, sound or damaged, and what became of it."""
    came = sums.received + sums.damaged
    return {
        "name": goods(line, languages),
        "unit": unit_words(line, came, languages),
        "received": printed(came, languages),
        **{name: printed(getattr(sums, name), languages) for name in _TOLD},
        "held": printed(sums.on_hand + sums.damaged_left, languages),
    }


def _issues(
    consignment: Consignment,
    lines: Sequence[AidLine],
    table: DistributionTable,
    languages: Languages,
) -> list[Row]:
    """Each settlement, category and line; persons once for a category, beside its first line."""
    amounts: dict[tuple[str, str, int], int] = defaultdict(int)
    wanted = {line.pk: line for line in lines}
    coarse = exposed(consignment.office.place, timezone.localdate())
    for row in living_distributions(consignment).filter(line__in=list(wanted)):
        where = "" if coarse else row.settlement
        amounts[where, row.category, row.line_id] += row.amount
    names = _names(consignment, {where for where, _code, _line in amounts}, languages)
    found, counted = [], set()
    for (where, code, number), steps in sorted(amounts.items(), key=lambda one: one[0]):
        fresh = (where, code) not in counted
        counted.add((where, code))
        found.append(
            {
                "settlement": names[where],
                "category": category(code, languages),
                "name": goods(wanted[number], languages),
                "unit": unit_words(wanted[number], steps, languages),
                "amount": printed(steps, languages),
                **(_counts(table, where, code) if fresh else {}),
            }
        )
    return found


def _names(consignment: Consignment, keys: set[str], languages: Languages) -> Mapping[str, Texts]:
    """Settlements by their names; the hromada where none is told."""
    return {
        key: settlement(key, languages) if key else place(consignment.office.place, languages)
        for key in keys
    }


def _counts(table: DistributionTable, where: str, code: str) -> Row:
    """Households and persons of a category in a place, as far as they may be told."""
    found = {}
    for name, told in (("households", table.households), ("persons", table.persons)):
        count = told.cells[where, code] if where else told.column_totals[code]
        if count is not None:
            found[name] = str(count)
    return found


def _thanks_row(line: AidLine, steps: int, languages: Languages) -> Row:
    return {
        "name": goods(line, languages),
        "unit": unit_words(line, steps, languages),
        "amount": printed(steps, languages),
    }


def _large(count: int | None) -> int | None:
    """A count that a letter may name."""
    return count if count is not None and count >= THRESHOLD else None
