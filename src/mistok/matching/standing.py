"""What all ties together say: of countries, of regions, and of the places around tied ones.

Made once for a pool and its ties, then asked for one seeker after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from mistok.matching.blocks import Blocks
from mistok.matching.pool import EARTH_RADIUS_KM, RENOWN_KEYS, Keys, Pool
from mistok.matching.rows import Floats, Indices, spread, starts_of, tallied
from mistok.matching.ties import TieGraph

STEPS = 4096  # of the fourth root of the squared half chord: fine near by, coarse far away
NO_DISTANCE = STEPS + 1  # key of a distance that is not known
RANK_STEPS = 20  # keys of ranks to one unit of the logarithm: the 340,000th is the last
MOST_KEYS = {
    "distance": NO_DISTANCE,
    "rank": 255,
    "region_rank": 255,
    "renown": RENOWN_KEYS,
    "clock": 255,
    "position": 255,
}
AROUND_KM = 60.0
"""Places of one country no farther off than this are neighbours."""

# Weight added to sizes, in square roots of inhabitants, so that empty lands have a share at all.
COUNTRY_MASS = 1000.0
REGION_MASS = 300.0


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Counts of ties by country and region, sizes to hold against them, and who lies near whom.

    `between[a, b]`: ends of ties of country a's places that lie in b. `pull[r, c]`: ends of ties
    of region r's places that lie in country c. `mass_*`: sums of square roots of inhabitants.
    `near_*`: for every tied place the places within 60 km in its country with their distances,
    as rows (`near_rows[place]` is the row, -1 none). `keys`: small whole numbers of each place by
    family (`rank`, `region_rank`: ln of the rank by inhabitants, in steps), `most_key` the largest
    there may be, with that of a distance. `lane`: the region of a place that may be proposed, and
    one more for the others. `log_degrees`: ln(1 + ties) of each tied place.
    `slots`: for each end of a tie, which of the tied places has it. `pairs`: each tied place (by
    its slot) with each country it has ties with, once; `portfolio`: how many countries those are.
    """

    pool: Pool
    graph: TieGraph
    between: Floats
    pull: Floats
    country_mass: Floats
    region_mass: Floats
    region_country: Indices
    keys: Mapping[str, Keys]
    most_key: Mapping[str, int]
    blocks: Blocks
    lane: Keys
    region_starts: Indices
    region_ends: Indices
    near_rows: Indices
    near_starts: Indices
    near_places: npt.NDArray[np.int32]
    near_km: npt.NDArray[np.float32]
    log_degrees: Floats
    slots: Indices
    pairs: tuple[Indices, Indices]
    portfolio: Indices

    @classmethod
    def of(cls, pool: Pool, graph: TieGraph) -> "Standing":
        """Count everything once: a second or two for a world of ties."""
        country, region = pool.country.astype(np.int64), pool.about.region.astype(np.int64)
        regions = int(region.max(initial=-1)) + 1
        size = np.sqrt(np.where(pool.eligible, pool.population, 0).astype(float))
        region_country = np.zeros(regions, np.int64)
        region_country[region] = country
        keys = {
            "size": pool.size_key,
            "rank": _ranks(pool, country),
            "region_rank": _ranks(pool, region),
            "renown": pool.renown_key,
            "clock": pool.clock_key,
            "position": pool.position_key,
        }
        return cls(
            pool=pool,
            graph=graph,
            country_mass=tallied(country, size, pool.countries) + COUNTRY_MASS,
            region_mass=tallied(region, size, regions) + REGION_MASS,
            region_country=region_country,
            keys=keys,
            most_key={**MOST_KEYS, "size": int(pool.size_key.max(initial=0))},
            blocks=Blocks.of(pool, keys),
            lane=np.where(pool.eligible, region, regions).astype(np.intp),
            **_near(pool, graph.active),
            **_counted(pool, graph, region_country),
        )

    def without(self, place: int, other: int) -> "Standing":
        """The same as if one tie were not there."""
        graph = self.graph.without(place, other)
        counted = _counted(self.pool, graph, self.region_country)
        return replace(self, graph=graph, **counted)

    def near(self, place: int) -> tuple[Indices, Floats]:
        """Tied places around any place within 60 km in its country, itself left out."""
        pool = self.pool
        tied = self.graph.active
        tied = tied[(pool.country[tied] == pool.country[place]) & (tied != place)]
        km = pool.km(place, tied)
        close = km <= AROUND_KM
        return tied[close], km[close]

    def likeness_of_habits(self, country: int) -> Floats:
        """How alike other countries' habits are to one's: cosine of their ties by country."""
        roots = np.sqrt(self.between)  # a few large countries would else decide alone
        lengths = np.sqrt(self.between.sum(1)) + 1
        alike: Floats = roots @ roots[country] / (lengths * lengths[country])
        return alike

    def around(self, places: Indices) -> tuple[Indices, Floats, Indices]:
        """Neighbours of some tied places, their distances, and the number of the place."""
        entries, owner = spread(self.near_starts, self.near_rows[places])
        return (
            self.near_places[entries].astype(np.int64),
            self.near_km[entries].astype(float),
            owner,
        )


