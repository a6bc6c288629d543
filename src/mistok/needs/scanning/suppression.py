"""Counts of persons that are published: small ones are hidden so that no total gives them away.

A table with its totals is a circulation: from a source through rows and columns to a sink and
back. A hidden count can be recomputed just when no cycle of hidden counts runs through it along
which one person could be moved; so hidden counts are joined into such cycles (Gusfield 1988, A
Graph Theoretic Approach to Statistical Data Security). Readers know that nothing hidden is zero.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from mistok.kernel.errors import Invalid

THRESHOLD = 10
"""Counts below it, but zero, are hidden (D7, table 7.2)."""

LEAST = 1
"""The least that a hidden count can be."""

_OF_TOTALS = 1_000_000
"""How much dearer it is to hide a total than a cell."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Counts by row and column with totals; None is hidden."""

    cells: Mapping[tuple[str, str], int | None]
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class PublishedList:
    """Counts by name with their total; None is hidden."""

    counts: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class _Arc:
    """A count as a flow between two nodes; `is_total` counts are hidden last."""

    tail: str
    head: str
    count: int
    is_total: bool


def suppress_table(
    counts: Mapping[tuple[str, str], int], threshold: int = THRESHOLD
) -> PublishedTable:
    """Hide small counts of a table, and as much more as must be; missing cells are zero.

    Raises Invalid (codes `count_negative`, `threshold_too_low`).
    """
    _check(counts.values(), threshold)
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    cells = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    by_row = {row: sum(cells[row, column] for column in columns) for row in rows}
    by_column = {column: sum(cells[row, column] for row in rows) for column in columns}
    arcs = [_Arc(f"row {row}", f"column {col}", n, False) for (row, col), n in cells.items()]
    arcs += [_Arc("source", f"row {row}", count, True) for row, count in by_row.items()]
    arcs += [_Arc(f"column {col}", "sink", count, True) for col, count in by_column.items()]
    arcs.append(_Arc("sink", "source", sum(by_row.values()), True))
    shown = iter(_shown(arcs, threshold))
    return PublishedTable(
        {cell: next(shown) for cell in cells},
        {row: next(shown) for row in by_row},
        {column: next(shown) for column in by_column},
        next(shown),
    )


def suppress_list(counts: Mapping[str, int], threshold: int = THRESHOLD) -> PublishedList:
    """Hide small counts of a list and, where it would give them away, one more or the total.

    Raises Invalid (codes `count_negative`, `threshold_too_low`).
    """
    _check(counts.values(), threshold)
    arcs = [_Arc("source", "sink", count, False) for count in counts.values()]
    arcs.append(_Arc("sink", "source", sum(counts.values()), True))
    shown = iter(_shown(arcs, threshold))
    return PublishedList({name: next(shown) for name in counts}, next(shown))


def _check(counts: Iterable[int], threshold: int) -> None:
    if threshold < 2:
        raise Invalid(
            f"A threshold of {threshold} hides nothing. Choose 2 or more; {THRESHOLD} is usual.",
            code="threshold_too_low",
        )
    if any(count < 0 for count in counts):
        raise Invalid(
            "A count of persons is below zero. Correct the table before it is published.",
            code="count_negative",
        )


def _shown(arcs: Sequence[_Arc], threshold: int) -> list[int | None]:
    hidden = {place for place, arc in enumerate(arcs) if 0 < arc.count < threshold}
    for place in sorted(hidden):
        if not _is_safe(arcs, hidden, place):
            hidden |= _cheapest_cycle(arcs, hidden, place)
    return [None if place in hidden else arc.count for place, arc in enumerate(arcs)]


def _is_safe(arcs: Sequence[_Arc], hidden: set[int], place: int) -> bool:
    """Whether a hidden count could as well be one more, or one less, by all that is shown."""
    arc = arcs[place]
    only = {other: arcs[other] for other in hidden}
    if _path(only, hidden, place, arc.head, arc.tail) is not None:
        return True
    return arc.count > LEAST and _path(only, hidden, place, arc.tail, arc.head) is not None


def _cheapest_cycle(arcs: Sequence[_Arc], hidden: set[int], place: int) -> set[int]:
    """Counts to hide so that this one could be one more; there are always its own totals."""
    path = _path(dict(enumerate(arcs)), hidden, place, arcs[place].head, arcs[place].tail)
    assert path is not None  # noqa: S101 - every cell lies on a cycle through its totals
    return path


def _path(
    arcs: Mapping[int, _Arc], hidden: set[int], without: int, start: str, goal: str
) -> set[int] | None:
    """The cheapest way to move one person on from `start` to `goal`; None where there is none."""
    steps: dict[str, list[tuple[str, int]]] = {}
    for place, node, onward in _steps(arcs, without):
        steps.setdefault(node, []).append((onward, place))
    queue: list[tuple[int, str, frozenset[int]]] = [(0, start, frozenset())]
    done: set[str] = set()
    while queue:
        cost, node, used = heappop(queue)
        if node == goal:
            return set(used)
        if node in done:
            continue
        done.add(node)
        for onward, place in steps.get(node, ()):
            dear = 0 if place in hidden else arcs[place].count + _OF_TOTALS * arcs[place].is_total
            heappush(queue, (cost + dear, onward, used | {place}))
    return None


def _steps(arcs: Mapping[int, _Arc], without: int) -> Iterator[tuple[int, str, str]]:
    """Ways to change a count by one: more goes forward, less (but not below LEAST) back."""
    for place, arc in arcs.items():
        if place == without or arc.count < LEAST:
            continue
        yield place, arc.tail, arc.head
        if arc.count > LEAST:
            yield place, arc.head, arc.tail
