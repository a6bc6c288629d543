"""The gazetteer: every populated place, its names in every spelling, its codes and numbers.

Belongs here: places, regions, hromadas, names, distances; compiling them from packages and
finding them again. Does not belong here: ties, needs, people, and anything of Django.
"""

from mistok.world.building import build
from mistok.world.folding import fold
from mistok.world.geometry import distance_km, distances_km
from mistok.world.model import KINDS, LANGUAGES, Columns, Match, Place
from mistok.world.romanise import romanise
from mistok.world.world import World

__all__ = [
    "KINDS",
    "LANGUAGES",
    "Columns",
    "Match",
    "Place",
    "World",
    "build",
    "distance_km",
    "distances_km",
    "fold",
    "romanise",
]
