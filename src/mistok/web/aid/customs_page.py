"""The way through customs: who receives, the code, vehicles, declarations, clearance, dispatch."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.aid.clocks import blocks
from mistok.aid.models import Declaration, Recipient, UniqueCode, Vehicle
from mistok.web.acting import Mistake, mistake_context, perform, shown
from mistok.web.aid.customs_acts import customs_acts
from mistok.web.aid.customs_forms import vehicle_words
from mistok.web.aid.head import crosses, head_of
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import day_of, days_left, line_name
from mistok.web.needs.words import day_words, steps_text
from mistok.web.words import StateBadge


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """A code with what it covers."""

    value: str
    issued: str
    until: str
    state: StateBadge
    lines: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationRow:
    """A declaration with its vehicle and lines."""

    number: str
    vehicle: str
    created: str
    until: str
    cleared: str
    customs_office: str
    state: StateBadge
    lines: list[tuple[str, str]]


def customs_page(seat: AidSeat) -> HttpResponse:
    """What stands of the way through customs, and the acts that are open now."""
    page = partial(_page, seat)
    if seat.request.method == "POST":
        return perform(seat.request, customs_acts(seat), page)
    return page()


def _page(
    seat: AidSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    seat.consignment.refresh_from_db()
    context = {
        **head_of(seat, "customs"),
        **customs_rows(seat),
        "recipient": Recipient.objects.filter(office=seat.office).first(),
        "crosses": crosses(seat),
        "blocks": _blocks(seat),
        "acts": shown(seat.request, customs_acts(seat), typed, mistake=mistake),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/customs.html", context, status=status)


def _blocks(seat: AidSeat) -> list[str]:
    """What keeps the office from a declaration today."""
    if not crosses(seat):
        return []
    return [block.sentence for block in blocks(seat.office, timezone.localdate())]


def customs_rows(seat: AidSeat) -> dict[str, Any]:
    """Codes, declarations and vehicles as pages show them."""
    consignment = seat.consignment
    vehicles = living_vehicles(seat)
    numbers = {one.pk: vehicle_words(one, place) for place, one in enumerate(vehicles, 1)}
    codes = consignment.codes.prefetch_related("lines__line").order_by("pk")
    rows = consignment.declarations.select_related("vehicle").prefetch_related("lines__line")
    return {
        "codes": [_code(one) for one in codes],
        "declarations": [_declaration(one, numbers) for one in rows.order_by("pk")],
        "vehicles": [(numbers[one.pk], one.driver) for one in vehicles],
    }


def living_vehicles(seat: AidSeat) -> list[Vehicle]:
    """Those that were not removed, in their order."""
    return list(seat.consignment.vehicles.filter(removed_at=None).order_by("pk"))


def _code(one: UniqueCode) -> CodeRow:
    today = timezone.localdate()
    over = one.ended_on is not None or one.valid_until < today
    badge = (
        StateBadge("over", _("expired"), "clay", "✕")
        if over
        else StateBadge("valid", _("valid"), "moss", "●")
    )
    left = "" if over else days_left(one.valid_until, today)
    return CodeRow(
        value=one.value,
        issued=day_words(one.issued_on),
        until=_until(day_words(one.valid_until), left),
        state=badge,
        lines=[
            (line_name(row.line), steps_text(row.amount, row.line.unit)) for row in one.lines.all()
        ],
    )


def _declaration(one: Declaration, numbers: Mapping[int, str]) -> DeclarationRow:
    today = timezone.localdate()
    open_still = one.cleared_on is None and one.expired_on is None
    left = days_left(one.valid_until, today) if open_still else ""
    return DeclarationRow(
        number=one.number,
        vehicle=numbers.get(one.vehicle_id, one.vehicle.plate),
        created=day_words(one.created_on),
        until=_until(day_words(one.valid_until), left),
        cleared=day_of(one.cleared_on),
        customs_office=one.customs_office,
        state=_standing(one, late=one.valid_until < today),
        lines=[
            (line_name(row.line), steps_text(row.amount, row.line.unit)) for row in one.lines.all()
        ],
    )


def _until(day: str, left: str) -> str:
    return f"{day} ({left})" if left else day


def _standing(one: Declaration, *, late: bool) -> StateBadge:
    if one.cleared_on is not None:
        return StateBadge("cleared", _("cleared by customs"), "moss", "✓")
    if one.expired_on is not None or late:
        return StateBadge("expired", _("expired"), "clay", "✕")
    return StateBadge("open", _("not cleared yet"), "river", "○")
