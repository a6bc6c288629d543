"""The columns that tell of a place's position, clock and language; made by the build alone."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mistok.world.country_sources import CountryFacts
from mistok.world.languages import Languages, language_likeness
from mistok.world.model import PlaceRecord
from mistok.world.positions import Sites, numbered, positions, utc_offsets
from mistok.world.relief import read_relief

WIDE = ("country", "region")
"""Kinds that are too large to lie at a coast or a border."""
AREAS = (*WIDE, "district")
"""Kinds whose coordinates are just some point in them."""


def surroundings(
    records: Sequence[PlaceRecord], countries: Sequence[str], about: CountryFacts
) -> dict[str, npt.NDArray[np.generic]]:
    """Give the columns position, utc_offset and language_likeness (see `Columns`), this one flat.

    `countries`: the codes by which countries are numbered; `about`: what is known of them.
    """
    sites = _sites(records, countries)
    position = positions(sites, numbered(about.neighbours, countries), read_relief())
    position[[record.kind in WIDE for record in records]] = 0
    position |= np.array([record.marks for record in records], np.uint8)
    languages = [about.languages.get(code, Languages()) for code in countries]
    return {
        "position": position,
        "utc_offset": utc_offsets([record.timezone for record in records], sites),
        "language_likeness": language_likeness(languages, about.kinship).ravel(),
    }


def _sites(records: Sequence[PlaceRecord], countries: Sequence[str]) -> Sites:
    number = {code: place for place, code in enumerate(countries)}
    nan = float("nan")
    return Sites(
        np.array([nan if record.lat is None else record.lat for record in records]),
        np.array([nan if record.lon is None else record.lon for record in records]),
        np.array([number[record.country] for record in records], np.uint16),
        np.array([record.kind not in AREAS for record in records], np.bool_),
    )
