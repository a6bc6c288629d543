"""Building the world: once for a data folder, never twice at a time, never by halves."""

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mistok.kernel.errors import Unavailable
from mistok.world import sources, store
from mistok.world.compile import compile_records
from mistok.world.gather import Gathered, Progress, gather
from mistok.world.world import World

APART = frozenset({"UA01", "UA80", "UA85"})  # Crimea; Kyiv and Sevastopol have no hromada
STEPS = 6


def build(folder: Path | str, *, progress: Progress | None = None) -> World:
    """Compile the packages into a folder and open it; only open it when it is up to date.

    `progress` is told what is being done, the step and the number of steps. Two builders of
    one folder wait for each other. Raises Unavailable (codes `world_not_writable`,
    `package_missing`); the folder's old world then stays as it was.
    """
    folder = Path(folder)
    tell = progress or _say_nothing
    ready = _ready(folder)
    if ready is not None:
        return ready
    with store.build_lock(folder):
        ready = _ready(folder)
        if ready is None:
            store.sweep(folder, keep=store.current_file(folder))
            with _no_collecting():
                write_world(folder, gather(tell), progress=tell)
            ready = World.open(folder)
    return ready


def write_world(
    folder: Path,
    gathered: Gathered,
    *,
    progress: Progress | None = None,
) -> None:
    """Compile gathered records and make them the folder's world."""
    tell = progress or _say_nothing
    tell("compiling names and places", 5, STEPS)
    sections, facts = compile_records(gathered.records, gathered.facts)
    own = [record.key for record in gathered.records if record.kind == "hromada"]
    facts |= _linked(own, gathered.unlinked)
    facts["licences"] = list(sources.LICENCES)
    facts["built_at"] = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    tell("writing", STEPS, STEPS)
    store.write_stored(folder, sections, facts)


def _linked(hromadas: Sequence[str], unlinked: Sequence[str]) -> dict[str, object]:
    """How many hromadas have a centre with a position, and which have none.

    The 1,469 hromadas that elect councils lie outside Crimea, so they are counted apart too.
    """
    outside = {key for key in hromadas if key[8:12] not in APART}
    return {
        "hromadas_unlinked": sorted(unlinked),
        "hromadas_linked": len(hromadas) - len(unlinked),
        "hromadas_outside_crimea": len(outside),
        "hromadas_outside_crimea_linked": len(outside.difference(unlinked)),
    }


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of small objects that all stay alive: looking for garbage only costs time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _ready(folder: Path) -> World | None:
    try:
        return World.open(folder)
    except Unavailable as refusal:
        if refusal.code.startswith("world_"):
            return None
        raise


def _say_nothing(_what: str, _step: int, _steps: int) -> None:
    """Progress for callers that show none."""
