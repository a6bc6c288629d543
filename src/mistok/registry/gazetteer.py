"""The compiled world, opened once per process."""

from functools import cache

from django.conf import settings

from mistok.world import World


@cache
def the_world() -> World:
    """The gazetteer under the data folder; raises Unavailable when it has not been built."""
    return World.open(settings.MISTOK_WORLD)
