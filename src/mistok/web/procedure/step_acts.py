"""What can be done with one step now: an act for each thing that its state and record allow."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from mistok.partnering.models import Approval, Evaluation
from mistok.partnering.procedure import services
from mistok.partnering.procedure.course import position_of
from mistok.partnering.procedure.rights import needed
from mistok.partnering.procedure.services.deciding import CRITERIA
from mistok.partnering.procedure.states import GOING_ON, TO_DO, State, StepState, What
from mistok.partnering.procedure.steps import Record, Role, Step
from mistok.partnering.procedure.voting import Vote
from mistok.web.procedure import step_forms
from mistok.web.procedure.acting import Act, Acts, Told
from mistok.web.procedure.seats import Seat

TEXTS = ("body", "sitting", "title", "url", "authorised_signatory", "control_by")


@dataclass(frozen=True, slots=True)
class At:
    """Which step of which seat's run."""

    seat: Seat
    state: StepState

    @property
    def step(self) -> Step:
        """The step as its template tells it."""
        return self.state.step

    def args(self, told: Told) -> dict[str, Any]:
        """Arguments that say which step."""
        return {**told.common, "side": position_of(self.state.ref), "step": self.step.code}

    def act(self, what: What, do: Callable[["At", Told], str], form: type, **texts: Any) -> Act:
        """An act on this step with the right that it takes."""
        make = partial(form, self.seat, self.step)
        return Act(
            make=_without_files(make), do=partial(do, self), right=needed(self.step, what), **texts
        )