def _counted(pool: Pool, graph: TieGraph, region_country: Indices) -> dict[str, Any]:
    """Everything of a Standing that is counted from ties."""
    here, there = graph.owners, graph.partners
    country, region = pool.country.astype(np.int64), pool.about.region.astype(np.int64)
    between = np.zeros((pool.countries, pool.countries))
    np.add.at(between, (country[here], country[there]), 1)
    pull = np.zeros((len(region_country), pool.countries))
    np.add.at(pull, (region[here], country[there]), 1)
    order = np.argsort(region[here], kind="stable")
    return {
        "between": between,
        "pull": pull,
        "region_starts": starts_of(np.bincount(region[here], minlength=len(region_country))),
        "region_ends": there[order],
        "log_degrees": np.log1p(graph.degree[graph.active].astype(float)),
        **_countries_of(graph, country, pool.countries),
    }


def _ranks(pool: Pool, group: Indices) -> Keys:
    """ln of each place's rank by inhabitants within its group, in steps; the largest has 0.

    Places of equal size share a rank, whatever their order in the pool.
    """
    order = np.lexsort((-pool.population, ~pool.eligible, group))
    grouped, places = group[order], np.arange(len(pool))
    first = np.searchsorted(grouped, grouped)
    told = np.stack((grouped, pool.eligible[order], pool.population[order]))
    alike = np.flatnonzero(np.append(False, (told[:, 1:] == told[:, :-1]).all(axis=0)))
    ahead = places.copy()
    ahead[alike] = 0
    ranks = np.empty(len(pool), np.intp)
    steps = np.round(np.log(np.maximum.accumulate(ahead) - first + 1) * RANK_STEPS)
    ranks[order] = np.minimum(steps, 255)
    return ranks


def _near(pool: Pool, tied: Indices) -> dict[str, Any]:
    """Who lies near the tied places, each row ascending; places of unknown position near nobody."""
    known = np.flatnonzero(pool.eligible & np.isfinite(pool.direction[0]))
    rows = np.full(len(pool), -1, np.int64)
    rows[tied] = np.arange(len(tied))
    centres = tied[np.isfinite(pool.direction[0, tied])]
    if not len(centres) or not len(known):
        empty = np.zeros(len(tied) + 1, np.int64)
        none: dict[str, Any] = {"near_rows": rows, "near_starts": empty}
        return none | {
            "near_places": np.zeros(0, np.int32),
            "near_km": np.zeros(0, np.float32),
        }
    chord = 2 * np.sin(AROUND_KM / EARTH_RADIUS_KM / 2)
    found = cKDTree(pool.direction[:, centres].T.astype(float)).sparse_distance_matrix(
        cKDTree(pool.direction[:, known].T.astype(float)), chord, output_type="ndarray"
    )
    centre, place = centres[found["i"]], known[found["j"]]
    same = pool.country[centre] == pool.country[place]
    centre, place, chords = centre[same], place[same], found["v"][same]
    order = np.lexsort((place, centre))
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chords[order] / 2, 1))
    return {
        "near_rows": rows,
        "near_starts": starts_of(np.bincount(rows[centre], minlength=len(tied))),
        "near_places": place[order].astype(np.int32),
        "near_km": km.astype(np.float32),
    }


def _countries_of(graph: TieGraph, country: Indices, countries: int) -> dict[str, Any]:
    """Each tied place, by its number among the tied ones, with each of its partners' countries."""
    slots = np.repeat(np.arange(len(graph.active)), graph.degree[graph.active])
    once = np.unique(slots * countries + country[graph.partners])
    places = once // max(countries, 1)
    return {
        "slots": slots,
        "pairs": (places, once % max(countries, 1)),
        "portfolio": np.bincount(places, minlength=len(graph.active)),
    }
