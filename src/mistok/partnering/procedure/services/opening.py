"""A procedure opened, joined, widened by a side, closed."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.kernel.ids import public_id
from mistok.partnering.models import ProcedureRun, RunSide
from mistok.partnering.procedure.course import course_of, position_of, version_of
from mistok.partnering.procedure.graph import SHARED, Ref
from mistok.partnering.procedure.notices import former_office, tell_partners
from mistok.partnering.procedure.order import with_rule
from mistok.partnering.procedure.partners import (
    check_kind,
    check_no_other,
    check_partners,
    check_tie,
    parties_of,
    places_of,
)
from mistok.partnering.procedure.services.writing import Doing, writing
from mistok.partnering.procedure.states import State
from mistok.partnering.procedure.steps import Aim
from mistok.partnering.procedure.telling import Word, tell_registry
from mistok.partnering.procedure.templates import country_template, template
from mistok.provenance.values import TieEvent
from mistok.registry.guarding import Counterpart
from mistok.registry.life import life_between
from mistok.registry.lifecycle import BEFORE_SIGNING
from mistok.registry.models import Municipality

MOST_SIDES = 12


def open_run(
    *,
    actor: Actor,
    office: Office,
    kind: str = "",
    partners: Sequence[str] = (),
    aim: Aim = Aim.TIE,
    tie: str = "",
    options: Mapping[str, str] | None = None,
    side_options: Mapping[str, str] | None = None,
    counterpart: Counterpart = Counterpart.AUTHORITY,
    today: dt.date | None = None,
) -> ProcedureRun:
    """Begin a procedure: to a new tie (`kind`, `partners`), or to an end of `tie`.

    `partners` are keys of the other municipalities; there may be none yet while a partner is
    sought. Raises NotAllowed (no right; `partner_barred` for an aggressor state), Invalid
    (`out_of_scope_itc` for a business, `kind_unknown`, `option_unknown`, `too_many_sides`),
    NotFound for an unknown key or tie, Conflict (`run_open_already`, `tie_not_in_force`). An
    office that sat in a former procedure of the tie sits here at once and is told by mail. What
    only warns, as of Belarus, is kept in the audit event; `check_partners` tells it beforehand.
    """
    today = today or timezone.localdate()
    with audited(actor, "open_run", office.public_id) as audit:
        check_can(actor, Permission.OPEN_PROCEDURE, office=office)
        keys = parties_of(tie, office) if aim is not Aim.TIE else [office.place, *partners]
        sides = places_of(keys, most=MOST_SIDES)
        warnings: list[str] = []
        if aim is Aim.TIE:
            check_kind(kind, options or {})
            warnings = check_partners(sides, counterpart, today)
        else:
            kind = check_tie(tie)
        check_no_other(aim, sides)
        run = _made(office, aim, kind, tie, options or {})
        _seat_all(run, office, sides, side_options)
        tell_partners(run, today)
        audit.done(about=run.public_id, after=_opened(run) | {"warnings": warnings})
        return run


def join_run(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side_options: Mapping[str, str] | None = None,
    expected: int | None = None,
    today: dt.date | None = None,
) -> RunSide:
    """The office of a municipality that was named takes its side over from those who told for it.

    Raises NotAllowed (`not_invited`) for a municipality that takes no part, Conflict
    (`side_taken`) when an office holds the side.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "join_run") as audit:
        check_can(actor, Permission.OPEN_PROCEDURE, office=office)
        side = run.sides.filter(place=office.place).first()
        if side is None:
            raise NotAllowed(
                _("%(office)s takes no part in this procedure. Ask its sides to name you.")
                % {"office": office.name},
                code="not_invited",
            )
        if side.office:
            raise Conflict(
                _("An office of %(side)s takes part already. Work there together.")
                % {"side": side.shown},
                code="side_taken",
            )
        side.office = office.public_id
        side.joined_at = doing.at
        if side_options:
            side.options = _options(doing, side, side_options)
        side.save(update_fields=["office", "joined_at", "options"])
        audit.done(
            after={"version": run.version, "office": office.public_id, "side": side.position}
        )
        return side


