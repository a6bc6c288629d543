"""Which Ukrainian communities lie near hostilities or are occupied, by a dated official list.

`data/zones.csv`: communities with an open entry, whole or for a part, in the list of Order No. 376
of the Ministry for Development of Communities and Territories of 2025-02-28, as amended up to
No. 779 of 2025-04-30 (an official act, not subject to copyright). A snapshot, never a safety
decision. Crimea and Sevastopol are not listed row by row and count as occupied.
"""

import csv
import datetime as dt
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

OCCUPIED_SINCE_2014 = ("katottg:UA01", "katottg:UA85")
LIST = "Order No. 376 of the Ministry for Development of 2025-02-28, as amended to 2025-04-30"


class Listed(NamedTuple):
    """A community of the list: its key, `possible`, `active` or `occupied`, and since when."""

    key: str
    zone: str
    since: dt.date


@cache
def listed() -> tuple[Listed, ...]:
    """Every row of the list."""
    text = files("mistok.registry.guarding").joinpath("data/zones.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        Listed(row["key"], row["zone"], dt.date.fromisoformat(row["since"])) for row in rows
    )


@cache
def _zones() -> dict[str, str]:
    return {row.key: row.zone for row in listed()}


def zone_of(key: str) -> str:
    """`possible`, `active` or `occupied`; empty for a place that the list does not name."""
    if key.startswith(OCCUPIED_SINCE_2014):
        return "occupied"
    return _zones().get(key, "")


def near_hostilities(keys: Iterable[str]) -> bool:
    """Whether any of these communities is on the list: every class is one higher then (7.2)."""
    return any(zone_of(key) for key in keys)
