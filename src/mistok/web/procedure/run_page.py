"""The page of one procedure: both sides' tracks, who is next, what blocks, what can be done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.law.models import Rule
from mistok.law.sentences import rule_sentence
from mistok.law.versions import RuleInForce
from mistok.partnering.models import ProcedureRun, RunSide, StepRecord
from mistok.partnering.procedure.course import ref_of, standing_records
from mistok.partnering.procedure.graph import Ref
from mistok.partnering.procedure.outcomes import what_follows
from mistok.partnering.procedure.selectors import RunView, StepView, rules_of, run_view
from mistok.partnering.procedure.states import State
from mistok.partnering.procedure.steps import Aim
from mistok.partnering.procedure.templates import template
from mistok.partnering.procedure.words import AIMS, PHASES
from mistok.registry.models import Tie
from mistok.web.procedure.cards import Cell, PhaseRow, RuleCard, SideCard, StepCard
from mistok.web.procedure.picture import picture_of
from mistok.web.procedure.seats import Seat, decided_alone
from mistok.web.procedure.words import badge, day_words
from mistok.web.registry.present import country_name, place_url, tie_url
from mistok.web.words import kind_label, lang

VERIFIED = frozenset({Rule.Standing.VERIFIED, Rule.Standing.VERIFIED_PRACTICE})


def run_context(seat: Seat) -> dict[str, Any]:
    """Everything that procedure/run.html shows but its forms."""
    run, today = seat.run, timezone.localdate()
    view = run_view(run, today)
    offices = offices_in(run)
    steps = step_cards(seat, view, offices, today)
    phases = phase_rows(view, steps)
    following = [steps[_ref(step)] for step in view.next_steps]
    must = [step for step in following if not step.optional]
    return {
        **head_context(run),
        "seat": seat,
        "sides": [
            side_card(seat, track.side, offices, track.newer_template)
            for track in view.tracks
            if track.side
        ],
        "phases": phases,
        "picture": picture_of(phases),
        "next_must": must,
        "follows": "" if run.closed_at else follows(run),
        "alone": decided_alone(seat),
        "next_may": [step for step in following if step.optional],
        "rules": [rule_card(rule) for rule in rules_of(view, today).values()],
        "waits": [step for step in must if step.late],
    }


def follows(run: ProcedureRun) -> str:
    """What the evaluation asks for that no step of this run does."""
    records = standing_records(run.records.all()).values()
    found = [str(record.data["outcome"]) for record in records if "outcome" in record.data]
    return what_follows(found[-1]) if found else ""


def head_context(run: ProcedureRun) -> dict[str, Any]:
    """What the head of every page of a run shows."""
    public = bool(run.tie) and Tie.objects.public().filter(public_id=run.tie).exists()
    return {
        "run": run,
        "run_url": reverse("procedure:run", args=[run.public_id]),
        "names": [side.shown for side in run.sides.all()],
        "aim": str(AIMS[run.aim]),
        "makes": run.aim == Aim.TIE,
        "kind": kind_label(run.kind),
        "opened": day_words(run.opened_at.date()),
        "closed": day_words(run.closed_at.date()) if run.closed_at else "",
        "tie_url": tie_url(run.tie) if public else "",
    }


def offices_in(run: ProcedureRun) -> dict[str, Office]:
    """The offices of the sides by public id."""
    taken = [side.office for side in run.sides.all() if side.office]
    return {office.public_id: office for office in Office.objects.filter(public_id__in=taken)}


def step_cards(
    seat: Seat, view: RunView, offices: Mapping[str, Office], today: dt.date
) -> dict[Ref, StepCard]:
    """Every step as a card."""
    records = standing_records(seat.run.records.all())
    names = {side.position: side.shown for side in seat.run.sides.all()}
    return {
        _ref(step): _card(seat, step, names, records.get(_ref(step)), offices)
        for step in view.steps
    }


def _ref(step: StepView) -> Ref:
    return ref_of(step.position, step.code)


def _card(
    seat: Seat,
    step: StepView,
    names: Mapping[int, str],
    record: StepRecord | None,
    offices: Mapping[str, Office],
) -> StepCard:
    arguments = [seat.run.public_id, step.position, step.code]
    over = step.state in (State.DONE, State.SKIPPED, State.NOT_NEEDED)
    return StepCard(
        url=reverse("procedure:step", args=arguments) if seat.office else "",
        title=step.title,
        badge=badge(step.state),
        phase=step.phase,
        doer=step.doer,
        optional=step.optional,
        on=day_words(step.on),
        due="" if over else day_words(step.due_on),
        due_why="" if over else step.due_why,
        rule=step.due_rule,
        late=step.overdue,
        planned=day_words(step.planned),
        told_by=told_by(record, offices) if record else "",
        blocks=step.blocks,
        missing=step.missing_papers,
        whose=names.get(step.position) or _("all sides together"),
    )


def told_by(record: StepRecord, offices: Mapping[str, Office]) -> str:
    """Who told it, where that is not the side itself."""
    if not record.told:
        return ""
    office = offices.get(record.office)
    return office.name if office else _("another side")


def phase_rows(view: RunView, steps: Mapping[Ref, StepCard]) -> list[PhaseRow]:
    """Phases in their order; those without any step are left out."""
    rows: list[PhaseRow] = []
    for title in dict.fromkeys(str(words) for words in PHASES.values()):
        together = _in_phase(view.shared.steps, title, steps)
        cells = tuple(
            Cell(name=track.name, steps=_in_phase(track.steps, title, steps))
            for track in view.tracks
        )
        if together or any(cell.steps for cell in cells):
            rows.append(PhaseRow(number=len(rows) + 1, title=title, cells=cells, together=together))
    return rows


def _in_phase(
    steps: Sequence[StepView], phase: str, cards: Mapping[Ref, StepCard]
) -> tuple[StepCard, ...]:
    return tuple(cards[_ref(step)] for step in steps if step.phase == phase)


def side_card(seat: Seat, side: RunSide, offices: Mapping[str, Office], newer: bool) -> SideCard:
    """A side with its office and the contacts that a coordinator has checked."""
    office = offices.get(side.office)
    channels = (
        (office.callback_phone, office.official_email, office.official_site) if office else ()
    )
    found = template(side.template, side.template_version)
    return SideCard(
        position=side.position,
        name=side.shown,
        country=country_name(side.country, lang()),
        url=place_url(side.place),
        office=office.name if office else "",
        own=seat.side is not None and seat.side.pk == side.pk,
        way=found.titles.get(lang()) or found.titles["en"],
        contacts=tuple(one for one in channels if one),
        newer_template=newer,
    )


def rule_card(rule: RuleInForce) -> RuleCard:
    """A rule with its ground and how sure we are of it."""
    return RuleCard(
        code=rule.code,
        sentence=rule_sentence(rule),
        standing=str(Rule.Standing(rule.standing).label),
        verified=rule.standing in VERIFIED,
        url=rule.url,
    )