def add_side(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    partner: str,
    expected: int | None = None,
    today: dt.date | None = None,
) -> RunSide:
    """Name one more partner, as long as the sides have done nothing together.

    Raises Conflict (`run_under_way`, `run_open_already`) and as `open_run`.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "add_side", Permission.OPEN_PROCEDURE) as audit:
        course = course_of(run, doing.today)
        begun = [ref for ref in course.graph.order if ref.side == SHARED and course.touched(ref)]
        if begun or run.aim != Aim.TIE:
            raise Conflict(
                _("The sides are under way together. Open a new procedure with all of them."),
                code="run_under_way",
            )
        sides = places_of([*_keys(run), partner], most=MOST_SIDES)
        check_partners(sides, Counterpart.AUTHORITY, doing.today)
        check_no_other(Aim.TIE, sides)
        side = _seat(run, len(sides), sides[-1], "", None)
        told = {"version": run.version, "office": office.public_id, "partner": side.place}
        audit.done(after=told)
        return side


def close_run(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    on: dt.date,
    reason: str,
    expected: int | None = None,
    today: dt.date | None = None,
) -> ProcedureRun:
    """End a procedure, because it is finished or given up; what was done stays readable.

    A tie that was never signed and that the registry knows is told as given up. Raises Invalid
    without a reason, NotAllowed (`not_your_procedure`) for the end that another side decides.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "close_run", Permission.DO_STEP) as audit:
        if not reason.strip():
            raise Invalid(
                _("Say why the procedure is closed: the reason is kept with it."),
                code="reason_missing",
            )
        _check_own(doing)
        told = _give_up(doing, on)
        run.closed_at, run.closed_reason = doing.at, reason.strip()[:400]
        run.save(update_fields=["closed_at", "closed_reason"])
        after = {"version": run.version, "office": office.public_id, "on": on.isoformat(), **told}
        audit.done(after=after)
        return run


def _check_own(doing: Doing) -> None:
    """An end that one side decides is closed by that side."""
    deciding = doing.run.sides.filter(initiator=True)
    if not deciding.filter(office=doing.office.public_id).exists():
        raise NotAllowed(
            _("%(side)s decides this alone, so it closes the procedure too. Write to its office.")
            % {"side": ", ".join(deciding.values_list("name", flat=True))},
            code="not_your_procedure",
        )


def _give_up(doing: Doing, on: dt.date) -> dict[str, object]:
    run = doing.run
    course = course_of(run, doing.today)
    made = [Ref(SHARED, "signing"), Ref(SHARED, "declaration")]
    if run.aim != Aim.TIE or not run.tie:
        return {}
    if any(course.states[ref].state is State.DONE for ref in made if ref in course.states):
        return {}
    if life_between(_keys(run)).known.state not in BEFORE_SIGNING:
        # Only the further paper is given up: the tie itself stands as it did.
        return {}
    event = TieEvent(event="abandoned", kind=run.kind, date=on.isoformat())
    word = Word(event, tuple(_keys(run)))
    return tell_registry(actor=doing.actor, office=doing.office, word=word, today=doing.today)


def _made(
    office: Office, aim: Aim, kind: str, tie: str, options: Mapping[str, str]
) -> ProcedureRun:
    template("shared").chosen(options)
    return ProcedureRun.objects.create(
        public_id=public_id("procedure", secrets.token_hex(16)),
        aim=aim,
        kind=kind,
        tie=tie if aim is not Aim.TIE else "",
        options=dict(options),
        opened_by=office.public_id,
        opened_at=timezone.now(),
    )


def _opened(run: ProcedureRun) -> dict[str, object]:
    return {
        "version": run.version,
        "aim": run.aim,
        "kind": run.kind,
        "sides": _keys(run),
        "office": run.opened_by,
    }


def _seat_all(
    run: ProcedureRun,
    office: Office,
    sides: Sequence[Municipality],
    options: Mapping[str, str] | None,
) -> None:
    for position, place in enumerate(sides, 1):
        own = place.key == office.place
        sits = office.public_id if own else former_office(run.tie, place.key)
        _seat(run, position, place, sits, options if own else None)


def _seat(
    run: ProcedureRun,
    position: int,
    place: Municipality,
    office: str,
    options: Mapping[str, str] | None,
) -> RunSide:
    begun = list(run.sides.all())
    found = country_template(place.country, version_of(begun) if begun else "")
    chosen = with_rule(found, options or {}, timezone.localdate())
    return RunSide.objects.create(
        run=run,
        position=position,
        place=place.key,
        country=place.country,
        name=place.name,
        office=office,
        initiator=run.aim == Aim.TIE or office == run.opened_by,
        template=found.code,
        template_version=found.version,
        options=chosen,
        joined_at=timezone.now(),
    )


def _options(doing: Doing, side: RunSide, options: Mapping[str, str]) -> dict[str, str]:
    """Choices of a side, as long as nothing was done on its track."""
    found = template(side.template, side.template_version)
    chosen = with_rule(found, options, doing.today)
    course = course_of(doing.run, doing.today)
    if any(position_of(ref) == side.position and course.touched(ref) for ref in course.graph.order):
        raise Conflict(
            _("Steps of %(side)s were done already, so its choices stand.") % {"side": side.shown},
            code="options_fixed",
        )
    return chosen


def _keys(run: ProcedureRun) -> list[str]:
    return list(run.sides.values_list("place", flat=True))
