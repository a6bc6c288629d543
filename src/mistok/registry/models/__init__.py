"""The registry's tables, cut along their nouns."""

from mistok.registry.models.life import Act, TieFact
from mistok.registry.models.papers import Decision, Instrument, Signature
from mistok.registry.models.places import Municipality
from mistok.registry.models.support import Support
from mistok.registry.models.ties import STATE_LABELS, Kind, MergedTie, Tie, TieLabel, TieParty

__all__ = [
    "STATE_LABELS",
    "Act",
    "Decision",
    "Instrument",
    "Kind",
    "MergedTie",
    "Municipality",
    "Signature",
    "Support",
    "Tie",
    "TieFact",
    "TieLabel",
    "TieParty",
]
