"""The gazetteer, opened: keys to places, names to places, columns over all places."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid, NotFound
from mistok.kernel.ids import is_place_key
from mistok.world.finding.answers import Match, Resolution
from mistok.world.finding.finder import Finder
from mistok.world.index import NameIndex, SortedTexts
from mistok.world.languages import Languages
from mistok.world.model import Columns, Place, place_of_line
from mistok.world.sound_index import SoundIndex
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
    "position",
    "utc_offset",
    "renown",
    "namesake",
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
        self.columns = Columns(
            **{name: arrays[name] for name in _COLUMNS},
            language_likeness=arrays["language_likeness"].reshape(len(codes), len(codes)),
            country_codes=codes,
        )
        self._languages: dict[str, list[str]] = meta["languages"]
        self._keys = SortedTexts(arrays["keys"], arrays["key_offsets"])
        self._key_places = arrays["key_places"]
        self._lines = SortedTexts(arrays["lines"], arrays["line_offsets"])
        self._finder = Finder(self, arrays)

    @property
    def names(self) -> NameIndex:
        """The folded names themselves, for those who look up thousands of them."""
        return self._finder.names

    @property
    def sounds(self) -> SoundIndex:
        """The names by their sound, for those who meet foreign spellings."""
        return self._finder.sounds

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
        place = self.position(key)
        return None if place is None else self.key_at(place)

    def get(self, key: str) -> Place:
        """Give a place by its key or any of its other keys.

        Raises Invalid (code `key_malformed`) and NotFound (code `place_unknown`).
        """
        return self.place_at(self.index(key))

    def index(self, key: str) -> int:
        """Give a place's position in the columns; raises what `get` raises."""
        place = self.position(key)
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
        return str(json.loads(self._lines[position])[0])

    def place_at(self, position: int) -> Place:
        """Give the place at a position in the columns."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        return place_of_line(json.loads(self._lines[position]))

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
        number = self._finder.country_number(code)
        return self.get(f"iso:{self.columns.country_codes[number]}").name_in(lang)

    def languages(self, code: str) -> Languages:
        """Give a country's languages; none where none is known.

        Raises Invalid (code `country_unknown`).
        """
        number = self._finder.country_number(code)
        known = self._languages.get(self.columns.country_codes[number], ())
        return Languages(*(tuple(codes.split()) for codes in known))

    def find(
        self,
        query: str,
        *,
        country: str | None = None,
        kind: str | None = None,
        near: str | None = None,
        asker: str | None = None,
        among: Sequence[str] = (),
        limit: int = 10,
    ) -> list[Match]:
        """Find places by name in any language, script, spelling or case, or by key; best first.

        `near`, the key of a place, prefers what lies close to it; `asker`, a country's code,
        that country; `among`, keys of places that the same document names, their countries and
        surroundings. Raises Invalid (codes `query_empty`, `query_too_long`, `country_unknown`,
        `kind_unknown`) and, for keys, what `get` raises. Nothing found is an empty list.
        """
        only = self._finder.only(country=country, kind=kind)
        return self._finder.find(query, only=only, near=near, asker=asker, among=among, limit=limit)

    def resolve(
        self, query: str, *, country: str | None = None, kind: str | None = None, limit: int = 10
    ) -> Resolution:
        """Say which place a name means and how sure that is; raises what `find` raises."""
        return Resolution(tuple(self.find(query, country=country, kind=kind, limit=limit)))

    def find_together(
        self, names: Sequence[str], *, country: str | None = None, limit: int = 10
    ) -> list[list[Match]]:
        """Find the names of one document, each in the light of the others.

        Gives a list for each name, in order; an empty name has an empty list. Raises what
        `find` raises.
        """
        return self._finder.find_together(
            names, only=self._finder.only(country=country), limit=limit
        )

    def elsewhere(self, query: str, country: str, *, limit: int = 5) -> list[Match]:
        """Find places of this name in other countries, for when one has none."""
        only = self._finder.only(country=country, elsewhere=True)
        return self._finder.find(query, only=only, near=None, asker=None, among=(), limit=limit)

    def suggest(
        self,
        prefix: str,
        *,
        country: str | None = None,
        kind: str | None = None,
        weights: npt.NDArray[np.float32] | None = None,
        limit: int = 10,
    ) -> list[Match]:
        """Complete what is being typed, in any script: whole names, then important places.

        `weights` adds for each place (in the order of `columns`) a number to its rank, for
        example for its ties. Raises Invalid as `find` does.
        """
        only = self._finder.only(country=country, kind=kind)
        return self._finder.suggest(prefix, only=only, weights=weights, limit=limit)

    def position(self, key: str) -> int | None:
        """Give the position in the columns of a place by any of its keys; None when unknown."""
        found = self._keys.find(key.encode(errors="replace"))
        return None if found < 0 else int(self._key_places[found])

    def _chain(self, position: int) -> Iterator[int]:
        parent = int(self.columns.parent[position])
        while parent >= 0:
            yield parent
            parent = int(self.columns.parent[parent])
