"""Which column of a spreadsheet holds what, in whatever order and language its headings are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from mistok.kernel.errors import Invalid
from mistok.needs.importing.gathering import too_many_rows
from mistok.needs.importing.guessing import guessed_columns
from mistok.needs.importing.limits import HEADING_ROWS, MOST_ROWS
from mistok.needs.importing.table import Row, Table, shown
from mistok.needs.importing.vocabulary import (
    REQUIRED,
    folded_currency,
    stems_of,
    vocabulary,
)
from mistok.needs.items.folding import fold
from mistok.needs.items.model import LANGUAGES
from mistok.needs.items.naming_units import find_units

_LEAST: Final = 0.7
_ALIKE: Final = 85.0
_BEGINS: Final = (0.7, 0.05)
_ASIDE: Final = re.compile(r"[(\[,;/]")
_THOUSAND: Final = re.compile(
    r"(?<!\w)(?:тис|тисяч|tys|tsd|thousand|k|milliers?)(?!\w)", re.IGNORECASE
)
_MILLION: Final = re.compile(r"(?<!\w)(?:млн|mln|mio|million|millions?)(?!\w)", re.IGNORECASE)
_MONEY: Final = ("value", "unit_value")
_LEAST_HEADINGS: Final = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read; `unit`, `currency` and `scale` are what its heading adds.

    `place` from 0 on; `unit` a code; `scale` 1, 1,000 or 1,000,000 ("тис. грн").
    """

    place: int
    field: str
    heading: str
    unit: str = ""
    currency: str = ""
    scale: int = 1

    @property
    def name(self) -> str:
        """What a person calls it: its heading, or its letter where it has none."""
        return self.heading or letters(self.place)


@dataclass(frozen=True, slots=True)
class Columns:
    """What was recognised. `heading_row`: the row's number, or None where there is no heading;
    `unknown`: places and headings of columns that are not read; `language`: that of the headings,
    where most of them are the names of our template.
    """

    heading_row: int | None
    columns: tuple[Column, ...]
    unknown: tuple[tuple[int, str], ...]
    language: str | None = None

    def find(self, field: str) -> Column | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that cannot be done without and were not found."""
        return tuple(field for field in REQUIRED if self.find(field) is None)


def map_columns(table: Table, chosen: Mapping[int, str] | None = None) -> Columns:
    """Recognise the columns by their headings, or by what stands in them where there are none.

    `chosen` corrects it: place to field, or to "" for a column that is not to be read; a field
    that is chosen for one column is taken from any other. Raises Invalid (codes `field_unknown`,
    `field_twice`).
    """
    row = _heading_row(table.rows)
    headings = [] if row is None else [shown(cell).strip() for cell in row.cells]
    found = guessed_columns(table.rows) if row is None else _assigned(headings)
    if chosen is not None:
        _check(chosen)
        kept = {p: f for p, f in found.items() if p not in chosen and f not in chosen.values()}
        found = kept | {place: field for place, field in chosen.items() if field}
    width = max((len(one.cells) for one in table.rows), default=0)
    headings += [""] * (width - len(headings))
    return Columns(
        None if row is None else row.number,
        tuple(
            _column(place, found[place], headings[place] if place < width else "")
            for place in sorted(found)
        ),
        tuple((p, headings[p]) for p in range(width) if p not in found),
        _language(headings),
    )


def data_rows(table: Table, columns: Columns) -> tuple[Row, ...]:
    """The rows below the heading. Raises Invalid (code `table_too_many_rows`)."""
    rows = tuple(row for row in table.rows if row.number > (columns.heading_row or 0))
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    return rows


def letters(place: int) -> str:
    """The letters by which spreadsheets call a column: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _check(chosen: Mapping[int, str]) -> None:
    fields = [field for field in chosen.values() if field]
    for field in fields:
        if field not in vocabulary().fields:
            raise Invalid(
                f"“{field[:40]}” is not a field of a line. Choose one of the list.",
                code="field_unknown",
                details={"field": field[:100]},
            )
        if fields.count(field) > 1:
            raise Invalid(
                f"Two columns are chosen for “{field}”. Choose one column for each field.",
                code="field_twice",
                details={"field": field},
            )


def _heading_row(rows: Sequence[Row]) -> Row | None:
    """Among the first rows the one with the most headings; none where fewer than two are met."""
    best, most = None, _LEAST_HEADINGS - 1
    for row in rows[:HEADING_ROWS]:
        texts = [cell for cell in row.cells if isinstance(cell, str) and cell]
        found = len(_assigned(texts))
        if found > most:
            best, most = row, found
    return best


def _assigned(headings: Iterable[str]) -> dict[int, str]:
    """Place to field: the surest first, each field once, the leftmost of equals."""
    sure = sorted(
        (-score, place, field)
        for place, heading in enumerate(headings)
        for field, score in _likely(heading).items()
    )
    found: dict[int, str] = {}
    for _, place, field in sure:
        if place not in found and field not in found.values():
            found[place] = field
    fields = set(found.values())
    if "item" not in fields and "specification" in fields:
        return {p: "item" if f == "specification" else f for p, f in found.items()}
    return found


def _likely(heading: str) -> dict[str, float]:
    """The fields that a heading may name, with how sure that is."""
    words = vocabulary()
    plain = _ASIDE.split(heading)[0]
    if not fold(heading) or heading.strip().casefold() in words.numbering:
        return {}
    for text, score in ((heading, 1.0), (plain, 0.95)):
        if exact := words.headings.get(fold(text)):
            return {exact: score}
    found: dict[str, float] = {}
    stems = stems_of(plain) or stems_of(heading)
    joined = " ".join(stems)
    for known, field in words.stems.items():
        score = 0.0
        if stems[: len(known)] == known:
            score = min(_BEGINS[0] + _BEGINS[1] * len(known), 0.9)
        ratio = fuzz.ratio(joined, " ".join(known), score_cutoff=_ALIKE)
        score = max(score, ratio / 100 * 0.9)
        if score >= _LEAST and score > found.get(field, 0.0):
            found[field] = score
    return found


def _language(headings: Iterable[str]) -> str | None:
    """The language in which most headings are names of our fields; None where none is."""
    named = {fold(heading) for heading in headings}
    met = {
        language: sum(
            fold(field.names[language]) in named for field in vocabulary().fields.values()
        )
        for language in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda language: met[language])
    return best if met[best] else None


def _column(place: int, field: str, heading: str) -> Column:
    """The column with what stands beside its heading: "Кількість, шт.", "Wert (EUR)"."""
    aside = _ASIDE.split(heading.rstrip(")]. "), maxsplit=1)
    beside = aside[1].strip() if len(aside) > 1 else ""
    if field == "amount":
        units = find_units(beside)
        return Column(place, field, heading, unit=units[0].code if len(units) == 1 else "")
    if field not in _MONEY:
        return Column(place, field, heading)
    scale = 1_000 if _THOUSAND.search(beside) else 1_000_000 if _MILLION.search(beside) else 1
    plain = _MILLION.sub(" ", _THOUSAND.sub(" ", beside))
    currency = next(
        (
            code
            for text in (plain, *plain.split(), *heading.split())
            if (code := vocabulary().currencies.get(folded_currency(text.strip("()[],"))))
        ),
        "",
    )
    return Column(place, field, heading, currency=currency, scale=scale)
