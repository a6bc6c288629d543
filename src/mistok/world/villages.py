"""Places outside Ukraine that the list of 500 people and more lacks, and areas listed with them.

What repeats a name that is known close by is the same place (the municipality beside its
village): it becomes another key of that. How many people live in the others is not known, so
they are nobody's possible partners.
"""

import re
from collections.abc import Iterable, Sequence

from mistok.world.area_names import (
    DISTRICT,
    MUNICIPALITY,
    AreaName,
    bare_forms,
    is_area,
    read_name,
)
from mistok.world.area_sources import Spot
from mistok.world.areas import SAME_REGION_KM, area_record
from mistok.world.atlas import Atlas
from mistok.world.folding import fold
from mistok.world.model import PlaceRecord

SAME_PLACE_KM = 10.0
"""Two places of one name so near are one."""
SAME_AREA_KM = 25.0
"""So near are two areas of one name, or a municipality and its town."""
AROUND_KM = 15.0
"""A place lies in the area that all of the nearest towns so near lie in."""
USUAL_PEOPLE = 100_000
"""For how many people a district counts whose people are not known, when names are ranked."""

_NO_PLACE = re.compile(
    r"\d|\(|\b(?:republic of|kingdom of|state of|mobile home|trailer park|parking|cemetery|"
    r"airport|military)\b",
    re.IGNORECASE,
)


def add_spots(atlas: Atlas, spots: Sequence[Spot]) -> None:
    """Add what the atlas lacks: places first, so that municipalities find their towns."""
    named = [(spot, read_name(spot.name, spot.country)) for spot in spots if _is_new(atlas, spot)]
    for spot, name in named:
        if not is_area(name):
            _add_place(atlas, spot)
    for spot, name in named:
        if is_area(name):
            _add_area(atlas, spot, name)


def _is_new(atlas: Atlas, spot: Spot) -> bool:
    known = spot.country in atlas.countries and atlas.get(spot.key) is None
    return known and not _NO_PLACE.search(spot.name) and len(fold(spot.name)) > 1


def _add_place(atlas: Atlas, spot: Spot) -> None:
    at = (spot.lat, spot.lon)
    forms = [fold(spot.name)]
    known = atlas.named(spot.country, forms, MUNICIPALITY, at, SAME_PLACE_KM)
    if known is not None:
        atlas.join(known, spot.key, spot.name)
        return
    record = PlaceRecord(
        spot.key, spot.name, spot.name, spot.country, MUNICIPALITY, lat=spot.lat, lon=spot.lon
    )
    _complete(atlas, record, spot)
    atlas.add(record)


def _add_area(atlas: Atlas, spot: Spot, name: AreaName) -> None:
    at, forms = (spot.lat, spot.lon), bare_forms(name, spot.country)
    level = name.word.level if name.word else DISTRICT
    known = atlas.named(spot.country, [fold(name.full)], level, at, SAME_AREA_KM)
    if known is None and level == MUNICIPALITY:
        known = atlas.named(spot.country, forms, level, at, SAME_AREA_KM)
    if known is None and level == DISTRICT:
        known = atlas.named(spot.country, forms, "region", at, SAME_REGION_KM)
    if known is not None:
        atlas.join(known, spot.key, spot.name)
        return
    record = area_record(spot.key, name, spot.country, level, at)
    if level == DISTRICT:
        record.prominence = USUAL_PEOPLE
    _complete(atlas, record, spot)
    atlas.add(record)


def _complete(atlas: Atlas, record: PlaceRecord, spot: Spot) -> None:
    """Take region, parent and time zone from the towns around, where they agree."""
    towns = atlas.towns_around(spot.country, (spot.lat, spot.lon), AROUND_KM)
    record.region = _agreed(town.region for town in towns)
    record.timezone = _agreed(town.timezone for town in towns)
    parent = _agreed(town.parent for town in towns)
    record.parent = parent or record.region or f"iso:{spot.country}"


def _agreed(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
