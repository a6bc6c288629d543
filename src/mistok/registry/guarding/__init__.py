"""What an office may tell of a tie, and what it may not: pure rules, no database, no clock.

`passage` takes what is told and what is known and says from which state to which the tie passes,
with remarks; or it refuses with a sentence that says what is missing, where, and what to do now.
Imports of sources never come here: sources are believed as they speak, even where they contradict.
"""

from mistok.registry.guarding.known import (
    Case,
    Counterpart,
    GuardRules,
    Party,
    Passage,
    Remark,
    TieKnown,
)
from mistok.registry.guarding.passing import passage
from mistok.registry.guarding.scope import Scope, scope_of
from mistok.registry.guarding.visibility import Exposure, exposure_of, without_local_detail

__all__ = [
    "Case",
    "Counterpart",
    "Exposure",
    "GuardRules",
    "Party",
    "Passage",
    "Remark",
    "Scope",
    "TieKnown",
    "exposure_of",
    "passage",
    "scope_of",
    "without_local_detail",
]
