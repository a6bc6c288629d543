"""Rows of aid as answers: public ids instead of numbers, amounts as exact texts."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from mistok.aid.ledger import LineSums, sums_of
from mistok.aid.models import AidAct, AidLine, Balance, Consignment, Declaration, Entry, Lot
from mistok.api.aid.answers import (
    ActDone,
    ActTold,
    ConsignmentRow,
    ConsignmentWhole,
    DeclarationTold,
    EntryTold,
    Held,
    LineTold,
    LotTold,
    PassageTold,
    PublicTrace,
    Standing,
    Sums,
    VehicleTold,
)
from mistok.api.shapes import exact, plain

_AS_IT_IS: Final = (
    "position names item cluster hs6 uktzed unit bound packages pieces currency value_basis"
    " rate_day used wear_percent produced_on control_list licence end_user restricted"
).split()
_GRAMS: Final = 1000


def standing(consignment: Consignment) -> Standing:
    """Where it stands now, as it is in memory."""
    return Standing(
        id=consignment.public_id,
        state=consignment.state,
        state_since=consignment.state_since,
        version=consignment.version,
    )


def row(consignment: Consignment) -> ConsignmentRow:
    """As a list tells it."""
    return ConsignmentRow(**_row(consignment))


def _row(one: Consignment) -> dict[str, Any]:
    return {
        **standing(one).model_dump(),
        "title": one.title,
        "regime": one.regime,
        "abroad": one.abroad,
        "donor_office": one.donor_office.public_id if one.donor_office else None,
        "donor_place": one.donor_place,
        "donor_name": one.donor_name,
        "series": one.series.public_id if one.series else None,
        "restricted": one.restricted,
        "written_at": one.written_at,
        "changed_at": one.changed_at,
    }


def whole(one: Consignment) -> ConsignmentWhole:
    """Everything that the receiving office keeps, but names of a commission and drivers."""
    lines = list(one.lines.filter(removed_at__isnull=True))
    sums = sums_of(lines)
    return ConsignmentWhole(
        **_row(one),
        donor_contact=one.donor_contact,
        carrier=one.carrier,
        route=one.route,
        unloading=one.unloading,
        note=one.note,
        lines=[_line(line, sums[line.pk]) for line in lines],
        lots=lots(Lot.objects.filter(line__consignment=one).order_by("pk")),
        vehicles=[
            VehicleTold(id=car.public_id, kind=car.kind, plate=car.plate, trailer=car.trailer)
            for car in one.vehicles.filter(removed_at__isnull=True)
        ],
        declarations=[_declaration(it) for it in one.declarations.select_related("vehicle")],
        passages=[
            PassageTold(
                before=it.before, after=it.after, day=it.day, note=it.note, by=it.by, at=it.at
            )
            for it in one.passages.all()
        ],
    )


def _line(line: AidLine, sums: LineSums) -> LineTold:
    return LineTold(
        **{name: getattr(line, name) for name in _AS_IT_IS},
        id=line.public_id,
        number=_exact_if(line.amount),
        net_kg=_kilograms(line.net_grams),
        gross_kg=_kilograms(line.gross_grams),
        unit_value=_money(line.unit_value),
        uah_rate=_money(line.uah_rate),
        sums=Sums(**{name: exact(getattr(sums, name)) for name in Sums.model_fields}),
    )


def _exact_if(steps: int | None) -> str | None:
    return None if steps is None else exact(steps)


def _kilograms(grams: int | None) -> str | None:
    return None if grams is None else plain(Decimal(grams) / _GRAMS)


def _money(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _declaration(one: Declaration) -> DeclarationTold:
    return DeclarationTold(
        id=one.public_id,
        number=one.number,
        vehicle=one.vehicle.public_id,
        created_on=one.created_on,
        valid_until=one.valid_until,
        cleared_on=one.cleared_on,
    )


def lots(found: Iterable[Lot]) -> list[LotTold]:
    """Lots with where they are; accounts that hold nothing are left out."""
    rows = list(found)
    kept: dict[int, list[Held]] = defaultdict(list)
    balances = Balance.objects.filter(lot__in=[one.pk for one in rows]).exclude(amount=0)
    for it in balances.order_by("lot", "account", "category"):
        held = Held(account=it.account, category=it.category, amount=exact(it.amount))
        kept[it.lot_id].append(held)
    lines = AidLine.objects.select_related("consignment").in_bulk([one.line_id for one in rows])
    return [_lot(one, lines[one.line_id], kept[one.pk]) for one in rows]


def _lot(one: Lot, line: AidLine, balances: list[Held]) -> LotTold:
    return LotTold(
        id=one.public_id,
        label=one.label,
        consignment=line.consignment.public_id,
        line=line.public_id,
        unit=one.unit,
        declared=_exact_if(one.declared),
        batch=one.batch,
        serial=one.serial,
        expires_on=one.expires_on,
        balances=balances,
    )


def entry(one: Entry) -> EntryTold:
    """An entry with its place in the chain; its lot, act and what it reverses are at hand."""
    return EntryTold(
        id=one.public_id,
        number=one.number,
        act=one.act.public_id,
        lot=one.lot.public_id,
        source=one.source,
        target=one.target,
        category=one.category,
        amount=exact(one.amount),
        unit=one.lot.unit,
        day=one.day,
        at=one.at,
        by=one.by,
        reverses=one.reverses.public_id if one.reverses else None,
        previous=one.previous,
        hash=one.hash,
    )


def act_done(act: AidAct, consignment: Consignment) -> ActDone:
    """An act with its entries, the acts that follow it, and where the consignment stands."""
    consignment.refresh_from_db()
    following = act.followed_by.order_by("pk")
    return ActDone(
        act=_act(act), also=[_act(one) for one in following], consignment=standing(consignment)
    )


def _act(act: AidAct) -> ActTold:
    entries = act.entries.select_related("lot", "act", "reverses").order_by("number")
    return ActTold(
        id=act.public_id,
        kind=act.kind,
        number=act.number,
        year=act.year,
        day=act.day,
        settlement=act.settlement,
        key=act.key,
        by=act.by,
        at=act.at,
        follows=act.follows.public_id if act.follows else None,
        entries=[entry(one) for one in entries],
    )


def trace(told: dict[str, Any]) -> PublicTrace:
    """A public trace under names that programs can use."""
    return PublicTrace(people=told["for"], **{k: v for k, v in told.items() if k != "for"})
