"""Rows that an act holds until it ends, and what is told to whoever came too late.

Whatever an act needs it takes in one order: link, needs (by number), commitment, offer. So two
acts wait for each other instead of standing in each other's way.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict
from mistok.kernel.ids import public_id
from mistok.needs.lifecycle import COMMITMENT_TRANSITIONS, LIVING_NEEDS, CommitmentState
from mistok.needs.lines.changes import stale
from mistok.needs.lines.refusing import wrong_state
from mistok.needs.models import Commitment, Need, Offer


def new_id(prefix: str) -> str:
    """A public id by chance."""
    return public_id(prefix, secrets.token_hex(16))


def hold(need: Need) -> Need:
    """The need as it is now; nobody else changes it until the transaction ends."""
    return hold_all([need.pk])[need.pk]


def hold_all(numbers: Iterable[int]) -> dict[int, Need]:
    """Several needs, taken in the order of their numbers."""
    rows = Need.objects.select_for_update().filter(pk__in=set(numbers)).order_by("pk")
    return {need.pk: need for need in rows}


def check_unchanged(need: Need, expected: int | None) -> None:
    """Raise Conflict (`need_changed`) where the line does not say any more what the form showed."""
    if expected is not None and need.version != expected:
        raise stale(need, expected)


def check_lives(need: Need) -> None:
    """Raise Conflict (`need_withdrawn`, `need_fulfilled`, `need_not_open`) for a line past help."""
    if need.state not in LIVING_NEEDS:
        raise wrong_state(need)


def move(
    row: Commitment,
    to: CommitmentState,
    *,
    expected: int | None,
    at: dt.datetime,
    **fields: Any,
) -> Commitment:
    """Compare and set a commitment's state. Raises Conflict (`commitment_changed`)."""
    came_from = [one for one, after in COMMITMENT_TRANSITIONS.items() if to in after]
    rows = Commitment.objects.filter(pk=row.pk, state__in=came_from)
    if expected is not None:
        rows = rows.filter(version=expected)
    moved: Mapping[str, Any] = {"state": to, "asks": "", "changed_at": at, **fields}
    changed = rows.update(version=F("version") + 1, **moved)
    row.refresh_from_db()
    if not changed:
        raise _changed(row)
    return row


def check_stands(row: Commitment, state: CommitmentState, expected: int | None) -> None:
    """Raise Conflict (`commitment_changed`) unless the commitment is as the form showed it."""
    if row.state != state or (expected is not None and row.version != expected):
        raise _changed(row)


def _changed(row: Commitment) -> Conflict:
    return Conflict(
        _(
            "This commitment is no longer as you saw it: since %(day)s it says “%(state)s”. "
            "Open the need again to go on."
        )
        % {"day": row.changed_at.date().isoformat(), "state": row.get_state_display()},
        code="commitment_changed",
        details={"state": row.state, "version": row.version},
    )


def in_short(row: Commitment, need: Need, **more: Any) -> dict[str, Any]:
    """A commitment for its audit event: ids and numbers, no names."""
    need.refresh_from_db()
    return {
        "need": need.public_id,
        "commitment": row.public_id,
        "state": row.state,
        "form": row.form,
        "covers": row.covers,
        "surplus": row.surplus,
        "unit": need.unit,
        **({"asks": row.asks} if row.asks else {}),
        **({"offer": row.offer.public_id} if row.offer else {}),
        **({"giver_office": row.giver_office.public_id} if row.giver_office else {}),
        **more,
    }


def held_offer(offer: Offer) -> Offer:
    """The offer as it is now; nobody else changes it until the transaction ends."""
    return Offer.objects.select_for_update().get(pk=offer.pk)
