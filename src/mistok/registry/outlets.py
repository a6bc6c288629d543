"""Where a publisher sits, and whether it is a medium of an aggressor state.

The end of the address tells it, or the dated list in `data/outlets.csv`: outlets that a ruling
names as controlled by such a state and that publish under other addresses. What a person told of a
source (`Source.publisher_country`) stands before both. It is no judgement on what a page says: a
fact that nobody else tells is marked, not thrown away.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pycountry
from django.utils import timezone

from mistok.provenance.independence import host_of, named, origins, site_of
from mistok.provenance.models import Source
from mistok.registry.aggressors import AGGRESSOR_STATES

OUTLETS: Final = Path(__file__).parent / "data" / "outlets.csv"
NAMES: Final[Mapping[str, str]] = {
    "ru": "RU",
    "su": "RU",
    "xn--p1ai": "RU",
    "moscow": "RU",
    "xn--80adxhks": "RU",
    "tatar": "RU",
    "by": "BY",
    "xn--90ais": "BY",
    "uk": "GB",
    "xn--j1amh": "UA",
}
"""Ends of addresses that are no country's code of ISO 3166: .ru and .by with their own others."""
WORLDWIDE: Final = frozenset(
    "ac ag ai as bz cc cd co dj eu fm gg gl io ly me mu nu pw sc sh so st tk to tv vc vg ws".split()
)
"""Codes of countries that pages of the whole world use, so that they say nothing."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A medium that a ruling names: its address (`*` for any end), names, since when and why."""

    domain: str
    country: str
    names: tuple[str, ...]
    since: dt.date
    ruling: str
    address: str


@cache
def outlets() -> tuple[Outlet, ...]:
    """The list that comes with the program, in the order of the rulings."""
    with OUTLETS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Outlet(
                row["domain"],
                row["country"],
                tuple(named(name) for name in row["names"].split("|") if name),
                dt.date.fromisoformat(row["since"]),
                row["ruling"],
                row["address"],
            )
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=4096)
def outlet_of(url: str, publisher: str = "") -> Outlet | None:
    """The outlet of the list that published this, by its address, else by its very name."""
    site, name = site_of(url), named(publisher)
    for outlet in outlets():
        if site and fnmatchcase(site, outlet.domain):
            return outlet
        if name and not site and name in outlet.names:
            return outlet
    return None


@lru_cache(maxsize=4096)
def publisher_country(url: str, publisher: str = "") -> str:
    """The country of a publisher, two letters, as far as its address or name tells; else empty."""
    outlet = outlet_of(url, publisher)
    if outlet is not None:
        return outlet.country
    end = host_of(url).rpartition(".")[2]
    if end in NAMES:
        return NAMES[end]
    known = len(end) == 2 and end not in WORLDWIDE and pycountry.countries.get(alpha_2=end.upper())
    return end.upper() if known else ""


def country_of(source: Source) -> str:
    """Where the publisher of a source sits: as a person told, else as its address tells."""
    return source.publisher_country or publisher_country(source.url, source.publisher)


def is_aggressor_country(country: str, *, today: dt.date | None = None) -> bool:
    """Whether a country, by its two letters, is an aggressor state today."""
    day = today or timezone.localdate()
    return any(state.country == country and state.first_day <= day for state in AGGRESSOR_STATES)


def is_aggressors(source: Source, *, today: dt.date | None = None) -> bool:
    """Whether a source is a medium, an office or a page of a state that is an aggressor today."""
    return is_aggressor_country(country_of(source), today=today)


def only_through_aggressors(sources: Iterable[Source], *, today: dt.date | None = None) -> bool:
    """Whether all that these sources say reaches us through publishers of aggressor states alone.

    A copy counts as what it repeats: an agency of Moscow printed elsewhere stays that agency, and
    a Ukrainian report repeated in Moscow stays Ukrainian. False without any source.
    """
    found = origins(sources)
    return bool(found) and all(is_aggressors(source, today=today) for source in found)
