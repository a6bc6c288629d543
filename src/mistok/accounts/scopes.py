"""Where a municipality lies, as far as rights need it, and the scopes of coordinators."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.world import Place, World

WORLD = "world"
"""The scope without a border."""


@dataclass(frozen=True, slots=True)
class PlaceScope:
    """A municipality by canonical key, country ("UA") and region's canonical key, or "" for none.

    Also a country or region itself, for acts about it: `key` is then its own key.
    """

    key: str
    country: str
    region: str = ""

    @classmethod
    def of(cls, place: Place) -> "PlaceScope":
        """The scope of a place of the gazetteer."""
        region = place.key if place.kind == "region" else place.region or ""
        return cls(place.key, place.country, region)

    @property
    def scopes(self) -> frozenset[str]:
        """Every scope that covers it."""
        return frozenset({WORLD, self.country, self.region, self.key} - {""})


def place_scope(world: World, key: str) -> PlaceScope:
    """Where the place with this key (or an alias of it) lies; raises what `World.get` does."""
    return PlaceScope.of(world.get(key))


def scope_code(world: World, text: str) -> str:
    """A scope as it is kept: "world", a country's two letters, or a region's canonical key.

    Reads "UA", "iso:UA", "iso:UA-68", "katottg:UA…" and "world". Raises Invalid (code
    `scope_unknown`) for a place that is neither a country nor a region nor a city that is its own
    region (Kyiv), and NotFound for an unknown key.
    """
    plain = text.strip()
    if plain.lower() == WORLD:
        return WORLD
    place = world.get(f"iso:{plain.upper()}" if len(plain) == 2 else plain)
    if place.kind == "country":
        return place.country
    if place.kind == "region" or place.parent == f"iso:{place.country}":
        return place.key
    raise Invalid(
        _(
            "%(name)s is neither a country nor a region. Write a country (UA), or the key of a "
            "region (iso:UA-18)."
        )
        % {"name": place.name},
        code="scope_unknown",
        details={"scope": text[:80]},
    )
