"""Codes and declarations whose last day has passed are marked, with what follows from it."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from mistok.aid.clocks import CODE, IMPORT, finish_clock
from mistok.aid.consignments.passing import move
from mistok.aid.consignments.writing import hold, in_short
from mistok.aid.lifecycle import State
from mistok.aid.models import Consignment, Declaration, UniqueCode
from mistok.provenance.services import record

WORKER: Final = "shell: expire"
WAITING: Final = (State.DECLARED.value, State.AT_BORDER.value)
"""States in which a consignment cannot go on without a declaration that is valid."""


def expire(today: dt.date | None = None, at: dt.datetime | None = None) -> int:
    """Mark every code and declaration that was valid until a day before today; gives how many.

    A consignment whose code ran out before it was declared, or all of whose declarations did,
    comes into the side state for it. Running it again marks nothing again.
    """
    at = at or timezone.now()
    today = today or timezone.localdate(at)
    codes = UniqueCode.objects.filter(ended_on__isnull=True, valid_until__lt=today)
    declarations = Declaration.objects.filter(
        expired_on__isnull=True, cleared_on__isnull=True, valid_until__lt=today
    )
    concerned = {
        *codes.values_list("consignment", flat=True),
        *declarations.values_list("consignment", flat=True),
    }
    return sum(_expire(number, today, at) for number in sorted(concerned))


def _expire(number: int, today: dt.date, at: dt.datetime) -> int:
    with transaction.atomic():
        consignment = Consignment.objects.get(pk=number)
        hold(consignment, None, steps=1)
        declarations = list(
            consignment.declarations.filter(
                expired_on__isnull=True, cleared_on__isnull=True, valid_until__lt=today
            )
        )
        for one in declarations:
            one.expired_on = today
            one.save(update_fields=["expired_on"])
            finish_clock(consignment, IMPORT, today, declaration=one)
        codes = _end_codes(consignment, today)
        state = _following(consignment, declared=bool(declarations))
        if state is not None:
            move(consignment=consignment, state=state, day=today, by=WORKER, at=at)
        counts = {"codes": codes, "declarations": len(declarations)}
        after = in_short(consignment) | counts
        subject = consignment.public_id
        record(actor=WORKER, verb="expire_consignment", subject=subject, after=after)
    return codes + len(declarations)


def _end_codes(consignment: Consignment, today: dt.date) -> int:
    ended = 0
    for code in consignment.codes.filter(ended_on__isnull=True, valid_until__lt=today):
        code.ended_on = code.valid_until
        code.save(update_fields=["ended_on"])
        finish_clock(consignment, CODE, today)
        ended += 1
    return ended


def _following(consignment: Consignment, *, declared: bool) -> State | None:
    """Where the consignment comes; nowhere while a declaration of it is valid or was cleared."""
    has_code = consignment.codes.filter(ended_on__isnull=True).exists()
    if consignment.state == State.CODE_ISSUED and not has_code:
        return State.CODE_EXPIRED
    standing = consignment.declarations.filter(expired_on__isnull=True).exists()
    if not declared or standing or consignment.state not in WAITING:
        return None
    with_code = consignment.codes.exists()
    if consignment.state == State.DECLARED and with_code and not has_code:
        return State.CODE_EXPIRED
    return State.DECLARATION_EXPIRED
