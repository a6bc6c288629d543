"""The partnering room's tables, cut along their nouns."""

from mistok.partnering.models.procedure import (
    ActionPlan,
    Approval,
    CalendarFeed,
    CouncilDecision,
    Evaluation,
    Measure,
    PaperVersion,
    ProcedureRun,
    RegistrationRecord,
    Reminder,
    ReturnReason,
    RunSide,
    SignatureRecord,
    SignedScan,
    StepDeadline,
    StepRecord,
)
from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.models.rounds import PassedOver, Proposal, Round
from mistok.partnering.models.runs import MatchRun, Suggestion
from mistok.partnering.models.shortlists import ShortlistEntry
from mistok.partnering.models.waiting import Seeking

__all__ = [
    "ActionPlan",
    "Approval",
    "CalendarFeed",
    "CouncilDecision",
    "DeclaredProfile",
    "Evaluation",
    "MatchRun",
    "Measure",
    "PaperVersion",
    "PassedOver",
    "ProcedureRun",
    "Proposal",
    "RegistrationRecord",
    "Reminder",
    "ReturnReason",
    "Round",
    "RunSide",
    "Seeking",
    "ShortlistEntry",
    "SignatureRecord",
    "SignedScan",
    "StepDeadline",
    "StepRecord",
    "Suggestion",
]
