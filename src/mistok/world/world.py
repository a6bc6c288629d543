"""The gazetteer, opened: keys to places, names to places, columns over all places."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mistok.kernel.errors import Invalid, NotFound
from mistok.kernel.ids import is_place_key
from mistok.world.index import NameIndex, SortedTexts
from mistok.world.model import Columns, Match, Place
from mistok.world.search import Search
from mistok.world.store import Stored, open_stored

_COLUMNS = (
    "lat",
    "lon",
    "population",
    "country",
    "kind",
    "is_municipality",
    "importance",
    "parent",
    "region",
)
_INFO = (
    "places",
    "names",
    "hromadas",
    "hromadas_linked",
    "hromadas_outside_crimea",
    "hromadas_outside_crimea_linked",
    "hromadas_unlinked",
    "regions",
    "countries",
    "built_at",
    "packages",
    "licences",
)


class World:
    """All places that Mistok knows, read-only; safe to share between threads and processes."""

    def __init__(self, stored: Stored, folder: Path) -> None:
        arrays, meta = stored.arrays, stored.meta
        self.folder = folder
        self.info: dict[str, Any] = {name: meta[name] for name in _INFO}
        codes = tuple(meta["country_codes"])
        self.columns = Columns(**{name: arrays[name] for name in _COLUMNS}, country_codes=codes)
        self._keys = SortedTexts(arrays["keys"], arrays["key_offsets"])
        self._key_places = arrays["key_places"]
        self._lines = SortedTexts(arrays["lines"], arrays["line_offsets"])
        self._search = Search(NameIndex(arrays), self.columns)

    @classmethod
    def open(cls, folder: Path | str) -> "World":
        """Open the compiled world in a folder, in milliseconds.

        Raises Unavailable (codes `world_missing`, `world_stale`, `world_broken`).
        """
        return cls(open_stored(Path(folder)), Path(folder))

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return World.open, (os.fspath(self.folder),)

    def __len__(self) -> int:
        return len(self._lines)

    def canonical(self, key: str) -> str | None:
        """Give the key that stands for a place; None when no place has this key."""
        place = self._position(key)
        return None if place is None else self.key_at(place)

    def get(self, key: str) -> Place:
        """Give a place by its key or any of its other keys.

        Raises Invalid (code `key_malformed`) and NotFound (code `place_unknown`).
        """
        return self.place_at(self.index(key))

    def index(self, key: str) -> int:
        """Give a place's position in the columns; raises what `get` raises."""
        place = self._position(key)
        if place is not None:
            return place
        if is_place_key(key):
            raise NotFound(
                f"No place has the key {key}. Look it up by name with `mistok find`.",
                code="place_unknown",
                details={"key": key},
            )
        raise Invalid(
            f"“{key[:60]}” is not the key of a place. Write katottg:UA and 17 digits, "
            "geonames: and a number, iso: and a code, or find the place by its name.",
            code="key_malformed",
            details={"key": key[:200]},
        )

    def key_at(self, position: int) -> str:
        """Give the key of the place at a position."""
        return str(json.loads(self._lines[position])["key"])

    def place_at(self, position: int) -> Place:
        """Give the place at a position in the columns."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        line = json.loads(self._lines[position])
        for name in ("names", "former_names", "aliases"):
            line[name] = tuple(line.get(name, ()))
        return Place(**line)

    def parents(self, key: str) -> list[Place]:
        """Give what a place lies in, from the nearest up to its country."""
        return [self.place_at(position) for position in self._chain(self.index(key))]

    def children(self, key: str) -> list[Place]:
        """Give what lies directly in a place, most people first.

        The centre of a hromada is the hromada itself and not among its settlements.
        """
        found = np.flatnonzero(self.columns.parent == self.index(key))
        order = np.lexsort((found, -self.columns.population[found]))
        return [self.place_at(int(position)) for position in found[order]]

    def country_name(self, code: str, lang: str) -> str:
        """Give a country's name in a language (English where there is none).

        Raises Invalid (code `country_unknown`).
        """
        number = self._search.country_number(code)
        return self.get(f"iso:{self.columns.country_codes[number]}").name_in(lang)

    def find(
        self,
        query: str,
        *,
        country: str | None = None,
        kind: str | None = None,
        near: str | None = None,
        limit: int = 10,
    ) -> list[Match]:
        """Find places by name in any language, script or case, or by key; best first.

        `near`, the key of a place, prefers what lies close to it. Raises Invalid (codes
        `query_empty`, `query_too_long`, `country_unknown`, `kind_unknown`) and, for `near`,
        what `get` raises. Nothing found is an empty list.
        """
        text = self._search.checked(query)
        only = self._search.only(country=country, kind=kind)
        key = text if text.startswith(("katottg:", "geonames:", "iso:")) else f"katottg:{text}"
        if is_place_key(key):
            found = self._position(key)
            return [] if found is None else [Match(self.place_at(found), 1.0, "key")]
        around = None if near is None else self.index(near)
        hits = self._search.run(text, only=only, around=around, limit=limit)
        return [Match(self.place_at(hit.place), hit.score, hit.matched) for hit in hits]

    def elsewhere(self, query: str, country: str, *, limit: int = 5) -> list[Match]:
        """Find places of this name in other countries, for when one has none."""
        text = self._search.checked(query)
        only = self._search.only(country=country, elsewhere=True)
        hits = self._search.run(text, only=only, around=None, limit=limit)
        return [Match(self.place_at(hit.place), hit.score, hit.matched) for hit in hits]

    def _position(self, key: str) -> int | None:
        found = self._keys.find(key.encode(errors="replace"))
        return None if found < 0 else int(self._key_places[found])

    def _chain(self, position: int) -> Iterator[int]:
        parent = int(self.columns.parent[position])
        while parent >= 0:
            yield parent
            parent = int(self.columns.parent[parent])
