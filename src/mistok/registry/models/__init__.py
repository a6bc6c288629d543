"""The registry's tables, cut along their nouns."""

from mistok.registry.models.life import Act, TieFact
from mistok.registry.models.living import Confirmation, ShowConsent, TieLife
from mistok.registry.models.papers import PAPER_STATES, Decision, Instrument, Signature
from mistok.registry.models.places import Municipality
from mistok.registry.models.support import Support
from mistok.registry.models.ties import STATE_LABELS, Kind, MergedTie, Tie, TieLabel, TieParty

__all__ = [
    "PAPER_STATES",
    "STATE_LABELS",
    "Act",
    "Confirmation",
    "Decision",
    "Instrument",
    "Kind",
    "MergedTie",
    "Municipality",
    "ShowConsent",
    "Signature",
    "Support",
    "Tie",
    "TieFact",
    "TieLabel",
    "TieLife",
    "TieParty",
]
