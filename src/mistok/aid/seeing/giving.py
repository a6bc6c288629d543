"""All that an office gave: each consignment with its lines, and totals, for its council."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.aid.consignments import given_by
from mistok.aid.lifecycle import Regime, State
from mistok.aid.models import AidLine, Consignment
from mistok.aid.seeing.arrival import received_days
from mistok.aid.seeing.tracing import TracedLine, traced_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One consignment that the office gave; `received_on` is none until all of it has come.

    `kept` lines are restricted, and in no total.
    """

    consignment: Consignment
    lines: Sequence[TracedLine]
    kept: int
    received_on: dt.date | None

    @property
    def grams(self) -> int:
        """The gross weight that was told, the net weight where only that was."""
        return sum(weight_of(one.line) for one in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTotal:
    """How many consignments one key of a table has, and what they weigh in grams."""

    key: str
    count: int
    grams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTotals:
    """Receivers and months each add up to all; a consignment counts in each field of help.

    The key of a month is `2026-11`, empty for what has not come; of a receiver its place.
    """

    receivers: Sequence[GivenTotal]
    fields: Sequence[GivenTotal]
    months: Sequence[GivenTotal]


def all_given(actor: Actor, office: Office) -> list[Given]:
    """What an office gave and gives, the newest first; nothing military, nothing refused.

    Raises NotAllowed.
    """
    rows = given_by(actor, office).exclude(regime=Regime.MILITARY).exclude(state=State.REFUSED)
    consignments = list(rows.order_by("-written_at", "-pk"))
    days, lines = received_days(consignments), traced_lines(consignments)
    return [
        Given(
            consignment=one,
            lines=lines[one.pk].lines,
            kept=lines[one.pk].kept,
            received_on=days.get(one.pk),
        )
        for one in consignments
    ]


def totals_given(given: Iterable[Given]) -> GivenTotals:
    """Consignments and weights by receiver, field of help and month of the acceptance."""
    receivers: dict[str, list[int]] = {}
    fields: dict[str, list[int]] = {}
    months: dict[str, list[int]] = {}
    for one in given:
        receivers.setdefault(one.consignment.office.place, []).append(one.grams)
        month = f"{one.received_on:%Y-%m}" if one.received_on else ""
        months.setdefault(month, []).append(one.grams)
        for field in dict.fromkeys(row.line.cluster for row in one.lines):
            of_field = (row.line for row in one.lines if row.line.cluster == field)
            fields.setdefault(field, []).append(sum(map(weight_of, of_field)))
    return GivenTotals(
        receivers=_most_first(receivers),
        fields=_most_first(fields),
        months=sorted(_most_first(months), key=lambda total: total.key),
    )


def weight_of(line: AidLine) -> int:
    """Its gross weight in grams, else its net weight, else nothing."""
    return line.gross_grams or line.net_grams or 0


def _most_first(found: dict[str, list[int]]) -> list[GivenTotal]:
    totals = [
        GivenTotal(key=key, count=len(grams), grams=sum(grams)) for key, grams in found.items()
    ]
    return sorted(totals, key=lambda total: (-total.count, -total.grams, total.key))
