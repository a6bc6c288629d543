"""A consignment and its ledger are held while goods move; the same sent twice moves once."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid import ledger
from mistok.aid.consignments.writing import hold
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidAct, Consignment
from mistok.kernel.errors import Refusal


@contextmanager
def posting(
    actor: Actor,
    consignment: Consignment,
    verb: str,
    kind: ActKind,
    key: str,
    body: Mapping[str, Any],
    expected: int | None,
) -> Iterator[Act | None]:
    """One transaction that holds first the ledger and then the consignment, at its next version.

    Gives None where the same was sent before under the key: then it was done, and nothing is done
    again. Raises NotAllowed, Invalid (`key_unusable`), Conflict (`key_reused`,
    `consignment_changed`).
    """
    try:
        with audited(actor, verb, consignment.public_id) as act:
            check_can(actor, Permission.MOVE_CONSIGNMENT, office=consignment.office)
            ledger.hold(consignment.office)
            done = ledger.act_with_key(consignment=consignment, kind=kind, key=key, body=body)
            if done is None:
                hold(consignment, expected, steps=1)
            yield None if done else act
    except Refusal:
        consignment.refresh_from_db()
        raise
    if done:
        consignment.refresh_from_db()


def write_act(
    actor: Actor,
    consignment: Consignment,
    kind: ActKind,
    day: dt.date,
    key: str,
    body: Mapping[str, Any],
    at: dt.datetime,
) -> AidAct:
    """The act of a movement that `posting` found to be new."""
    act, _new = ledger.new_act(
        office=consignment.office,
        consignment=consignment,
        kind=kind,
        day=day,
        key=key,
        body=body,
        by=actor,
        at=at,
    )
    return act
