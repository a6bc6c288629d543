"""Which Ukrainian communities lie near hostilities or are occupied, by a dated official list.

`data/zones.csv`: communities with an open entry, whole or for a part, in the list of Order No. 376
of the Ministry for Development of Communities and Territories of 2025-02-28, as amended up to
No. 779 of 2025-04-30 (an official act, not subject to copyright). A snapshot, never a safety
decision. Crimea and Sevastopol are not listed row by row and count as occupied.
"""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

OCCUPIED_SINCE_2014 = ("katottg:UA01", "katottg:UA85")


@cache
def _zones() -> dict[str, str]:
    text = files("mistok.registry.guarding").joinpath("data/zones.csv").read_text("utf-8")
    return {row["key"]: row["zone"] for row in csv.DictReader(text.splitlines())}


def zone_of(key: str) -> str:
    """`possible`, `active` or `occupied`; empty for a place that the list does not name."""
    if key.startswith(OCCUPIED_SINCE_2014):
        return "occupied"
    return _zones().get(key, "")


def near_hostilities(keys: Iterable[str]) -> bool:
    """Whether any of these communities is on the list: every class is one higher then (7.2)."""
    return any(zone_of(key) for key in keys)
