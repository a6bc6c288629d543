"""How likely each candidate is meant: a glass-box model with few, printed weights.

Every candidate gets points (natural logarithms of odds) for how it was found, for its size, for
what stands around the name. Points become probabilities against each other and against "none of
these" (0 points). The weights are fitted by `benchmarks/train_find.py` to names as lists of
twin towns spell them, and rounded.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.world.finding.contexts import Anchor
from mistok.world.index import Places
from mistok.world.model import KINDS, Columns, NameKind

Numbers = npt.NDArray[np.float64]
Column = npt.NDArray[Any]


class Way(IntEnum):
    """How a candidate was found; smaller is surer."""

    NAME = 0
    FORMER = 1
    ALIAS = 2
    SPELLING = 3
    INFLECTED = 4
    SOUND = 5
    ADJECTIVE = 6
    TYPO = 7
    TYPOS = 8
    PART_OF = 9  # the city, and a part of it, are both named
    PART = 10  # that part
    PARENT = 11  # the city is named, the part is not known
    PARTIAL = 12
    PREFIX = 13


MATCHED = {
    Way.NAME: "exact",
    Way.FORMER: "former name",
    Way.ALIAS: "alias",
    Way.SPELLING: "spelling",
    Way.INFLECTED: "inflected",
    Way.SOUND: "sound",
    Way.ADJECTIVE: "adjective",
    Way.TYPO: "typo",
    Way.TYPOS: "typo",
    Way.PART_OF: "part of",
    Way.PART: "exact",
    Way.PARENT: "part of",
    Way.PARTIAL: "partial",
    Way.PREFIX: "prefix",
}
"""What `Match.matched` says."""


@dataclass(slots=True)
class Candidates:
    """Candidates in columns.

    ways: a Way each; kinds: the NameKind of the name that matched; accents: 1 written with the
    same accents, -1 with others, 0 nothing to compare; share: 0 to 1, how much of the name
    was used.
    """

    places: Places
    ways: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    accents: Numbers
    share: Numbers

    @classmethod
    def none(cls) -> "Candidates":
        """No candidates."""
        return cls.found(np.empty(0, np.int64), Way.NAME)

    @classmethod
    def found(
        cls, places: Places, way: Way, kinds: npt.NDArray[np.integer] | None = None
    ) -> "Candidates":
        """Candidates that were all found in one way."""
        size = len(places)
        named = np.zeros(size, np.int64) if kinds is None else kinds.astype(np.int64)
        return cls(places, np.full(size, int(way)), named, np.zeros(size), np.ones(size))

    @classmethod
    def together(cls, parts: Sequence["Candidates"]) -> "Candidates":
        """All candidates of several lots."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([part.places for part in parts]),
            np.concatenate([part.ways for part in parts]),
            np.concatenate([part.kinds for part in parts]),
            np.concatenate([part.accents for part in parts]),
            np.concatenate([part.share for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.places)

    def kept(self, mask: npt.NDArray[np.bool_]) -> "Candidates":
        """Those for which the mask is true."""
        return Candidates(
            self.places[mask],
            self.ways[mask],
            self.kinds[mask],
            self.accents[mask],
            self.share[mask],
        )


FEATURES = (
    *(f"way {way.name.lower()}" for way in Way),
    "by an alias",
    "by a former name",
    "by a foreign spelling",
    "size",
    "size, found by a guess",
    "size, found by sound",
    "length, found by a guess",
    "Cyrillic, found by a guess",
    "same accents",
    "other accents",
    "share of the name",
    "context agrees",
    "context disagrees",
    "level agrees",
    "level disagrees",
    "settlement of a hromada",
    "region, unasked",
    "district, unasked",
    "country given",
)
"""What speaks for or against a candidate; each has a weight in WEIGHTS."""

_LEVELS = {
    "municipality": ("hromada", "municipality"),
    "hromada": ("hromada",),
    "settlement": ("settlement", "municipality", "hromada"),
    "district": ("district", "region"),
    "region": ("region",),
    "part": ("district",),
    "country": ("country",),
}
_SETTLEMENT = KINDS.index("settlement")
_COUNTRY, _REGION, _DISTRICT = map(KINDS.index, ("country", "region", "district"))
_DECADES = 8.0
_LONGEST = 16
_LAST_EXACT = int(Way.SPELLING)
_NEVER = np.False_


def measures(
    found: Candidates,
    columns: Columns,
    levels: Sequence[str],
    anchors: Sequence[Anchor],
    *,
    name: str,
    in_country: bool,
) -> Iterator[tuple[str, Column]]:
    """Give the features other than the ways that may differ from zero, each with its column.

    `levels` are what the words around the name say, `name` the folded name.
    """
    importance = columns.importance[found.places] * _DECADES
    yield "size", importance
    yield "same accents", found.accents > 0
    yield "other accents", found.accents < 0
    guessed = found.ways > _LAST_EXACT
    if guessed.any():
        yield from _of_guesses(found, guessed, importance, name)
    said = [anchor.support(columns, found.places) for anchor in anchors if not anchor.joined]
    for support in said:
        yield "context agrees", support
        # A country is never inside what another country's name says.
        weight = np.where(columns.kind[found.places] == _COUNTRY, 3.0, 1.0)
        yield "context disagrees", weight * (support == 0.0)
    yield from _of_kind(found, columns, levels)
    if in_country:
        yield "country given", np.ones(len(found))


def _of_guesses(
    found: Candidates, guessed: Column, importance: Column, name: str
) -> Iterator[tuple[str, Column]]:
    """What weighs only where the name itself was not found."""
    yield "by an alias", guessed & (found.kinds == NameKind.ALIAS)
    yield "by a former name", guessed & (found.kinds == NameKind.FORMER)
    yield "by a foreign spelling", guessed & (found.kinds == NameKind.SPELLING)
    yield "size, found by a guess", importance * guessed
    yield "size, found by sound", importance * (found.ways == Way.SOUND)
    yield "length, found by a guess", min(len(name), _LONGEST) / _LONGEST * guessed
    if "\u0400" <= name[:1] <= "\u04ff":
        yield "Cyrillic, found by a guess", guessed
    yield "share of the name", np.where(found.ways >= Way.PARTIAL, found.share, 0.0)


def _of_kind(
    found: Candidates, columns: Columns, levels: Sequence[str]
) -> Iterator[tuple[str, Column]]:
    """Whether it is what the words say: a town, a district, a region.

    Where a city and its part are named, the words speak of the part and weigh for neither.
    """
    kinds = columns.kind[found.places]
    asked = [KINDS.index(kind) for level in levels for kind in _LEVELS.get(level, ())]
    agrees = np.isin(kinds, asked) if asked else _NEVER
    if asked:
        alone = (found.ways < Way.PART_OF) | (found.ways > Way.PARENT)
        yield "level agrees", agrees & alone
        yield "level disagrees", ~agrees & alone
    yield "settlement of a hromada", kinds == _SETTLEMENT
    yield "region, unasked", (kinds == _REGION) & ~agrees
    yield "district, unasked", (kinds == _DISTRICT) & ~agrees


def features(found: Candidates, measured: Iterable[tuple[str, Column]]) -> Numbers:
    """Give a row a candidate, a column a feature of FEATURES, of what `measures` gave."""
    rows = np.zeros((len(found), len(FEATURES)))
    rows[np.arange(len(found)), found.ways] = 1.0
    for name, column in measured:
        rows[:, FEATURES.index(name)] += column
    return rows


def points(found: Candidates, measured: Iterable[tuple[str, Column]]) -> Numbers:
    """Give each candidate's points: the sum of its features, each times its weight."""
    weight = weights()
    total = _weights_of_ways()[found.ways]
    for name, column in measured:
        total = total + weight[name] * column
    return np.asarray(total, np.float64)


def chances(points: Numbers) -> Numbers:
    """Turn points into probabilities against each other and against none of these."""
    top = max(0.0, float(points.max(initial=0.0)))
    weights = np.exp(points - top)
    return np.asarray(weights / (weights.sum() + np.exp(-top)))


@cache
def weights() -> Mapping[str, float]:
    """Read the weight of each feature from `data/weights.csv`."""
    path = Path(__file__).parent / "data" / "weights.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


@cache
def _weights_of_ways() -> Numbers:
    return np.array([weights()[name] for name in FEATURES[: len(Way)]])


@cache
def country_points() -> Mapping[str, float]:
    """Read how much likelier than average a place of each country is named, in points.

    Lists of ties name places of Hungary or Estonia far oftener, for their number, than places
    of Indonesia; counted by `benchmarks/train_find.py`.
    """
    path = Path(__file__).parent / "data" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: float(row["points"]) for row in csv.DictReader(lines)}
