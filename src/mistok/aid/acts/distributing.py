"""To whom goods went: counts by settlement and category, small ones hidden from outsiders (R24)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidLine, Consignment, Distribution
from mistok.needs.models.lines import EndUser
from mistok.needs.scanning.suppression import PublishedTable, suppress_table

Cell = tuple[str, str]
"""A settlement's key and a category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRow:
    """How much of a line went to a category, in thousandths of its unit."""

    line: AidLine
    category: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionTable:
    """Persons and households by (settlement, category), with totals; amounts by category alone.

    None is hidden from outsiders, or was never counted; nothing that is hidden is zero.
    """

    settlements: Sequence[str]
    categories: Sequence[str]
    persons: PublishedTable
    households: PublishedTable
    amounts: Sequence[AmountRow]

    @property
    def persons_by_category(self) -> Mapping[str, int | None]:
        """Persons of each category that got something, in all settlements together."""
        return self.persons.column_totals

    @property
    def households_by_category(self) -> Mapping[str, int | None]:
        """Households of each category that got something, in all settlements together."""
        return self.households.column_totals


def living_distributions(consignment: Consignment) -> QuerySet[Distribution]:
    """What was issued by acts that nobody reversed."""
    rows = Distribution.objects.filter(act__consignment=consignment).select_related("line", "act")
    return rows.exclude(act__followed_by__kind=ActKind.REVERSAL)


def distribution_table(
    consignment: Consignment,
    *,
    for_whom: Literal["office", "donor", "public"] = "public",
    lines: Sequence[AidLine] | None = None,
) -> DistributionTable:
    """Who got what of a consignment, or of some of its lines, by acts that stand.

    The office itself reads everything. For the donor and the public counts from 1 to 9 are hidden
    with as much more as must be, and nothing for defence is told; for the public nothing of
    restricted lines either. Who got several things by one act is counted once in it.
    """
    rows = list(living_distributions(consignment))
    if lines is not None:
        wanted = {line.pk for line in lines}
        rows = [row for row in rows if row.line_id in wanted]
    if for_whom != "office":
        rows = [row for row in rows if row.category != EndUser.DEFENCE]
    if for_whom == "public":
        rows = [row for row in rows if not row.line.restricted]
    cells = list(dict.fromkeys((row.settlement, row.category) for row in rows))
    hidden = for_whom != "office"
    return DistributionTable(
        settlements=sorted({settlement for settlement, _ in cells}),
        categories=sorted({category for _, category in cells}),
        persons=_table(cells, _counted(rows, "persons"), hidden=hidden),
        households=_table(cells, _counted(rows, "households"), hidden=hidden),
        amounts=_amounts(rows),
    )


def _counted(rows: Iterable[Distribution], what: str) -> Mapping[Cell, int]:
    """Counts by cell: of one act the line that reached most, summed over acts."""
    by_line: dict[tuple[int, Cell], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        count = getattr(row, what)
        if count is not None:
            by_line[row.act_id, (row.settlement, row.category)][row.line_id] += count
    counts: dict[Cell, int] = defaultdict(int)
    for (_act, cell), told in by_line.items():
        counts[cell] += max(told.values())
    return counts


def _table(cells: Sequence[Cell], counts: Mapping[Cell, int], *, hidden: bool) -> PublishedTable:
    """The counts with their totals; where nobody counted there is none, as where it is hidden."""
    whole = {cell: counts.get(cell, 0) for cell in cells}
    table = suppress_table(whole) if hidden else _open_table(whole)
    counted_rows = {settlement for settlement, _ in counts}
    counted_columns = {category for _, category in counts}
    uncounted = set(cells) - set(counts)
    return PublishedTable(
        {cell: None if cell in uncounted else n for cell, n in table.cells.items()},
        {row: n if row in counted_rows else None for row, n in table.row_totals.items()},
        {col: n if col in counted_columns else None for col, n in table.column_totals.items()},
        table.total if counts else None,
    )


def _open_table(counts: Mapping[Cell, int]) -> PublishedTable:
    """All of it, for the office whose counts they are."""
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    cells = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    return PublishedTable(
        cells,
        {row: sum(cells[row, column] for column in columns) for row in rows},
        {column: sum(cells[row, column] for row in rows) for column in columns},
        sum(counts.values()),
    )


def _amounts(rows: Iterable[Distribution]) -> list[AmountRow]:
    """Amounts of each line by category, in the order of the lines."""
    lines: dict[int, AidLine] = {}
    amounts: dict[tuple[int, str], int] = defaultdict(int)
    for row in rows:
        lines[row.line_id] = row.line
        amounts[row.line_id, row.category] += row.amount
    return [
        AmountRow(line=lines[line], category=category, amount=amount)
        for (line, category), amount in sorted(
            amounts.items(), key=lambda one: (lines[one[0][0]].position, one[0][1])
        )
    ]
