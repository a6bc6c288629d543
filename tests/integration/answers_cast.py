"""Letters, publications and offers as tests of answers need them."""

import datetime as dt
import secrets

import pytest
from django.utils import timezone
from needs_cast import GENERATOR, TODAY, steps

from mistok.kernel.errors import Refusal
from mistok.needs.items import item as item_of
from mistok.needs.lines import project
from mistok.needs.models import Addressee, Appeal, AppealLine, Need, Offer, Publication


def a_letter(work, needs, *to, state="sent", number=7, **fields) -> Appeal:
    """A letter of an office that asks for all of these needs, sent to the places of others."""
    now = timezone.now()
    sent = state in ("sent", "closed", "recalled")
    sound = {
        "public_id": f"appeal_{secrets.token_hex(6)}",
        "office": work.office,
        "title": "For the winter",
        "state": state,
        "number": number if sent else None,
        "year": 2026 if sent else None,
        "written_by": str(work.officer),
        "written_at": now,
        "approved_at": now if sent else None,
        "sent_at": now if sent else None,
        "recall_reason": "It was forged." if state == "recalled" else "",
    }
    appeal = Appeal.objects.create(**sound | fields)
    for position, need in enumerate(needs, 1):
        AppealLine.objects.create(appeal=appeal, need=need, position=position, amount=need.asked)
    for other in to:
        addressed(appeal, other)
    return appeal


def addressed(appeal, other, **fields) -> Addressee:
    """One more municipality to which a letter goes."""
    sound = {
        "public_id": f"addressee_{secrets.token_hex(6)}",
        "appeal": appeal,
        "place": other.place,
        "country": other.office.country,
        "name": other.office.name,
        "language": "de",
        "email": "post@dortmund.example",
    }
    return Addressee.objects.create(**sound | fields)


def a_publication(need, **fields) -> Publication:
    """A need as the public reads it."""
    sound = {
        "public_id": f"publication_{secrets.token_hex(6)}",
        "need": need,
        "need_version": need.version,
        "projection": project(need, TODAY),
        "rules": "2026-11",
        "approved_by": "tests",
        "approved_at": timezone.now(),
        "not_before": TODAY - dt.timedelta(days=40),
    }
    return Publication.objects.create(**sound | fields)


def an_offer(work, number=8, *, item=GENERATOR, state="open", **fields) -> Offer:
    """An offer of an office as it stands in the database."""
    known = item_of(item) if item else None
    amount, taken = steps(number), steps(fields.pop("taken", 0))
    closed = amount - taken if state == "closed" else 0
    now = timezone.now()
    sound = {
        "public_id": f"offer_{secrets.token_hex(6)}",
        "office": work.office,
        "place": work.office.place,
        "country": work.office.country,
        "kind": known.kind if known else "goods",
        "item": item,
        "text": {} if known else {"en": "Used school desks"},
        "cluster": known.cluster if known else "education",
        "unit": known.unit if known else "piece",
        "amount": amount,
        "left": amount - taken - closed,
        "taken": taken,
        "closed": closed,
        "state": state,
        "written_by": str(work.officer),
        "written_at": now,
        "changed_at": now,
    }
    return Offer.objects.create(**sound | fields)


def refused(code, act, *arguments, **named):
    """That an act is refused with this code; gives the refusal."""
    with pytest.raises(Refusal) as caught:
        act(*arguments, **named)
    assert caught.value.code == code, f"{caught.value.code}: {caught.value}"
    return caught.value


def again(row):
    """The row as it stands in the database now."""
    return type(row).objects.get(pk=row.pk)


def adds_up(row):
    """The row again, after a look at its sum: of a need or an offer."""
    row = again(row)
    if isinstance(row, Need):
        counting = row.commitments.filter(state__in=("made", "kept"))
        assert row.asked == row.still_open + row.committed + row.withdrawn
        assert row.committed == sum(one.covers for one in counting)
    else:
        counting = row.commitments.filter(state__in=("made", "kept"))
        assert row.amount == row.left + row.taken + row.closed
        assert row.taken == sum(one.offer_amount for one in counting)
    return row
