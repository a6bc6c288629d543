"""What every write to a letter of appeal has in common, and writing and changing a draft."""

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict
from mistok.kernel.ids import public_id
from mistok.needs.appeals.checking import checked_addressees, checked_lines
from mistok.needs.appeals.entries import AddresseeEntry, AppealEntry, LineEntry, cleaned
from mistok.needs.lifecycle import APPEAL_TRANSITIONS, AppealState
from mistok.needs.models import Addressee, Appeal, AppealLine
from mistok.needs.models.appeals import APPEAL_STATES
from mistok.provenance.models import AuditEvent

VERBS: Final = {
    "write_appeal": gettext_lazy("written"),
    "change_appeal": gettext_lazy("changed"),
    "submit_appeal": gettext_lazy("put before the approver"),
    "return_appeal": gettext_lazy("sent back with reasons"),
    "approve_appeal": gettext_lazy("approved"),
    "withdraw_appeal": pgettext_lazy("letter", "withdrawn"),
    "send_appeal": gettext_lazy("sent"),
    "correct_appeal": gettext_lazy("correction written"),
    "refuse_correction": gettext_lazy("correction refused"),
    "new_version": gettext_lazy("corrected version sent"),
    "recall_appeal": gettext_lazy("recalled"),
    "close_appeal": gettext_lazy("closed"),
}
"""Acts on a letter in words, by the verb of their audit event."""


@contextmanager
def writing(
    actor: Actor,
    verb: str,
    appeal: Appeal,
    permission: Permission,
    states: Collection[AppealState],
    expected: int | None,
) -> Iterator[Act]:
    """One transaction in which the letter gets its next version; a refusal is audited.

    Raises NotAllowed, Conflict (`appeal_state` when it is in none of the states, `appeal_changed`
    when it is not the version that the form showed).
    """
    with audited(actor, verb, appeal.public_id) as act:
        check_can(actor, permission, office=appeal.office)
        rows = Appeal.objects.filter(pk=appeal.pk, state__in=states)
        if expected is not None:
            rows = rows.filter(version=expected)
        if not rows.update(version=F("version") + 1):
            check_version(appeal, states, expected)
        appeal.refresh_from_db()
        yield act


def check_version(appeal: Appeal, states: Collection[AppealState], expected: int | None) -> None:
    """Read the letter anew; raise Conflict as `writing` does, without writing anything."""
    appeal.refresh_from_db()
    check_state(appeal, states)
    if expected is not None and appeal.version != expected:
        raise _stale(appeal, expected)


def check_state(appeal: Appeal, states: Collection[AppealState]) -> None:
    """Raise Conflict (`appeal_state`) unless the letter is in one of these states."""
    if appeal.state in states:
        return
    words = {state: str(label) for state, label in APPEAL_STATES}
    raise Conflict(
        _("The letter is “%(state)s”; this can be done while it is: %(states)s. Open it again.")
        % {
            "state": words[appeal.state],
            "states": ", ".join(words[state] for state in AppealState if state in states),
        },
        code="appeal_state",
        details={"state": appeal.state, "version": appeal.version},
    )


def changes_since(appeal: Appeal, version: int) -> list[dict[str, Any]]:
    """What was done to the letter after a version, oldest first."""
    events = AuditEvent.objects.filter(subject=appeal.public_id, verb__in=VERBS)
    later = [event for event in events if event.after.get("version", 0) > version]
    later.sort(key=lambda event: event.after["version"])
    return [{"verb": one.verb, "told": str(VERBS[one.verb]), **one.after} for one in later]


def _stale(appeal: Appeal, expected: int) -> Conflict:
    changes = changes_since(appeal, expected)
    return Conflict(
        _(
            "While you were writing, the letter was: %(changes)s. Nothing of yours is lost: look "
            "at it, then send yours again."
        )
        % {"changes": "; ".join(change["told"] for change in changes)},
        code="appeal_changed",
        details={"changes": changes, "version": appeal.version},
    )


