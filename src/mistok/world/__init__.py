"""The gazetteer: every populated place, its names in every spelling, its codes and numbers.

Belongs here: places, regions, hromadas, names, distances; compiling them from packages and
finding them again. Does not belong here: ties, needs, people, and anything of Django.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from mistok.world.finding.answers import Match, Resolution, Verdict
from mistok.world.folding import fold
from mistok.world.geometry import distance_km, distances_km
from mistok.world.languages import Languages
from mistok.world.model import KINDS, LANGUAGES, Columns, Place, Position, Renaming
from mistok.world.romanise import romanise
from mistok.world.world import World

if TYPE_CHECKING:
    from mistok.world.gather import Progress

__all__ = [
    "KINDS",
    "LANGUAGES",
    "Columns",
    "Languages",
    "Match",
    "Place",
    "Position",
    "Renaming",
    "Resolution",
    "Verdict",
    "World",
    "build",
    "distance_km",
    "distances_km",
    "fold",
    "romanise",
]


def build(folder: Path, *, progress: "Progress | None" = None) -> World:
    """Compile the world into the folder, or open it when it is up to date.

    `progress` is told what is being done, the step and the number of steps. Raises Unavailable
    when the folder cannot be written; what was there before is then untouched.
    """
    # Compiling needs modules that opening, which every process does, can spare.
    from mistok.world.building import build as compile_world

    return compile_world(folder, progress=progress)
