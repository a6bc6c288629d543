"""Who keeps a live tie with whom, arranged for quick questions about one place or one country."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TieGraph:
    """The ties between places, each once, whatever the order they were told in.

    Built with `from_pairs`. Ties inside one country are left out unless asked for: the search is
    for foreign partners, so they bear on little. Compressed rows: the partners of place i,
    ascending, are `partners[starts[i]:starts[i + 1]]`, and `owners` says for each whose partner
    it is; those of country c's places, with
    repetition, are `country_partners[country_starts[c]:country_starts[c + 1]]`, and
    `country_places` are the places that have them.
    """

    country: npt.NDArray[np.uint16]
    starts: Indices
    partners: Indices
    owners: Indices
    degree: Indices
    active: Indices
    country_starts: Indices
    country_partners: Indices
    country_places: Indices

    @classmethod
    def from_pairs(
        cls,
        a: npt.ArrayLike,
        b: npt.ArrayLike,
        country: npt.NDArray[np.uint16],
        *,
        domestic: bool = False,
    ) -> "TieGraph":
        """Arrange pairs of place indices (live ties only) over the pool's `country` array.

        Repeated and reversed pairs do no harm, nor do places tied with themselves. `domestic`
        keeps the ties inside one country.
        Refuses (Invalid, tie_outside_pool) uneven lists and indices that are no place.
        """
        places = len(country)
        left, right = _checked(a, b, places)
        kept = left != right if domestic else country[left] != country[right]
        left, right = left[kept], right[kept]
        once = np.unique(np.minimum(left, right) * places + np.maximum(left, right))
        low, high = once // max(places, 1), once % max(places, 1)
        here, there = np.concatenate((low, high)), np.concatenate((high, low))
        order = np.lexsort((there, here))
        by_country = np.lexsort((there, country[here]))
        degree = np.bincount(here, minlength=places)
        return cls(
            country=country,
            starts=_starts(degree),
            partners=there[order],
            owners=here[order],
            degree=degree,
            active=np.flatnonzero(degree),
            country_starts=_starts(np.bincount(country[here])),
            country_partners=there[by_country],
            country_places=here[by_country],
        )

    def neighbours(self, place: int) -> Indices:
        """The foreign partners of a place, ascending."""
        return self.partners[self.starts[place] : self.starts[place + 1]]

    def partners_of_country(self, country: int) -> Indices:
        """The foreign end of every tie of a country's places, ascending, with repetition."""
        if country + 1 >= len(self.country_starts):
            return self.country_partners[:0]
        return self.country_partners[
            self.country_starts[country] : self.country_starts[country + 1]
        ]

    def country_partners_of(self, country: int) -> tuple[Indices, Indices]:
        """Both ends of every tie of a country's places: the place there, and its partner."""
        partners = self.partners_of_country(country)
        if country + 1 >= len(self.country_starts):
            return partners, partners
        begin, end = self.country_starts[country], self.country_starts[country + 1]
        return self.country_places[begin:end], partners

    def without(self, place: int, other: int) -> "TieGraph":
        """The same ties but one."""
        here = self.owners
        kept = (here < self.partners) & ~(
            ((here == place) & (self.partners == other))
            | ((here == other) & (self.partners == place))
        )
        return TieGraph.from_pairs(here[kept], self.partners[kept], self.country, domestic=True)

    def habit(self, country: int, countries: int) -> Indices:
        """How many ties a country's places keep with each country; one number a country."""
        return np.bincount(self.country[self.partners_of_country(country)], minlength=countries)

    def guests(self, country: int) -> tuple[Indices, Indices]:
        """The places tied with a country, ascending, and how many ties each keeps with it."""
        return np.unique(self.partners_of_country(country), return_counts=True)

    def shared(self, place: int) -> tuple[Indices, npt.NDArray[np.float64]]:
        """The partners of a place's partners, ascending, and how strongly they are bound to it.

        The strength is the sum of 1 / ln(number of ties) over the common partners: a partner
        with few ties says more than one with a hundred (Adamic and Adar 2003).
        The place itself is not among them; its direct partners may be.
        """
        partners = self.neighbours(place)
        if not len(partners):
            return partners, np.zeros(0)
        reached = np.concatenate([self.neighbours(int(partner)) for partner in partners])
        # A partner whose only tie is the place itself leads nowhere but back.
        strength = 1 / np.log(np.maximum(self.degree[partners], 2))
        told = np.repeat(strength, self.degree[partners])
        places, slot = np.unique(reached, return_inverse=True)
        sums = np.bincount(slot, weights=told)
        return places[places != place], sums[places != place]

    def shared_between(self, place: int, other: int) -> list[int]:
        """The common partners of two places, the telling ones (fewest ties) first."""
        common = np.intersect1d(self.neighbours(place), self.neighbours(other), assume_unique=True)
        return [int(i) for i in common[np.argsort(self.degree[common], kind="stable")]]


def _checked(a: npt.ArrayLike, b: npt.ArrayLike, places: int) -> tuple[Indices, Indices]:
    """Both ends as whole numbers, or a refusal that says what is wrong with them."""
    left, right = np.asarray(a, np.int64), np.asarray(b, np.int64)
    ends = np.concatenate((left, right))
    if left.shape != right.shape or ends.min(initial=0) < 0 or ends.max(initial=-1) >= places:
        raise Invalid(
            f"The ties do not fit the {places} places: every tie needs two ends between 0 and"
            f" {places - 1}; number the ties by the same world as the places.",
            code="tie_outside_pool",
            details={"places": places, "ends": [len(left), len(right)]},
        )
    return left, right


def _starts(counts: npt.NDArray[np.integer[Any]]) -> Indices:
    """Where each row begins, and after the last one the end of all."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
