"""What the reader asks of partner search, read from the address; what cannot be read falls back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.partnering.search import MOST, Way, criteria
from mistok.registry.gazetteer import the_world
from mistok.web.cards import Choice

LIMITS = (20, 50, 100)
USUAL = "1"
FACTORS = {
    "0": pgettext_lazy("how much a criterion counts", "not at all"),
    "0.5": pgettext_lazy("how much a criterion counts", "less"),
    USUAL: pgettext_lazy("how much a criterion counts", "as it is"),
    "2": pgettext_lazy("how much a criterion counts", "more"),
}
LASTING = "lasting"
WEIGHTINGS = {
    LASTING: gettext_lazy("Ties that lasted"),
    "solidarity": gettext_lazy("Ties of solidarity since 2022"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Filters and weights of one search. `factors` holds only those criteria that were changed."""

    country: str = ""
    limit: int = LIMITS[0]
    include_tied: bool = False
    weighting: str = LASTING
    factors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """From the query of an address."""
        country, limit = query.get("country", "").upper(), query.get("limit", "")
        number = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 4 else LIMITS[0]
        told = {name: query.get(f"w_{name}", USUAL) for name, _weight in criteria()}
        weighting = query.get("weighting", LASTING)
        return cls(
            country=country if country in the_world().columns.country_codes else "",
            limit=min(max(number, 1), MOST),
            include_tied=query.get("include_tied") == "1",
            weighting=weighting if weighting in WEIGHTINGS else LASTING,
            factors={
                name: factor
                for name, factor in told.items()
                if factor in FACTORS and factor != USUAL
            },
        )

    @property
    def weighed(self) -> bool:
        """Whether the reader has changed what counts how much."""
        return bool(self.factors) or self.weighting != LASTING

    @property
    def weights(self) -> dict[str, Any]:
        """The arguments of a search or a comparison that say what counts how much."""
        factors = {name: float(factor) for name, factor in self.factors.items()}
        return {"factors": factors or None, "weighting": self.weighting}

    @property
    def search(self) -> dict[str, Any]:
        """All arguments of a search but the municipality and its profile."""
        return {
            "countries": [self.country] if self.country else [],
            "limit": self.limit,
            "include_tied": self.include_tied,
            **self.weights,
        }

    @property
    def label(self) -> str:
        """The algorithm with all that the reader changed in it."""
        told = {name: float(factor) for name, factor in self.factors.items()}
        return Way(weighting=self.weighting, factors=tuple(sorted(told.items()))).label

    def query(self, **more: str) -> str:
        """The weights as the query of another page, with more beside them; empty for none."""
        told = dict(more)
        if self.weighting != LASTING:
            told["weighting"] = self.weighting
        told |= {f"w_{name}": factor for name, factor in self.factors.items()}
        return f"?{urlencode(told)}" if told else ""

    def weighting_choices(self) -> list[Choice]:
        """Which ties the weights were learned from."""
        return [
            Choice(value=code, label=str(label), selected=code == self.weighting)
            for code, label in WEIGHTINGS.items()
        ]

    def factor_choices(self, name: str) -> list[Choice]:
        """How much one criterion may count."""
        chosen = self.factors.get(name, USUAL)
        return [
            Choice(value=code, label=str(label), selected=code == chosen)
            for code, label in FACTORS.items()
        ]
