"""Where needs lie, on a map: as exact as each reader may know it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mistok.registry.gazetteer import the_world
from mistok.web.maps import Map, MapPoint, build_map
from mistok.web.registry.present import place_url
from mistok.web.words import lang

UKRAINE = (44.4, 22.1, 52.4, 40.2)
"""South, west, north, east: a lone point without a border around it says nothing."""


def needs_map(counts: Mapping[str, int]) -> Map | None:
    """A point for each place with the number of its needs; None where there is none."""
    points = []
    for key, count in counts.items():
        place = the_world().get(key)
        if place.lat is not None and place.lon is not None:
            points.append(
                MapPoint(
                    key=key,
                    name=place.name_in(lang()),
                    lat=place.lat,
                    lon=place.lon,
                    count=count,
                    url=place_url(key),
                )
            )
    return build_map(
        id="needs-map",
        title=_("Needs on the map"),
        description=_("A point stands for a hromada or, where no more may be told, an oblast."),
        points=points,
        caption=_("Where the needs are"),
        counted=_("Needs"),
        least=UKRAINE,
    )
