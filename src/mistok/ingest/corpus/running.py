"""Parts of a corpus on their way: read here, on all cores, or on a Dask cluster; in order.

Only so many parts are under way at once, so that memory stays bounded however long the corpus is.
"""

import asyncio
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mistok.ingest.corpus.gathering import parts_of
from mistok.kernel.errors import Unavailable
from mistok.matching.batch import connected
from mistok.reading.batch import Given, carried, read_part

AHEAD = 3
"""Parts under way for each worker: one is read, one waits, one was just read."""
FEW = 2
"""So few parts are read here: starting other processes would take longer."""


def read_all(
    documents: Iterable[Given], *, world: Path, workers: int | None = None, address: str = ""
) -> Iterator[str]:
    """Read documents and give their lines of JSON in order.

    `workers`: processes, by default one a core; `address`: a Dask scheduler (tcp://…), whose
    workers need Mistok and the same world at the same path. Raises Unavailable (codes
    `worker_lost`, `cluster_unreachable`, `cluster_empty`).
    """
    parts = parts_of(documents)
    if address:
        yield from _on_cluster(parts, str(world), address)
        return
    workers = workers or os.cpu_count() or 1
    first = list(islice(parts, FEW + 1))
    if workers == 1 or len(first) <= FEW:
        for part in chain(first, parts):
            yield from read_part(str(world), part)
        return
    yield from _beside(chain(first, parts), str(world), workers)


def _beside(parts: Iterator[tuple[Given, ...]], world: str, workers: int) -> Iterator[str]:
    under_way: deque[Future[list[str]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            for part in parts:
                under_way.append(pool.submit(read_part, world, part))
                if len(under_way) >= AHEAD * workers:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        except BrokenProcessPool as error:
            raise Unavailable(
                "A process that was reading was ended from outside, perhaps for want of memory. "
                "Read again with fewer --workers.",
                code="worker_lost",
            ) from error
        finally:
            for future in under_way:
                future.cancel()


def _on_cluster(parts: Iterator[tuple[Given, ...]], world: str, address: str) -> Iterator[str]:
    with asyncio.Runner() as runner:
        client = runner.run(connected(address))
        try:
            ahead = AHEAD * runner.run(_threads(client))
            under_way: deque[Any] = deque()
            for part in parts:
                sent = tuple(map(carried, part))
                under_way.append(client.submit(read_part, world, sent, pure=False))
                if len(under_way) >= ahead:
                    yield from runner.run(_lines(under_way.popleft()))
            while under_way:
                yield from runner.run(_lines(under_way.popleft()))
        finally:
            runner.run(client.close())


async def _threads(client: Any) -> int:
    threads: dict[str, int] = await client.nthreads()
    return max(1, sum(threads.values()))


async def _lines(answer: Any) -> list[str]:
    lines: list[str] = await answer
    answer.release()
    return lines
