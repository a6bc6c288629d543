"""Kept days computed anew after a rule was corrected: an explicit act (D8-02)."""

import datetime as dt

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.partnering.models import ProcedureRun, StepDeadline
from mistok.partnering.procedure.deadlines import recomputed
from mistok.partnering.procedure.services.writing import Doing, writing


def recompute_deadlines(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    expected: int | None = None,
    today: dt.date | None = None,
) -> list[StepDeadline]:
    """Compute the days of a run with the rules as they stand now; gives those that changed.

    The old days stay readable.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "recompute_deadlines", Permission.DO_STEP) as audit:
        last = {(row.rule, row.start, row.country): row for row in run.deadlines.all()}
        changed = []
        for row in last.values():
            found = recomputed(row)
            if found is None:
                continue
            changed.append(
                StepDeadline.objects.create(
                    run=run,
                    rule=row.rule,
                    rule_version=found.version,
                    start=row.start,
                    country=row.country,
                    due_on=found.due_on,
                    computed_at=doing.at,
                )
            )
        days = [f"{row.rule} {row.due_on.isoformat()}" for row in changed]
        after = {"version": run.version, "office": office.public_id, "days": days}
        audit.done(after=after)
        return changed
