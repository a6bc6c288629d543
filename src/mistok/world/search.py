"""Ranking: of all places that a name may mean, the likelier first."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid
from mistok.world.folding import fold
from mistok.world.geometry import distances_km
from mistok.world.index import NameIndex, Places
from mistok.world.model import KINDS, Columns, NameKind
from mistok.world.phrases import bare_name

QUERY_LIMIT = 200
"""Longest name that is looked up, in characters."""

# A score is how well the text fits, plus up to a fifth for how likely the place is meant. An
# alias fits so little less than the name that a city's alias still beats a hamlet's name.
_FIT = np.array([0.80, 0.79, 0.785])
_MATCHED = {NameKind.NAME: "exact", NameKind.FORMER: "former name", NameKind.ALIAS: "alias"}
_BARE_LOSS = 0.01
_PREFIX_FIT = 0.25
_PREFIX_SHARE = 0.3
_LIKELY = 0.2
_NEAR_KM = 50.0
_NEAR_SHARE = 0.7

_COUNTRY_SYNONYMS = {"UK": "GB", "EL": "GR"}
_KIND_SYNONYMS = {
    "oblast": ("region",),
    "state": ("region",),
    "raion": ("district",),
    "city": ("municipality", "hromada"),
    "town": ("municipality", "hromada", "settlement"),
}

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place (its position), its score from 0 to 1, and how it matched."""

    place: int
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class Only:
    """Which places may be found; an empty filter lets all pass."""

    country: int | None = None
    kinds: tuple[int, ...] = ()
    elsewhere: bool = False

    def mask(self, columns: Columns, places: Places) -> Mask:
        """Say for each place whether it may be found."""
        mask = np.ones(len(places), np.bool_)
        if self.country is not None:
            mask &= (columns.country[places] == self.country) != self.elsewhere
        if self.kinds:
            mask &= np.isin(columns.kind[places], self.kinds)
        return mask


class Search:
    """Looks names up and ranks what it finds."""

    def __init__(self, index: NameIndex, columns: Columns) -> None:
        self._index = index
        self._columns = columns
        self._numbers = {code: number for number, code in enumerate(columns.country_codes)}

    def checked(self, query: str) -> str:
        """Give the query without outer blanks.

        Raises Invalid (codes `query_empty`, `query_too_long`).
        """
        text = query.strip()
        if not text:
            raise Invalid(
                "The name is empty. Write the name of a place, in any language.",
                code="query_empty",
            )
        if len(text) > QUERY_LIMIT:
            raise Invalid(
                f"The name has {len(text)} characters, and no place's name is longer than "
                f"{QUERY_LIMIT}. Write the name alone.",
                code="query_too_long",
                details={"length": len(text), "limit": QUERY_LIMIT},
            )
        return text

    def country_number(self, code: str) -> int:
        """Give a country's number in `Columns.country`.

        Raises Invalid (code `country_unknown`).
        """
        upper = code.strip().upper()
        number = self._numbers.get(_COUNTRY_SYNONYMS.get(upper, upper))
        if number is None:
            raise Invalid(
                f"“{code[:20]}” is not the code of a country. Write two letters as in "
                "ISO 3166, for example UA or DE.",
                code="country_unknown",
                details={"country": code[:20]},
            )
        return number

    def only(
        self, *, country: str | None = None, kind: str | None = None, elsewhere: bool = False
    ) -> Only:
        """Make the filter; raises Invalid (codes `country_unknown`, `kind_unknown`)."""
        number = None if country is None else self.country_number(country)
        if kind is None:
            return Only(number, (), elsewhere)
        names = _KIND_SYNONYMS.get(kind.lower(), (kind.lower(),))
        if not set(names) <= set(KINDS):
            raise Invalid(
                f"“{kind[:20]}” is not a kind of place. Write one of {', '.join(KINDS)}.",
                code="kind_unknown",
                details={"kind": kind[:20], "kinds": list(KINDS)},
            )
        return Only(number, tuple(KINDS.index(name) for name in names), elsewhere)

    def run(self, text: str, *, only: Only, around: int | None, limit: int) -> list[Hit]:
        """Find up to `limit` places: those that bear the name, then those that start so."""
        folded = fold(text)
        if not folded or limit < 1:
            return []
        places, kinds = self._exact(folded, only)
        bare = None if len(places) else bare_name(folded)
        if bare:
            places, kinds = self._exact(bare, only)
        scores = _FIT[kinds] + self._likely(places, around) - (_BARE_LOSS if bare else 0.0)
        hits = [
            Hit(int(places[at]), _rounded(scores[at]), _MATCHED[NameKind(int(kinds[at]))])
            for at in _best(places, scores, limit)
        ]
        if len(hits) < limit:
            hits += self._starting(
                bare or folded, only, around, limit - len(hits), set(places.tolist())
            )
        return hits

    def _exact(self, folded: str, only: Only) -> tuple[Places, npt.NDArray[np.uint8]]:
        places, kinds = self._index.exact(folded)
        kept = only.mask(self._columns, places)
        return places[kept], kinds[kept]

    def _starting(
        self, folded: str, only: Only, around: int | None, limit: int, found: set[int]
    ) -> list[Hit]:
        places, shares = self._index.prefixed(folded)
        kept = only.mask(self._columns, places)
        places = places[kept]
        scores = _PREFIX_FIT + _PREFIX_SHARE * shares[kept] + self._likely(places, around)
        hits: dict[int, Hit] = {}
        wanted = limit + len(found)
        # A place has several spellings that start alike: look further until there are enough.
        while True:
            ranked = _best(places, scores, wanted)
            for at in ranked:
                place = int(places[at])
                if place not in found and place not in hits:
                    hits[place] = Hit(place, _rounded(scores[at]), "prefix")
            if len(hits) >= limit or len(ranked) == len(places):
                return list(hits.values())[:limit]
            wanted *= 4

    def _likely(self, places: Places, around: int | None) -> npt.NDArray[np.float64]:
        """The part of the score that tells places of the same name apart."""
        likely = self._columns.importance[places].astype(np.float64)
        if around is not None:
            lats, lons = self._columns.lat, self._columns.lon
            away = distances_km(
                float(lats[around]), float(lons[around]), lats[places], lons[places]
            )
            close = np.nan_to_num(1.0 / (1.0 + away / _NEAR_KM), nan=0.0)
            likely = (1.0 - _NEAR_SHARE) * likely + _NEAR_SHARE * close
        return _LIKELY * likely


def _best(places: Places, scores: npt.NDArray[np.float64], limit: int) -> list[int]:
    """Positions of the best scores, best first; among equals the earlier place."""
    if len(scores) > 4 * limit:
        few = np.argpartition(-scores, limit)[:limit]
    else:
        few = np.arange(len(scores))
    ordered = few[np.lexsort((places[few], -scores[few]))]
    return [int(at) for at in ordered[:limit]]


def _rounded(score: float) -> float:
    return round(float(score), 4)
