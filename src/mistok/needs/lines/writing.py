"""Lines are written, copied from the catalogue and changed; nobody writes over somebody else."""

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict, Invalid, Refusal
from mistok.kernel.ids import public_id
from mistok.needs.lifecycle import LIVING_NEEDS, NeedState
from mistok.needs.lines.changes import entry_fields, stale, told_fields
from mistok.needs.lines.entries import NeedEntry, checked, entry_of_item
from mistok.needs.lines.guarding import LetPass, check_guard, let_pass_before, passages
from mistok.needs.lines.refusing import check_may_leave, check_state, less_than_promised
from mistok.needs.lines.standing import take_back_standing
from mistok.needs.models import Need

MOST_COPIED: Final = 500
"""Items that are copied from the catalogue at once; there are no more in it."""


@contextmanager
def writing(
    actor: Actor, need: Need, verb: str, permission: Permission, expected: int | None
) -> Iterator[Act]:
    """One transaction in which the line gets its next version; a refusal is audited.

    The row is held until the end, so what is read of it stays true; after a refusal `need` is
    again as it stands. Raises NotAllowed and Conflict (`need_changed`, told with what changed).
    """
    try:
        with audited(actor, verb, need.public_id) as act:
            check_can(actor, permission, office=need.office)
            hold(need, expected, steps=1)
            yield act
    except Refusal:
        need.refresh_from_db()
        raise


def hold(need: Need, expected: int | None, steps: int = 0) -> None:
    """Hold the row until the transaction ends, at the version that was seen; read it again.

    `steps`: by how much the version grows. Raises Conflict (`need_changed`).
    """
    rows = Need.objects.filter(pk=need.pk)
    if expected is not None:
        rows = rows.filter(version=expected)
    held = rows.update(version=F("version") + steps)
    need.refresh_from_db()
    if not held:
        raise stale(need, expected or 0)


def write_need(
    *,
    actor: Actor,
    office: Office,
    entry: NeedEntry,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Need:
    """A new line as a draft, which only the office sees.

    Raises NotAllowed, and what `entries.checked` raises.
    """
    at = at or timezone.now()
    with audited(actor, "write_need", office.public_id) as act:
        check_can(actor, Permission.WRITE_NEED, office=office)
        fields = checked(entry, today or timezone.localdate())
        need = drafted(office, fields, actor, at)
        need.save()
        act.done(about=need.public_id, after=in_short(need))
    return need


def copy_needs(
    *,
    actor: Actor,
    office: Office,
    items: Sequence[tuple[str, Decimal, str]],
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> list[Need]:
    """Drafts from items of the catalogue: code, number, unit ("" for the item's own).

    All or none. Raises NotAllowed, NotFound (`item_unknown`), Invalid (`too_many_lines`, and what
    `needs.items.exact_amount` raises).
    """
    at = at or timezone.now()
    with audited(actor, "copy_needs", office.public_id) as act:
        check_can(actor, Permission.WRITE_NEED, office=office)
        check_count(len(items), MOST_COPIED)
        made = []
        for code, number, unit in items:
            sound = entry_of_item(code)
            entry = replace(sound, number=number, unit=unit or sound.unit)
            fields = checked(entry, today or timezone.localdate())
            made.append(drafted(office, fields, actor, at))
        Need.objects.bulk_create(made)
        act.done(after={"office": office.public_id, "needs": [one.public_id for one in made]})
    return made


def change_need(
    *,
    actor: Actor,
    need: Need,
    entry: NeedEntry,
    expected: int | None = None,
    overruled: Sequence[LetPass] = (),
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Need:
    """Write a line anew; what partners see already passes the guard again.

    Its amount may rise, and fall by what is still open; once something is committed its unit and
    its item stay. A line that becomes restricted is no longer public at once. Raises Conflict
    (`need_changed`, `need_withdrawn`, `need_fulfilled`, `less_than_promised`, `unit_fixed`,
    `item_fixed`, `need_for_defence`), Invalid (`dangerous_text`, and what `checked` raises),
    NotAllowed.
    """
    at = at or timezone.now()
    with writing(actor, need, "change_need", Permission.WRITE_NEED, expected) as act:
        check_state(need, NeedState.DRAFT, *LIVING_NEEDS)
        if overruled:
            check_can(actor, Permission.PUBLISH_NEED, office=need.office)
        before = entry_fields(need)
        fields = checked(entry, today or timezone.localdate(), need.needed_by)
        _check_fixed(need, fields)
        if need.state != NeedState.DRAFT:
            check_may_leave(fields["end_user"])
        for name, value in fields.items():
            setattr(need, name, value)
        _weigh(need)
        kept = _guarded(need, overruled)
        need.changed_at = at
        need.save()
        if need.restricted:
            take_back_standing(need, actor, at)
        told = told_fields(before, entry_fields(need))
        act.done(after=in_short(need) | told | ({"overruled": kept} if kept else {}))
    return need


def drafted(office: Office, fields: Mapping[str, Any], actor: Actor, at: dt.datetime) -> Need:
    """A line that is not saved yet, of what `entries.checked` gave."""
    return Need(
        public_id=public_id("need", secrets.token_hex(16)),
        office=office,
        place=office.place,
        country=office.country,
        region=office.region,
        still_open=fields["asked"],
        written_by=str(actor),
        written_at=at,
        changed_at=at,
        **fields,
    )


def in_short(need: Need) -> dict[str, Any]:
    """The line for an audit event: codes and numbers, no words."""
    return {
        "version": need.version,
        "office": need.office.public_id,
        "state": str(need.state),
        "item": need.item,
        "unit": need.unit,
        "asked": need.asked,
        "open": need.still_open,
        "committed": need.committed,
        "withdrawn": need.withdrawn,
    }


def check_count(count: int, most: int) -> None:
    """Raise Invalid (`too_many_lines`) for more lines than are taken at once."""
    if count > most:
        raise Invalid(
            _("%(count)s lines are too many at once; %(most)s are the most. Take them in parts.")
            % {"count": count, "most": most},
            code="too_many_lines",
        )


def _check_fixed(need: Need, fields: Mapping[str, Any]) -> None:
    """What others rely on stays: the unit of what they promised, and the thing itself."""
    if fields["unit"] != need.unit and (need.committed or need.withdrawn):
        raise Conflict(
            _(
                "Something of this need is committed or withdrawn, counted in its present unit, so "
                "the unit stays. Write a new need for another unit."
            ),
            code="unit_fixed",
        )
    if need.item and fields["item"] != need.item and need.committed:
        raise Conflict(
            _(
                "Something of this need is committed, so it stays what it is. Write a new need for "
                "another thing."
            ),
            code="item_fixed",
        )


def _weigh(need: Need) -> None:
    """What is open after the new amount; raises Conflict (`less_than_promised`)."""
    need.still_open = need.asked - need.committed - need.withdrawn
    if need.still_open < 0 or not (need.still_open or need.committed):
        raise less_than_promised(need)
    if need.state in LIVING_NEEDS:
        need.state = NeedState.OPEN if need.still_open else NeedState.COMMITTED


def _guarded(need: Need, overruled: Sequence[LetPass]) -> list[dict[str, str]]:
    """A draft is seen by its office alone; what others see must be sound."""
    if need.state not in LIVING_NEEDS:
        return []
    found = passages(need, need.office)
    return check_guard(found, overruled, let_pass_before(need))
