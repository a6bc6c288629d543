"""Every write to the registry."""

from mistok.registry.services.confirming import agree_to_show, confirm
from mistok.registry.services.living import Told, end_ties, tell_event
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
    "Told",
    "agree_to_show",
    "confirm",
    "end_ties",
    "merge_municipalities",
    "municipalities",
    "project_places",
    "project_supports",
    "project_ties",
    "provisional_key",
    "rebuild",
    "tell_event",
    "tie_subject",
    "withdraw",
]
