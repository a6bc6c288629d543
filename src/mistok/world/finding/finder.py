"""Finding: the questions that can be put to the world by name, and their answers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.ids import is_place_key
from mistok.world.finding.answers import Match
from mistok.world.finding.filters import Only, checked, country_number, kinds_named
from mistok.world.finding.gathering import Gatherer
from mistok.world.finding.renamed import renaming_meant
from mistok.world.finding.resolver import Hit, Question, Resolver
from mistok.world.finding.suggest import Suggester
from mistok.world.index import NameIndex
from mistok.world.sound_index import SoundIndex

if TYPE_CHECKING:
    from mistok.world.world import World

_KEYS = ("katottg:", "geonames:", "iso:")
_TOGETHER = 0.6


class Finder:
    """Answers with places of one world; safe to share between threads."""

    def __init__(self, world: "World", arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._world = world
        columns = world.columns
        self._numbers = {code: number for number, code in enumerate(columns.country_codes)}
        self.names = names = NameIndex(arrays)
        self.sounds = SoundIndex(arrays)
        gatherer = Gatherer(names, self.sounds, columns, world.position)
        self._resolver = Resolver(gatherer, columns)
        self._suggester = Suggester(names, columns)

    def country_number(self, code: str) -> int:
        """Give a country's number in `Columns.country`; Invalid (code `country_unknown`)."""
        return country_number(self._numbers, code)

    def find(
        self,
        query: str,
        *,
        only: Only,
        near: str | None,
        asker: str | None,
        among: Sequence[str],
        limit: int,
    ) -> list[Match]:
        """Find places by name or key, best first; see `World.find`."""
        text = checked(query)
        key = text if text.startswith(_KEYS) else f"katottg:{text}"
        if is_place_key(key):
            found = self._world.position(key)
            return [] if found is None else [Match(self._world.place_at(found), 1.0, "key")]
        question = Question(
            only,
            None if near is None else self._world.index(near),
            None if asker is None else self.country_number(asker),
            tuple(self._world.index(other) for other in among),
        )
        return [self._match(hit, text) for hit in self._resolver.run(text, question, limit)]

    def find_together(self, names: Sequence[str], *, only: Only, limit: int) -> list[list[Match]]:
        """Find several names that stand in one document; see `World.find_together`."""

        def one(name: str, among: Sequence[str]) -> list[Match]:
            if not name.strip():
                return []
            return self.find(name, only=only, near=None, asker=None, among=among, limit=limit)

        alone = [one(name, ()) for name in names]
        likely = [m[0].place.key if m and m[0].score >= _TOGETHER else None for m in alone]
        return [
            # No name vouches for itself, however often it stands there.
            one(name, list(dict.fromkeys(key for key in likely if key and key != own)))
            for name, own in zip(names, likely, strict=True)
        ]

    def only(
        self, *, country: str | None = None, kind: str | None = None, elsewhere: bool = False
    ) -> Only:
        """Make the filter; raises Invalid (codes `country_unknown`, `kind_unknown`)."""
        number = None if country is None else self.country_number(country)
        return Only(number, () if kind is None else kinds_named(kind), elsewhere)

    def suggest(
        self, prefix: str, *, only: Only, weights: npt.NDArray[np.float32] | None, limit: int
    ) -> list[Match]:
        """Complete what is being typed; see `World.suggest`."""
        hits = self._suggester.run(checked(prefix), only, weights, limit)
        return [Match(self._world.place_at(place), score, "prefix") for place, score in hits]

    def _match(self, hit: Hit, text: str) -> Match:
        place = self._world.place_at(hit.place)
        former = hit.former or any(r.former == text for r in place.renamings)
        renaming = renaming_meant(place, text) if former else None
        return Match(place, hit.score, hit.matched, hit.part, renaming)
