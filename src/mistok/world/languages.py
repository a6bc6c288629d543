"""Which languages a country speaks, and how near two countries are by their languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SAME, SHARED, BRANCH, FAMILY = 1.0, 0.75, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Languages:
    """A country's languages by ISO 639 code: official ones, most spoken first, then others.

    `spoken` begins with the official ones. What a country writes in two scripts is one language.
    """

    official: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()

    @property
    def first(self) -> str | None:
        """The first official language; where there is none, the first that is spoken."""
        return next(iter(self.official or self.spoken), None)


@dataclass(frozen=True, slots=True)
class Kinship:
    """A language's branch and family by ISO 639-5; its own code where it stands alone."""

    branch: str
    family: str


def likeness(one: Languages, other: Languages, kinship: Mapping[str, Kinship]) -> float:
    """Say from 0 to 1 how near two countries are by their languages.

    1: the same first language; 0.75: a common official language; 0.5: first languages of one
    branch (Slavic); 0.25: of one family (Indo-European); 0: else, or where nothing is known.
    """
    if one.first is None or other.first is None:
        return 0.0
    if one.first == other.first:
        return SAME
    if set(one.official) & set(other.official):
        return SHARED
    mine, theirs = kinship.get(one.first), kinship.get(other.first)
    if mine is None or theirs is None:
        return 0.0
    if mine.branch == theirs.branch:
        return BRANCH
    return FAMILY if mine.family == theirs.family else 0.0


def language_likeness(
    countries: Sequence[Languages], kinship: Mapping[str, Kinship]
) -> npt.NDArray[np.float32]:
    """Give the likeness of every two countries as a matrix; a country is as itself (1)."""
    matrix = np.eye(len(countries), dtype=np.float32)
    for row, one in enumerate(countries):
        for column in range(row):
            matrix[row, column] = matrix[column, row] = likeness(one, countries[column], kinship)
    return matrix
