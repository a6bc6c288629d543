"""Gathering candidates: every place that a text may mean, the surest ways of finding first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from mistok.world.finding.contexts import Anchor
from mistok.world.finding.filters import Only
from mistok.world.finding.inflection import adjective_bases, base_forms
from mistok.world.finding.parts import parents_of_parts
from mistok.world.finding.query import Query, analyse, bared
from mistok.world.finding.scoring import Candidates, Way
from mistok.world.folding import fold, written
from mistok.world.index import NameIndex
from mistok.world.model import KINDS, Columns, NameKind
from mistok.world.sound_index import SoundIndex
from mistok.world.sounding import sound

KNOWN = 0.40
"""Importance from which an exact name is answered without looking for other readings."""
LARGE = 0.6
"""Importance from which a city gives its name to parts: Berlin-Neukölln."""

_ANCHORS = 6
_WORDS = 6
_SHORTEST_SPAN = 4
_SHORTEST_SOUND = 4
_PREFIXED = 60
_TOWNS = tuple(KINDS.index(kind) for kind in ("hromada", "municipality"))
_CODED = ("US", "CA", "AU", "BR", "IT", "MX", "CH")
"""Countries whose regions people write as a code after the name: Lakewood, CO."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The candidates for a text, the text as it was read, and its contexts."""

    found: Candidates
    query: Query
    anchors: tuple[Anchor, ...]


