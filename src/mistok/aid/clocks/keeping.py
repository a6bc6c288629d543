"""Days that rules of law give to a consignment: computed once, kept with the version (D8-02).

A rule whose value nobody knows, or whose start nobody knows, gives no day but a sentence.
"""

import datetime as dt
import secrets
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mistok.aid.models import AidDeadline, Consignment, Declaration
from mistok.kernel.deadlines import DAY, Unit, due_on
from mistok.kernel.errors import Refusal
from mistok.kernel.ids import public_id
from mistok.law.selectors import deadline, rule_on
from mistok.law.versions import RuleInForce

CODE: Final = "R03"
IMPORT: Final = "R04"
REPORT: Final = "R05"
NO_REPORT: Final = "R06"
REDISTRIBUTION: Final = "R07"
MEDICAL_REDISTRIBUTION: Final = "R07-M"
COPIES: Final = "R08"
PUBLICATION_OF_PROPERTY: Final = "R09"
TRANSPORT: Final = "R18"
MONTHLY: Final = "R20"
RETENTION: Final = "R21"

ANSWERED_TOO: Final = {REPORT: (REPORT, MONTHLY)}
"""A report that is filed answers the monthly one as well."""
LONGEST_TOLD: Final = 400


class Counted(NamedTuple):
    """What the law says of a start: a day, or why there is none."""

    due_on: dt.date | None
    version: str
    country: str
    told: str


def in_force(code: str, day: dt.date) -> bool:
    """Whether a rule holds on a day; one that nobody has written down does not."""
    try:
        rule_on(code, day)
    except Refusal:
        return False
    return True


def counted(rule: str, start: dt.date) -> Counted:
    """The day that a rule gives for a start, or a sentence in the language that is on."""
    try:
        if rule == MONTHLY:
            return _monthly(rule_on(rule, start), start)
        if rule == TRANSPORT:
            return _end_unknown(rule_on(rule, start))
        found = deadline(rule, start)
    except Refusal as refusal:
        return Counted(None, "", "", str(refusal)[:LONGEST_TOLD])
    return Counted(found.due_on, found.version, found.country, "")


def start_clock(
    consignment: Consignment,
    rule: str,
    start: dt.date,
    declaration: Declaration | None = None,
    at: dt.datetime | None = None,
) -> AidDeadline:
    """Keep the day that a rule gives for an event, inside the caller's transaction.

    The same event again gives the day that is kept already, as it was corrected since.
    """
    same = AidDeadline.objects.filter(
        consignment=consignment, rule=rule, start=start, declaration=declaration
    )
    kept = same.order_by("-pk").first()
    if kept is not None:
        return kept
    with override("en"):
        found = counted(rule, start)
    return AidDeadline.objects.create(
        public_id=new_id(),
        consignment=consignment,
        declaration=declaration,
        rule=rule,
        rule_version=found.version,
        start=start,
        country=found.country,
        due_on=found.due_on,
        told=found.told,
        computed_at=at or timezone.now(),
    )


def finish_clock(
    consignment: Consignment,
    rule: str,
    day: dt.date,
    declaration: Declaration | None = None,
) -> int:
    """What was due is done; inside the caller's transaction. Gives how many days that ended.

    Without `declaration` those of all declarations.
    """
    rows = open_deadlines(consignment).filter(rule__in=ANSWERED_TOO.get(rule, (rule,)))
    if declaration is not None:
        rows = rows.filter(declaration=declaration)
    return rows.update(done_on=day)


def end_clocks(consignment: Consignment, day: dt.date) -> int:
    """Nothing is awaited of the consignment any more; inside the caller's transaction."""
    return open_deadlines(consignment).exclude(rule=RETENTION).update(done_on=day)


def deadlines_of(consignment: Consignment) -> QuerySet[AidDeadline]:
    """The days of a consignment as they stand: what a correction replaced is left out."""
    return AidDeadline.objects.filter(consignment=consignment, corrected_as__isnull=True)


def open_deadlines(consignment: Consignment) -> QuerySet[AidDeadline]:
    """Those of which nobody has said that they are done."""
    # By numbers: a table that is joined cannot be updated.
    rows = deadlines_of(consignment).filter(done_on__isnull=True)
    return AidDeadline.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))


def new_id() -> str:
    """A public id by chance."""
    return public_id("deadline", secrets.token_hex(16))


def _monthly(rule: RuleInForce, start: dt.date) -> Counted:
    """So many days after the end of the start's month: the rule names a day and is no term."""
    if rule.value is None:
        return Counted(None, rule.version, rule.country, _("Nobody has told the day."))
    end = due_on(start.replace(day=1), 1, Unit.MONTHS) - DAY
    return Counted(due_on(end, rule.value, Unit.CALENDAR), rule.version, rule.country, "")


def _end_unknown(rule: RuleInForce) -> Counted:
    told = _(
        "Public transport may be passed on while martial law lasts and %(months)s months after "
        "it; when martial law ends is not known."
    ) % {"months": rule.value}
    return Counted(None, rule.version, rule.country, told)
