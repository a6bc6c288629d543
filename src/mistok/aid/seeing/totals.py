"""Totals of what is public, by giver, field of help, month and oblast: of projections alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Total:
    """How many public consignments one key of a table has."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of consignments; givers, months and oblasts each add up to `consignments`.

    A consignment counts in each of its fields of help. Key "" is a giver that is not named.
    """

    consignments: int
    givers: Sequence[Total]
    clusters: Sequence[Total]
    months: Sequence[Total]
    regions: Sequence[Total]


def totals(traces: Iterable[Mapping[str, Any]]) -> Totals:
    """Count traces as `public_traces` gives them; the most first, months in their order."""
    rows = list(traces)
    months = Counter(str(row["month"]) for row in rows)
    return Totals(
        consignments=len(rows),
        givers=_most_first(str(row["giver"]) for row in rows),
        clusters=_most_first(cluster for row in rows for cluster in row["clusters"]),
        months=[Total(month, months[month]) for month in sorted(months)],
        regions=_most_first(str(row["region"] or row["place"]) for row in rows),
    )


def _most_first(keys: Iterable[str]) -> list[Total]:
    counted = sorted(Counter(keys).items(), key=lambda pair: (-pair[1], pair[0]))
    return [Total(key, count) for key, count in counted]
