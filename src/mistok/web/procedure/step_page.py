"""The page of one step: where it stands and why, its papers, its record, what can be done now."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.accounts.permissions import ROLE_LABELS, roles_with
from mistok.kernel.errors import NotFound, Refusal
from mistok.law.selectors import rule_on
from mistok.partnering.models import (
    Approval,
    CouncilDecision,
    Evaluation,
    RegistrationRecord,
    ReturnReason,
    StepRecord,
)
from mistok.partnering.procedure.course import course_of, position_of, ref_of
from mistok.partnering.procedure.selectors import papers_for, run_view, scans_for
from mistok.partnering.procedure.services.signing import standing_signatures
from mistok.partnering.procedure.states import StepState
from mistok.partnering.procedure.steps import Doer, Record
from mistok.partnering.procedure.words import COOPERATION, CRITERION_LABELS, DETAILS, PAPERS
from mistok.web.procedure.acting import Act, Mistake, shown
from mistok.web.procedure.cards import PastCard, RuleCard
from mistok.web.procedure.run_page import (
    head_context,
    offices_in,
    rule_card,
    step_cards,
    told_by,
)
from mistok.web.procedure.seats import Seat
from mistok.web.procedure.step_acts import acts_on, offered
from mistok.web.procedure.words import day_words
from mistok.web.words import label_of, lang


def state_of(seat: Seat, side: int, code: str) -> StepState:
    """Where the step stands today. Raises NotFound (`step_unknown`)."""
    states = course_of(seat.run, timezone.localdate()).states
    found = states.get(ref_of(side, code))
    if found is None:
        raise NotFound(
            _("This procedure has no such step. Open the page of the procedure again."),
            code="step_unknown",
        )
    return found


def step_context(
    seat: Seat,
    state: StepState,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> dict[str, Any]:
    """Everything that procedure/step.html shows."""
    today = timezone.localdate()
    view, offices = run_view(seat.run, today), offices_in(seat.run)
    told = next(s for s in view.steps if ref_of(s.position, s.code) == state.ref)
    acts = acts_on(seat, state)
    open_now = [] if seat.run.closed_at else offered(state)
    ours = is_ours(seat, state)
    mine = [name for name in open_now if ours and seat.may(acts[name].right)]
    return {
        **head_context(seat.run),
        "step": step_cards(seat, view, offices, today)[state.ref],
        "told": told,
        "rules": rules_of_step(told.rules),
        "papers": _papers(seat, state),
        "past": past(seat, state, offices),
        "signatures": _signatures(seat, state),
        "acts": shown(acts, mine, typed or {}),
        "mistake": mistake,
        "not_mine": "" if seat.run.closed_at else why_not(acts, open_now, mine, ours),
    }


def is_ours(seat: Seat, state: StepState) -> bool:
    """Whether this office does the step: its own, one of all sides, or one it tells of."""
    position = position_of(state.ref)
    if not position:
        return True
    sides = list(seat.run.sides.all())
    other = state.step.side is Doer.OTHER
    doers = [side for side in sides if (side.position != position) == other]
    return any(side.office in ("", seat.own_office.public_id) for side in doers)


def why_not(acts: Mapping[str, Act], names: list[str], mine: list[str], ours: bool) -> str:
    """Who does the main act, where this person may not."""
    if not names or names[0] in mine:
        return ""
    if not ours:
        return _("The office of the other side does this step. You see here when it has.")
    roles = " / ".join(str(ROLE_LABELS[role]) for role in roles_with(acts[names[0]].right))
    return _("“%(act)s” is for another role in your office: %(roles)s.") % {
        "act": acts[names[0]].title,
        "roles": roles,
    }


def rules_of_step(codes: tuple[str, ...]) -> list[RuleCard]:
    """The rules of law beside the step, as in force today."""
    found = []
    for code in codes:
        try:
            found.append(rule_card(rule_on(code, timezone.localdate())))
        except Refusal:
            continue
    return found


def _papers(seat: Seat, state: StepState) -> list[dict[str, Any]]:
    """The papers that the step asks for, whether they are there, where to make them."""
    mine = {side.position for side in seat.own_sides}
    own = seat.side.position if seat.side else 0
    office = seat.own_office
    side = position_of(state.ref) if position_of(state.ref) in mine else own
    run = seat.run
    there = set(papers_for(run, office).values_list("kind", flat=True))
    there |= set(scans_for(run, office).values_list("kind", flat=True))
    return [
        {
            "title": str(PAPERS[kind]),
            "missing": kind in state.missing,
            "there": kind in there,
            "url": paper_url(run.public_id, kind, side, state.step.code),
            "scan_url": reverse("procedure:scans", args=[run.public_id])
            + f"?kind={kind}&side={side}",
        }
        for kind in state.step.papers
    ]


def paper_url(run: str, kind: str, side: int, step: str = "") -> str:
    """The form of a paper, for one side and step."""
    query = f"?side={side}" + (f"&step={step}" if step else "")
    return reverse("procedure:paper", args=[run, kind]) + query


def past(seat: Seat, state: StepState, offices: Mapping[str, Office]) -> list[PastCard]:
    """What was recorded of the step, the latest first."""
    rows = seat.run.records.filter(position=position_of(state.ref), step=state.step.code)
    return [_past(record, offices) for record in rows.order_by("-pk")]


def _past(record: StepRecord, offices: Mapping[str, Office]) -> PastCard:
    office = offices.get(record.office)
    return PastCard(
        what=str(record.get_what_display()),
        on=day_words(record.on),
        at=day_words(record.at.date()),
        office=office.name if office else "",
        note=record.note,
        details=tuple((label, value) for label, value in details(record) if value),
        told=told_by(record, offices),
    )


def details(record: StepRecord) -> list[tuple[str, str]]:
    """What the record says beside its day, as labels and values."""
    found = [
        (str(DETAILS[name]), str(value)) for name, value in record.data.items() if name in DETAILS
    ]
    if (decision := CouncilDecision.objects.filter(record=record).first()) is not None:
        found = _decision(decision)
    if (approval := Approval.objects.filter(record=record).first()) is not None:
        found = _approval(approval)
    if (entry := RegistrationRecord.objects.filter(record=record).first()) is not None:
        found = _registration(entry)
    if (evaluation := Evaluation.objects.filter(record=record).first()) is not None:
        found = _evaluation(evaluation)
    return found


def _decision(row: CouncilDecision) -> list[tuple[str, str]]:
    return [
        (_("Outcome"), _("adopted") if row.adopted else _("voted down")),
        (_("Number"), row.number),
        (_("Sitting"), str(row.get_sitting_display())),
        (_("Votes: for, against, abstained, did not vote, absent"), row.votes.replace("/", " / ")),
        (_("Members of the council in all"), str(row.total_composition or "")),
        (_("Title of the decision"), row.title),
        (_("Who may sign"), row.authorised_signatory),
        (_("Address of the decision"), row.url),
        (_("Evaluation ordered for"), day_words(row.review_on)),
        (_("End ordered for"), day_words(row.ends_on)),
    ]


def _approval(row: Approval) -> list[tuple[str, str]]:
    rows = ReturnReason.objects.filter(code__in=row.reasons)
    return [
        (_("Answer"), str(row.get_result_display())),
        (_("Number of its act"), row.act_number),
        (_("Kind of its act"), row.act_kind),
        (_("Submitted"), day_words(row.submitted_on)),
        (_("Reasons"), ", ".join(reason.title(lang()) for reason in rows)),
    ]


def _registration(row: RegistrationRecord) -> list[tuple[str, str]]:
    return [
        (_("Number in the list"), row.number),
        (_("Kinds of cooperation"), ", ".join(label_of(COOPERATION, one) for one in row.kinds)),
        (_("Sphere"), row.sphere),
        (_("Duration"), row.duration),
        (_("Valid until"), day_words(row.ends_on)),
    ]


def _evaluation(row: Evaluation) -> list[tuple[str, str]]:
    criteria = [(str(CRITERION_LABELS[name]), text) for name, text in row.criteria.items()]
    return [
        (_("Outcome"), str(row.get_outcome_display())),
        (_("Grounds"), row.grounds),
        *criteria,
    ]


def _signatures(seat: Seat, state: StepState) -> list[dict[str, str]]:
    """Who has signed already, and which side has not."""
    if state.step.record is not Record.SIGNATURES:
        return []
    there = {one.position: one for one in standing_signatures(seat.run)}
    rows = []
    for side in seat.run.sides.all():
        hand = there.get(side.position)
        mode = (_("online") if hand.online else _("in person")) if hand else ""
        rows.append(
            {
                "side": side.shown,
                "person": f"{hand.person}, {hand.post}" if hand else "",
                "on": day_words(hand.date) if hand else "",
                "how": ", ".join(part for part in (mode, hand.place if hand else "") if part),
            }
        )
    return rows
