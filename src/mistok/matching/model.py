"""The learned model: what is compared, the curves it found, and their weights; read from a file.

A model is additive. Each *term* is one number known of two places, and a curve over it, in units
of the score; curves may differ by the seeker's size or number of ties, since what counts for a
village differs from what counts for a capital. Terms that people would name together make one
*criterion*. Nothing else enters a score.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Invalid
from mistok.matching.declared import CRITERIA as DECLARED

Floats = npt.NDArray[np.float64]

LATEST = "fit-2"
"""The model that is used where none is asked for."""

VERSIONS = ("fit-2",)
"""Models that ship as files; `fit-1`, set by hand, is kept in `criteria`."""

LASTING, SOLIDARITY = "lasting", "solidarity"
WEIGHTINGS = (LASTING, SOLIDARITY)
"""Ties that lasted, and those made in solidarity since 2022, which follow other habits."""

MOST_FACTOR = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One number and its curve: `points[j]` are the curve's values at `knots` for a seeker whose
    own number (`axis`: "size" or "ties"; None: the same for all) is `places[j]`."""

    name: str
    criterion: str
    axis: str | None
    places: Floats
    knots: Floats
    points: Floats

    def curve(self, own: Mapping[str, float]) -> Floats:
        """The values at the knots for one seeker, from its own numbers by axis."""
        if self.axis is None:
            row: Floats = self.points[0]
            return row
        at = min(max(own[self.axis], float(self.places[0])), float(self.places[-1]))
        low = min(int(np.searchsorted(self.places, at, side="right")) - 1, len(self.places) - 2)
        share = (at - self.places[low]) / (self.places[low + 1] - self.places[low])
        mixed: Floats = self.points[low] * (1 - share) + self.points[low + 1] * share
        return mixed

    def scaled(self, factor: float) -> "Term":
        return replace(self, points=self.points * factor)


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a criterion bears on the score: `sign` 1 raises, -1 lowers (it is told as a burden)."""

    name: str
    sign: int


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All terms and criteria of one version. `declared` are the weights of what municipalities
    say of themselves, in the same units; `card` tells data, date, metrics and limits."""

    algorithm: str
    terms: tuple[Term, ...]
    criteria: tuple[Leaning, ...]
    declared: Mapping[str, float]
    weightings: Mapping[str, Mapping[str, float]]
    card: Mapping[str, Any]
    weighting: str = LASTING
    factors: tuple[tuple[str, float], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every criterion, the learned ones first."""
        return (*(leaning.name for leaning in self.criteria), *self.declared)

    @property
    def label(self) -> str:
        """Name of the algorithm with all that was changed in it: what a stored run keeps."""
        parts = [self.algorithm]
        if self.weighting != LASTING:
            parts.append(self.weighting)
        parts += [f"{name}×{factor:g}" for name, factor in self.factors]
        return " ".join(parts)

    def typical_weights(self) -> dict[str, float]:
        """What each criterion can weigh at most, on average over the seekers' axes; signed."""
        spans = dict.fromkeys((leaning.name for leaning in self.criteria), 0.0)
        for term in self.terms:
            spans[term.criterion] += float(np.ptp(term.points, axis=1).mean())
        signs = {leaning.name: leaning.sign for leaning in self.criteria}
        return {name: span * signs[name] for name, span in spans.items()} | dict(self.declared)

    def weighted(
        self, weighting: str = LASTING, factors: Mapping[str, float] | None = None
    ) -> "Model":
        """The same model with criteria made to count more or less (1: as they are).

        Refuses (Invalid): weighting_unknown, criterion_unknown, factor_unusable (0 to 10).
        """
        if weighting not in self.weightings:
            raise Invalid(
                f"There is no weighting “{weighting[:40]}”; choose {' or '.join(self.weightings)}.",
                code="weighting_unknown",
            )
        chosen = {name: value for name, value in (factors or {}).items() if value != 1}
        self._check(chosen)
        scales = dict(self.weightings[weighting])
        for name, value in chosen.items():
            scales[name] = scales.get(name, 1.0) * value
        return replace(
            self,
            terms=tuple(term.scaled(scales.get(term.criterion, 1.0)) for term in self.terms),
            declared={n: weight * scales.get(n, 1.0) for n, weight in self.declared.items()},
            weighting=weighting,
            factors=tuple(sorted(chosen.items())),
        )

    def _check(self, factors: Mapping[str, float]) -> None:
        strange = sorted(set(factors) - set(self.names))
        if strange:
            raise Invalid(
                f"There is no criterion {', '.join(strange)}; choose among"
                f" {', '.join(self.names)}.",
                code="criterion_unknown",
                details={"criteria": strange},
            )
        for name, value in factors.items():
            if not (math.isfinite(value) and 0 <= value <= MOST_FACTOR):
                raise Invalid(
                    f"{name} cannot count {value} times; give a number from 0 to {MOST_FACTOR:g}.",
                    code="factor_unusable",
                )


@cache
def load_model(algorithm: str = LATEST) -> Model:
    """Read a shipped model; refuses (Invalid, algorithm_unknown) a name that is none."""
    if algorithm not in VERSIONS:
        raise Invalid(
            f"There is no algorithm “{algorithm[:40]}”; choose among fit-1, {', '.join(VERSIONS)}.",
            code="algorithm_unknown",
        )
    text = resources.files("mistok.matching").joinpath("data", f"{algorithm}.json").read_bytes()
    return model_of(json.loads(text))


def model_of(document: Mapping[str, Any]) -> Model:
    """Make a model of its document; points are kept in thousandths of the score."""
    declared = document["declared"]
    if tuple(declared) != DECLARED:
        raise Invalid(
            f"The model {document['algorithm']} does not weigh {', '.join(DECLARED)}.",
            code="model_incomplete",
        )
    return Model(
        algorithm=document["algorithm"],
        terms=tuple(_term(row) for row in document["terms"]),
        criteria=tuple(Leaning(row["name"], row["sign"]) for row in document["criteria"]),
        declared=declared,
        weightings=document["weightings"],
        card=document["card"],
    )


def _term(row: Mapping[str, Any]) -> Term:
    axis = row.get("axis") or {"name": None, "places": [0.0]}
    return Term(
        name=row["name"],
        criterion=row["criterion"],
        axis=axis["name"],
        places=np.array(axis["places"], float),
        knots=np.array(row["knots"], float),
        points=np.array(row["points"], float) / 1000,
    )