def move(appeal: Appeal, to: AppealState, **fields: Any) -> None:
    """Bring the letter into another state, inside `writing`."""
    assert to in APPEAL_TRANSITIONS[AppealState(appeal.state)]  # noqa: S101 - `states` saw to it
    Appeal.objects.filter(pk=appeal.pk).update(state=to, **fields)
    appeal.refresh_from_db()


def in_short(appeal: Appeal, **more: Any) -> dict[str, Any]:
    """The letter for an audit event: ids and numbers, no names of persons."""
    found = {"version": appeal.version, "office": appeal.office.public_id, "state": appeal.state}
    if appeal.number is not None:
        found |= {"number": appeal.number, "year": appeal.year}
    return found | more


def write_appeal(
    *,
    actor: Actor,
    office: Office,
    entry: AppealEntry,
    lines: Sequence[LineEntry] = (),
    addressees: Sequence[AddresseeEntry] = (),
    at: dt.datetime | None = None,
) -> Appeal:
    """Write a draft; texts, lines and addressees may be completed later.

    Raises NotAllowed, Conflict (`not_a_hromada`), and what `change_appeal` raises.
    """
    at = at or timezone.now()
    with audited(actor, "write_appeal", office.public_id) as act:
        check_can(actor, Permission.WRITE_APPEAL, office=office)
        _check_hromada(office)
        appeal = Appeal.objects.create(
            public_id=public_id("appeal", secrets.token_hex(16)),
            office=office,
            written_by=str(actor),
            written_at=at,
            **fields_of(cleaned(entry)),
        )
        keep_rows(appeal, lines, addressees)
        act.done(about=appeal.public_id, after=in_short(appeal))
    return appeal


def change_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    entry: AppealEntry,
    lines: Sequence[LineEntry],
    addressees: Sequence[AddresseeEntry],
    expected: int | None = None,
) -> Appeal:
    """Write a draft anew, whole. Lines are numbered in their order.

    Raises NotAllowed, Conflict (`appeal_state`, `appeal_changed`), Invalid (`too_many_lines`,
    `need_twice`, `need_not_yours`, `amount_…`, `addressee_…`, and what `cleaned` raises).
    """
    with writing(
        actor,
        "change_appeal",
        appeal,
        Permission.WRITE_APPEAL,
        {AppealState.DRAFT},
        expected,
    ) as act:
        Appeal.objects.filter(pk=appeal.pk).update(**fields_of(cleaned(entry)))
        appeal.refresh_from_db()
        keep_rows(appeal, lines, addressees)
        act.done(after=in_short(appeal))
    return appeal


def fields_of(entry: AppealEntry) -> dict[str, Any]:
    """The entry as columns."""
    return {name: getattr(entry, name) for name in AppealEntry.__dataclass_fields__}


def keep_rows(
    appeal: Appeal, lines: Sequence[LineEntry], addressees: Sequence[AddresseeEntry]
) -> None:
    """Lines and addressees of a letter that has not gone out, in place of the former ones.

    An addressee that stays keeps its id.
    """
    found = checked_lines(appeal.office, lines)
    appeal.lines.all().delete()
    AppealLine.objects.bulk_create(
        AppealLine(appeal=appeal, need=line.need, position=number, amount=line.steps)
        for number, line in enumerate(found, 1)
    )
    wanted = {one.place: one for one in checked_addressees(appeal.office, addressees)}
    appeal.addressees.exclude(place__in=wanted).delete()
    known = {one.place: one.public_id for one in appeal.addressees.all()}
    for place, fields in wanted.items():
        fields.public_id = known.get(place) or public_id("addressee", secrets.token_hex(16))
        told = {
            name: getattr(fields, name)
            for name in ("country", *AddresseeEntry.__dataclass_fields__)
        }
        Addressee.objects.update_or_create(
            appeal=appeal, place=place, defaults=told | {"public_id": fields.public_id}
        )


def _check_hromada(office: Office) -> None:
    """The paper speaks for a hromada, with its codes and the law on humanitarian aid."""
    if office.country != "UA":
        raise Conflict(
            _("Letters of appeal are written by hromadas of Ukraine. Write an offer instead."),
            code="not_a_hromada",
        )
