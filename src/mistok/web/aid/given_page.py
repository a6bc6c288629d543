"""All that an office gave, on one page that its council can print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.aid.seeing import Given, GivenTotal, all_given, totals_given
from mistok.web.aid.due import consignment_url
from mistok.web.aid.ledger_rows import COLUMNS, SumsRow, sums_row
from mistok.web.aid.seats import DeskSeat
from mistok.web.aid.words import regime_word, state_of, weight_words
from mistok.web.cards import PlaceCard
from mistok.web.needs.cards import span_words
from mistok.web.needs.filters import place_name
from mistok.web.needs.words import day_words, field_of
from mistok.web.offices.places import card_of
from mistok.web.words import StateBadge


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRow:
    """One consignment with what became of its lines."""

    title: str
    url: str
    place: PlaceCard
    regime: str
    state: StateBadge
    month: str
    weight: str
    lines: list[SumsRow]
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Totals of one kind: a heading, and rows of word, count, weight."""

    title: str
    heading: str
    rows: list[tuple[str, int, str]]


def given_page(seat: DeskSeat) -> HttpResponse:
    """The consignments with their totals by receiver, field of help and month."""
    given = all_given(seat.actor, seat.office)
    context = {
        "seat": seat,
        "place": card_of(seat.office),
        "told_on": day_words(timezone.localdate()),
        "rows": [_row(one) for one in given],
        "weight": weight_words(sum(one.grams for one in given)),
        "tables": _tables(given),
        "columns": [label for _name, label in COLUMNS],
    }
    return render(seat.request, "aid/given.html", context)


def _row(one: Given) -> GivenRow:
    consignment = one.consignment
    return GivenRow(
        title=consignment.title,
        url=consignment_url(consignment),
        place=card_of(consignment.office),
        regime=regime_word(consignment.regime),
        state=state_of(consignment),
        month=span_words(f"{one.received_on:%Y-%m}") if one.received_on else "",
        weight=weight_words(one.grams or None),
        lines=[sums_row(traced.line, traced.sums) for traced in one.lines],
        kept=one.kept,
    )


def _tables(given: Sequence[Given]) -> list[Table]:
    totals = totals_given(given)
    parts: tuple[tuple[str, str, Sequence[GivenTotal], Callable[[str], str]], ...] = (
        (_("By receiver"), _("Receiver"), totals.receivers, place_name),
        (_("By field of help"), _("Field of help"), totals.fields, _field),
        (_("By month of receipt"), _("Month"), totals.months, _month),
    )
    return [
        Table(
            title=title,
            heading=heading,
            rows=[(word(one.key), one.count, weight_words(one.grams or None)) for one in rows],
        )
        for title, heading, rows, word in parts
    ]


def _field(code: str) -> str:
    return field_of(code).capitalize()


def _month(key: str) -> str:
    return span_words(key) if key else _("not received yet")
