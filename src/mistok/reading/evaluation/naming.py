"""Whether a party that was read is the party that is meant: by key, or by name and country."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mistok.world import World, fold

_AREAS = frozenset({"region", "state", "district", "country"})
_UNITS = frozenset("county district raion rayon landkreis kreis powiat oblast region state".split())
_SURE = 0.5


class Naming:
    """Gives labelled parties the keys of the world, so that spellings make no difference."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._key = lru_cache(4096)(self._find)

    def labelled(self, party: Mapping[str, Any]) -> str:
        """The mark of a party of a label: its key, else country and name."""
        area = party.get("level") in _AREAS
        return self._key(party["name"], party["country"], area) or words(party)

    def read(self, party: Mapping[str, Any]) -> str:
        """The mark of a party that was read."""
        return str(party.get("key") or "") or self.labelled(party)

    def of_name(self, name: str) -> str:
        """The mark of a giver or receiver, of whom labels have a name alone."""
        for area in (False, True):
            if (" Oblast" in name or " County" in name) == area and (
                key := self._key(name, "", area)
            ):
                return key
        return fold(name)

    def _find(self, name: str, country: str, area: bool) -> str:
        found = self._world.find(name, country=country or None, limit=5)
        kinds = ("region", "district", "country") if area else ("hromada", "municipality")
        for match in found:
            near = match.score >= _SURE or match is found[0]
            if match.place.kind in kinds and near:
                return match.place.key
        return found[0].place.key if found and found[0].score >= _SURE else ""


def words(party: Mapping[str, Any]) -> str:
    """Country and name of a party, without the words for what kind of unit it is."""
    bare = [word for word in fold(party["name"]).split() if word not in _UNITS]
    area = "area" if party.get("level") in _AREAS else "town"
    return f"{party['country']}:{area}:{' '.join(bare) or fold(party['name'])}"
