"""What bodies answered, decided and registered, and what an evaluation found."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.kernel.errors import Invalid
from mistok.partnering.models import (
    Approval,
    CouncilDecision,
    Evaluation,
    ProcedureRun,
    RegistrationRecord,
)
from mistok.partnering.procedure.course import course_of, ref_of
from mistok.partnering.procedure.services.acting import stated
from mistok.partnering.procedure.services.writing import Doing, step_of, write_act, writing
from mistok.partnering.procedure.states import Act, What
from mistok.partnering.procedure.steps import Record, Step
from mistok.partnering.procedure.voting import Vote
from mistok.partnering.procedure.words import COOPERATION, CRITERION_LABELS, Words

CRITERIA = tuple(CRITERION_LABELS)
"""D1-08."""


def record_decision(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    vote: Vote,
    number: str = "",
    adopted: bool = True,
    texts: Mapping[str, str] | None = None,
    review_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    expected: int | None = None,
    today: dt.date | None = None,
) -> CouncilDecision:
    """What a council decided, with its vote; a motion that fell leaves the step to be done.

    `texts` may have body, sitting, title, url, authorised_signatory, control_by. Raises Invalid
    (`votes_malformed`, `votes_do_not_add_up`, `record_wrong`), Conflict (`vote_not_carried`,
    `majority_missing`), and as `do_step`.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "record_decision") as audit:
        ref = ref_of(side, step)
        course = course_of(run, doing.today)
        _with_record(step_of(course, ref), Record.DECISION)
        country = run.sides.get(position=side).country
        vote.check(country, on, adopted=adopted)
        _check_ahead(on, review_on, ends_on)
        data = _decision_data(number, vote, texts or {}, review_on, ends_on)
        act = Act(ref, What.DONE if adopted else What.RETURNED, on)
        record = write_act(doing, audit, act, data=data, course=course)
        days = {"date": on, "review_on": review_on, "ends_on": ends_on}
        columns = _columns(texts or {}) | vote.columns() | days
        columns["body"] = columns["body"] or run.sides.get(position=side).name
        return CouncilDecision.objects.create(
            record=record, number=data["number"], adopted=adopted, **columns
        )


