"""Which right an act on a step takes (mistok.accounts.permissions). Pure."""

from mistok.accounts.permissions import Permission
from mistok.partnering.procedure.states import What
from mistok.partnering.procedure.steps import Record, Role, Step

P = Permission
BY_EVENT = {"severed": P.END_TIE, "expired": P.END_TIE, "suspended": P.SUSPEND_TIE}
BY_RECORD = {
    Record.DECISION: P.RECORD_DECISION,
    Record.SIGNATURES: P.SIGN,
    Record.REGISTRATION: P.REGISTER_INSTRUMENT,
    Record.EVALUATION: P.FILE_REPORT,
}


def needed(step: Step, what: What) -> Permission:
    """The right to do this with this step."""
    if step.record is Record.SIGNATURES and what in (What.SUBMITTED, What.DONE):
        return P.SIGN
    if what is What.SUBMITTED:
        return P.SUBMIT_FOR_APPROVAL
    if what is What.RETURNED and step.role is Role.APPROVER:
        return P.RETURN_WITH_REASONS
    if what is not What.DONE:
        return P.RECORD_DECISION if step.record is Record.DECISION else P.DO_STEP
    if step.event in BY_EVENT:
        return BY_EVENT[step.event]
    if step.role is Role.APPROVER:
        return P.APPROVE_PAPER
    return BY_RECORD.get(step.record, P.DO_STEP)
