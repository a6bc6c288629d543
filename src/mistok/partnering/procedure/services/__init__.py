"""Every write to a procedure: opened, joined, done, decided, signed, made, planned, reported."""

from mistok.partnering.procedure.services.acting import (
    do_step,
    plan_step,
    reopen_step,
    return_step,
    skip_optional,
    submit,
)
from mistok.partnering.procedure.services.deciding import (
    record_approval,
    record_decision,
    record_evaluation,
    record_registration,
)
from mistok.partnering.procedure.services.feeds import renew_feed
from mistok.partnering.procedure.services.opening import add_side, close_run, join_run, open_run
from mistok.partnering.procedure.services.papers import make_paper, upload_scan
from mistok.partnering.procedure.services.planning import (
    change_measure,
    file_report,
    keep_plan,
    plan_measure,
)
from mistok.partnering.procedure.services.reasons import keep_reason
from mistok.partnering.procedure.services.recomputing import recompute_deadlines
from mistok.partnering.procedure.services.signing import record_signature

__all__ = [
    "add_side",
    "change_measure",
    "close_run",
    "do_step",
    "file_report",
    "join_run",
    "keep_plan",
    "keep_reason",
    "make_paper",
    "open_run",
    "plan_measure",
    "plan_step",
    "recompute_deadlines",
    "record_approval",
    "record_decision",
    "record_evaluation",
    "record_registration",
    "record_signature",
    "renew_feed",
    "reopen_step",
    "return_step",
    "skip_optional",
    "submit",
    "upload_scan",
]