def _without_files(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda data=None, files=None, **more: make(data, **more)


def acts_on(seat: Seat, state: StepState) -> Acts:
    """Every act that this step may take in any state: a form may come late, and is told so."""
    at = At(seat, state)
    found: dict[str, Act] = {}
    if _is_submitted(at.step):
        found["submit"] = at.act(
            What.SUBMITTED,
            _submit,
            step_forms.SubmitForm,
            title=_("Submit it"),
            button=_("Record that it was submitted"),
        )
    return found | _record_act(at) | _other_acts(at)


def _other_acts(at: At) -> dict[str, Act]:
    return {
        "return": at.act(
            What.RETURNED,
            _return,
            step_forms.ReturnForm,
            title=_("It came back"),
            button=_("Record that it came back"),
        ),
        "skip": at.act(
            What.SKIPPED,
            _skip,
            step_forms.SkipForm,
            title=_("Leave it out"),
            button=_("Record that it is left out"),
        ),
        "plan": at.act(
            What.PLANNED,
            _plan,
            step_forms.PlanForm,
            title=_("Plan a day"),
            button=_("Keep the planned day"),
        ),
        "reopen": at.act(
            What.REOPENED,
            _reopen,
            step_forms.ReopenForm,
            title=_("Take it back"),
            button=_("Record that it is taken back"),
            follows=_("The step is to be done again. What was recorded stays readable."),
        ),
    }


def offered(state: StepState) -> list[str]:
    """The acts that its state allows now, the way on first."""
    step, going = state.step, state.state in GOING_ON
    found = []
    if state.state in TO_DO and _is_submitted(step):
        found.append("submit")
    if going and (state.state is State.WAITING or not step.submitted_first):
        found.append(RECORDS.get(step.record, "done"))
    if state.state is State.WAITING and step.record is not Record.SIGNATURES:
        found.append("return")
    if going and step.optional:
        found.append("skip")
    if going or state.state is State.BLOCKED:
        found.append("plan")
    if state.on is not None and state.state is not State.NOT_NEEDED:
        found.append("reopen")
    return found


def _is_submitted(step: Step) -> bool:
    outside = step.role is Role.OUTSIDE
    return step.record is not Record.SIGNATURES and (step.submitted_first or outside)


def _record_act(at: At) -> dict[str, Act]:
    """The act that the step's record takes."""
    record = at.step.record
    name = RECORDS.get(record, "done")
    do, form = DOERS[name]
    title, button, follows = _texts(at)[name]
    act = at.act(What.DONE, do, form, title=title, button=button, follows=follows)
    return {name: act}


RECORDS: Mapping[Record, str] = {
    Record.DECISION: "decide",
    Record.APPROVAL: "answer",
    Record.SIGNATURES: "sign",
    Record.REGISTRATION: "register",
    Record.EVALUATION: "evaluate",
}


def _texts(at: At) -> dict[str, tuple[str, str, str]]:
    tells = _("The registry will show it on the page of the tie.") if at.step.event else ""
    approves = at.step.role is Role.APPROVER and at.step.submitted_first
    done = (_("Approve it"), _("Approve it")) if approves else (_("Done"), _("Record it as done"))
    return {
        "done": (*done, tells),
        "decide": (_("What was decided"), _("Record the decision"), tells),
        "answer": (_("The answer"), _("Record the answer"), tells),
        "sign": (
            _("Who signed"),
            _("Record the signature"),
            _("With the last side's signature the tie is signed, and the registry will show it."),
        ),
        "register": (_("The registration"), _("Record the registration"), tells),
        "evaluate": (_("What the evaluation found"), _("Record the evaluation"), tells),
    }


def _submit(at: At, told: Told) -> str:
    services.submit(**at.args(told), on=told.values["on"], note=told.values["note"])
    return _("Recorded: it was submitted.")


def _done(at: At, told: Told) -> str:
    plain = dict(told.values)
    on, note = plain.pop("on"), plain.pop("note")
    services.do_step(**at.args(told), on=on, note=note, data=_texts_of(plain))
    return _("Recorded: the step is done.")


def _texts_of(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in values.items()
        if value
    }


def _return(at: At, told: Told) -> str:
    services.return_step(
        **at.args(told),
        on=told.values["on"],
        reasons=told.values.get("reasons", []),
        remarks=told.values["remarks"],
    )
    return _("Recorded: it came back and is to be mended.")


def _skip(at: At, told: Told) -> str:
    services.skip_optional(**at.args(told), on=told.values["on"], note=told.values["note"])
    return _("The step is left out.")


def _plan(at: At, told: Told) -> str:
    services.plan_step(**at.args(told), on=told.values["on"], note=told.values["note"])
    return _("The planned day is kept.")


def _reopen(at: At, told: Told) -> str:
    services.reopen_step(**at.args(told), reason=told.values["reason"])
    return _("The step was taken back. It is to be done again.")


def _decide(at: At, told: Told) -> str:
    values = told.values
    adopted = values["adopted"] == "yes"
    services.record_decision(
        **at.args(told),
        on=values["on"],
        vote=Vote(values["votes"], values["total"]),
        number=values["number"],
        adopted=adopted,
        texts={name: values[name] for name in TEXTS},
        review_on=values["review_on"],
        ends_on=values["ends_on"],
    )
    if adopted:
        return _("The decision is recorded.")
    return _("The decision is recorded. The motion fell, so the step is to be done again.")


def _answer(at: At, told: Told) -> str:
    values = told.values
    services.record_approval(
        **at.args(told),
        on=values["on"],
        result=Approval.Result(values["result"]),
        number=values["number"],
        act_kind=values["act_kind"],
        remarks=values["remarks"],
    )
    return _("The answer is recorded.")


def _sign(at: At, told: Told) -> str:
    values = told.values
    services.record_signature(
        **told.common,
        side=int(values["side"]),
        on=values["on"],
        person=values["person"],
        post=values["post"],
        place=values["place"],
        online=values["mode"] == "online",
    )
    return _("The signature is recorded.")


def _register(at: At, told: Told) -> str:
    services.record_registration(**at.args(told), **told.values)
    return _("The registration is recorded.")


def _evaluate(at: At, told: Told) -> str:
    values, arguments = told.values, at.args(told)
    del arguments["side"]
    services.record_evaluation(
        **arguments,
        on=values["on"],
        outcome=Evaluation.Outcome(values["outcome"]),
        grounds=values["grounds"],
        criteria={name: values[name] for name in CRITERIA if values[name]},
    )
    return _("The evaluation is recorded.")


DOERS: Mapping[str, tuple[Callable[[At, Told], str], type]] = {
    "done": (_done, step_forms.DoneForm),
    "decide": (_decide, step_forms.DecisionForm),
    "answer": (_answer, step_forms.ApprovalForm),
    "sign": (_sign, step_forms.SignatureForm),
    "register": (_register, step_forms.RegistrationForm),
    "evaluate": (_evaluate, step_forms.EvaluationForm),
}
