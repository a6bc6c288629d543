"""The days of an office at one look: what is due, what is late, and what that blocks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from mistok.accounts.models import Office
from mistok.aid.clocks.keeping import NO_REPORT, REPORT, counted, in_force
from mistok.aid.models import AidDeadline, Consignment
from mistok.kernel.deadlines import days_left
from mistok.law.models import Rule
from mistok.law.selectors import version, versions_of
from mistok.law.versions import RuleInForce

SOON: Final = 14
"""A day that is nearer than so many days is soon."""

Standing = Literal["late", "soon", "later", "none", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One day of the board; without `due_on` the state is "none" and `told` says why.

    `standing`: how sure the rule is (`law.models.Rule.Standing`). `blocks`: what cannot be done
    while it is late, as a sentence.
    """

    deadline: AidDeadline
    consignment: Consignment
    rule: str
    title: str
    due_on: dt.date | None
    days_left: int | None
    state: Standing
    blocks: str
    standing: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What cannot be done because of which consignment, since when, as a sentence for people."""

    what: str
    consignment: Consignment
    rule: str
    days_late: int
    sentence: str


def board(
    office: Office, today: dt.date | None = None, *, with_done: bool = False
) -> list[BoardRow]:
    """The days of an office's consignments, the most urgent first, those without a day last.

    `with_done`: also what is done, at the end.
    """
    today = today or timezone.localdate()
    rows = standing_deadlines(office)
    if not with_done:
        rows = rows.filter(done_on__isnull=True)
    late = {block.consignment.pk for block in blocks(office, today)}
    rules = _rules(rows)
    found = [_row(one, rules[one.pk], today, one.consignment_id in late) for one in rows]
    return sorted(found, key=_urgency)


def blocks(office: Office, today: dt.date | None = None) -> list[Block]:
    """What an office may not do on a day because reports are late, the latest first (R06).

    A report that was filed after that day was late on it.
    """
    today = today or timezone.localdate()
    if not in_force(NO_REPORT, today):
        return []
    not_filed = Q(done_on__isnull=True) | Q(done_on__gt=today)
    rows = standing_deadlines(office).filter(not_filed, rule=REPORT, due_on__lt=today)
    found: dict[int, Block] = {}
    for row in rows.order_by("due_on", "pk"):
        late = -days_left(row.due_on or today, today)
        found.setdefault(row.consignment_id, _block(row.consignment, row.consignment.title, late))
    return list(found.values())


def report_late(name: str, days: int) -> str:
    """The sentence of a block: no new declaration, since the report for what is late by how much.

    `name`: the title for who reads the consignment; its public id where the sentence is kept.
    """
    return ngettext(
        "No new declaration: report for %(name)s is %(count)s day late.",
        "No new declaration: report for %(name)s is %(count)s days late.",
        days,
    ) % {"name": name, "count": days}


def standing_deadlines(office: Office) -> QuerySet[AidDeadline]:
    """The days of all consignments that an office gets, without those that were replaced."""
    rows = AidDeadline.objects.filter(consignment__office=office, corrected_as__isnull=True)
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return ordered.select_related("consignment__office", "declaration")


def rule_of(row: AidDeadline) -> RuleInForce:
    """The rule of a kept day, in the version that it was computed with, else the newest."""
    return version(row.rule_version) if row.rule_version else versions_of(row.rule)[0]


def title_of(row: AidDeadline) -> str:
    """What the rule of a kept day is about, in the language that is on."""
    return rule_of(row).title(get_language() or "en")


def _rules(rows: Iterable[AidDeadline]) -> dict[int, RuleInForce]:
    """The rule of each row; every version is read once."""
    known: dict[tuple[str, str], RuleInForce] = {}
    found = {}
    for row in rows:
        key = (row.rule, row.rule_version)
        if key not in known:
            known[key] = rule_of(row)
        found[row.pk] = known[key]
    return found


def _row(row: AidDeadline, rule: RuleInForce, today: dt.date, blocking: bool) -> BoardRow:
    left = None if row.due_on is None else days_left(row.due_on, today)
    state = _state(row, rule, left)
    blocks_now = state == "late" and row.rule == REPORT and blocking
    return BoardRow(
        deadline=row,
        consignment=row.consignment,
        rule=row.rule,
        title=rule.title(get_language() or "en"),
        due_on=row.due_on,
        days_left=left,
        state=state,
        blocks=report_late(row.consignment.title, -(left or 0)) if blocks_now else "",
        standing=rule.standing,
        told="" if row.due_on else counted(row.rule, row.start).told,
    )


def _state(row: AidDeadline, rule: RuleInForce, left: int | None) -> Standing:
    if row.done_on is not None:
        return "done"
    if left is None:
        return "none"
    if left < 0:
        # Nothing is due by a day before which something may not happen.
        return "done" if rule.tells == Rule.Tells.EARLIEST else "late"
    return "soon" if left < SOON else "later"


def _urgency(row: BoardRow) -> tuple[bool, bool, dt.date, int]:
    day = row.due_on or dt.date.max
    return (row.state == "done", row.due_on is None, day, row.deadline.pk)


def _block(consignment: Consignment, name: str, late: int) -> Block:
    return Block(
        what="declaration",
        consignment=consignment,
        rule=NO_REPORT,
        days_late=late,
        sentence=report_late(name, late),
    )
