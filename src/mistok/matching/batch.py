"""Everyone with everyone: the same ranking for many seekers, here or on a Dask cluster.

A worker gets a recipe, not the data: it opens its own world, counts the ties once, and keeps
what it made for the next parts of the same batch.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from mistok.kernel.errors import Unavailable
from mistok.matching.declared import Profile
from mistok.matching.declaring import Declaring
from mistok.matching.matcher import Matcher
from mistok.matching.model import LATEST, load_model
from mistok.matching.ranking import Fit
from mistok.matching.ties import TieGraph
from mistok.matching.world_pool import world_pool
from mistok.world import World

PART = 25
"""Seekers in one part: half a second of work, so that a bar moves and a lost part costs little."""
CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make a matcher anywhere: where the world lies, the ties as bytes of int64 pairs,
    the public profiles by place, and the weights."""

    world: str
    pairs: bytes
    profiles: tuple[tuple[int, Profile], ...] = ()
    ukraine: int | None = None
    algorithm: str = LATEST
    weighting: str = "lasting"
    factors: tuple[tuple[str, float], ...] = ()


def _parts(seekers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Seekers in parts of equal length, the last one shorter."""
    source = iter(seekers)
    while part := tuple(islice(source, PART)):
        yield part


@lru_cache(maxsize=1)
def matcher_of(recipe: Recipe) -> Matcher:
    """The matcher of a recipe, kept until another one is asked for."""
    world = World.open(recipe.world)
    pool = world_pool(world.columns)
    ends = np.frombuffer(recipe.pairs, np.int64).reshape(-1, 2)
    graph = TieGraph.from_pairs(ends[:, 0], ends[:, 1], pool.country, domestic=True)
    model = load_model(recipe.algorithm).weighted(recipe.weighting, dict(recipe.factors))
    declaring = Declaring.of(dict(recipe.profiles), world.columns.country_codes)
    return Matcher(pool, graph, model, declaring, recipe.ukraine)


def rank_part(recipe: Recipe, seekers: Sequence[int], asked: Mapping[str, Any]) -> list[list[Fit]]:
    """The best partners of some seekers, in their order; `asked` as `Matcher.rank` takes it."""
    matcher = matcher_of(recipe)
    ranked = []
    for seeker in seekers:
        own = matcher.declaring.asked_by(matcher.declaring.profile(seeker))
        ranked.append(matcher.with_declaring(own).rank(seeker, **asked))
    return ranked


def rank_many(
    recipe: Recipe,
    seekers: Iterable[int],
    asked: Mapping[str, Any],
    *,
    address: str | None = None,
) -> Iterator[list[Fit]]:
    """The best partners of many seekers, in their order, in this process or on a cluster.

    `address` is that of a Dask scheduler (tcp://…); its workers need Mistok and the same world
    at the same path. Raises Unavailable (code `cluster_unreachable`).
    """
    if address is None:
        for part in _parts(seekers):
            yield from rank_part(recipe, part, asked)
        return
    yield from _on_cluster(recipe, seekers, asked, address)


def _on_cluster(
    recipe: Recipe, seekers: Iterable[int], asked: Mapping[str, Any], address: str
) -> Iterator[list[Fit]]:
    # The client lives in this thread and is awake while an answer is awaited, so none is left.
    with asyncio.Runner() as runner:
        client = runner.run(connected(address))
        try:
            for answer in runner.run(_submitted(client, recipe, list(_parts(seekers)), asked)):
                yield from runner.run(_ranked(answer))
        finally:
            runner.run(client.close())


async def _submitted(
    client: Any, recipe: Recipe, parts: Sequence[tuple[int, ...]], asked: Mapping[str, Any]
) -> list[Any]:
    """Every part handed over; the recipe goes to every worker once, not with every part."""
    shared = await client.scatter(recipe, broadcast=True)
    return [client.submit(rank_part, shared, part, dict(asked), pure=False) for part in parts]


async def _ranked(answer: Any) -> list[list[Fit]]:
    """What a worker found; raises what it raised."""
    ranked: list[list[Fit]] = await answer
    answer.release()
    return ranked


async def connected(address: str) -> Any:
    """A client of the scheduler there, which has a worker at least.

    Raises Unavailable (codes `cluster_unreachable`, `cluster_empty`).
    """
    # Imported when a cluster is asked for: nobody else pays for loading it.
    from distributed import Client

    client: Any = Client(  # type: ignore[no-untyped-call]
        address, timeout=CONNECT_SECONDS, asynchronous=True, set_as_default=False
    )
    try:
        await client
        await client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        await client.close()
        raise Unavailable(
            f"The Dask scheduler at {address[:80]} has no workers. Start some with `dask worker"
            f" {address[:80]}`, or leave --dask out.",
            code="cluster_empty",
        ) from error
    except (OSError, ValueError) as error:
        await client.close()
        raise Unavailable(
            f"No Dask scheduler answers at {address[:80]} ({error}). Start one with `dask"
            " scheduler` and workers with `dask worker`, or leave --dask out.",
            code="cluster_unreachable",
        ) from error
    return client
