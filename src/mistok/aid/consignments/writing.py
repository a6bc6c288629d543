"""A consignment is held while somebody writes to it, and changed as a whole."""

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.aid.consignments.changes import changed_fields, stale
from mistok.aid.consignments.checking import checked
from mistok.aid.consignments.entries import FIELDS, ConsignmentEntry
from mistok.aid.consignments.refusing import check_state
from mistok.aid.lifecycle import ENDED, WITHOUT_LINES, WRITABLE, State
from mistok.aid.models import AidLine, Consignment
from mistok.kernel.errors import Conflict, NotAllowed, Refusal
from mistok.kernel.ids import public_id

FIXED_LATER = ("regime", "abroad", "donor_place")
"""What the code and the papers rest on."""


@contextmanager
def writing(
    actor: Actor,
    consignment: Consignment,
    verb: str,
    permission: Permission,
    expected: int | None,
    *,
    donor_too: bool = False,
    steps: int = 1,
) -> Iterator[Act]:
    """One transaction in which the consignment gets its next version; a refusal is audited.

    `donor_too`: the giving office may do it too while the consignment is only offered. The row is
    held until the end; after a refusal `consignment` is again as it stands. Raises NotAllowed and
    Conflict (`consignment_changed`, told with what changed).
    """
    try:
        with audited(actor, verb, consignment.public_id) as act:
            _check_may(actor, consignment, permission, donor_too)
            hold(consignment, expected, steps)
            if donor_too:
                # It may have been accepted since the row was read.
                _check_may(actor, consignment, permission, donor_too)
            yield act
    except Refusal:
        consignment.refresh_from_db()
        raise


def hold(consignment: Consignment, expected: int | None, steps: int = 0) -> None:
    """Hold the row until the transaction ends, at the version that was seen; read it again.

    `steps`: by how much the version grows. Raises Conflict (`consignment_changed`).
    """
    rows = Consignment.objects.filter(pk=consignment.pk)
    if expected is not None:
        rows = rows.filter(version=expected)
    held = rows.update(version=F("version") + steps)
    consignment.refresh_from_db()
    if not held:
        raise stale(consignment, expected or 0)


def acting_office(actor: Actor, consignment: Consignment) -> Office:
    """In whose name she writes: the receiving office, or the giver while it only offers."""
    giver = consignment.donor_office
    if giver is None or can(actor, Permission.WRITE_CONSIGNMENT, office=consignment.office):
        return consignment.office
    return giver


def change_consignment(
    *,
    actor: Actor,
    consignment: Consignment,
    entry: ConsignmentEntry,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Consignment:
    """Write anew what is told of a consignment as a whole.

    What comes from whom under which regime stays once a code or the dispatch names it; who gives
    stays as soon as the giver's own office has offered it. Raises NotAllowed, Conflict
    (`consignment_changed`, `wrong_state`, `fixed_by_papers`, `donor_fixed`,
    `no_lines_for_military`), and what `checked` raises.
    """
    at = at or timezone.now()
    verb, permission = "change_consignment", Permission.WRITE_CONSIGNMENT
    with writing(actor, consignment, verb, permission, expected, donor_too=True) as act:
        check_state(consignment, *(state for state in State if state not in ENDED))
        day = consignment.passages.earliest("pk").day
        fields = checked(entry, consignment.office, day)
        if consignment.donor_office and fields["donor_place"] == consignment.donor_place:
            fields["donor_office"] = consignment.donor_office
        before = {name: getattr(consignment, name) for name in fields}
        changed = changed_fields(before, fields)
        _check_fixed(consignment, changed)
        _check_military(consignment, fields)
        for name, value in fields.items():
            setattr(consignment, name, value)
        consignment.changed_at = at
        consignment.save()
        told = {"fields": [name for name in changed if name in FIELDS]}
        act.done(after=in_short(consignment, acting_office(actor, consignment)) | told)
    return consignment


def in_short(consignment: Consignment, office: Office | None = None) -> dict[str, Any]:
    """The consignment for an audit event: version, state, in whose name; nothing of what comes."""
    return {
        "version": consignment.version,
        "office": (office or consignment.office).public_id,
        "state": str(consignment.state),
        "regime": consignment.regime,
    }


def new_id(prefix: str) -> str:
    """A public id by chance."""
    return public_id(prefix, secrets.token_hex(16))


def check_may_have_lines(regime: str) -> None:
    """Raise Conflict (`no_lines_for_military`): of military aid nothing is told (D4-02)."""
    if regime in WITHOUT_LINES:
        raise Conflict(
            _(
                "Military aid is recorded without lines: this platform keeps nothing of what it "
                "holds. Take the lines out, or choose another regime."
            ),
            code="no_lines_for_military",
        )


def living_lines(consignment: Consignment) -> list[AidLine]:
    """The lines that stand, in their order."""
    return list(consignment.lines.filter(removed_at__isnull=True).order_by("position"))


def _check_may(
    actor: Actor, consignment: Consignment, permission: Permission, donor_too: bool
) -> None:
    """The receiving office writes; its giver too, until the offer is accepted."""
    giver = consignment.donor_office
    if not donor_too or giver is None or can(actor, permission, office=consignment.office):
        check_can(actor, permission, office=consignment.office)
        return
    check_can(actor, Permission.GIVE_AID, office=giver)
    if consignment.state != State.OFFERED:
        raise NotAllowed(
            _(
                "The receiving office has answered this offer, so it alone writes the consignment "
                "now. Tell it what has changed."
            ),
            code="offer_answered",
        )


def _check_fixed(consignment: Consignment, changed: list[str]) -> None:
    fixed = any(name in changed for name in FIXED_LATER)
    if fixed and consignment.state not in WRITABLE:
        raise Conflict(
            _(
                "Regime, origin and giver stand in the papers of the consignment already and "
                "stay. Change the other fields alone."
            ),
            code="fixed_by_papers",
        )
    first = consignment.passages.earliest("pk")
    offered = consignment.donor_office_id is not None and first.after == State.OFFERED
    if offered and "donor_place" in changed:
        raise Conflict(
            _("The giving office has offered this consignment, so the giver stays."),
            code="donor_fixed",
        )


def _check_military(consignment: Consignment, fields: dict[str, Any]) -> None:
    if living_lines(consignment):
        check_may_have_lines(fields["regime"])
