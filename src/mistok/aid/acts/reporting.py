"""Reports on presence and distribution: what came, who got it, what is left (F4-19, F4-20)."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid import clocks, ledger
from mistok.aid.acts.distributing import living_distributions
from mistok.aid.acts.full_disk import told_when_full
from mistok.aid.acts.refusing import (
    check_open,
    not_all_distributed,
    report_number_taken,
)
from mistok.aid.acts.standing import accepted_on
from mistok.aid.consignments.passing import move
from mistok.aid.consignments.refusing import check_past
from mistok.aid.consignments.writing import hold, in_short
from mistok.aid.lifecycle import AFTER_RECEIPT, ENDED, MOVING, State
from mistok.aid.models import AidLine, AidReport, Consignment
from mistok.kernel.errors import Invalid, Refusal
from mistok.kernel.ids import public_id

LONGEST_NUMBER: Final = 60
REPORT: Final = "R05"
VERB: Final = "file_aid_report"
_TOLD: Final = (
    "declared",
    "received",
    "damaged",
    "shortage",
    "surplus",
    "issued",
    "redistributed",
    "returned",
    "written_off",
    "lost",
    "on_hand",
)
"""What a report tells of a line, by the ledger's words."""


def file_report(
    *,
    actor: Actor,
    consignment: Consignment,
    number: str,
    filed_on: dt.date,
    final: bool,
    rows: Sequence[Mapping[str, Any]] | None = None,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidReport:
    """Keep that a report was filed; the same number with the same words gives the same report.

    Any report ends the days of R05, since it tells of what is present too; a `final` one takes a
    distributed consignment to `reported`. Without `rows` it tells what `report_rows` gives. Needs
    FILE_AID_REPORT. Raises what `_check` raises, NotAllowed, Conflict (`consignment_changed`,
    `report_number_taken`), Invalid (`text_missing`, `text_too_long`), Unavailable (`disk_full`).
    """
    at = at or timezone.now()
    try:
        with told_when_full(), audited(actor, VERB, consignment.public_id) as event:
            check_can(actor, Permission.FILE_AID_REPORT, office=consignment.office)
            hold(consignment, None)
            told = words(number, what=_("The number of the report"), most=LONGEST_NUMBER)
            before = _filed_before(consignment, told, filed_on, final, rows)
            if before is not None:
                return before
            hold(consignment, expected, steps=1)
            _check(consignment, filed_on, final, today or timezone.localdate(at))
            report = AidReport(number=told, filed_on=filed_on, final=final, by=str(actor), at=at)
            _keep(report, consignment, rows)
            _go_on(report, actor)
            event.done(after=in_short(consignment) | {"report": report.public_id, "final": final})
    except Refusal:
        consignment.refresh_from_db()
        raise
    return report


def _keep(
    report: AidReport, consignment: Consignment, rows: Sequence[Mapping[str, Any]] | None
) -> None:
    report.public_id = public_id("aidreport", secrets.token_hex(16))
    report.consignment = consignment
    report.rows = report_rows(consignment) if rows is None else list(rows)
    report.save()


def _go_on(report: AidReport, actor: Actor) -> None:
    """End the days of the law; after the last report nothing is left to tell."""
    consignment = report.consignment
    clocks.finish_clock(consignment, REPORT, report.filed_on)
    if report.final and consignment.state == State.DISTRIBUTED:
        day = max(report.filed_on, consignment.state_since)
        move(consignment=consignment, state=State.REPORTED, day=day, by=actor, at=report.at)


def report_rows(consignment: Consignment) -> list[dict[str, Any]]:
    """What a report tells today: each line by the ledger, and to whom it was given out."""
    given = defaultdict(list)
    for row in living_distributions(consignment):
        told = {
            "day": row.day.isoformat(),
            "settlement": row.settlement,
            "category": row.category,
            "amount": row.amount,
            "households": row.households,
            "persons": row.persons,
        }
        given[row.line_id].append(told)
    lines = list(consignment.lines.filter(removed_at__isnull=True).order_by("position"))
    sums = ledger.sums_of(lines)
    return [_line_row(line, sums[line.pk], given[line.pk]) for line in lines]


def _line_row(
    line: AidLine, sums: ledger.LineSums, given: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    amounts = {name: getattr(sums, name) for name in _TOLD}
    return {"line": line.public_id, "unit": line.unit} | amounts | {"given": list(given)}


def _filed_before(
    consignment: Consignment,
    number: str,
    filed_on: dt.date,
    final: bool,
    rows: Sequence[Mapping[str, Any]] | None,
) -> AidReport | None:
    """The report that has this number already. Raises Conflict for another under it."""
    before = consignment.reports.filter(number=number).first()
    if before is None:
        return None
    same = rows is None or list(rows) == before.rows
    if (before.filed_on, before.final) != (filed_on, final) or not same:
        raise report_number_taken(number)
    return before


def _check(consignment: Consignment, filed_on: dt.date, final: bool, today: dt.date) -> None:
    """Raise Conflict (`consignment_closed`, `wrong_state`, `not_all_distributed`) or Invalid
    (`day_to_come`, `before_acceptance`) where no such report can be filed now."""
    check_open(consignment, *(AFTER_RECEIPT | MOVING) - ENDED)
    check_past(filed_on, today)
    accepted = accepted_on(consignment)
    if accepted is None or filed_on < accepted:
        raise Invalid(
            _("A report tells of what was accepted. Write a day from the acceptance on."),
            code="before_acceptance",
        )
    if final and consignment.state not in (State.DISTRIBUTED, State.REPORTED):
        raise not_all_distributed()
