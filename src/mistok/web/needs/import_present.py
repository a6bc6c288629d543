"""A spreadsheet as its sender looks at it: columns, good rows, bad rows, what was taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mistok.needs.importing import Column, DraftLine, Preview, Report, fields
from mistok.needs.importing.mapping import letters
from mistok.needs.items import Amount, amount_text, item
from mistok.needs.lines import Taken, told_row
from mistok.web.cards import Choice
from mistok.web.needs.words import day_words, money_words, priority_of, thing_of
from mistok.web.words import StateBadge, lang

MOST_ROWS = 200
MOST_PROBLEMS = 500
MOST_CHOICES = 200
"""Rows with a choice of items: a form takes a thousand fields at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """A column with the fields that it may hold, and its first cells."""

    place: int
    letter: str
    heading: str
    choices: list[Choice]
    cells: list[str]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """A row that becomes a need, and the items that it may mean."""

    row: int
    text: str
    amount: str
    priority: StateBadge | None
    needed_by: str
    value: str
    choices: list[Choice]
    known: bool


def table_context(shown: Preview, chosen: Mapping[int, str]) -> dict[str, Any]:
    """The columns of a sheet, with what they were taken for, or `chosen` to hold by place."""
    held = {column.place: column for column in shown.columns.columns}
    return {
        "columns": [
            _column(place, heading, held.get(place), chosen.get(place), shown)
            for place, heading in enumerate(shown.headings)
        ],
        "missing": [one.names[lang()] for one in fields() if one.code in shown.columns.missing],
        "count": shown.count,
        "notes": [told_row(note) for note in shown.notes],
    }


def _column(
    place: int, heading: str, held: Column | None, chosen: str | None, shown: Preview
) -> ColumnLine:
    code = chosen if chosen is not None else held.field if held else ""
    return ColumnLine(
        place=place,
        letter=letters(place),
        heading=heading,
        choices=[
            Choice(value=one.code, label=one.names[lang()], selected=one.code == code)
            for one in fields()
        ],
        cells=[cells[place] for _number, cells in shown.rows[:3] if cells[place]],
        told=held.currency if held else "",
    )


def report_context(report: Report) -> dict[str, Any]:
    """Rows that are good, rows that are not, rows that are no needs."""
    unsure = [line for line in report.lines if line.suggestions][:MOST_CHOICES]
    offered = {line.row for line in unsure}
    others = [line for line in report.lines if line.row not in offered]
    return {
        "lines": [_row(line, line.row in offered) for line in others[:MOST_ROWS]],
        "unsure": [_row(line, offered=True) for line in unsure],
        "good": len(report.lines),
        "more_lines": max(0, len(others) - MOST_ROWS),
        **_left_out(report),
    }


def _left_out(report: Report) -> dict[str, Any]:
    return {
        "problems": [
            replace(one, sentence=told_row(one)) for one in report.problems[:MOST_PROBLEMS]
        ],
        "more_problems": max(0, len(report.problems) - MOST_PROBLEMS),
        "bad": report.bad_rows,
        "skipped": [replace(one, sentence=told_row(one)) for one in report.skipped[:MOST_PROBLEMS]],
    }


def taken_context(taken: Taken, report: Report) -> dict[str, Any]:
    """What became of the rows."""
    refused = [(one.row, one.sentence) for one in taken.problems]
    return {"count": len(taken.needs), "refused": refused} | _left_out(report)


def _row(line: DraftLine, offered: bool) -> RowLine:
    codes = dict.fromkeys([*([line.item] if line.item else []), *line.suggestions])
    return RowLine(
        row=line.row,
        text=thing_of(line.item, {}) if line.item and not offered else line.text,
        amount=amount_text(Amount(line.amount, line.unit), lang()),
        priority=priority_of(line.priority) if line.priority else None,
        needed_by=day_words(line.needed_by),
        value=money_words(line.value, line.currency),
        choices=[
            Choice(value=code, label=item(code).name(lang()), selected=code == line.item)
            for code in codes
        ]
        if offered
        else [],
        known=bool(line.item),
    )
