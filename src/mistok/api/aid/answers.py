"""Shapes of what programs read about aid: amounts as texts in units, days, public ids."""

import datetime as dt
from typing import Any

from ninja import Schema


class Standing(Schema):
    """Which consignment, and where it stands after a write."""

    id: str
    state: str
    state_since: dt.date
    version: int


class ConsignmentRow(Standing):
    """A consignment in a list."""

    title: str
    regime: str
    abroad: bool
    donor_office: str | None
    donor_place: str
    donor_name: str
    series: str | None
    restricted: bool
    written_at: dt.datetime
    changed_at: dt.datetime


class Sums(Schema):
    """What became of a line, in its unit; `on_hand` lies in the store."""

    declared: str
    surplus: str
    received: str
    shortage: str
    damaged: str
    moving: str
    issued: str
    redistributed: str
    returned: str
    written_off: str
    lost: str
    seized: str
    on_hand: str


class LineTold(Schema):
    """One kind of goods of a consignment."""

    id: str
    position: int
    names: dict[str, str]
    item: str
    cluster: str
    hs6: str
    uktzed: str
    unit: str
    bound: str
    number: str | None
    packages: int | None
    pieces: int | None
    net_kg: str | None
    gross_kg: str | None
    unit_value: str | None
    currency: str
    value_basis: str
    uah_rate: str | None
    rate_day: dt.date | None
    used: bool
    wear_percent: int | None
    produced_on: dt.date | None
    control_list: str
    licence: str
    end_user: str
    restricted: bool
    sums: Sums


class Held(Schema):
    """How much of a lot is in an account; issued goods by category."""

    account: str
    category: str
    amount: str


class LotTold(Schema):
    """What is counted together, where it is, and the code on its boxes."""

    id: str
    label: str
    consignment: str
    line: str
    unit: str
    declared: str | None
    batch: str
    serial: str
    expires_on: dt.date | None
    balances: list[Held]


class PassageTold(Schema):
    """One step in the life of a consignment."""

    before: str
    after: str
    day: dt.date
    note: str
    by: str
    at: dt.datetime


class VehicleTold(Schema):
    """In what goods come."""

    id: str
    kind: str
    plate: str
    trailer: str


class DeclarationTold(Schema):
    """A declaration of one vehicle."""

    id: str
    number: str
    vehicle: str
    created_on: dt.date
    valid_until: dt.date
    cleared_on: dt.date | None


class ConsignmentWhole(ConsignmentRow):
    """A consignment as the office that receives it reads it."""

    donor_contact: str
    carrier: str
    route: str
    unloading: str
    note: str
    lines: list[LineTold]
    lots: list[LotTold]
    vehicles: list[VehicleTold]
    declarations: list[DeclarationTold]
    passages: list[PassageTold]


class PublicTrace(Schema):
    """What everybody may read of a consignment: generalised, delayed, approved by the office."""

    id: str
    place: str | None
    region: str
    level: int
    giver: str
    month: str
    stage: str
    clusters: list[str]
    weight: int | None
    people: dict[str, Any]
    rules: str


class ConsignmentPage(Schema):
    """Consignments of the token's office, the newest first."""

    items: list[ConsignmentRow]
    next: str | None


class TracePage(Schema):
    """Consignments that the public may read of, the latest month first."""

    items: list[PublicTrace]
    next: str | None


class EntryTold(Schema):
    """An amount of a lot that an act moved from one account to another."""

    id: str
    number: int
    act: str
    lot: str
    source: str
    target: str
    category: str
    amount: str
    unit: str
    day: dt.date
    at: dt.datetime
    by: str
    reverses: str | None
    previous: str
    hash: str


class EntryPage(Schema):
    """Entries of a consignment in the order of the office's chain."""

    items: list[EntryTold]
    next: str | None


class ActTold(Schema):
    """An act with its number in the office's register, and what it moved."""

    id: str
    kind: str
    number: int
    year: int
    day: dt.date
    settlement: str
    key: str
    by: str
    at: dt.datetime
    follows: str | None
    entries: list[EntryTold]


class ActDone(Schema):
    """What an act gave; `also` are acts that it brought with it, as a discrepancy act."""

    act: ActTold
    also: list[ActTold]
    consignment: Standing


class LineDone(Schema):
    """The line that was written."""

    line: str
    position: int
    consignment: Standing


class PaperTold(Schema):
    """A paper that was made; `files` are the addresses of its PDF and, where there is one, DOCX."""

    id: str
    kind: str
    number: int
    languages: list[str]
    act: str | None
    readers: str
    made_at: dt.datetime
    files: dict[str, str]
    sha256: dict[str, str]


class PaperPage(Schema):
    """Papers of a consignment."""

    items: list[PaperTold]
    next: str | None


class BalancePage(Schema):
    """Lots of the token's office with their balances."""

    items: list[LotTold]
    next: str | None
