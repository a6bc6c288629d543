"""The places of the compiled world as the pool in which partners are sought."""

import numpy as np
import numpy.typing as npt

from mistok.matching.pool import About, Pool
from mistok.world import Columns


def world_pool(columns: Columns) -> Pool:
    """Every place of the world, in the world's order; only municipalities may be proposed.

    Takes some tenths of a second for a world; whoever asks often keeps what comes back.
    """
    countries = int(columns.country.max(initial=0)) + 1
    return Pool(
        lat=columns.lat,
        lon=columns.lon,
        population=columns.population,
        country=columns.country,
        eligible=columns.is_municipality,
        about=About(
            region=_regions(columns),
            position=columns.position,
            clock=columns.utc_offset,
            renown=columns.renown,
            namesake=columns.namesake,
            likeness=columns.language_likeness[:countries, :countries],
        ),
    )


def _regions(columns: Columns) -> npt.NDArray[np.int32]:
    """Regions numbered without gaps; places of a country whose region is unknown share one."""
    told = columns.country.astype(np.int64) * (len(columns.region) + 1) + columns.region + 1
    numbered: npt.NDArray[np.int32] = np.unique(told, return_inverse=True)[1].astype(np.int32)
    return numbered
