"""Every write to the registry."""

from mistok.registry.services.merging import merge_municipalities
from mistok.registry.services.places import municipalities, provisional_key, tie_subject
from mistok.registry.services.projecting import (
    project_places,
    project_supports,
    project_ties,
    rebuild,
)
from mistok.registry.services.withdrawing import withdraw

__all__ = [
    "merge_municipalities",
    "municipalities",
    "project_places",
    "project_supports",
    "project_ties",
    "provisional_key",
    "rebuild",
    "tie_subject",
    "withdraw",
]
