"""Lines are written, changed and taken out, until a code or the dispatch names them."""

import datetime as dt
from typing import Any, Final

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.aid.consignments.changes import changed_fields
from mistok.aid.consignments.entries import LINE_FIELDS, LineEntry, line_entry_of
from mistok.aid.consignments.kept_promises import commitment_of
from mistok.aid.consignments.line_checking import checked_line
from mistok.aid.consignments.refusing import line_gone, lines_fixed
from mistok.aid.consignments.writing import (
    acting_office,
    check_may_have_lines,
    in_short,
    new_id,
    writing,
)
from mistok.aid.lifecycle import WRITABLE
from mistok.aid.models import AidLine, Consignment
from mistok.kernel.errors import Invalid
from mistok.needs.models import Commitment

MOST_LINES: Final = 500


def write_line(
    *,
    actor: Actor,
    consignment: Consignment,
    entry: LineEntry,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidLine:
    """A further line of goods; `expected` is the version of the consignment that was seen.

    Raises NotAllowed (`offer_answered`), Conflict (`consignment_changed`, `lines_fixed`,
    `no_lines_for_military`), Invalid (`too_many_lines`, `unit_mismatch`), and what
    `line_checking.checked_line` and `kept_promises.commitment_of` raise.
    """
    at = at or timezone.now()
    permission = Permission.WRITE_CONSIGNMENT
    with writing(actor, consignment, "write_line", permission, expected, donor_too=True) as act:
        _check_writable(consignment)
        check_may_have_lines(consignment.regime)
        fields = _checked(actor, consignment, entry, today or timezone.localdate(at))
        last = consignment.lines.aggregate(last=Max("position"))["last"] or 0
        _check_count(consignment)
        line = AidLine.objects.create(
            public_id=new_id("line"), consignment=consignment, position=last + 1, **fields
        )
        _touch(consignment, at)
        act.done(after=_about(actor, consignment, line))
    return line


def change_line(
    *,
    actor: Actor,
    line: AidLine,
    entry: LineEntry,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidLine:
    """Write a line anew. Raises as `write_line`, and Conflict (`line_removed`)."""
    at = at or timezone.now()
    consignment, permission = line.consignment, Permission.WRITE_CONSIGNMENT
    with writing(actor, consignment, "change_line", permission, expected, donor_too=True) as act:
        _check_writable(consignment)
        _check_stands(line)
        before = _fields(line)
        fields = _checked(actor, consignment, entry, today or timezone.localdate(at))
        for name, value in fields.items():
            setattr(line, name, value)
        line.save()
        _touch(consignment, at)
        told = {"fields": changed_fields(before, _fields(line))}
        act.done(after=_about(actor, consignment, line) | told)
    return line


def remove_line(
    *,
    actor: Actor,
    line: AidLine,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> AidLine:
    """Take a line out; its number stays used. Raises as `change_line`."""
    at = at or timezone.now()
    consignment, permission = line.consignment, Permission.WRITE_CONSIGNMENT
    with writing(actor, consignment, "remove_line", permission, expected, donor_too=True) as act:
        _check_writable(consignment)
        _check_stands(line)
        line.removed_at = at
        line.save(update_fields=["removed_at"])
        _touch(consignment, at)
        act.done(after=_about(actor, consignment, line))
    return line


def _checked(
    actor: Actor, consignment: Consignment, entry: LineEntry, today: dt.date
) -> dict[str, Any]:
    fields = checked_line(entry, today)
    return fields | {"commitment": _commitment(actor, consignment, entry, fields["unit"])}


def _commitment(
    actor: Actor, consignment: Consignment, entry: LineEntry, unit: str
) -> Commitment | None:
    """The promise that the line keeps, counted in the same unit."""
    if not entry.commitment:
        return None
    acting = acting_office(actor, consignment)
    giver = acting if acting.pk != consignment.office_id else None
    row = commitment_of(consignment.office, entry.commitment, giver)
    if (row.unit or row.need.unit) != unit:
        raise Invalid(
            _("The commitment is counted in another unit than the line. Take the same unit."),
            code="unit_mismatch",
            details={"unit": unit, "commitment": row.public_id},
        )
    return row


def _check_writable(consignment: Consignment) -> None:
    if consignment.state not in WRITABLE:
        raise lines_fixed(consignment)


def _check_stands(line: AidLine) -> None:
    line.refresh_from_db()
    if line.removed_at is not None:
        raise line_gone(line)


def _check_count(consignment: Consignment) -> None:
    if consignment.lines.filter(removed_at__isnull=True).count() >= MOST_LINES:
        raise Invalid(
            _("A consignment has %(most)s lines at the most. Record a second consignment.")
            % {"most": MOST_LINES},
            code="too_many_lines",
        )


def _fields(line: AidLine) -> dict[str, Any]:
    entry = line_entry_of(line)
    return {name: getattr(entry, name) for name in LINE_FIELDS}


def _touch(consignment: Consignment, at: dt.datetime) -> None:
    consignment.changed_at = at
    consignment.save(update_fields=["changed_at"])


def _about(actor: Actor, consignment: Consignment, line: AidLine) -> dict[str, Any]:
    """For the audit event: which line, and nothing of what it holds."""
    office = acting_office(actor, consignment)
    return in_short(consignment, office) | {"line": line.position}
