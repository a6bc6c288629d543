"""Goods for tests of the ledger: a consignment with lines and lots, acts, and what they move."""

import secrets
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from needs_cast import at_work

from factories import BUCHA, ZHYTOMYR
from mistok.aid.ledger import Movement, make_lots, new_act, post, reverse_act, sign_heads
from mistok.aid.lifecycle import Account, ActKind
from mistok.aid.models import AidLine, Consignment, Entry
from mistok.needs.models.lines import STEPS_PER_UNIT

A, K = Account, ActKind
COMMISSION = [{"name": "Olena", "duty": "accountant"}, {"name": "Ihor", "duty": "driver"}]
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def steps(number):
    """A number of units as it is kept."""
    return int(Decimal(str(number)) * STEPS_PER_UNIT)


def a_consignment(work, **fields):
    """A consignment of an office as it stands in the database."""
    sound = {
        "public_id": f"consignment_{secrets.token_hex(6)}",
        "office": work.office,
        "title": "Generators from Dortmund",
        "regime": "humanitarian_aid",
        "state": "customs_cleared",
        "state_since": TODAY,
        "written_by": str(work.officer),
        "written_at": NOW,
        "changed_at": NOW,
    }
    return Consignment.objects.create(**sound | fields)


def a_line(consignment, number=10, **fields):
    """A line of so many pieces."""
    sound = {
        "public_id": f"line_{secrets.token_hex(6)}",
        "consignment": consignment,
        "position": consignment.lines.count() + 1,
        "names": {"de": "Generatoren", "en": "generators", "uk": "генератори"},
        "cluster": "energy",
        "unit": "piece",
        "amount": None if number is None else steps(number),
        "end_user": "health",
    }
    return AidLine.objects.create(**sound | fields)


def a_lot(work, number=10, consignment=None, **fields):
    """One lot of a line of its own."""
    line = a_line(consignment or a_consignment(work), number, **fields)
    (lot,) = make_lots(line=line, at=NOW)
    return lot


def an_act(lot, kind, *, by, key="", day=TODAY, at=None, **told):
    """An act about the consignment of a lot."""
    act, _fresh = new_act(
        office=lot.office,
        consignment=lot.line.consignment,
        kind=kind,
        day=day,
        key=key or secrets.token_hex(8),
        body=told.pop("body", {"day": day}),
        by=by,
        at=at or timezone.now(),
        **told,
    )
    return act


KINDS = {
    (A.DONOR, A.IN_TRANSIT): K.DISPATCH,
    (A.IN_TRANSIT, A.CUSTOMS): K.CLEARANCE,
    (A.SURPLUS, A.STORE): K.DISCREPANCY,
    (A.STORE, A.ISSUED): K.ISSUE,
    (A.STORE, A.REDISTRIBUTED): K.REDISTRIBUTION,
    (A.STORE, A.WRITTEN_OFF): K.WRITE_OFF,
    (A.DAMAGED, A.WRITTEN_OFF): K.WRITE_OFF,
}


def kind_of(source, target):
    """The act that moves goods so."""
    ends = {A.RETURNED: K.RETURN, A.LOST: K.LOSS, A.SEIZED: K.SEIZURE}
    return KINDS.get((source, target)) or ends.get(target, K.ACCEPTANCE)


def move(lot, source, target, number, *, by, category="", **told):
    """One act that moves so many units of one lot; gives the act."""
    category = category or ("health" if target == A.ISSUED else "")
    act = an_act(lot, kind_of(source, target), by=by, **told)
    post(act=act, movements=[Movement(lot, source, target, steps(number), category)])
    return act


@pytest.fixture(scope="module")
def store(django_db_setup, django_db_blocker, world):
    """The office of Zhytomyr at work, for all tests of a module, and that of Bucha (`.other`)."""
    with django_db_blocker.unblock(), transaction.atomic():
        work = at_work(ZHYTOMYR, "Zhytomyr")
        work.other = at_work(BUCHA, "Bucha")
        yield work
        transaction.set_rollback(True)


@pytest.fixture
def six_entries(people):
    """Entries 1 to 6 of the office by acts on two lots, signed at 2 and 6; `.other` has one.

    1, 2: received, with a shortage; 3: issued; 4: 3 reversed; 5: the second lot; 6: lost of it.
    """
    lot = a_lot(people)
    received = an_act(
        lot,
        K.ACCEPTANCE,
        by=people.officer,
        commission=COMMISSION,
        rows=[{"lot": lot.public_id, "received": 7000}],
        settlement="katottg:UA1",
        remarks="Dry.",
        signed_by="Olena",
    )
    moved = [Movement(lot, A.DONOR, A.STORE, 7000), Movement(lot, A.DONOR, A.SHORTAGE, 3000)]
    post(act=received, movements=moved, document="d" * 64)
    assert sign_heads() == 1
    issued = move(lot, A.STORE, A.ISSUED, 2, by=people.officer)
    reverse_act(actor=people.approver, act=issued, reason="Wrong lot.", key="back")
    second = a_lot(people)
    move(second, A.DONOR, A.STORE, 10, by=people.officer)
    an_act(second, K.VALUATION, by=people.approver, rows=[{"value": "100.00"}])
    move(second, A.STORE, A.LOST, 1, by=people.officer, ground="Fire.")
    move(a_lot(people.other), A.DONOR, A.STORE, 10, by=people.other.officer)
    assert sign_heads() == 2
    return Entry.objects.filter(office=people.office).order_by("number")
