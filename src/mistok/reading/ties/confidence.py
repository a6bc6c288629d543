"""How sure a fact is: a logistic model over what was measured of its claims.

`weights.json` is made by `benchmarks/train_read.py` from labelled documents.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from mistok.reading.ties.claims import Claim

_WEIGHTS = Path(__file__).with_name("weights.json")
LINES = 4
CLOSE = 0.5
AT_HOME = 0.4
"""Log odds of a tie between towns of one country of which a text says that they signed it."""


def measures_of(claims: Sequence[Claim], best: Claim) -> dict[str, float]:
    """The numbers of a fact: those of its best claim, and of how often it was told."""
    measures = dict(best.features)
    lines = len({claim.line for claim in claims})
    measures["bias"] = 1.0
    measures["lines"] = min(lines, LINES) / LINES
    measures["told"] = float(best.told)
    measures["told once"] = float(any(claim.told for claim in claims))
    measures[f"event:{best.event}"] = 1.0
    measures["dated"] = float(any(claim.date for claim in claims))
    measures["in title"] = float(any(claim.role == "title" for claim in claims))
    measures["named"] = float(
        any(claim.how in ("across", "listed", "joint", "list") for claim in claims)
    )
    return measures


def confidence_of(claims: Sequence[Claim], best: Claim) -> float:
    """The likelihood that a fact is right, from 0 to 1."""
    weights = _weights()
    total = sum(weights.get(name, 0.0) * value for name, value in measures_of(claims, best).items())
    if _signed_at_home(best):
        total = max(total, AT_HOME)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _signed_at_home(best: Claim) -> bool:
    """Whether two towns of one country sign in so many words: rare, so no example teaches it."""
    close = best.how == "listed_home" and best.features.get("gap", 1.0) < CLOSE
    return close and best.told and best.event == "signed"


@cache
def _weights() -> Mapping[str, float]:
    content: Mapping[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return content