def record_approval(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    result: Approval.Result = Approval.Result.GRANTED,
    number: str = "",
    act_kind: str = "",
    remarks: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> Approval:
    """The answer of a body outside: granted, by silence where a rule says so, or refused.

    What only came back with reasons goes through `return_step`. Raises as `do_step`.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "record_approval") as audit:
        ref = ref_of(side, step)
        course = course_of(run, doing.today)
        found = step_of(course, ref)
        _with_record(found, Record.APPROVAL)
        _check_answer(result)
        silent = result == Approval.Result.BY_SILENCE
        said = stated(found, {"number": number}) if result == Approval.Result.GRANTED else {}
        submitted, due = course.submitted_on(ref), course.due(ref)
        what = What.RETURNED if result == Approval.Result.REFUSED else What.DONE
        act, data = Act(ref, what, on, silent), {**said, "by_silence": silent}
        record = write_act(doing, audit, act, note=remarks, data=data, course=course)
        return Approval.objects.create(
            record=record,
            submitted_on=submitted or on,
            due_on=due.on if due else None,
            decided_on=on,
            result=result,
            **_answer_columns(found, act_kind, number, remarks),
        )


def record_registration(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    step: str,
    on: dt.date,
    number: str,
    kinds: Sequence[str],
    sphere: str = "",
    duration: str = "",
    ends_on: dt.date | None = None,
    expected: int | None = None,
    today: dt.date | None = None,
) -> RegistrationRecord:
    """The entry in the state's list; raises Invalid (`number_missing`, `word_unknown`) and as
    `do_step`."""
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "record_registration") as audit:
        ref = ref_of(side, step)
        course = course_of(run, doing.today)
        _with_record(step_of(course, ref), Record.REGISTRATION)
        _check_entry(number, kinds)
        data = {"number": number.strip()[:80]}
        record = write_act(doing, audit, Act(ref, What.DONE, on), data=data, course=course)
        return RegistrationRecord.objects.create(
            record=record,
            number=number.strip()[:80],
            date=on,
            kinds=list(kinds),
            sphere=sphere.strip()[:1000],
            duration=duration.strip()[:400],
            ends_on=ends_on,
        )


def record_evaluation(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    step: str,
    on: dt.date,
    outcome: Evaluation.Outcome,
    grounds: str,
    criteria: Mapping[str, str],
    expected: int | None = None,
    today: dt.date | None = None,
) -> Evaluation:
    """What an evaluation found; raises Invalid (`grounds_missing`, `word_unknown`) and as
    `do_step`."""
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "record_evaluation") as audit:
        ref = ref_of(0, step)
        course = course_of(run, doing.today)
        _with_record(step_of(course, ref), Record.EVALUATION)
        unknown = sorted(set(criteria) - set(CRITERIA))
        if unknown:
            raise Invalid(
                _("“%(word)s” is no criterion. Use: %(all)s.")
                % {"word": unknown[0][:40], "all": _all(CRITERION_LABELS)},
                code="word_unknown",
            )
        if not grounds.strip():
            raise Invalid(_("Write the grounds of the outcome."), code="grounds_missing")
        data = {"outcome": str(outcome)}
        record = write_act(doing, audit, Act(ref, What.DONE, on), data=data, course=course)
        return Evaluation.objects.create(
            record=record,
            held_on=on,
            criteria=dict(criteria),
            outcome=outcome,
            grounds=grounds.strip()[:2000],
        )


def _with_record(step: Step, record: Record) -> None:
    if step.record is not record:
        raise Invalid(
            _("“%(step)s” is not recorded so. Open the step again and use its own form.")
            % {"step": step.title(get_language() or "en")},
            code="record_wrong",
            details={"record": str(step.record)},
        )


def _decision_data(
    number: str,
    vote: Vote,
    told: Mapping[str, str],
    review_on: dt.date | None,
    ends_on: dt.date | None,
) -> dict[str, Any]:
    days = {"review_on": review_on, "ends_on": ends_on}
    return {
        "number": number.strip()[:80],
        "votes": vote.text,
        "total": str(vote.total or ""),
        "sitting": _sitting(told),
        **{name: day.isoformat() for name, day in days.items() if day},
    }


def _answer_columns(step: Step, act_kind: str, number: str, remarks: str) -> dict[str, str]:
    texts = {"act_kind": act_kind.strip()[:80], "act_number": number.strip()[:80]}
    return {**texts, "authority": step.outside, "remarks": remarks.strip()}


def _check_answer(result: Approval.Result) -> None:
    if result == Approval.Result.RETURNED:
        raise Invalid(_("Record with its reasons that the paper came back."), code="reason_missing")


def _check_entry(number: str, kinds: Sequence[str]) -> None:
    if not kinds or not set(kinds) <= COOPERATION.keys():
        raise Invalid(
            _("Choose the kinds of cooperation: %(kinds)s.") % {"kinds": _all(COOPERATION)},
            code="word_unknown",
        )
    if not number.strip():
        raise Invalid(
            _("Write the number of the registration, as the list has it."), code="number_missing"
        )


def _all(words: Words) -> str:
    return ", ".join(str(word) for word in words.values())


def _columns(told: Mapping[str, str]) -> dict[str, Any]:
    """Texts of a decision as its columns hold them."""
    longest = {"body": 200, "title": 400, "authorised_signatory": 200, "control_by": 200}
    texts = {name: told.get(name, "").strip()[:most] for name, most in longest.items()}
    return {**texts, "sitting": _sitting(told), "url": _address(told.get("url", ""))}


def _sitting(told: Mapping[str, str]) -> str:
    word = told.get("sitting") or CouncilDecision.Sitting.ORDINARY.value
    if word not in CouncilDecision.Sitting.values:
        raise Invalid(_("A sitting is ordinary or extraordinary. Choose one."), code="word_unknown")
    return word


def _check_ahead(on: dt.date, *days: dt.date | None) -> None:
    for day in days:
        if day is not None and day < on:
            raise Invalid(
                _("%(day)s lies before the decision of %(on)s. Correct one of the two.")
                % {"day": day.isoformat(), "on": on.isoformat()},
                code="term_before_its_act",
            )


def _address(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise Invalid(
            _("“%(url)s” is no address of a page. Write it with https:// in front.")
            % {"url": url[:60]},
            code="url_malformed",
        )
    return url[:1000]
