"""Which place an item is: by its codes, else by exact name, country and position.

Never by likeness (D2-12), and never by a name alone: two towns of one name are two.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.comparing.placing import NEAR_KM, Placer, Seat
from mistok.ingest.comparing.rows import Named, Point
from mistok.ingest.wikidata.answers import SEPARATOR, UNKNOWN
from mistok.kernel.errors import Invalid
from mistok.world import Place, distance_km

CODES: Final = (("geonames", "geonames"), ("katottg", "katottg"))
NO_PARTY: Final = frozenset(("country",))


def place_of(cells: Mapping[str, str], side: str, placer: Placer) -> Place:
    """The place of one side of a statement.

    Raises Invalid: `value_unknown`, `codes_differ`, `country_differs`, `place_unsure`,
    `not_a_municipality`.
    """
    check_known(cells, side)
    place = _by_codes(cells, side, placer) or _by_name(cells, side, placer)
    countries = _several(cells, f"{side}_country")
    if countries and place.country not in countries:
        raise Invalid(
            _(
                "Wikidata places %(item)s in %(countries)s, and its code means %(place)s in "
                "%(country)s. Correct the code in Wikidata."
            )
            % {
                "item": _told(cells, side),
                "countries": ", ".join(countries),
                "place": place.name,
                "country": place.country,
            },
            code="country_differs",
        )
    if place.kind in NO_PARTY:
        raise Invalid(
            _(
                "%(item)s is a state and not a municipality or region, so this is no tie between "
                "municipalities."
            )
            % {"item": _told(cells, side)},
            code="not_a_municipality",
        )
    return place


def check_known(cells: Mapping[str, str], side: str) -> None:
    """Raise Invalid (`value_unknown`) where Wikidata does not say which body is meant."""
    if cells[side] in ("", UNKNOWN):
        raise Invalid(
            _(
                "Wikidata says that there is a twinned body and not which one. Look whether "
                "somebody knows it, and write it into Wikidata first."
            ),
            code="value_unknown",
        )


def _by_codes(cells: Mapping[str, str], side: str, placer: Placer) -> Place | None:
    world = placer.world
    keys = [f"{prefix}:{code}" for name, prefix in CODES for code in _codes(cells, side, name)]
    found = {key for key in map(world.canonical, keys) if key is not None}
    if len(found) > 1:
        raise Invalid(
            _("%(item)s bears the codes of several places: %(keys)s. Correct them in Wikidata.")
            % {"item": _told(cells, side), "keys": ", ".join(sorted(found))},
            code="codes_differ",
        )
    return world.get(found.pop()) if found else None


def _codes(cells: Mapping[str, str], side: str, name: str) -> list[str]:
    return [code for code in _several(cells, f"{side}_{name}") if code != UNKNOWN]


def _by_name(cells: Mapping[str, str], side: str, placer: Placer) -> Place:
    for country in _several(cells, f"{side}_country"):
        for point in _points(cells, side):
            for name in [*_several(cells, f"{side}_en"), *_several(cells, f"{side}_uk")]:
                seat = placer.seat(Named(name, country, point=point))
                if _is_there(seat, point):
                    return placer.world.get(seat.key)
    raise Invalid(
        _(
            "%(item)s has neither a GeoNames number nor a code that we know, nor exactly the name "
            "of one place within %(km)s km. Add its GeoNames number in Wikidata."
        )
        % {"item": _told(cells, side), "km": f"{NEAR_KM:.0f}"},
        code="place_unsure",
    )


def _is_there(seat: Seat, point: Point) -> bool:
    """Whether one place has exactly this name and is known to lie near."""
    known = bool(seat.key) and seat.how == "name" and not seat.former and seat.point is not None
    return known and distance_km(seat.point or point, point) <= NEAR_KM


def _points(cells: Mapping[str, str], side: str) -> list[Point]:
    pairs = (text.split(",") for text in _several(cells, f"{side}_point"))
    return [(float(lat), float(lon)) for lat, lon in pairs]


def _several(cells: Mapping[str, str], name: str) -> list[str]:
    return [text for text in cells[name].split(SEPARATOR) if text and text != UNKNOWN]


def _told(cells: Mapping[str, str], side: str) -> str:
    """The item as a sentence names it."""
    names = [*_several(cells, f"{side}_en"), *_several(cells, f"{side}_uk")]
    return f"{names[0][:60]} ({cells[side]})" if names else cells[side]
