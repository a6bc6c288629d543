"""What the codes and items of a line say about the goods: vehicles, medicines, controlled goods."""

from functools import cache
from typing import Final, Protocol

from mistok.needs.items import Item, items
from mistok.needs.items import item as item_of
from mistok.needs.lines.entries import never_public

VEHICLES: Final = frozenset({"8701", "8702", "8703", "8704", "8705", "8716"})
"""Headings of vehicles and trailers, each of which has a VIN (table 4.6)."""
MEDICINES: Final = frozenset({"3001", "3002", "3003", "3004"})
PUBLIC_TRANSPORT: Final = frozenset({"8702", "8603"})
"""Buses and trolleybuses; trams (F4-26)."""
BUSES: Final = frozenset({"city_bus", "trolleybus", "tram"})


class Goods(Protocol):
    """What lines and entries of lines have in common."""

    @property
    def item(self) -> str: ...
    @property
    def hs6(self) -> str: ...
    @property
    def uktzed(self) -> str: ...
    @property
    def control_list(self) -> str: ...
    @property
    def end_user(self) -> str: ...


def is_vehicle(goods: Goods) -> bool:
    """Whether each of them has a vehicle identification number: by its code, else by its item."""
    heading = _heading(goods)
    return heading in VEHICLES if heading else "vehicle" in flags_of(goods)


def is_medicine(goods: Goods) -> bool:
    """Whether partners ask how long it may still be used (R13)."""
    return _heading(goods) in MEDICINES or "medicine" in flags_of(goods)


def is_public_transport(goods: Goods) -> bool:
    """Whether rule R18 says until when it may be passed on."""
    return goods.item in BUSES if goods.item else _heading(goods) in PUBLIC_TRANSPORT


def is_controlled(goods: Goods) -> bool:
    """Whether it must never become public (D7-01): dual use, military, or for defence."""
    known = item_of(goods.item) if goods.item else None
    return bool(goods.control_list) or never_public(known, goods.end_user)


def may_be_controlled(goods: Goods) -> bool:
    """Whether controlled goods of the catalogue have the same code, though nobody said so here."""
    return bool(goods.hs6) and not is_controlled(goods) and goods.hs6 in _controlled_codes()


def flags_of(goods: Goods) -> frozenset[str]:
    """The flags of the item; none for goods that are not in the catalogue."""
    return item_of(goods.item).flags if goods.item else frozenset()


def _heading(goods: Goods) -> str:
    return (goods.uktzed or goods.hs6)[:4]


@cache
def _controlled_codes() -> frozenset[str]:
    def code(one: Item) -> str:
        return one.hs6 or ""

    return frozenset(code(one) for one in items() if one.restricted) - {""}
