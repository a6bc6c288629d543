"""The partnering room's tables, cut along their nouns."""

from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.models.rounds import PassedOver, Proposal, Round
from mistok.partnering.models.runs import MatchRun, Suggestion
from mistok.partnering.models.shortlists import ShortlistEntry
from mistok.partnering.models.waiting import Seeking

__all__ = [
    "DeclaredProfile",
    "MatchRun",
    "PassedOver",
    "Proposal",
    "Round",
    "Seeking",
    "ShortlistEntry",
    "Suggestion",
]
