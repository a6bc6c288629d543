"""What a question asks for: checked text, countries, kinds of places."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid
from mistok.world.index import Places
from mistok.world.model import KINDS, Columns

QUERY_LIMIT = 200
"""Longest name that is looked up, in characters."""

_COUNTRY_SYNONYMS = {"UK": "GB", "EL": "GR"}
_KIND_SYNONYMS = {
    "oblast": ("region",),
    "state": ("region",),
    "raion": ("district",),
    "city": ("municipality", "hromada"),
    "town": ("municipality", "hromada", "settlement"),
}


@dataclass(frozen=True, slots=True)
class Only:
    """Which places may be found; an empty filter lets all pass."""

    country: int | None = None
    kinds: tuple[int, ...] = ()
    elsewhere: bool = False

    def mask(self, columns: Columns, places: Places) -> npt.NDArray[np.bool_]:
        """Say for each place whether it may be found."""
        mask = np.ones(len(places), np.bool_)
        if self.country is not None:
            mask &= (columns.country[places] == self.country) != self.elsewhere
        if self.kinds:
            mask &= np.isin(columns.kind[places], self.kinds)
        return mask


def checked(query: str) -> str:
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


def country_number(numbers: Mapping[str, int], code: str) -> int:
    """Give a country's number in `Columns.country`; `numbers` by code in capitals.

    Raises Invalid (code `country_unknown`).
    """
    upper = code.strip().upper()
    number = numbers.get(_COUNTRY_SYNONYMS.get(upper, upper))
    if number is None:
        raise Invalid(
            f"“{code[:20]}” is not the code of a country. Write two letters as in "
            "ISO 3166, for example UA or DE.",
            code="country_unknown",
            details={"country": code[:20]},
        )
    return number


def kinds_named(kind: str) -> tuple[int, ...]:
    """Give the positions in KINDS that a word means; raises Invalid (code `kind_unknown`)."""
    names = _KIND_SYNONYMS.get(kind.lower(), (kind.lower(),))
    if not set(names) <= set(KINDS):
        raise Invalid(
            f"“{kind[:20]}” is not a kind of place. Write one of {', '.join(KINDS)}.",
            code="kind_unknown",
            details={"kind": kind[:20], "kinds": list(KINDS)},
        )
    return tuple(KINDS.index(name) for name in names)
