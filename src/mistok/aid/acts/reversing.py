"""An act is reversed, and the consignment goes back to where its ledger says it is."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid import ledger
from mistok.aid.acts.doing import following_key
from mistok.aid.acts.full_disk import told_when_full
from mistok.aid.acts.refusing import (
    check_open,
    clearance_stays,
    follows_another,
    not_the_last,
)
from mistok.aid.acts.settling import go_back
from mistok.aid.acts.standing import due_state, living_acts
from mistok.aid.consignments.refusing import check_past
from mistok.aid.consignments.writing import hold, in_short
from mistok.aid.ledger import refusing as refused
from mistok.aid.lifecycle import ENDED, ActKind, State
from mistok.aid.models import AidAct, Consignment, Entry
from mistok.kernel.errors import Refusal

LONGEST_REASON: Final = 2000
_LAST: Final = frozenset({ActKind.DISPATCH, ActKind.ACCEPTANCE})
"""Acts on which others rest that name no lot of theirs: an acceptance, all that came after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reversing:
    """A reversal as it was asked for."""

    actor: Actor
    act: AidAct
    reason: str
    key: str
    day: dt.date | None
    at: dt.datetime


def reverse(
    *,
    actor: Actor,
    act: AidAct,
    reason: str,
    key: str,
    day: dt.date | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidAct:
    """Take back an act, with the reason; both stay, and what it issued no longer counts.

    Of acceptances the latest alone can be reversed, while nothing of it has gone further; its
    discrepancy act goes with it. A dispatch only while nothing else was done, a clearance never:
    customs have said it. The state goes back as far as the ledger says. Needs REVERSE_ENTRY; the
    same key gives the same reversal. Raises what `ledger.reverse_act` raises, Conflict
    (`consignment_closed`, `follows_another`, `clearance_stays`, `not_enough`), Unavailable
    (`disk_full`).
    """
    at, consignment = at or timezone.now(), act.consignment
    asked = _Reversing(actor=actor, act=act, reason=reason, key=key, day=day, at=at)
    try:
        with (
            told_when_full(),
            audited(actor, "reverse_aid_act", consignment.public_id) as event,
        ):
            check_can(actor, Permission.REVERSE_ENTRY, office=act.office)
            ledger.hold(act.office)
            if AidAct.objects.filter(office=act.office, key=key).exists():
                return _turned(asked)
            reversal = _reversed(asked, today or timezone.localdate(at))
            numbers = {"act": act.public_id, "reversal": reversal.public_id}
            event.done(after=in_short(consignment) | numbers)
    except Refusal:
        consignment.refresh_from_db()
        raise
    return reversal


def _reversed(asked: _Reversing, today: dt.date) -> AidAct:
    """The act is turned round, and the state of its consignment mended."""
    consignment = asked.act.consignment
    hold(consignment, None, steps=1)
    _check(consignment, asked.act)
    if asked.day is not None:
        check_past(asked.day, today)
    _reverse_further(asked)
    reversal = _turned(asked)
    state, why = due_state(consignment), reversal.ground
    go_back(consignment, state, day=reversal.day, note=why, by=asked.actor, at=asked.at)
    return reversal


def _check(consignment: Consignment, act: AidAct) -> None:
    """Whether this act may be taken back now; what its goods allow the ledger says."""
    check_open(consignment, *(state for state in State if state not in ENDED))
    if act.kind == ActKind.REVERSAL:
        raise refused.reversal_stays()
    if act.followed_by.filter(kind=ActKind.REVERSAL).exists():
        raise refused.already_reversed(act)
    if act.kind == ActKind.CLEARANCE:
        raise clearance_stays()
    if act.kind == ActKind.DISCREPANCY:
        raise follows_another(act)
    later = living_acts(consignment).filter(pk__gt=act.pk)
    if act.kind == ActKind.ACCEPTANCE:
        later = later.filter(kind=ActKind.ACCEPTANCE)
    if act.kind in _LAST and later.exists():
        raise not_the_last(act)


def _reverse_further(asked: _Reversing) -> None:
    """What the system added to an acceptance goes back before it."""
    for act in asked.act.followed_by.filter(kind=ActKind.DISCREPANCY):
        key = following_key(asked.key, ActKind.DISCREPANCY)
        _turned(replace(asked, act=act, key=key))


def _turned(asked: _Reversing) -> AidAct:
    """The reversal: of entries by the ledger, of an act that moved nothing by words alone."""
    if Entry.objects.filter(act=asked.act).exists():
        return ledger.reverse_act(
            actor=asked.actor,
            act=asked.act,
            reason=asked.reason,
            key=asked.key,
            day=asked.day,
            at=asked.at,
        )
    if asked.day is not None and asked.day < asked.act.day:
        raise refused.day_before_act(asked.act)
    reason = words(asked.reason, what=_("The reason"), most=LONGEST_REASON)
    reversal, _fresh = ledger.new_act(
        office=asked.act.office,
        consignment=asked.act.consignment,
        kind=ActKind.REVERSAL,
        day=asked.day or timezone.localdate(asked.at),
        key=asked.key,
        body={"act": asked.act.public_id, "reason": reason, "day": asked.day},
        by=asked.actor,
        at=asked.at,
        ground=reason,
        follows=asked.act,
    )
    return reversal
