"""Coarse forms in which facts are published: months, hromadas, weight classes (D7-02, D7-04)."""

import datetime as dt
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Protocol

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.world.model import Place


class DateGrain(StrEnum):
    """How exact a published date is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class PlaceLevel(IntEnum):
    """How exact a published place is; greater is coarser. Abroad: the municipality, its region."""

    HROMADA = 1
    RAION = 2
    OBLAST = 3
    COUNTRY = 4


class Subject(StrEnum):
    """What a place is the place of."""

    CONSIGNMENT = "consignment"
    STORE = "store"
    SOCIAL = "social"
    CRITICAL = "critical"


class Gazetteer(Protocol):
    """What is asked of `mistok.world.World`."""

    def get(self, key: str) -> Place:
        """Give a place by its key."""
        ...

    def parents(self, key: str) -> list[Place]:
        """Give what a place lies in, nearest first."""
        ...


_LEVELS = {
    "settlement": 0,
    "hromada": PlaceLevel.HROMADA,
    "municipality": PlaceLevel.HROMADA,
    "district": PlaceLevel.RAION,
    "region": PlaceLevel.OBLAST,
    "country": PlaceLevel.COUNTRY,
}
_WEIGHTS = (
    (1_000, "under_1_t"),
    (5_000, "1_to_5_t"),
    (20_000, "5_to_20_t"),
    (100_000, "20_to_100_t"),
)
HEAVIEST = "over_100_t"
WEIGHT_CLASSES = (*(name for _, name in _WEIGHTS), HEAVIEST)
"""Classes of weight, lightest first; a class begins with its lower bound."""


def coarse_date(day: dt.date | PartialDate, grain: DateGrain) -> str:
    """A date as 2026-12, 2026-Q4 or 2026: never more exact than asked, nor than it is known.

    Raises Invalid (code `date_unbounded`) for “before” and “after”, which have no month.
    """
    if isinstance(day, dt.date):
        day = PartialDate(day.year, day.month, day.day)
    if day.bound in ("<", ">"):
        raise Invalid(
            f"“{day}” says before or after, so it has no {grain}. Give the date itself.",
            code="date_unbounded",
            details={"value": str(day)},
        )
    if grain is DateGrain.YEAR or day.month is None:
        return f"{day.bound}{day.year:04d}"
    if grain is DateGrain.QUARTER:
        return f"{day.bound}{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.bound}{day.year:04d}-{day.month:02d}"


def level_of(subject: Subject, *, exposed: bool = False) -> PlaceLevel:
    """How exact a place may be told (D7, table 7.2): critical objects by oblast, others by hromada.

    `exposed` says that the hromada is at the front, or partly occupied: then always the oblast.
    """
    if exposed or subject is Subject.CRITICAL:
        return PlaceLevel.OBLAST
    return PlaceLevel.HROMADA


def coarse_place(world: Gazetteer, key: str, level: PlaceLevel) -> str:
    """The key of what a place lies in at a level, or of the next coarser where it has none.

    Kyiv and Sevastopol stand for their own oblast. Raises what `World.get` raises.
    """
    shown: Place | None = None
    above: Place | None = None
    for place in [*reversed(world.parents(key)), world.get(key)]:
        if _level(place, above) < level:
            break
        shown = above = place
    if shown is None:
        raise Invalid(
            f"“{key}” lies in nothing that could be shown instead. Choose a place in a country.",
            code="place_without_country",
            details={"key": key},
        )
    return shown.key


def _level(place: Place, above: Place | None) -> int:
    """A place's level: parts of a municipality are below it, a city under its country an oblast."""
    if above is not None and _LEVELS[above.kind] <= PlaceLevel.HROMADA:
        return 0
    if place.kind == "hromada" and above is not None and above.kind == "country":
        return PlaceLevel.OBLAST
    return _LEVELS[place.kind]


def weight_class(kilograms: Decimal | int) -> str:
    """The class of a weight, one of WEIGHT_CLASSES.

    Raises Invalid (code `weight_malformed`) for what is no weight: below zero, not finite.
    """
    weight = Decimal(kilograms)
    if not weight.is_finite() or weight < 0:
        raise Invalid(
            f"“{kilograms}” is no weight. Give kilograms, zero or more.",
            code="weight_malformed",
        )
    return next((name for bound, name in _WEIGHTS if weight < bound), HEAVIEST)
