"""What is odd about a consignment and is allowed all the same: told before somebody goes on."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mistok.aid.clocks import RETENTION, SOON, blocks, open_deadlines, title_of
from mistok.aid.consignments.checking import barred
from mistok.aid.consignments.flags import (
    flags_of,
    is_medicine,
    is_vehicle,
    may_be_controlled,
)
from mistok.aid.consignments.guards import CODE_PAPERS, code_needed, missing_papers, paper_words
from mistok.aid.consignments.recipients import recipient_of
from mistok.aid.consignments.refusing import told_day
from mistok.aid.consignments.writing import living_lines
from mistok.aid.lifecycle import AFTER_RECEIPT, ENDED, State
from mistok.aid.models import AidLine, Consignment, Recipient
from mistok.kernel.errors import Refusal
from mistok.law.selectors import deadline, rule_on
from mistok.registry.gazetteer import the_world

SHELF_LIFE: Final = "R13"
CHARITY_VEHICLES: Final = "R25"
BEFORE_CODE: Final = frozenset(
    {State.OFFERED, State.ACCEPTED, State.CODE_EXPIRED, State.DECLARATION_EXPIRED}
)
"""States in which the way to a code lies ahead."""
_VIN: Final = re.compile(r"[A-HJ-NPR-Z0-9]{17}", re.ASCII)


def warnings(consignment: Consignment, today: dt.date | None = None) -> list[str]:
    """Whole sentences in the reader's language, the weightiest first; none for what has ended."""
    if consignment.state in ENDED:
        return []
    today = today or timezone.localdate()
    found = [*_of_recipient(consignment, today), *_of_donor(consignment, today)]
    found += _of_days(consignment, today)
    if consignment.state not in AFTER_RECEIPT:
        found += _of_papers(consignment, today)
        for line in living_lines(consignment):
            found += _of_line(line, today)
    return found


def _of_recipient(consignment: Consignment, today: dt.date) -> Iterator[str]:
    """Whether a code can be had at all (D4-14), and what blocks it."""
    if consignment.state not in BEFORE_CODE or not code_needed(consignment, today):
        return
    recipient = recipient_of(consignment.office)
    if recipient is None:
        yield _("The office has no number as recipient of aid here, so no code can be recorded.")
    elif recipient.status != Recipient.Status.ACTIVE:
        yield _("The office stands as “%(standing)s” as recipient of aid: it gets no code.") % {
            "standing": recipient.get_status_display()
        }
    for block in blocks(consignment.office, today):
        yield block.sentence


def _of_donor(consignment: Consignment, today: dt.date) -> Iterator[str]:
    if not consignment.donor_place:
        return
    state = barred(the_world().get(consignment.donor_place).country, today)
    if state is not None:
        yield _("The giver lies in %(country)s. %(ground)s Ask your coordinator first.") % {
            "country": state.name,
            "ground": state.ground,
        }


def _of_days(consignment: Consignment, today: dt.date) -> Iterator[str]:
    """What is due soon, and what is late."""
    last = today + dt.timedelta(days=SOON)
    rows = open_deadlines(consignment).filter(due_on__lt=last).exclude(rule=RETENTION)
    for row in rows.order_by("due_on", "pk"):
        day = row.due_on or today
        left = (day - today).days
        words = {"title": title_of(row), "day": told_day(day), "count": abs(left)}
        if left == 0:
            yield _("“%(title)s” is due today.") % words
        else:
            yield _day_words(left) % words


def _day_words(left: int) -> str:
    """The sentence for a day to come or over; `left` is not 0."""
    if left < 0:
        return ngettext(
            "“%(title)s” was due on %(day)s, %(count)s day ago.",
            "“%(title)s” was due on %(day)s, %(count)s days ago.",
            -left,
        )
    return ngettext(
        "“%(title)s” is due on %(day)s, in %(count)s day.",
        "“%(title)s” is due on %(day)s, in %(count)s days.",
        left,
    )


def _of_papers(consignment: Consignment, today: dt.date) -> Iterator[str]:
    """Papers that the code will ask for, and declarations that ran out."""
    if consignment.state in BEFORE_CODE and code_needed(consignment, today):
        missing = missing_papers(consignment, CODE_PAPERS)
        if missing:
            yield _("Papers that the code asks for are missing: %(papers)s.") % {
                "papers": paper_words(missing)
            }
    living = consignment.declarations.filter(expired_on__isnull=True).values("vehicle")
    expired = consignment.declarations.filter(expired_on__isnull=False, cleared_on__isnull=True)
    for row in expired.exclude(vehicle__in=living):
        yield _(
            "Declaration %(number)s ran out before its vehicle was cleared. Make a new one."
        ) % {"number": row.number}


def _of_line(line: AidLine, today: dt.date) -> Iterator[str]:
    words = {"line": line.position}
    if may_be_controlled(line):
        yield (
            _(
                "Line %(line)s has the code of goods that stand on lists of controlled goods. "
                "Check it, and mark the line if it is one of them."
            )
            % words
        )
    if line.control_list and not line.licence:
        yield _("Line %(line)s holds controlled goods and tells no number of a licence.") % words
    if "excisable" in flags_of(line):
        yield (
            _(
                "Line %(line)s holds excisable goods, which are probably not treated as "
                "humanitarian aid (not verified)."
            )
            % words
        )
    if line.used and line.wear_percent is None:
        yield _("Line %(line)s holds used goods and tells no wear: the code asks for it.") % words
    if is_vehicle(line):
        yield from _of_vehicles(line, today)
    yield from _of_shelf_life(line, today)


def _of_vehicles(line: AidLine, today: dt.date) -> Iterator[str]:
    """The rule for charities as it holds on the day (R25), and numbers that are no VIN."""
    rule = rule_on(CHARITY_VEHICLES, today)
    if rule.last_day is not None:
        lang = get_language() or "en"
        yield _("Line %(line)s holds vehicles. %(title)s: %(effect)s (until %(day)s).") % {
            "line": line.position,
            "title": rule.title(lang),
            "effect": rule.effect(lang),
            "day": told_day(rule.last_day),
        }
    serials = [lot["serial"] for lot in line.lot_details if lot["serial"]]
    if not all(_VIN.fullmatch(serial.upper()) for serial in serials):
        yield _(
            "Line %(line)s: a VIN has 17 letters and digits, without I, O and Q. Check the numbers."
        ) % {"line": line.position}


def _of_shelf_life(line: AidLine, today: dt.date) -> Iterator[str]:
    """Lots that cannot be used any more, and medicines with less than partners ask for (R13)."""
    told = [lot["expires_on"] for lot in line.lot_details if lot["expires_on"]]
    days = [dt.date.fromisoformat(day) for day in told]
    if any(day < today for day in days):
        yield _("Line %(line)s: a lot may no longer be used.") % {"line": line.position}
    elif is_medicine(line) and any(day < _asked_for(today) for day in days):
        yield _(
            "Line %(line)s: medicines whose shelf life is shorter than partners ask for. The "
            "recipient has to say why they are taken."
        ) % {"line": line.position}


def _asked_for(today: dt.date) -> dt.date:
    """The day until which medicines should be usable; today where no rule says more."""
    try:
        return deadline(SHELF_LIFE, today).due_on
    except Refusal:
        return today