class Gatherer:
    """Looks a text up in the indexes; `position` gives a key's place."""

    def __init__(
        self,
        names: NameIndex,
        sounds: SoundIndex,
        columns: Columns,
        position: Callable[[str], int | None],
    ) -> None:
        self._names = names
        self._sounds = sounds
        self._columns = columns
        self._position = position

    def gather(self, text: str, only: Only) -> Gathered:
        """Give all places that the text may mean; further readings only where none is sure."""
        folded = fold(text)
        lot = self._exact(folded, only, mark=written(text))
        if not folded or self._is_known(lot):
            return Gathered(lot, Query(folded, text), ())
        query = analyse(text)
        anchors = (*self._anchors(query, only), *self._joined(query, only))
        lots = [lot]
        for name, spelling in query.readings.items():
            if name not in ("", folded):
                lots.append(self._exact(name, only, mark=written(spelling)))
        if not any(map(self._is_known, lots)):
            lots += self._declined(query, only)
        found = Candidates.together(lots)
        if not (found.ways <= Way.SPELLING).any() or self._contradicted(found, anchors):
            found = Candidates.together([found, *self._guessed(query, anchors, only)])
        return Gathered(parents_of_parts(found, query, anchors, self._columns), query, anchors)

    def _is_known(self, lot: Candidates) -> bool:
        named = lot.places[lot.ways <= Way.FORMER]
        return bool((self._columns.importance[named] >= KNOWN).any())

    def _exact(
        self, folded: str, only: Only, *, mark: int = 0, way: Way | None = None
    ) -> Candidates:
        """Places that bear the folded name; `mark` is how the query was written."""
        places, kinds, marks = self._names.exact(folded)
        kept = only.mask(self._columns, places)
        lot = Candidates.found(places[kept], way or Way.NAME, kinds[kept])
        if way is None:
            lot.ways = lot.kinds.copy()
        if mark:
            lot.accents = np.where(marks[kept] == mark, 1.0, -1.0)
        return lot

    def _declined(self, query: Query, only: Only) -> Iterable[Candidates]:
        """Other forms of the same name: cases, systems of transliteration, adjectives."""
        for form in base_forms(query.text):
            yield self._exact(form, only, way=Way.INFLECTED)
        if len(query.name) >= _SHORTEST_SOUND:
            for spelling in dict.fromkeys(map(sound, _orders(query.name))):
                if len(spelling) >= _SHORTEST_SOUND - 1:
                    yield self._sounding(self._sounds.exact(spelling), Way.SOUND, only)
        for form in adjective_bases(query.text):
            yield self._exact(form, only, way=Way.ADJECTIVE)

    def _guessed(self, query: Query, anchors: Iterable[Anchor], only: Only) -> Iterable[Candidates]:
        """What is left when no form of the name is known (there)."""
        spelling = sound(query.name)
        near = self._sounds.near(spelling) or self._sounds.garbled(spelling)
        for distance, names in near:
            yield self._sounding(names, Way.TYPO if distance == 1 else Way.TYPOS, only)
        yield from self._spans(query, only)
        for anchor in anchors:
            places = np.array(anchor.places, np.int64)
            towns = places[np.isin(self._columns.kind[places], _TOWNS)]
            yield Candidates.found(towns[only.mask(self._columns, towns)], Way.PARENT)
        yield self._prefixed(query.name, only)

    def _sounding(self, names: npt.NDArray[np.int64], way: Way, only: Only) -> Candidates:
        lots = [Candidates.none()]
        for name in names.tolist():
            places, kinds = self._names.places_of(name)
            kept = only.mask(self._columns, places)
            lots.append(Candidates.found(places[kept], way, kinds[kept]))
        return Candidates.together(lots)

    def _spans(self, query: Query, only: Only) -> Iterable[Candidates]:
        """Places named by some of the words: Fiumicello for Fiumicello Villa Vicentina."""
        words = query.name.split()[:_WORDS]
        for size in range(len(words) - 1, 0, -1):
            for start in range(len(words) - size + 1):
                span = " ".join(words[start : start + size])
                if len(span) < _SHORTEST_SPAN:
                    continue
                lot = self._exact(span, only, way=Way.PARTIAL)
                lot.share[:] = len(span) / len(query.name)
                if start == 0 and "-" in query.text:
                    large = self._columns.importance[lot.places] >= LARGE
                    lot.ways[large] = int(Way.PARENT)
                yield lot

    def _prefixed(self, name: str, only: Only) -> Candidates:
        """The most important places with a longer name that starts so."""
        places, shares = self._names.prefixed(name)
        kept = only.mask(self._columns, places)
        places, shares = places[kept], shares[kept]
        if len(places) > _PREFIXED:
            weights = self._columns.importance[places] + shares
            few = np.argpartition(-weights, _PREFIXED)[:_PREFIXED]
            places, shares = places[few], shares[few]
        lot = Candidates.found(places, Way.PREFIX)
        lot.share = shares
        return lot

    def _anchors(self, query: Query, only: Only) -> Iterable[Anchor]:
        for code in query.codes:
            if found := self._coded(code, only):
                yield Anchor(found)
        for context in query.contexts:
            if found := self._meant(context):
                yield Anchor(found)

    def _joined(self, query: Query, only: Only) -> Iterable[Anchor]:
        """The large city before the hyphen of "Berlin-Neukölln"."""
        first, hyphen, _rest = query.text.partition("-")
        if hyphen and query.relation == "":
            lot = self._exact(fold(first), only)
            large = lot.places[self._columns.importance[lot.places] >= LARGE]
            if len(large):
                yield Anchor(tuple(large.tolist()), joined=True)

    def _coded(self, code: str, only: Only) -> tuple[int, ...]:
        """The places of a country's or region's code; `*-CO` is a code of any country."""
        codes: tuple[str, ...] = (code,)
        bare = code.removeprefix("*-")
        if bare != code:
            own = () if only.country is None else (self._columns.country_codes[only.country],)
            codes = (bare, *(f"{country}-{bare}" for country in (*own, *_CODED)))
        found = tuple(self._position(f"iso:{one}") for one in codes)
        # What is no code is a name in capitals: USA.
        return tuple(place for place in found if place is not None) or self._meant(fold(bare))

    def _meant(self, context: str) -> tuple[int, ...]:
        """The most important places that a context may mean."""
        for name in dict.fromkeys((context, bared(context)[0])):
            places, kinds, _marks = self._names.exact(name)
            if (named := kinds <= NameKind.FORMER).any():
                places = places[named]
            if len(places):
                order = np.argsort(-self._columns.importance[places])
                return tuple(places[order[:_ANCHORS]].tolist())
        return ()

    def _contradicted(self, found: Candidates, anchors: Iterable[Anchor]) -> bool:
        return any(
            not anchor.support(self._columns, found.places).any()
            for anchor in anchors
            if not anchor.joined
        )


def _orders(name: str) -> list[str]:
    """The words of a short name in every order, as written first."""
    words = name.split()
    return [" ".join(order) for order in permutations(words)] if 1 < len(words) < 4 else [name]
