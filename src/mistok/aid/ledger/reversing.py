"""An act is reversed: each of its entries turned round, once, and both stay in the ledger."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid.ledger import refusing
from mistok.aid.ledger.acts import new_act
from mistok.aid.ledger.posting import Movement, Turn, write
from mistok.aid.lifecycle import Account, ActKind
from mistok.aid.models import AidAct, Entry

LONGEST_REASON = 2000


def reverse_act(
    *,
    actor: Actor,
    act: AidAct,
    reason: str,
    key: str,
    day: dt.date | None = None,
    at: dt.datetime | None = None,
) -> AidAct:
    """Take back what an act moved, by a new act that follows it; the same key gives it again.

    Needs REVERSE_ENTRY in the office of the act. Raises Conflict (`already_reversed`,
    `reversal_stays`, `nothing_to_reverse`, `not_enough` where goods have gone further), Invalid
    (`day_before_act`, `day_to_come`) and what `new_act` and `words` raise.
    """
    at = at or timezone.now()
    with audited(actor, "reverse_act", act.public_id) as done:
        check_can(actor, Permission.REVERSE_ENTRY, office=act.office)
        _check(act, day)
        reason = words(reason, what=_("The reason"), most=LONGEST_REASON)
        reversal, fresh = new_act(
            office=act.office,
            consignment=act.consignment,
            kind=ActKind.REVERSAL,
            day=day or timezone.localdate(at),
            key=key,
            body={"act": act.public_id, "reason": reason, "day": day},
            by=actor,
            at=at,
            ground=reason,
            follows=act,
        )
        if fresh:
            _turn_round(act, reversal)
            number = f"{reversal.number}/{reversal.year}"
            told = {"reversal": reversal.public_id, "number": number}
            done.done(after={**told, "office": act.office.public_id})
    return reversal


def is_reversed(act: AidAct) -> bool:
    """Whether what the act moved was taken back."""
    return Entry.objects.filter(act=act, reversed_by__isnull=False).exists()


def _check(act: AidAct, day: dt.date | None) -> None:
    """What holds of an act and a day whatever has happened since."""
    if act.kind == ActKind.REVERSAL:
        raise refusing.reversal_stays()
    if day is not None and day < act.day:
        raise refusing.day_before_act(act)


def _turn_round(act: AidAct, reversal: AidAct) -> None:
    """The last entry first, so that goods go back the way that they came."""
    if is_reversed(act):
        raise refusing.already_reversed(act)
    entries = list(
        Entry.objects.filter(act=act)
        .select_related("lot__office", "lot__line__consignment")
        .order_by("-number")
    )
    if not entries:
        raise refusing.nothing_to_reverse()
    write(reversal, [Turn(_back(entry), reverses=entry) for entry in entries], document="")


def _back(entry: Entry) -> Movement:
    return Movement(
        lot=entry.lot,
        source=Account(entry.target),
        target=Account(entry.source),
        amount=entry.amount,
        category=entry.category,
    )
