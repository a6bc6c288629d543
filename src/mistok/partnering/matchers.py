"""The world, the registry's ties and the declared profiles, put together for the library."""

import hashlib
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from mistok.matching import LATEST, Declaring, Matcher, Pool, TieGraph, load_model
from mistok.matching.world_pool import world_pool
from mistok.partnering.profiles.selectors import profiles_stamp, public_profiles
from mistok.registry.gazetteer import the_world
from mistok.registry.lifecycle import IN_FORCE
from mistok.registry.models import TieParty
from mistok.registry.sweep import AGGRESSOR_STATES
from mistok.world import World

CLOSED = frozenset(state.country for state in AGGRESSOR_STATES)
"""Countries whose municipalities neither seek nor are proposed (D2-11)."""
UKRAINE = "UA"


@cache
def pool() -> Pool:
    """Every place of the world as the arrays that matching compares; made once per process."""
    return world_pool(the_world().columns)


def live_pairs() -> npt.NDArray[np.int64]:
    """Ties in force between places of the world, every pair of parties, shape (n, 2), sorted.

    A tie with an aggressor state recommends nobody, so it counts for nothing here.
    """
    members: dict[int, list[int]] = {}
    rows = TieParty.objects.filter(tie__public=True, tie__state__in=IN_FORCE)
    rows = rows.exclude(municipality__country__in=CLOSED)
    for tie, key in rows.values_list("tie_id", "municipality__key"):
        if not key.startswith("place_"):
            members.setdefault(tie, []).append(_place(the_world(), key))
    pairs = {
        (min(a, b), max(a, b))
        for places in members.values()
        for i, a in enumerate(places)
        for b in places[i + 1 :]
    }
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


@lru_cache(maxsize=50_000)
def _place(world: World, key: str) -> int:
    """The place's number in the world: looked up once for all searches."""
    return world.index(key)


def live_ties() -> TieGraph:
    """The foreign ties in force, arranged for questions."""
    ends = live_pairs()
    return TieGraph.from_pairs(ends[:, 0], ends[:, 1], pool().country)


def the_matcher() -> Matcher:
    """Everything known today, ready to be asked; counted anew when ties or profiles change."""
    pairs = live_pairs()
    counted = _counted(pairs.tobytes())
    return counted.with_declaring(_declaring(profiles_stamp()))


def input_hash(*asked: object) -> str:
    """What a search rests on, in 16 figures: gazetteer, ties, public profiles, and the question."""
    told = (the_world().info["built_at"], live_pairs().tobytes(), profiles_stamp(), asked)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@lru_cache(maxsize=2)
def _counted(pairs: bytes) -> Matcher:
    ends = np.frombuffer(pairs, np.int64).reshape(-1, 2)
    graph = TieGraph.from_pairs(ends[:, 0], ends[:, 1], pool().country, domestic=True)
    ukraine = the_world().columns.country_codes.index(UKRAINE)
    return Matcher(pool(), graph, load_model(LATEST), ukraine=ukraine)


@lru_cache(maxsize=2)
def _declaring(_stamp: tuple[object, ...]) -> Declaring:
    """Public profiles as they are while the stamp stays the same."""
    world = the_world()
    places = {world.position(key): profile for key, profile in public_profiles().items()}
    known = {place: profile for place, profile in places.items() if place is not None}
    return Declaring.of(known, world.columns.country_codes)
