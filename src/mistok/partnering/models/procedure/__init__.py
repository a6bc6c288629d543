"""Runs of the guided procedure: who takes part, what was done, decided, signed, planned, kept.

Offices and actors are text (`office_…`, `person_…`), places are keys: a run outlives them. A model
lists its fields that tell of a living person in `PERSONAL`.
"""

from mistok.partnering.models.procedure.acts import (
    Approval,
    CouncilDecision,
    RegistrationRecord,
    SignatureRecord,
)
from mistok.partnering.models.procedure.keeping import CalendarFeed, Reminder, ReturnReason
from mistok.partnering.models.procedure.papers import PaperVersion, SignedScan
from mistok.partnering.models.procedure.plans import ActionPlan, Evaluation, Measure
from mistok.partnering.models.procedure.runs import (
    ProcedureRun,
    RunSide,
    StepDeadline,
    StepRecord,
)

__all__ = [
    "ActionPlan",
    "Approval",
    "CalendarFeed",
    "CouncilDecision",
    "Evaluation",
    "Measure",
    "PaperVersion",
    "ProcedureRun",
    "RegistrationRecord",
    "Reminder",
    "ReturnReason",
    "RunSide",
    "SignatureRecord",
    "SignedScan",
    "StepDeadline",
    "StepRecord",
]
